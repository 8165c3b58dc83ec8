//! Every text that the window shows.

use bevy::prelude::{Deref, DerefMut, Resource};
use std::path::Path;

pub use baro_locale::{Language, LocaleError};

/// The texts, and which language is shown.
#[derive(Resource, Deref, DerefMut)]
pub struct Texts(baro_locale::Texts);

impl Texts {
    /// Loads `locales/{en,ko}/*.ftl` from the assets folder.
    ///
    /// # Errors
    /// A folder or file that is missing or broken, by name.
    pub fn load(assets: &Path, language: Language) -> Result<Self, LocaleError> {
        baro_locale::Texts::load(assets, language).map(Self)
    }
}
