//! The report as an HTML page that needs nothing from outside: no scripts, no fonts, no pictures.

use crate::{
    Curve, Help, JointRange, Knee, Movement, Watched,
    chart::{self, chart},
    words,
};
use baro_coach::{Fault, Rep, Report, SpokenCue, SubScores, TestUnit, reference::Sensor};
use baro_locale::{FluentValue, Texts};
use baro_motion::View;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = include_str!("page.css");

/// The page, in the language of `texts`; `source` says what was coached, as a file's name.
pub fn html(watched: &Watched, source: &str, texts: &Texts) -> String {
    let name = texts.text(&watched.exercise.name_key);
    let report = &watched.report;
    let page = html! {
        (DOCTYPE)
        html lang=(texts.language().tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (name) " · Baro" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    header {
                        p.brand { "Baro" }
                        h1 { (name) }
                        p.faint { (source) " · " (length(watched, texts)) }
                    }
                    (figures(report, texts))
                    (sub_scores(report, texts))
                    (safety(watched, texts))
                    (curves(watched, texts))
                    (repetitions(report, texts))
                    (faults(report, texts))
                    (movement(watched, texts))
                    (sight(watched, texts))
                    (cues(watched, texts))
                    footer { p.faint { (texts.text("report-method")) } p.faint { (texts.text("report-no-diagnosis")) } }
                }
            }
        }
    };
    page.into_string()
}

/// How long the recording is.
pub fn length(watched: &Watched, texts: &Texts) -> String {
    let [from, to] = watched.span_s;
    let key = match watched.sensor {
        Sensor::Camera => "report-length",
        Sensor::Markers => "report-length-rows",
    };
    let frames = watched.frames[0].into();
    texts.with(key, [("seconds", words::whole(to - from).into()), ("frames", frames)])
}

/// The large numbers: what each is called, and its value.
pub fn large_numbers(report: &Report, texts: &Texts) -> Vec<(String, String)> {
    let score = report.score.map_or_else(|| "–".to_owned(), words::whole);
    let test = report.test.map(|test| {
        let value = match test.unit {
            TestUnit::Count => words::whole(test.value),
            TestUnit::S => words::seconds(texts, test.value),
        };
        (texts.text("report-test"), value)
    });
    let counted = [
        (texts.text("report-score"), score),
        (texts.text("report-complete"), report.count.to_string()),
        (texts.text("report-partial"), report.partial.to_string()),
    ];
    test.into_iter().chain(counted).collect()
}

fn figures(report: &Report, texts: &Texts) -> Markup {
    html! {
        section.figures {
            @for (name, value) in large_numbers(report, texts) {
                div.figure { p.value { (value) } p.faint { (name) } }
            }
        }
    }
}

/// Mean of each part over the complete repetitions: its name, 0 to 100.
pub fn parts(report: &Report, texts: &Texts) -> Vec<(String, f64)> {
    let complete: Vec<SubScores> = report.reps.iter().filter(|rep| rep.complete).map(|rep| rep.sub).collect();
    let part = |key: &str, part: fn(&SubScores) -> f64| {
        let sum: f64 = complete.iter().map(part).sum();
        (texts.text(key), sum / complete.len() as f64)
    };
    if complete.is_empty() {
        return Vec::new();
    }
    vec![
        part("part-range", |sub| sub.range),
        part("part-form", |sub| sub.form),
        part("part-tempo", |sub| sub.tempo),
        part("part-stability", |sub| sub.stability),
        part("part-symmetry", |sub| sub.symmetry),
    ]
}

fn sub_scores(report: &Report, texts: &Texts) -> Markup {
    let parts = parts(report, texts);
    html! {
        @if !parts.is_empty() {
            section {
                h2 { (texts.text("report-parts")) }
                table.bars {
                    @for (name, value) in parts {
                        tr {
                            th scope="row" { (name) }
                            td { div.bar { div.fill style={ "width:" (words::whole(value)) "%" } {} } }
                            td.number { (words::whole(value)) }
                        }
                    }
                }
            }
        }
    }
}

/// Keys of the heads of the columns of pain and effort.
pub const SAFETY_COLUMNS: [&str; 4] = ["report-when", "report-pain", "report-effort", "report-followed"];

/// The cells of the rows of pain, effort and health.
pub fn safety_rows(watched: &Watched, texts: &Texts) -> Vec<Vec<String>> {
    watched.safety.iter().map(|note| words::safety(texts, &note.event).into()).collect()
}

fn safety(watched: &Watched, texts: &Texts) -> Markup {
    let rows = safety_rows(watched, texts);
    html! {
        @if !rows.is_empty() {
            section {
                h2 { (texts.text("report-safety")) }
                (table(&SAFETY_COLUMNS, &rows, &[1, 2], texts))
            }
        }
    }
}

