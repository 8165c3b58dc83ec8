//! What is to be said, before it is said in a language.

use baro_locale::{FluentValue, Texts};

/// An argument of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// A whole number, which chooses the plural form.
    Count(i64),
    /// A number with a unit, as `Texts::value` writes it: `deg`, `ratio`, `s`, `points`.
    Value(f64, String),
    /// The key of another text.
    Key(String),
    /// Shown as it is.
    Text(String),
}

/// A text's key and what is filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// In `review.ftl`, except where a type says otherwise.
    pub key: String,
    /// By name.
    pub args: Vec<(&'static str, Arg)>,
}

impl Said {
    pub(crate) fn new(key: impl Into<String>, args: impl IntoIterator<Item = (&'static str, Arg)>) -> Self {
        Self { key: key.into(), args: args.into_iter().collect() }
    }

    /// In the language that is shown.
    pub fn in_words(&self, texts: &Texts) -> String {
        let value = |arg: &Arg| match arg {
            Arg::Count(n) => FluentValue::from(*n),
            Arg::Value(value, unit) => texts.value(*value, unit).into(),
            Arg::Key(key) => texts.text(key).into(),
            Arg::Text(text) => text.clone().into(),
        };
        texts.with(&self.key, self.args.iter().map(|(name, arg)| (*name, value(arg)))).trim_end().to_owned()
    }
}

impl Arg {
    pub(crate) fn count(n: impl Into<i64>) -> Self {
        Self::Count(n.into())
    }

    /// A number of a scale: whole where it is whole, else with one decimal.
    pub(crate) fn plain(value: f64) -> Self {
        Self::Text(if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") })
    }

    pub(crate) fn exercise(id: &str) -> Self {
        Self::Key(format!("exercise-{}", id.replace('_', "-")))
    }
}
