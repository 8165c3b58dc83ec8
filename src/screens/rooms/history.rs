//! What was done: days and weeks, how pain, scores and ranges go, with their error, and every set.

use crate::{
    Look, Page,
    flow::Frame,
    page::Ground,
    text,
    widgets::{Chart, Point, bar, card, list_row, plain_row},
};

use super::{
    calendar::{WeekView, calendar},
    part,
};
use baro_home::{history::Week, visit::Event};
use egui::{Sense, Ui, vec2};

/// A line through the sessions, in words.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TrendView {
    /// What it shows: "Squat: score".
    pub name: String,
    /// The values; `x` is the day.
    pub points: Vec<Point>,
    /// The words of the lowest and highest value shown, and those values.
    pub ends: [String; 2],
    /// The same as numbers.
    pub range: [f64; 2],
    /// The days of the first and last point.
    pub dates: [String; 2],
    /// "Changed" or "not yet a change", in a sentence.
    pub verdict: String,
}

/// The part of the history that is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HistoryTab {
    /// Days and weeks.
    #[default]
    Days,
    /// How pain, scores and ranges go.
    Trends,
    /// Every set.
    Sets,
}

impl HistoryTab {
    const ALL: [Self; 3] = [Self::Days, Self::Trends, Self::Sets];

    const fn key(self) -> &'static str {
        match self {
            Self::Days => "rooms-days",
            Self::Trends => "rooms-trends",
            Self::Sets => "rooms-sets",
        }
    }
}

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct HistoryView<'a> {
    /// One sentence on the whole.
    pub sentence: &'a str,
    /// The newest weeks as a calendar, oldest first.
    pub calendar: &'a [WeekView],
    /// The newest weeks, oldest first, with their names.
    pub weeks: &'a [(Week, String)],
    /// Pain, scores, ranges, test results.
    pub trends: &'a [TrendView],
    /// The sets, newest first.
    pub sets: &'a [SetView],
}

/// A set that was done, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetView {
    /// The exercise's name.
    pub name: String,
    /// When, and what was done.
    pub done: String,
    /// Its record, where one was kept: it can be seen again.
    pub record: Option<String>,
}

/// What was pressed.
#[derive(Debug, Clone, PartialEq)]
pub enum HistoryPress {
    /// Something for the visit.
    Visit(Event),
    /// Write everything about the person into a folder.
    Export,
    /// Show this record.
    Replay(String),
}

/// The history. `tab` is the part that is shown.
pub fn history(ui: &mut Ui, frame: Frame, view: &HistoryView, tab: &mut HistoryTab) -> Option<HistoryPress> {
    let Frame { texts, look, hands } = frame;
    let (title, close) = (texts.text("flow-history"), texts.text("rooms-close"));
    let [export, walk] = ["rooms-export", "hands-walk"].map(|key| texts.text(key));
    let page = Page::new(&title)
        .sentence(view.sentence)
        .main(&close, HistoryPress::Visit(Event::Back))
        .other(&export, HistoryPress::Export)
        .walk(&walk)
        .ground(Ground::Plain);
    page.show(ui, look, hands, |ui| {
        part(ui, frame, &HistoryTab::ALL.map(|tab| (tab, tab.key())), tab);
        match tab {
            HistoryTab::Days => {
                card(ui, look, |ui| {
                    let weekdays = texts.text("rooms-weekdays");
                    let weekdays: Vec<&str> = weekdays.split_whitespace().collect();
                    calendar(ui, look, &weekdays, view.calendar);
                });
                if !view.weeks.is_empty() {
                    card(ui, look, |ui| weeks(ui, frame, view.weeks));
                }
                None
            }
            HistoryTab::Trends => {
                for trend in view.trends {
                    card(ui, look, |ui| chart(ui, look, trend));
                }
                None
            }
            HistoryTab::Sets => sets(ui, frame, view.sets),
        }
    })
}

fn chart(ui: &mut Ui, look: &Look, trend: &TrendView) {
    text::heading(ui, look, &trend.name);
    let chart = Chart {
        name: &format!("{}. {}", trend.name, trend.verdict),
        points: &trend.points,
        range: trend.range[0]..=trend.range[1],
        ends: [&trend.ends[0], &trend.ends[1]],
        dates: [&trend.dates[0], &trend.dates[1]],
        goal: None,
    };
    chart.show(ui, look, 150.0);
    text::body(ui, look, &trend.verdict);
}

/// What was done; a press on a set that was recorded shows it again.
fn sets(ui: &mut Ui, frame: Frame, sets: &[SetView]) -> Option<HistoryPress> {
    let Frame { texts, look, .. } = frame;
    let again = texts.text("rooms-see-again");
    let mut pressed = None;
    for set in sets {
        let Some(record) = &set.record else {
            plain_row(ui, look, &set.name, &set.done, "");
            continue;
        };
        if list_row(ui, look, &set.name, &set.done, &again, false).clicked() {
            pressed = Some(HistoryPress::Replay(record.clone()));
        }
    }
    pressed
}

/// How much of each week's plan was done.
fn weeks(ui: &mut Ui, frame: Frame, weeks: &[(Week, String)]) {
    let Frame { texts, look, .. } = frame;
    text::heading(ui, look, &texts.text("rooms-weeks"));
    for (week, name) in weeks {
        let done = texts.with("rooms-week", [("done", week.done.into()), ("planned", week.planned.into())]);
        let said = format!("{name}: {done}");
        text::body(ui, look, &said);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width().min(520.0), 22.0), Sense::hover());
        bar(ui, look, rect, week.adherence() as f32, &said);
    }
}
