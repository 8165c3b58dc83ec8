//! Outcome measures: questionnaires as data, what was answered, the sums, and whether they changed.
//!
//! A questionnaire is a FHIR R4 `Questionnaire` in JSON (`assets/questionnaires/`, the form is told in `docs/review.md`). Those whose
//! owners allow it ship; a clinic loads the others that it has a licence for.

mod asked;
mod fhir;
mod filled;
mod load;
mod trend;

pub use asked::{Asked, Sheets};
pub use filled::{Answer, FillError, Filled};
pub use load::LoadError;
pub(crate) use trend::worse;
pub use trend::{Trend, due, trend};

use serde::Serialize;

/// What ships: PHQ-9 and GAD-7.
const SHIPPED: [&str; 2] = [
    include_str!("../../../assets/questionnaires/phq-9.json"),
    include_str!("../../../assets/questionnaires/gad-7.json"),
];

/// A text in the languages that the file has.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Words {
    /// In the file's own language.
    own: String,
    /// By language tag.
    others: Vec<(String, String)>,
}

/// A questionnaire.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Questionnaire {
    /// `phq-9`.
    pub id: String,
    /// Its canonical address.
    pub url: String,
    /// Of its content.
    pub version: String,
    /// Its name.
    pub title: Words,
    /// Source and licence.
    pub copyright: String,
    /// Groups, words and questions in order; a group stands before what is in it.
    pub items: Vec<Item>,
    /// How it is counted; the first sum is what is told.
    pub sums: Vec<Sum>,
    /// Answers that ask for safety.
    pub safety: Vec<Safety>,
    /// Asked again after so many days.
    pub every_days: Option<u32>,
}

/// A group, some words or a question.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Tells it from the others.
    pub link_id: String,
    /// What is asked.
    pub text: Words,
    /// What it is.
    pub kind: ItemKind,
    /// Must it be answered, where it is asked?
    pub required: bool,
    /// It is asked only if these hold.
    pub when: Vec<Condition>,
    /// One of them is enough, else all must.
    pub any: bool,
    /// What can be answered.
    pub choices: Vec<Choice>,
    /// Place of the group that it is in.
    pub group: Option<usize>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// Holds others together.
    Group,
    /// Only words.
    Display,
    /// One of [`Item::choices`].
    Choice,
    /// Yes or no.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// Words.
    Text,
}

/// An answer that can be chosen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Choice {
    /// Its code.
    pub code: String,
    /// As people read it.
    pub text: Words,
    /// What it counts in sums.
    pub score: Option<f64>,
}

/// When an item is asked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Condition {
    /// The item that was answered before.
    pub question: String,
    /// How the answer is held against `value`.
    pub operator: Operator,
    /// With what.
    pub value: Answer,
}

/// How an answer is held against a value. Where nothing was answered, only `Exists` with no can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Operator {
    Exists,
    Equal,
    NotEqual,
    Above,
    Below,
    AtLeast,
    AtMost,
}

/// A sum over items.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sum {
    /// `total`.
    pub name: String,
    /// LOINC code of the sum, where there is one.
    pub loinc: Option<String>,
    /// What is added up.
    pub items: Vec<String>,
    /// The smallest change that matters to people.
    pub change: Option<f64>,
    /// Is more worse?
    pub higher_is_worse: bool,
    /// What the sum is called from where on, rising; the text is `review-band-KEY`.
    pub bands: Vec<(f64, String)>,
}

/// An answer that asks for safety: the item's score is above this.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Safety {
    /// Which item.
    pub item: String,
    /// Above this.
    pub above: f64,
}

impl Questionnaire {
    /// Those that ship.
    ///
    /// # Errors
    /// Never, where the tests pass: one that can't be read.
    pub fn shipped() -> Result<Vec<Self>, LoadError> {
        SHIPPED.iter().map(|text| Self::from_json(text)).collect()
    }

    /// The text of one that ships, by its id.
    pub fn shipped_text(id: &str) -> Option<&'static str> {
        let is = |text: &&str| Self::from_json(text).is_ok_and(|questionnaire| questionnaire.id == id);
        SHIPPED.iter().copied().find(is)
    }

    /// The item with this link id.
    pub fn item(&self, link_id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.link_id == link_id)
    }
}

impl Words {
    /// In a language (`ko`), or in the file's own where it lacks that.
    pub fn in_language(&self, tag: &str) -> &str {
        let found = self.others.iter().find(|(language, _)| language == tag);
        found.map_or(&self.own, |(_, text)| text)
    }
}

impl Sum {
    /// What a total is called.
    pub fn band(&self, total: f64) -> Option<&str> {
        self.bands.iter().rev().find(|(from, _)| total >= *from).map(|(_, key)| key.as_str())
    }
}

#[cfg(test)]
mod tests;