/// The curves that are drawn: what is counted on, and what a broken rule looked at.
pub fn drawn(watched: &Watched) -> impl Iterator<Item = &Curve> {
    let signal = watched.exercise.signal.as_ref().map(|signal| signal.measure);
    let told = move |curve: &&Curve| {
        curve.sides.iter().any(|side| !side.is_empty())
            && (Some(curve.measure) == signal || chart::faults(watched, curve).next().is_some())
    };
    watched.curves.iter().filter(told)
}

fn curves(watched: &Watched, texts: &Texts) -> Markup {
    html! {
        section {
            h2 { (texts.text("report-curves")) }
            p.faint { (texts.text("report-curves-help")) }
            @for curve in drawn(watched) {
                figure {
                    figcaption { (words::measure(texts, curve.measure)) }
                    (chart(watched, curve, texts))
                }
            }
        }
    }
}

/// Keys of the heads of the columns of repetitions.
pub const REP_COLUMNS: [&str; 11] = [
    "report-number",
    "report-when",
    "report-side",
    "report-farthest",
    "report-score",
    "part-range",
    "part-form",
    "part-tempo",
    "part-stability",
    "part-symmetry",
    "report-remark",
];

/// The cells of a repetition's row.
pub fn rep_row(number: usize, rep: &Rep, texts: &Texts) -> Vec<String> {
    let SubScores { range, form, tempo, stability, symmetry } = rep.sub;
    let mut row = vec![
        number.to_string(),
        words::span(texts, rep.start_s, rep.end_s),
        words::side(texts, rep),
        words::farthest(texts, rep),
    ];
    row.extend([rep.score, range, form, tempo, stability, symmetry].map(words::whole));
    let held =
        rep.held_s.map(|held_s| texts.with("report-held", [("time", words::seconds(texts, held_s).into())]));
    let partial = (!rep.complete).then(|| texts.text("result-rep-partial"));
    row.push(held.into_iter().chain(partial).collect::<Vec<_>>().join(", "));
    row
}

fn repetitions(report: &Report, texts: &Texts) -> Markup {
    let rows: Vec<Vec<String>> =
        report.reps.iter().enumerate().map(|(i, rep)| rep_row(i + 1, rep, texts)).collect();
    html! {
        section {
            h2 { (texts.text("report-reps")) }
            @if rows.is_empty() { p { (texts.text("report-reps-none")) } }
            @else { (table(&REP_COLUMNS, &rows, &[0, 4, 5, 6, 7, 8, 9], texts)) }
        }
    }
}

/// Keys of the heads of the columns of faults.
pub const FAULT_COLUMNS: [&str; 5] =
    ["report-rep", "report-what", "report-when", "report-measured", "report-points"];

/// The cells of all faults' rows.
pub fn fault_rows(report: &Report, texts: &Texts) -> Vec<Vec<String>> {
    let faults =
        report.reps.iter().enumerate().flat_map(|(i, rep)| rep.faults.iter().map(move |f| (i + 1, f)));
    let row = |(rep, fault): (usize, &Fault)| {
        vec![
            rep.to_string(),
            words::fault(texts, fault),
            words::span(texts, fault.from_s, fault.to_s),
            words::measured(texts, fault),
            format!("−{:.1}", fault.points),
        ]
    };
    faults.map(row).collect()
}

fn faults(report: &Report, texts: &Texts) -> Markup {
    let rows = fault_rows(report, texts);
    html! {
        section {
            h2 { (texts.text("report-faults")) }
            @if rows.is_empty() { p { (texts.text("report-faults-none")) } }
            @else { (table(&FAULT_COLUMNS, &rows, &[0, 4], texts)) }
        }
    }
}

/// A table of what joints did, with what to know about it.
pub struct MovementTable {
    /// Key of its heading.
    pub title: &'static str,
    /// Key of the help below that.
    pub help: &'static str,
    /// Keys of the heads of its columns.
    pub heads: Vec<&'static str>,
    /// Cells.
    pub rows: Vec<Vec<String>>,
}

