//! The rooms beside the way: settings, library, history.

mod history;
mod library;
mod settings;

pub use history::{HistoryPress, HistoryView, TrendView, history};
pub use library::{LibraryDraft, LibraryPress, library};
pub use settings::{SettingsDraft, SettingsPress, SettingsView, settings};
