//! The report as a picture: one long SVG page, drawn with the program's own font.

use crate::{
    Watched,
    chart::{self, FAINT, FAULT, INK, WHOLE, chart},
    page::{self, MovementTable},
    words,
};
use baro_locale::Texts;
use maud::{Markup, html};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// The page's width and margin, in pixels at 100 %.
const WIDTH: f64 = 1040.0;
const MARGIN: f64 = 50.0;
/// Pixels of the picture for each of the page's: sharp in print.
const SCALE: f64 = 1.5;
/// Rows of a table at most: a picture is no place to scroll in.
const MAX_ROWS: usize = 40;
const ROW: f64 = 27.0;
/// Widest line of text, in half-width characters.
const LINE: usize = 138;

/// The report could not be drawn.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum PictureError {
    #[error("can't read the font {path}: {source}; install Baro again or give its folder with --assets")]
    Font { path: PathBuf, source: std::io::Error },
    #[error("the report can't be drawn: {0}; write it as .html instead")]
    Draw(String),
}

/// The report as a PNG; `assets` is the program's folder with `fonts/`.
///
/// # Errors
/// Where the font is missing, or the page is too large for a picture.
pub fn png(watched: &Watched, source: &str, texts: &Texts, assets: &Path) -> Result<Vec<u8>, PictureError> {
    let drawing = |error: &dyn ToString| PictureError::Draw(error.to_string());
    let mut options = Options { font_family: "Pretendard".into(), ..Options::default() };
    for name in ["Pretendard-Regular.otf", "Pretendard-Bold.otf"] {
        let path = assets.join("fonts").join(name);
        let font = std::fs::read(&path).map_err(|source| PictureError::Font { path, source })?;
        Arc::make_mut(&mut options.fontdb).load_font_data(font);
    }
    let tree = Tree::from_str(&svg(watched, source, texts), &options).map_err(|e| drawing(&e))?;
    let size = tree.size().to_int_size();
    let scaled = |side: u32| (f64::from(side) * SCALE).ceil() as u32;
    let mut pixels = Pixmap::new(scaled(size.width()), scaled(size.height()))
        .ok_or_else(|| drawing(&"it is too large for a picture"))?;
    let scale = SCALE as f32;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| drawing(&e))
}

/// The page as SVG.
fn svg(watched: &Watched, source: &str, texts: &Texts) -> String {
    let mut page = Page { y: 0.0, parts: Vec::new() };
    page.title(watched, source, texts);
    page.scores(watched, texts);
    page.safety(watched, texts);
    page.heading(&texts.text("report-curves"));
    page.lines(&[texts.text("report-curves-help")], FAINT);
    for curve in page::drawn(watched) {
        page.curve(&words::measure(texts, curve.measure), chart(watched, curve, texts));
    }
    page.repetitions(watched, texts);
    page.faults(watched, texts);
    page.movement(watched, texts);
    page.heading(&texts.text("report-sight"));
    page.lines(&page::sight_lines(watched, texts), INK);
    page.cues(watched, texts);
    page.y += 16.0;
    page.lines(&[texts.text("report-method"), texts.text("report-no-diagnosis")], FAINT);
    let height = page.y + MARGIN;
    html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(WIDTH) height=(height) font-family="Pretendard" font-size="15" {
            rect width=(WIDTH) height=(height) fill="#ffffff" {}
            @for part in page.parts { (part) }
        }
    }
    .into_string()
}

/// A page that is written from top to bottom.
struct Page {
    y: f64,
    parts: Vec<Markup>,
}

/// A column of a table: where it begins (or ends, for numbers), and whether it is a number.
type Column = (f64, bool);

impl Page {
    fn text(&mut self, x: f64, text: &str, size: u32, weight: u32, color: &str, end: bool) {
        let anchor = if end { "end" } else { "start" };
        self.parts.push(html! {
            text x=(x) y=(self.y) font-size=(size) font-weight=(weight) fill=(color) text-anchor=(anchor) { (text) }
        });
    }

