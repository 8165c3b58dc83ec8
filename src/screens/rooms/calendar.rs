//! The days of the last weeks, from Monday to Sunday.

use crate::{Look, Type, text};
use egui::{Align, Pos2, Rect, Stroke, Ui, pos2, vec2};

/// A day on the calendar, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DayView {
    /// Its number in the month.
    pub number: String,
    /// What was done, for a screen reader: "Sunday 22 November: 3 sets"; empty where nothing was.
    pub said: String,
    /// Something was done.
    pub done: bool,
    /// Today.
    pub today: bool,
    /// Not yet.
    pub later: bool,
}

/// A week from Monday, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WeekView {
    /// The month, where it is another one than in the line above; else empty.
    pub month: String,
    /// Its days.
    pub days: [DayView; 7],
}

/// Draws the weeks, oldest first, below the names of the seven days.
pub fn calendar(ui: &mut Ui, look: &Look, weekdays: &[&str], weeks: &[WeekView]) {
    let p = look.palette();
    let cell = (ui.available_width() / 9.5).min(58.0 * look.scale());
    let months = cell * 1.8;
    let centre = |row: Rect, day: usize| row.left_center() + vec2(months + (day as f32 + 0.5) * cell, 0.0);
    let put = |ui: &Ui, at: Pos2, words: &str, kind: Type, ink| {
        let size = vec2(cell, cell);
        let rect = Rect::from_center_size(at, size);
        text::text_in(ui, rect, words, look.bold(kind), ink, Align::Center);
    };
    let head = row(ui, cell * 0.6);
    for (day, name) in weekdays.iter().enumerate() {
        put(ui, centre(head, day), name, Type::Small, p.soft_ink);
    }
    for week in weeks {
        let row = row(ui, cell);
        let month = Rect::from_min_max(row.min, pos2(row.min.x + months - 8.0, row.max.y));
        text::text_in(ui, month, &week.month, look.bold(Type::Small), p.soft_ink, Align::Min);
        for (i, day) in week.days.iter().enumerate() {
            let at = centre(row, i);
            let radius = cell * 0.42;
            if day.done {
                ui.painter().circle_filled(at, radius, p.now);
            }
            if day.today {
                ui.painter().circle_stroke(at, radius + 1.0, Stroke::new(3.0, p.ink));
            }
            let ink = match (day.done, day.later) {
                (true, _) => p.on_now,
                (false, true) => p.edge,
                (false, false) => p.ink,
            };
            put(ui, at, &day.number, Type::Body, ink);
            if !day.said.is_empty() {
                let rect = Rect::from_center_size(at, vec2(cell, cell));
                text::label_at(ui, rect, &day.said, &day.said);
            }
        }
    }
}

fn row(ui: &mut Ui, height: f32) -> Rect {
    ui.allocate_exact_size(vec2(ui.available_width(), height), egui::Sense::hover()).0
}
