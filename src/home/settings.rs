//! How the program looks, sounds and sees on this device.

use crate::{HomeError, Notice, PersonId, files};
use baro_locale::Language;
use serde::{Deserialize, Serialize};
use std::path::Path;
use toml::{Table, Value};

/// The format of the settings file that this version writes.
pub const SETTINGS_FORMAT: u32 = 1;

/// One for each older format: makes the next format of it.
type Migration = fn(&mut Table);
const MIGRATIONS: [Migration; SETTINGS_FORMAT as usize - 1] = [];

/// The colours of the screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Palette {
    #[default]
    Light,
    Dark,
    HighContrast,
}

/// How much the picture may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    /// As the device allows.
    #[default]
    Auto,
    /// For computers without a graphics card.
    Low,
    /// Between.
    Medium,
    /// Everything.
    High,
}

/// The settings of this device, for everyone who uses it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Settings {
    /// `None`: the system's.
    #[serde(with = "language", skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// Size of all text, 1 to 2.
    pub text_scale: f32,
    /// The colours.
    pub palette: Palette,
    /// Nothing moves that need not.
    pub reduced_motion: bool,
    /// Is the voice on?
    pub voice: bool,
    /// Loudness of voice and sounds, 0 to 1.
    pub volume: f32,
    /// Name of the camera; `None`: the first that works.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub camera: Option<String>,
    /// How much the picture may cost.
    pub quality: Quality,
    /// Does the window fill the screen?
    pub full_screen: bool,
    /// Do people see themselves as in a mirror?
    pub mirror: bool,
    /// Does the trainer show the movement over the person's body, instead of beside it?
    pub trainer_over: bool,
    /// May raised hands press buttons?
    pub hands_free: bool,
    /// Who used it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_person: Option<PersonId>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: None,
            text_scale: 1.0,
            palette: Palette::default(),
            reduced_motion: false,
            voice: true,
            volume: 1.0,
            camera: None,
            quality: Quality::default(),
            full_screen: false,
            mirror: true,
            trainer_over: false,
            hands_free: true,
            last_person: None,
        }
    }
}

impl Settings {
    /// Reads the settings. A file that is missing gives the defaults; one that is damaged is put aside and as much of it holds as
    /// can be read.
    ///
    /// # Errors
    /// The file is there and can't be read at all, as without the right to.
    pub fn load(path: &Path) -> Result<(Self, Option<Notice>), HomeError> {
        let Some(text) = files::read_text(path)? else { return Ok((Self::default(), None)) };
        let Ok(mut table) = text.parse::<Table>() else {
            return Ok((Self::default(), Some(Notice::Settings { kept: files::keep_aside(path) })));
        };
        migrate(&mut table, &MIGRATIONS);
        let (settings, fields) = Self::from_table(&table);
        let newer = format_of(&table) > i64::from(SETTINGS_FORMAT);
        let notice = (newer || !fields.is_empty())
            .then(|| Notice::SettingsFields { fields, kept: files::keep_aside(path) });
        Ok((settings, notice))
    }

    /// Writes the settings.
    ///
    /// # Errors
    /// The disk is full or may not be written; the settings stay in force until the program ends.
    pub fn save(&self, path: &Path) -> Result<(), HomeError> {
        // Plain fields: this can't fail, and if it did, only a file of defaults would be written.
        let mut table = Table::try_from(self).unwrap_or_default();
        table.insert("format".into(), i64::from(SETTINGS_FORMAT).into());
        files::write_whole(path, &table.to_string())
    }

    /// Field by field, so that one that makes no sense costs only itself; the names of those.
    fn from_table(table: &Table) -> (Self, Vec<String>) {
        let mut read = Fields { table, faulty: Vec::new() };
        let d = Self::default();
        let settings = Self {
            language: read.field("language", language_of).unwrap_or_default(),
            text_scale: read.field("text_scale", |v| number(v, 1.0, 2.0)).unwrap_or(d.text_scale),
            palette: read.field("palette", plain).unwrap_or(d.palette),
            reduced_motion: read.field("reduced_motion", plain).unwrap_or(d.reduced_motion),
            voice: read.field("voice", plain).unwrap_or(d.voice),
            volume: read.field("volume", |v| number(v, 0.0, 1.0)).unwrap_or(d.volume),
            camera: read.field("camera", plain),
            quality: read.field("quality", plain).unwrap_or(d.quality),
            full_screen: read.field("full_screen", plain).unwrap_or(d.full_screen),
            mirror: read.field("mirror", plain).unwrap_or(d.mirror),
            trainer_over: read.field("trainer_over", plain).unwrap_or(d.trainer_over),
            hands_free: read.field("hands_free", plain).unwrap_or(d.hands_free),
            last_person: read.field("last_person", plain),
        };
        (settings, read.faulty)
    }
}

