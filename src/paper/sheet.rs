//! What stands on the page, in words of one language.

use jiff::{Timestamp, civil::Date};

/// The page.
pub struct Sheet {
    /// Its language: `ko`.
    pub language: &'static str,
    pub title: String,
    /// Whose it is, of when, by whom: each with its name.
    pub facts: Vec<[String; 2]>,
    /// From top to bottom; two stand beside each other.
    pub rows: Vec<Vec<Section>>,
    /// What stands at the very bottom, whatever else does.
    pub foot: Vec<String>,
    /// When it was written.
    pub written: Timestamp,
}

/// A part of the page.
pub struct Section {
    pub heading: String,
    pub body: Body,
    pub note: Option<String>,
    /// Where there is no room, sections of a lower one lose parts first.
    pub weight: u8,
    /// But keep so many.
    pub least: usize,
    /// Of the row's width, beside others.
    pub share: f32,
}

/// What is in it.
pub enum Body {
    Lines(Vec<String>),
    Table(Table),
    Charts(Vec<Chart>),
}

impl Body {
    /// How many parts it has that can be left out one by one.
    pub const fn parts(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.len(),
            Self::Table(table) => table.rows.len(),
            Self::Charts(charts) => charts.len(),
        }
    }
}

/// Rows of words; the first cell of each names it.
pub struct Table {
    /// Each with its share of the width.
    pub columns: Vec<(String, f32)>,
    pub rows: Vec<Row>,
}

pub struct Row {
    pub cells: Vec<String>,
    /// The last cell says something that stands out.
    pub strong: bool,
}

/// A value over time.
pub struct Chart {
    pub name: String,
    /// What it shows, in words.
    pub words: String,
    pub points: Vec<Spot>,
    /// The lowest and the highest value that there is room for.
    pub range: [f64; 2],
    /// What these two are called.
    pub scale: [String; 2],
    /// What the first and the last day are called.
    pub ends: [String; 2],
    /// Bars, each with what was asked for, else a line with its error.
    pub bars: bool,
}

/// A point of a chart.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    pub day: Date,
    pub value: f64,
    /// ± this; of bars: what was asked for.
    pub error: f64,
}
