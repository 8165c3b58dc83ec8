//! The stage finds what it is there to find.

use crate::support::{check_picture, language};
use baro_screens::{
    Language,
    look::bold,
    text,
    widgets::{Weight, button_in},
};
use egui::{Align, Color32, Rect, Ui, pos2, vec2};

fn judge(show: impl Fn(&mut Ui)) {
    let shown = language(Language::English, |ui, _, _| -> Option<()> {
        show(ui);
        None
    });
    check_picture(&shown, "a screen made wrong");
}

fn at(x: f32, y: f32) -> Rect {
    Rect::from_min_size(pos2(x, y), vec2(200.0, 64.0))
}

#[test]
#[should_panic(expected = "overlap")]
fn buttons_over_each_other() {
    judge(|ui| {
        for (x, name) in [(100.0, "One"), (280.0, "Two")] {
            button_in(ui, &Default::default(), at(x, 100.0), name, Weight::Plain, None);
        }
    });
}

#[test]
#[should_panic(expected = "overflows")]
fn text_that_leaves_its_button() {
    judge(|ui| {
        button_in(ui, &Default::default(), at(100.0, 100.0), "One", Weight::Plain, None);
        let galley =
            text::wrapped(ui, "Far too long for this", bold(30.0), Color32::BLACK, 900.0, Align::Min);
        text::put(ui, at(250.0, 100.0), galley, Align::Min);
    });
}

#[test]
#[should_panic(expected = "is cut")]
fn text_that_is_cut() {
    judge(|ui| {
        ui.set_clip_rect(at(100.0, 100.0));
        let galley =
            text::wrapped(ui, "Far too long for this", bold(30.0), Color32::BLACK, 900.0, Align::Min);
        text::put(ui, at(100.0, 100.0), galley, Align::Min);
    });
}

#[test]
#[should_panic(expected = "has no text")]
fn a_key_without_a_text() {
    judge(|ui| text::text_in(ui, at(100.0, 100.0), "button-nowhere", bold(20.0), Color32::BLACK, Align::Min));
}