/// Ranges of joints, help of the trunk, and knees over the feet; those that there is something to tell of.
pub fn movement_tables(watched: &Watched, texts: &Texts) -> Vec<MovementTable> {
    let Movement { ranges, compensation, knees } = &watched.movement;
    let named = |measure: &str| texts.text(&format!("measure-{measure}"));
    let sd = |value, sd, claim| words::value_sd(texts, value, sd, "deg", claim);
    let range = |joint: &JointRange| {
        let ends = [joint.low, joint.high].map(|value| FluentValue::from(texts.value(value, "deg")));
        let [from, to] = ends;
        vec![
            named(joint.measure),
            joint.side.map_or_else(|| "–".into(), |side| words::one_side(texts, side)),
            texts.with("report-from-to", [("from", from), ("to", to)]),
            sd(joint.range, joint.sd, joint.claim),
            texts.value(joint.mdc, "deg"),
            words::beside(texts, joint.beside),
        ]
    };
    let help =
        |part: &Help| vec![named(part.measure), sd(part.value, part.sd, part.claim), part.rep.to_string()];
    let knee = |knee: &Knee| {
        vec![
            words::one_side(texts, knee.side),
            sd(knee.at_flexion, knee.at_flexion_sd, knee.claim),
            sd(knee.most, knee.most_sd, knee.claim),
            knee.rep.to_string(),
        ]
    };
    let tables = [
        MovementTable {
            title: "report-ranges",
            help: "report-ranges-help",
            heads: vec![
                "report-joint",
                "report-side",
                "report-ends",
                "report-range",
                "report-mdc",
                "report-beside",
            ],
            rows: ranges.iter().map(range).collect(),
        },
        MovementTable {
            title: "report-trunk",
            help: "report-trunk-help",
            heads: vec!["report-joint", "report-most", "report-rep"],
            rows: compensation.iter().map(help).collect(),
        },
        MovementTable {
            title: "report-knees",
            help: "report-knees-help",
            heads: vec!["report-side", "report-when-bent", "report-most-inward", "report-rep"],
            rows: knees.iter().map(knee).collect(),
        },
    ];
    tables.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

fn movement(watched: &Watched, texts: &Texts) -> Markup {
    html! {
        @for MovementTable { title, help, heads, rows } in movement_tables(watched, texts) {
            section {
                h2 { (texts.text(title)) }
                p.faint { (texts.text(help)) }
                (table(&heads, &rows, &[], texts))
            }
        }
    }
}

/// A table whose columns with these numbers hold numbers.
fn table(heads: &[&str], rows: &[Vec<String>], numbers: &[usize], texts: &Texts) -> Markup {
    let class = |column: usize| numbers.contains(&column).then_some("number");
    html! {
        table {
            @if !heads.is_empty() {
                thead { tr { @for (i, key) in heads.iter().enumerate() { th scope="col" class=[class(i)] { (texts.text(key)) } } } }
            }
            tbody {
                @for row in rows { tr { @for (i, cell) in row.iter().enumerate() { td class=[class(i)] { (cell) } } } }
            }
        }
    }
}

/// What was seen, and what could not be.
pub fn sight_lines(watched: &Watched, texts: &Texts) -> Vec<String> {
    let [all, _, clear] = watched.frames;
    let share = words::whole(100.0 * clear as f64 / all.max(1) as f64);
    let mut lines = vec![texts.with("report-seen", [("percent", share.into())])];
    lines.extend(watched.view.as_ref().map(|view| seen_from(view, texts)));
    let refused = watched.curves.iter().filter(|curve| curve.refused().is_some_and(|share| share > 0.5));
    let refused: Vec<String> = refused.map(|curve| words::measure(texts, curve.measure)).collect();
    if !refused.is_empty() {
        lines.push(texts.with("report-refused", [("what", refused.join(", ").into())]));
    }
    let unseen = watched.curves.iter().filter(|curve| curve.sides.iter().all(Vec::is_empty));
    let unseen: Vec<String> = unseen.map(|curve| words::measure(texts, curve.measure)).collect();
    if !unseen.is_empty() {
        lines.push(texts.with("report-unseen", [("what", unseen.join(", ").into())]));
    }
    lines
}

/// From where the person was seen, with what is uncertain about it.
fn seen_from(view: &View, texts: &Texts) -> String {
    if !view.one_camera {
        return texts.text("report-in-space");
    }
    let degrees = |rad: f32| FluentValue::from(texts.value(f64::from(rad.to_degrees()), "deg"));
    let key = match view.turned_rad().to_degrees() {
        turned if turned <= 30.0 => "report-from-front",
        turned if turned >= 60.0 => "report-from-side",
        _ => "report-from-between",
    };
    let (turned, sd) = (degrees(view.turned_rad()), degrees(view.yaw_sd_rad));
    let (tilt, tilt_sd) = (degrees(view.pitch_rad), degrees(view.pitch_sd_rad));
    let from = texts.with(key, [("turned", turned), ("sd", sd)]);
    format!("{from} {}", texts.with("report-tilt", [("tilt", tilt), ("sd", tilt_sd)]))
}

fn sight(watched: &Watched, texts: &Texts) -> Markup {
    html! {
        section {
            h2 { (texts.text("report-sight")) }
            ul { @for line in sight_lines(watched, texts) { li { (line) } } }
        }
    }
}

/// When something was said, and what.
pub fn cue_rows(watched: &Watched, texts: &Texts) -> Vec<Vec<String>> {
    let row = |said: &SpokenCue| vec![words::seconds(texts, said.time_s), texts.text(&said.cue)];
    watched.report.cues.iter().map(row).collect()
}

fn cues(watched: &Watched, texts: &Texts) -> Markup {
    let rows = cue_rows(watched, texts);
    html! {
        section.log {
            h2 { (texts.text("report-cues")) }
            @if rows.is_empty() { p { (texts.text("report-cues-none")) } }
            @else { (table(&[], &rows, &[0], texts)) }
        }
    }
}