    fn rule(&mut self, color: &str, width: u32) {
        let y = self.y;
        self.parts.push(html! { line x1=(MARGIN) x2=(WIDTH - MARGIN) y1=(y) y2=(y) stroke=(color) stroke-width=(width) {} });
    }

    fn title(&mut self, watched: &Watched, source: &str, texts: &Texts) {
        self.y = MARGIN + 8.0;
        self.text(MARGIN, "Baro", 16, 700, WHOLE, false);
        self.y += 42.0;
        self.text(MARGIN, &texts.text(&watched.exercise.name_key), 34, 700, INK, false);
        self.y += 28.0;
        let line = format!("{source} · {}", page::length(watched, texts));
        self.text(MARGIN, &line, 15, 400, FAINT, false);
        self.y += 16.0;
        self.rule(WHOLE, 3);
    }

    /// The large numbers, and the parts of the score beside them.
    fn scores(&mut self, watched: &Watched, texts: &Texts) {
        let top = self.y + 26.0;
        let numbers = page::large_numbers(&watched.report, texts);
        let step = 495.0 / numbers.len() as f64;
        for (i, (name, value)) in numbers.iter().enumerate() {
            let x = MARGIN + step * i as f64;
            let width = step - 14.0;
            self.parts.push(html! { rect x=(x) y=(top) width=(width) height="96" rx="10" fill="#f1f5f7" {} });
            self.y = top + 50.0;
            self.text(x + 16.0, value, 38, 700, INK, false);
            self.y = top + 78.0;
            self.text(x + 16.0, name, 14, 400, FAINT, false);
        }
        let x = MARGIN + 530.0;
        let parts = page::parts(&watched.report, texts);
        for (i, (name, value)) in parts.iter().enumerate() {
            self.y = top + 18.0 + 24.0 * i as f64;
            let (bar, right) = (x + 120.0, WIDTH - MARGIN - 44.0);
            self.text(x, name, 15, 400, INK, false);
            for (width, color) in [(right - bar, "#e6ecf0"), ((right - bar) * value / 100.0, WHOLE)] {
                let y = self.y - 11.0;
                self.parts
                    .push(html! { rect x=(bar) y=(y) width=(width) height="12" rx="6" fill=(color) {} });
            }
            self.text(WIDTH - MARGIN, &words::whole(*value), 15, 700, INK, true);
        }
        self.y = top + 96.0_f64.max(24.0 * parts.len() as f64);
    }

    fn heading(&mut self, text: &str) {
        self.y += 46.0;
        self.text(MARGIN, text, 20, 700, INK, false);
        self.y += 4.0;
    }

    fn lines(&mut self, lines: &[String], color: &str) {
        for line in lines.iter().flat_map(|line| wrapped(line)) {
            self.y += 23.0;
            self.text(MARGIN, &line, 15, 400, color, false);
        }
    }

    fn curve(&mut self, name: &str, chart: Markup) {
        self.y += 32.0;
        self.text(MARGIN, name, 15, 700, INK, false);
        self.y += 4.0;
        self.parts.push(html! { g transform={ "translate(" (MARGIN) " " (self.y) ")" } { (chart) } });
        self.y += chart::HEIGHT;
    }

    fn table(&mut self, columns: &[Column], head: &[String], rows: &[Vec<String>], texts: &Texts) {
        if !head.is_empty() {
            self.y += ROW;
        }
        for ((x, number), text) in columns.iter().zip(head) {
            self.text(*x, text, 14, 700, FAINT, *number);
        }
        for row in rows.iter().take(MAX_ROWS) {
            self.y += 9.0;
            self.rule("#e3e8ec", 1);
            self.y += ROW - 9.0;
            for ((x, number), text) in columns.iter().zip(row) {
                let color = if text.starts_with('−') { FAULT } else { INK };
                self.text(*x, text, 15, 400, color, *number);
            }
        }
        if let Some(more) = rows.len().checked_sub(MAX_ROWS).filter(|more| *more > 0) {
            self.y += ROW;
            self.text(MARGIN, &texts.with("result-more", [("count", more.into())]), 15, 400, FAINT, false);
        }
    }

