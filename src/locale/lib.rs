//! Every text that a person reads, in Korean and English (Project Fluent).

pub use fluent_bundle::FluentValue;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock},
};
use unic_langid::{LanguageIdentifier, langid};

/// A language that people read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    English,
    /// Korean.
    Korean,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::English, Self::Korean];

    /// The folder under `locales/` and `sounds/`, and the language's tag: `en`, `ko`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Korean => "ko",
        }
    }

    /// From a tag such as `ko_KR.UTF-8` or `en`; English for what we don't have.
    pub fn from_tag(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("ko") { Self::Korean } else { Self::English }
    }

    /// The system's language.
    pub fn of_system() -> Self {
        sys_locale::get_locale().map_or(Self::English, |tag| Self::from_tag(&tag))
    }

    /// The one that the language button switches to.
    pub const fn other(self) -> Self {
        match self {
            Self::English => Self::Korean,
            Self::Korean => Self::English,
        }
    }

    const fn id(self) -> LanguageIdentifier {
        match self {
            Self::English => langid!("en"),
            Self::Korean => langid!("ko"),
        }
    }
}

/// The texts could not be loaded.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum LocaleError {
    #[error("can't read the texts in {path}: {source}; install Baro again or give its folder with --assets")]
    Read { path: PathBuf, source: std::io::Error },
    #[error("the texts in {path} have a fault: {reason}; install Baro again")]
    Syntax { path: PathBuf, reason: String },
}

/// The texts of both languages, and which one is shown.
pub struct Texts {
    language: Language,
    english: FluentBundle<FluentResource>,
    korean: FluentBundle<FluentResource>,
    learned: RwLock<BTreeMap<String, [String; 2]>>,
}

impl Texts {
    /// Loads `locales/{en,ko}/*.ftl` from the assets folder.
    ///
    /// # Errors
    /// A folder or file that is missing or broken, by name.
    pub fn load(assets: &Path, language: Language) -> Result<Self, LocaleError> {
        Ok(Self {
            language,
            english: bundle(assets, Language::English)?,
            korean: bundle(assets, Language::Korean)?,
            learned: RwLock::default(),
        })
    }

    /// Of texts that the program was built with, each with its file's name: for programs that have no assets folder.
    ///
    /// # Errors
    /// A text that is broken, by its file's name.
    pub fn of([english, korean]: [&[(&str, &str)]; 2], language: Language) -> Result<Self, LocaleError> {
        Ok(Self {
            language,
            english: bundle_of(Language::English, english.iter().copied())?,
            korean: bundle_of(Language::Korean, korean.iter().copied())?,
            learned: RwLock::default(),
        })
    }

    /// The language that is shown.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Shows another language from the next frame on.
    pub const fn set_language(&mut self, language: Language) {
        self.language = language;
    }

    /// Takes in a text that came with data, in English and Korean: the name of an exercise that somebody taught. What stands in the files
    /// under the same key stays.
    pub fn learn(&self, key: &str, [english, korean]: [&str; 2]) {
        let mut learned = self.learned.write().unwrap_or_else(PoisonError::into_inner);
        learned.insert(key.to_owned(), [english.to_owned(), korean.to_owned()]);
    }

    fn learned(&self, language: Language, key: &str) -> Option<String> {
        let learned = self.learned.read().unwrap_or_else(PoisonError::into_inner);
        let [english, korean] = learned.get(key)?;
        Some(if language == Language::English { english } else { korean }.clone())
    }

    /// The text of `key`; in English where the language lacks it, and the key itself where both do.
    pub fn text(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The text of `key` with its variables filled in. Numbers choose the plural form; numbers that need
    /// rounding are passed as text.
    pub fn with<'a>(
        &self,
        key: &str,
        args: impl IntoIterator<Item = (&'static str, FluentValue<'a>)>,
    ) -> String {
        let mut all = FluentArgs::new();
        for (name, value) in args {
            all.set(name, value);
        }
        self.format(key, Some(&all))
    }

    /// The short form of a spoken cue, for the screen; the spoken sentence where there is none.
    pub fn caption(&self, cue: &str) -> String {
        self.attribute(cue, "caption")
    }

