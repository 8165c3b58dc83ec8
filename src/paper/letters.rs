//! Letters: which glyphs a text takes, how wide it is, and where its lines break.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, UnicodeBuffer};
use std::{cell::RefCell, collections::BTreeMap};

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Pretendard-Regular.otf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/Pretendard-Bold.otf");

/// Of one text.
const LETTERS: usize = 1_000;

/// How thick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// Both fonts.
pub struct Letters {
    regular: Cut,
    bold: Cut,
    /// What was wrapped: a page is laid out again and again until it fits.
    known: RefCell<BTreeMap<Wanted, Vec<Line>>>,
}

/// Text, bold, size and width in thousandths, most lines.
type Wanted = (String, bool, u32, u32, usize);

struct Cut {
    font: Font,
    face: Face<'static>,
}

/// A line of text, ready to be drawn.
#[derive(Debug, Clone)]
pub struct Line {
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    pub weight: Weight,
    /// In times of the letters' size.
    pub width: f32,
}

impl Cut {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        Some(Self { font: Font::new(bytes.into(), 0)?, face: Face::from_slice(bytes, 0)? })
    }
}

impl Letters {
    /// Those that the program was built with; `None` where they are broken.
    pub fn new() -> Option<Self> {
        Some(Self { regular: Cut::new(REGULAR)?, bold: Cut::new(BOLD)?, known: RefCell::default() })
    }

    /// The font itself.
    pub fn font(&self, weight: Weight) -> Font {
        self.cut(weight).font.clone()
    }

    const fn cut(&self, weight: Weight) -> &Cut {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// One line, however wide. Letters that the font lacks become a question mark; what is no letter becomes a space.
    pub fn line(&self, text: &str, weight: Weight) -> Line {
        let Cut { face, .. } = self.cut(weight);
        let known = |letter: char| match letter {
            letter if letter.is_control() || letter.is_whitespace() => ' ',
            letter if face.glyph_index(letter).is_some_and(|glyph| glyph.0 != 0) => letter,
            _ => '?',
        };
        let text: String = text.chars().map(known).collect();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(face, &[], buffer);
        let (infos, places) = (shaped.glyph_infos(), shaped.glyph_positions());
        let em = face.units_per_em() as f32;
        let glyph = |(n, place): (usize, &rustybuzz::GlyphPosition)| {
            let start = infos[n].cluster as usize;
            let next = infos[n..].iter().map(|info| info.cluster as usize).find(|cluster| *cluster > start);
            KrillaGlyph::new(
                GlyphId::new(infos[n].glyph_id),
                place.x_advance as f32 / em,
                place.x_offset as f32 / em,
                place.y_offset as f32 / em,
                place.y_advance as f32 / em,
                start..next.unwrap_or(text.len()),
                None,
            )
        };
        let glyphs: Vec<KrillaGlyph> = places.iter().enumerate().map(glyph).collect();
        let width = places.iter().map(|place| place.x_advance as f32 / em).sum();
        Line { text, glyphs, weight, width }
    }

    /// Lines of at most this width; where that takes more than `most` of them, the last one ends with dots.
    pub fn wrap(&self, text: &str, weight: Weight, size: f32, width: f32, most: usize) -> Vec<Line> {
        let thousandths = |points: f32| (points * 1e3) as u32;
        let bold = weight == Weight::Bold;
        let wanted = (text.to_owned(), bold, thousandths(size), thousandths(width), most);
        if let Some(known) = self.known.borrow().get(&wanted) {
            return known.clone();
        }
        let lines = self.wrap_anew(text, weight, size, width, most);
        self.known.borrow_mut().insert(wanted, lines.clone());
        lines
    }

    fn wrap_anew(&self, text: &str, weight: Weight, size: f32, width: f32, most: usize) -> Vec<Line> {
        let fits = |text: &str| self.line(text, weight).width * size <= width;
        // More would never be shown.
        let text: String = text.chars().take(LETTERS).collect();
        let mut lines: Vec<String> = Vec::new();
        let mut now = String::new();
        for word in text.split_whitespace() {
            let longer = if now.is_empty() { word.to_owned() } else { format!("{now} {word}") };
            if fits(&longer) {
                now = longer;
                continue;
            }
            if !now.is_empty() {
                lines.push(std::mem::take(&mut now));
            }
            // A word that is wider than the line breaks anywhere.
            for letter in word.chars() {
                if !now.is_empty() && !fits(&format!("{now}{letter}")) {
                    lines.push(std::mem::take(&mut now));
                }
                now.push(letter);
            }
            if lines.len() > most {
                break;
            }
        }
        lines.push(now);
        if lines.len() > most {
            lines.truncate(most);
            let last = lines.pop().unwrap_or_default();
            lines.push(dotted(last, &fits));
        }
        // Between words of two lines there is a space, for whoever reads the text and not the picture.
        let count = lines.len();
        let spaced = |(n, line): (usize, String)| if n + 1 < count { line + " " } else { line };
        lines.into_iter().enumerate().map(spaced).map(|line| self.line(&line, weight)).collect()
    }
}

fn dotted(mut line: String, fits: &dyn Fn(&str) -> bool) -> String {
    while !line.is_empty() && !fits(&format!("{line}…")) {
        line.pop();
    }
    line.truncate(line.trim_end().len());
    line + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_nothing_is_lost() {
        let letters = Letters::new().unwrap();
        for text in [
            "The quick brown fox jumps over the lazy dog, again and again.",
            "무릎을 천천히 굽히고 다시 펴세요. 통증이 있으면 멈추세요.",
            "Donaudampfschifffahrtsgesellschaftskapitän",
        ] {
            let lines = letters.wrap(text, Weight::Regular, 10.0, 60.0, 99);
            assert!(lines.len() > 2, "{text}");
            assert!(
                lines
                    .iter()
                    .all(|line| letters.line(line.text.trim_end(), Weight::Regular).width * 10.0 <= 60.0)
            );
            let whole: String = lines.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(whole.replace(' ', ""), text.replace(' ', ""));
        }
        let cut = letters.wrap("one two three four five six seven", Weight::Bold, 10.0, 50.0, 2);
        assert!(cut.len() == 2 && cut[1].text.ends_with('…'), "{cut:?}");
    }

    #[test]
    fn what_the_font_lacks_is_told() {
        let letters = Letters::new().unwrap();
        let line = letters.line("a\u{1f600}\u{0}\nb", Weight::Regular);
        assert_eq!(line.text, "a?  b");
        assert!(letters.line("무릎 ± 4° − 3 → 5", Weight::Regular).text.contains("± 4° − 3 → 5"));
        assert!(letters.wrap("", Weight::Regular, 9.0, 10.0, 3).len() == 1);
    }
}