    fn safety(&mut self, watched: &Watched, texts: &Texts) {
        let rows = page::safety_rows(watched, texts);
        if rows.is_empty() {
            return;
        }
        self.heading(&texts.text("report-safety"));
        let columns: [Column; 4] =
            [(MARGIN, false), (MARGIN + 330.0, true), (MARGIN + 450.0, true), (MARGIN + 480.0, false)];
        self.table(&columns, &page::SAFETY_COLUMNS.map(|key| texts.text(key)), &rows, texts);
    }

    fn repetitions(&mut self, watched: &Watched, texts: &Texts) {
        self.heading(&texts.text("report-reps"));
        let reps = &watched.report.reps;
        if reps.is_empty() {
            return self.lines(&[texts.text("report-reps-none")], INK);
        }
        let columns: [Column; 11] = [
            (MARGIN + 34.0, true),
            (MARGIN + 60.0, false),
            (MARGIN + 200.0, false),
            (MARGIN + 270.0, false),
            (MARGIN + 440.0, true),
            (MARGIN + 510.0, true),
            (MARGIN + 575.0, true),
            (MARGIN + 650.0, true),
            (MARGIN + 730.0, true),
            (MARGIN + 820.0, true),
            (MARGIN + 835.0, false),
        ];
        let head = page::REP_COLUMNS.map(|key| texts.text(key));
        let rows: Vec<Vec<String>> =
            reps.iter().enumerate().map(|(i, rep)| page::rep_row(i + 1, rep, texts)).collect();
        self.table(&columns, &head, &rows, texts);
    }

    fn faults(&mut self, watched: &Watched, texts: &Texts) {
        self.heading(&texts.text("report-faults"));
        let rows = page::fault_rows(&watched.report, texts);
        if rows.is_empty() {
            return self.lines(&[texts.text("report-faults-none")], INK);
        }
        let columns: [Column; 5] = [
            (MARGIN + 34.0, true),
            (MARGIN + 60.0, false),
            (MARGIN + 400.0, false),
            (MARGIN + 560.0, false),
            (WIDTH - MARGIN, true),
        ];
        let head = page::FAULT_COLUMNS.map(|key| texts.text(key));
        self.table(&columns, &head, &rows, texts);
    }

    fn movement(&mut self, watched: &Watched, texts: &Texts) {
        for MovementTable { title, help, heads, rows } in page::movement_tables(watched, texts) {
            self.heading(&texts.text(title));
            self.lines(&[texts.text(help)], FAINT);
            // The first column names what moved.
            let (first, rest) = (240.0, WIDTH - 2.0 * MARGIN - 240.0);
            let step = rest / (heads.len() - 1) as f64;
            let x = |i: usize| if i == 0 { MARGIN } else { MARGIN + first + step * (i - 1) as f64 };
            let columns: Vec<Column> = (0..heads.len()).map(|i| (x(i), false)).collect();
            let heads: Vec<String> = heads.iter().map(|key| texts.text(key)).collect();
            self.table(&columns, &heads, &rows, texts);
        }
    }

    fn cues(&mut self, watched: &Watched, texts: &Texts) {
        self.heading(&texts.text("report-cues"));
        if watched.report.cues.is_empty() {
            return self.lines(&[texts.text("report-cues-none")], INK);
        }
        let columns: [Column; 2] = [(MARGIN + 60.0, true), (MARGIN + 84.0, false)];
        let rows: Vec<Vec<String>> = page::cue_rows(watched, texts);
        self.table(&columns, &[], &rows, texts);
    }
}

/// Lines no wider than [`LINE`], broken at spaces. Hangul counts twice.
fn wrapped(text: &str) -> Vec<String> {
    let wide = |text: &str| text.chars().map(|c| if c < '\u{1100}' { 1 } else { 2 }).sum::<usize>();
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if wide(line) + 1 + wide(word) <= LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_at_spaces() {
        let text = "가나다 ".repeat(40);
        let lines = wrapped(&text);
        assert!(lines.len() > 1 && lines.iter().all(|line| line.chars().count() <= LINE));
        assert_eq!(lines.join(" "), text.trim());
    }
}
