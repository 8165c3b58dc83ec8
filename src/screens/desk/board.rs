//! Who is treated, the neediest first, each with the reasons.

use super::DeskPress;
use crate::{
    Page,
    flow::Frame,
    text,
    widgets::{list_row, plain_row},
};
use egui::Ui;

/// A patient, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowView {
    /// "Patient 1f2e3d4c".
    pub name: String,
    /// Why they need help, the strongest reason first; empty where nothing stands out.
    pub why: Vec<String>,
    /// How strong that is.
    pub strength: String,
    /// They have not agreed that they are looked at.
    pub hidden: bool,
}

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct BoardView<'a> {
    /// The neediest first; who has not agreed comes last.
    pub rows: &'a [RowView],
    /// How the connection is, where it is not as it should be.
    pub told: &'a str,
    /// The clinic has not answered yet.
    pub waits: bool,
}

/// The board.
pub fn board(ui: &mut Ui, frame: Frame, view: &BoardView) -> Option<DeskPress> {
    let Frame { texts, look, hands } = frame;
    let [title, look_again, close] = ["web-board", "desk-look", "button-quit"].map(|key| texts.text(key));
    let seen = view.rows.iter().filter(|row| !row.hidden);
    let need = seen.clone().filter(|row| !row.why.is_empty()).count();
    let sentence = match (view.waits, view.rows.is_empty()) {
        (true, _) => texts.text("desk-waits"),
        (false, true) => texts.text("web-nobody"),
        (false, false) => texts.with("web-need", [("need", need.into()), ("all", seen.count().into())]),
    };
    Page::new(&title)
        .sentence(&sentence)
        .main(&look_again, DeskPress::Look)
        .other(&close, DeskPress::Back)
        .show(ui, look, hands, |ui| {
            if !view.told.is_empty() {
                text::body(ui, look, view.told);
            }
            let mut pressed = None;
            for (at, row) in view.rows.iter().enumerate() {
                if row.hidden {
                    plain_row(ui, look, &row.name, &texts.text("web-not-agreed"), "");
                    continue;
                }
                let why = if row.why.is_empty() { texts.text("web-no-reason") } else { row.why.join("\n") };
                if list_row(ui, look, &row.name, &why, &row.strength, false).clicked() {
                    pressed = Some(DeskPress::Patient(at));
                }
            }
            pressed
        })
}
