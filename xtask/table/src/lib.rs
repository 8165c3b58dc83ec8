//! Tables of measurements, and their place in the documentation.

use anyhow::{Context, Result};
use std::fmt::Write as _;
use std::path::Path;

/// Rows in the order in which they were measured, printed as they come.
#[derive(Default)]
pub struct Table {
    rows: Vec<Row>,
    skipped: bool,
}

struct Row {
    what: String,
    value: String,
    goal: String,
    met: Option<bool>,
    note: String,
}

impl Table {
    /// A measurement whose goal, if it has one, is this or less.
    pub fn at_most(&mut self, what: &str, value: f64, unit: &str, goal: Option<f64>, note: &str) {
        self.add(what, value, unit, goal.map(|g| ("at most", g, value <= g)), note);
    }

    /// A measurement whose goal, if it has one, is this or more.
    pub fn at_least(&mut self, what: &str, value: f64, unit: &str, goal: Option<f64>, note: &str) {
        self.add(what, value, unit, goal.map(|g| ("at least", g, value >= g)), note);
    }

    /// A measurement without a goal.
    pub fn told(&mut self, what: &str, value: f64, unit: &str, note: &str) {
        self.add(what, value, unit, None, note);
    }

    /// A measurement whose goal is to lie between two values.
    pub fn between(&mut self, what: &str, value: f64, unit: &str, (low, high): (f64, f64), note: &str) {
        let goal = format!("{} to {}", rounded(low), rounded(high));
        let met = Some((low..=high).contains(&value));
        self.push(Row { what: what.into(), value: with_unit(value, unit), goal, met, note: note.into() });
    }

    /// A measurement that is no single number.
    pub fn words(&mut self, what: &str, value: &str, note: &str) {
        let (goal, met) = (String::new(), None);
        self.push(Row { what: what.into(), value: value.into(), goal, met, note: note.into() });
    }

    /// Nothing could be measured; what the document has stays.
    pub fn skip(&mut self, why: &str) {
        println!("skipped: {why}");
        self.skipped = true;
    }

    /// Goals that were missed.
    pub fn missed(&self) -> usize {
        self.rows.iter().filter(|row| row.met == Some(false)).count()
    }

    fn add(&mut self, what: &str, value: f64, unit: &str, goal: Option<(&str, f64, bool)>, note: &str) {
        self.push(Row {
            what: what.to_owned(),
            value: with_unit(value, unit),
            goal: goal.map_or(String::new(), |(word, limit, _)| format!("{word} {}", rounded(limit))),
            met: goal.map(|(_, _, met)| met),
            note: note.to_owned(),
        });
    }

    fn push(&mut self, row: Row) {
        // A long measurement shows what it has so far.
        println!("{}: {} {}", row.what, row.value, row.note);
        self.rows.push(row);
    }

    /// The table as it stands in a document.
    pub fn to_markdown(&self) -> String {
        let mut text = String::from("| what | measured | goal | | remarks |\n|---|---|---|---|---|\n");
        for row in &self.rows {
            let met = match row.met {
                Some(true) => "met",
                Some(false) => "**missed**",
                None => "",
            };
            // Writing into a string does not fail.
            let _ = writeln!(text, "| {} | {} | {} | {met} | {} |", row.what, row.value, row.goal, row.note);
        }
        text
    }

    /// Replaces the marked section of a document, unless the measurement was skipped.
    ///
    /// # Errors
    /// Where the document can't be read or written, or has no such section.
    pub fn write_into(&self, path: &Path, section: &str, command: &str) -> Result<()> {
        if self.skipped {
            return Ok(());
        }
        let (begin, end) = (format!("<!-- {section}: begin -->"), format!("<!-- {section}: end -->"));
        let old = std::fs::read_to_string(path).with_context(|| format!("can't read {}", path.display()))?;
        let (before, rest) = old.split_once(&begin).with_context(|| format!("{begin} is missing"))?;
        let (_, after) = rest.split_once(&end).with_context(|| format!("{end} is missing"))?;
        let text = format!("{before}{begin}\n\n`{command}`\n\n{}\n{end}{after}", self.to_markdown());
        std::fs::write(path, text).with_context(|| format!("can't write {}", path.display()))?;
        println!("written into {}", path.display());
        Ok(())
    }
}

fn with_unit(value: f64, unit: &str) -> String {
    format!("{} {unit}", rounded(value)).trim().to_owned()
}

/// Three digits that matter.
fn rounded(value: f64) -> String {
    let text = match value.abs() {
        v if v >= 100.0 => format!("{value:.0}"),
        v if v >= 10.0 => format!("{value:.1}"),
        v if v >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    };
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_are_judged_and_the_section_is_replaced() {
        let mut table = Table::default();
        table.at_most("a", 0.25, "mm", Some(0.3), "");
        table.at_least("b", 1.0, "×", Some(1.5), "slow");
        table.told("c", 123.4, "ms", "");
        let text = table.to_markdown();
        table.between("d", 0.9, "", (0.93, 0.97), "");
        table.words("e", "left, right", "");
        assert_eq!(table.missed(), 2);
        assert!(text.contains("| a | 0.25 mm | at most 0.3 | met |  |"), "{text}");
        assert!(text.contains("| b | 1 × | at least 1.5 | **missed** | slow |"), "{text}");
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("m.md");
        std::fs::write(&file, "top\n<!-- x: begin -->\nold\n<!-- x: end -->\nbottom\n").unwrap();
        let mut skipped = Table::default();
        skipped.skip("nothing there");
        skipped.write_into(&file, "x", "cmd").unwrap();
        assert!(std::fs::read_to_string(&file).unwrap().contains("old"), "a skip erases nothing");
        table.write_into(&file, "x", "cmd").unwrap();
        let written = std::fs::read_to_string(&file).unwrap();
        assert!(written.starts_with("top\n") && written.ends_with("\nbottom\n") && !written.contains("old"));
    }
}