struct Fields<'a> {
    table: &'a Table,
    faulty: Vec<String>,
}

impl Fields<'_> {
    fn field<T>(&mut self, name: &str, read: impl FnOnce(&Value) -> Option<T>) -> Option<T> {
        let value = self.table.get(name)?;
        let read = read(value);
        if read.is_none() {
            self.faulty.push(name.to_owned());
        }
        read
    }
}

fn plain<T: for<'de> Deserialize<'de>>(value: &Value) -> Option<T> {
    value.clone().try_into().ok()
}

fn number(value: &Value, low: f32, high: f32) -> Option<f32> {
    let n = plain::<f32>(value)?;
    (low..=high).contains(&n).then_some(n)
}

fn language_of(value: &Value) -> Option<Option<Language>> {
    Language::ALL.into_iter().find(|language| Some(language.tag()) == value.as_str()).map(Some)
}

fn format_of(table: &Table) -> i64 {
    table.get("format").and_then(Value::as_integer).unwrap_or(1)
}

/// From the format that the table is in to the newest, step by step.
fn migrate(table: &mut Table, steps: &[Migration]) {
    let from = usize::try_from(format_of(table)).unwrap_or(1).max(1);
    for (n, step) in steps.iter().enumerate().skip(from - 1) {
        step(table);
        table.insert("format".into(), (n as i64 + 2).into());
    }
}

mod language {
    use baro_locale::Language;
    use serde::Serializer;

    #[expect(clippy::ref_option, reason = "serde passes it so")]
    pub fn serialize<S: Serializer>(language: &Option<Language>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(language.map_or("", Language::tag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_file(text: &str) -> (Settings, Option<Notice>, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        std::fs::write(&path, text).unwrap();
        let (settings, notice) = Settings::load(&path).unwrap();
        (settings, notice, folder)
    }

    #[test]
    fn what_is_saved_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        assert_eq!(Settings::load(&path).unwrap(), (Settings::default(), None));
        let settings = Settings {
            language: Some(Language::Korean),
            text_scale: 1.5,
            palette: Palette::HighContrast,
            volume: 0.3,
            camera: Some("내장 카메라 \"1\"".into()),
            quality: Quality::Low,
            last_person: Some(PersonId::random()),
            ..Settings::default()
        };
        settings.save(&path).unwrap();
        assert_eq!(Settings::load(&path).unwrap(), (settings, None));
    }

    #[test]
    fn a_damaged_file_is_kept_and_the_defaults_hold() {
        for text in ["text_scale = ", "\u{0}\u{0}\u{0}", "[[["] {
            let (settings, notice, folder) = in_file(text);
            assert_eq!(settings, Settings::default());
            let Some(Notice::Settings { kept: Some(kept) }) = notice else { panic!("{notice:?}") };
            assert_eq!(std::fs::read_to_string(kept).unwrap(), text);
            let (_, second) = Settings::load(&folder.path().join("settings.toml")).unwrap();
            let Some(Notice::Settings { kept: Some(kept) }) = second else { panic!("{second:?}") };
            assert!(kept.ends_with("settings.toml.bad-2"), "nothing that was kept is written over");
        }
    }

    #[test]
    fn a_wrong_field_costs_only_itself() {
        let (settings, notice, _folder) =
            in_file("text_scale = 40\npalette = \"dark\"\nlast_person = \"../x\"");
        assert_eq!(settings, Settings { palette: Palette::Dark, ..Settings::default() });
        let Some(Notice::SettingsFields { fields, kept: Some(_) }) = notice else { panic!("{notice:?}") };
        assert_eq!(fields, ["text_scale", "last_person"]);
    }

    #[test]
    fn a_newer_file_is_kept_before_it_is_written_over() {
        let (settings, notice, _folder) = in_file("format = 99\nvoice = false\nholograms = true");
        assert!(!settings.voice);
        assert!(matches!(notice, Some(Notice::SettingsFields { kept: Some(_), .. })));
    }

    #[test]
    fn older_formats_are_brought_up_step_by_step() {
        let steps: [Migration; 2] = [
            |table| {
                let scale = table.remove("scale").unwrap();
                table.insert("text_scale".into(), scale);
            },
            |table| {
                table.insert("third".into(), true.into());
            },
        ];
        let mut first: Table = "scale = 2.0".parse().unwrap();
        migrate(&mut first, &steps);
        assert_eq!(first, "format = 3\ntext_scale = 2.0\nthird = true".parse().unwrap());
        let mut second: Table = "format = 2\nscale = 2.0".parse().unwrap();
        migrate(&mut second, &steps);
        assert_eq!(second, "format = 3\nscale = 2.0\nthird = true".parse().unwrap());
        let mut newest: Table = "format = 3".parse().unwrap();
        migrate(&mut newest, &steps);
        assert_eq!(newest, "format = 3".parse().unwrap());
    }
}