    /// The text of `key` with the numbers of a rule or reason, rounded.
    pub fn with_numbers(&self, key: &str, numbers: impl IntoIterator<Item = (&'static str, f64)>) -> String {
        self.with(key, numbers.into_iter().map(|(name, value)| (name, value.round().into())))
    }

    /// The attribute `.name` of `key` (`caption` of a cue, `safe` of a game); the text of `key` where there is none.
    pub fn attribute(&self, key: &str, name: &str) -> String {
        let bundle = self.bundle(self.language);
        let attribute = bundle.get_message(key).and_then(|message| message.get_attribute(name));
        attribute.map_or_else(
            || self.text(key),
            |attribute| bundle.format_pattern(attribute.value(), None, &mut Vec::new()).into_owned(),
        )
    }

    /// A measured value with its unit (`deg`, `s`, `ratio`, `m`), as people say it: degrees, seconds, percent, centimetres.
    pub fn value(&self, value: f64, unit: &str) -> String {
        let (key, scale, digits) = Self::unit(unit);
        self.with(key, [("value", number(value * scale, digits).into())])
    }

    /// Two values of one unit, with as many digits as tell them apart.
    pub fn two_values(&self, a: f64, b: f64, unit: &str) -> [String; 2] {
        let whole = [a, b].map(|v| self.value(v, unit));
        if whole[0] != whole[1] {
            return whole;
        }
        let (key, scale, digits) = Self::unit(unit);
        let digits = digits + 1;
        [a, b].map(|v| self.with(key, [("value", number(v * scale, digits).into())]))
    }

    fn unit(unit: &str) -> (&'static str, f64, usize) {
        match unit {
            "s" => ("value-s", 1.0, 1),
            "ratio" => ("value-ratio", 100.0, 0),
            "m" => ("value-m", 100.0, 0),
            "percent" | "points" => ("value-ratio", 1.0, 0),
            "sparc" => ("value-plain", 1.0, 1),
            _ => ("value-deg", 1.0, 0),
        }
    }

    /// What it was to break a rule with this value.
    pub fn fault(&self, rule: &str, value: f64, limit: f64) -> String {
        let way = if value < limit { "under" } else { "over" };
        self.with(&format!("rule-{rule}"), [("way", way.into())])
    }

    /// Is there a text for `key` in `language` itself, without falling back?
    pub fn has(&self, language: Language, key: &str) -> bool {
        let in_file = self.bundle(language).get_message(key).is_some_and(|message| message.value().is_some());
        in_file || self.learned(language, key).is_some()
    }

    const fn bundle(&self, language: Language) -> &FluentBundle<FluentResource> {
        match language {
            Language::English => &self.english,
            Language::Korean => &self.korean,
        }
    }

    fn format(&self, key: &str, args: Option<&FluentArgs>) -> String {
        [self.language, Language::English]
            .into_iter()
            .find_map(|language| {
                let bundle = self.bundle(language);
                let pattern = bundle.get_message(key)?.value()?;
                let mut faults = Vec::new();
                Some(bundle.format_pattern(pattern, args, &mut faults).into_owned())
            })
            .or_else(|| self.learned(self.language, key))
            .unwrap_or_else(|| key.to_owned())
    }
}

/// A number with so many digits; zero has no sign.
fn number(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    let is_zero = text.chars().all(|c| matches!(c, '-' | '0' | '.'));
    if is_zero { text.replace('-', "") } else { text }
}

fn bundle(assets: &Path, language: Language) -> Result<FluentBundle<FluentResource>, LocaleError> {
    let folder = assets.join("locales").join(language.tag());
    let read = |source| LocaleError::Read { path: folder.clone(), source };
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .map_err(read)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(read)?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "ftl"));
    files.sort();
    let texts: Vec<(String, String)> = files
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path)
                .map_err(|source| LocaleError::Read { path: path.clone(), source })?;
            Ok((path.to_string_lossy().into_owned(), text))
        })
        .collect::<Result<_, LocaleError>>()?;
    bundle_of(language, texts.iter().map(|(name, text)| (&**name, &**text)))
}

fn bundle_of<'a>(
    language: Language,
    texts: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<FluentBundle<FluentResource>, LocaleError> {
    let mut bundle = FluentBundle::new_concurrent(vec![language.id()]);
    // Isolation marks guard mixed left-to-right and right-to-left text; neither language needs them, and the
    // font draws them as boxes.
    bundle.set_use_isolating(false);
    for (name, text) in texts {
        let syntax = |reason| LocaleError::Syntax { path: name.into(), reason };
        let resource = FluentResource::try_new(text.into()).map_err(|(_, faults)| {
            syntax(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
        })?;
        bundle.add_resource(resource).map_err(|faults| {
            syntax(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
        })?;
    }
    Ok(bundle)
}
