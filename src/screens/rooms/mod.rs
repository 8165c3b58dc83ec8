//! The rooms beside the way: settings, library, history, messages, the clinic's questions, and a recorded set once more.

mod calendar;
mod clinic;
mod history;
mod library;
mod lock;
mod messages;
mod questions;
mod replay;
mod settings;

pub use calendar::{DayView, WeekView};
pub use clinic::{ClinicDraft, ClinicPress, ClinicView, Sure};
pub use history::{HistoryPress, HistoryTab, HistoryView, SetView, TrendView, history};
pub use library::{Chosen, LibraryDraft, LibraryPress, Shelf, library};
pub use lock::{LockDraft, LockPress, LockView};
pub use messages::{MessagesPress, MessagesView, SaidView, messages};
pub use questions::{Answers, QuestionView, QuestionsPress, QuestionsView, questions};
pub use replay::{FilmMore, FilmView, ReplayPress, ReplayView, replay};
pub use settings::{SettingsDraft, SettingsPress, SettingsView, settings};

use crate::{flow::Frame, widgets::tabs};
use egui::Ui;

/// Which part of a room is shown: one of `all`, by the keys of their names.
fn part<T: Copy + PartialEq>(ui: &mut Ui, frame: Frame, all: &[(T, &str)], shown: &mut T) {
    let names: Vec<String> = all.iter().map(|(_, key)| frame.texts.text(key)).collect();
    let at = all.iter().position(|(one, _)| one == shown).unwrap_or_default();
    if let Some(pressed) = tabs(ui, frame.look, "", &names, at) {
        *shown = all[pressed].0;
    }
}
