//! The rooms beside the way: settings, library, history, and a recorded set once more.

mod calendar;
mod history;
mod library;
mod replay;
mod settings;

pub use calendar::{DayView, WeekView};
pub use history::{HistoryPress, HistoryTab, HistoryView, SetView, TrendView, history};
pub use library::{Chosen, LibraryDraft, LibraryPress, Shelf, library};
pub use replay::{FilmView, ReplayPress, ReplayView, replay};
pub use settings::{SettingsDraft, SettingsPress, SettingsView, settings};
