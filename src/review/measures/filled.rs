//! A questionnaire that was filled in.

use super::{Condition, Item, ItemKind, Operator, Questionnaire};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Words of an answer at most, bytes.
const MOST_WORDS: usize = 4000;

/// An answer to one item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// The code of a choice.
    Code(String),
    /// Yes or no.
    Yes(bool),
    /// A number.
    Number(f64),
    /// Words.
    Text(String),
}

/// All answers of a day, and what they add up to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Filled {
    /// Id of the questionnaire.
    pub questionnaire: String,
    /// Version of its content.
    pub version: String,
    /// On which day, for the person.
    pub day: Date,
    /// By link id; only what was asked.
    pub answers: BTreeMap<String, Answer>,
    /// Each sum by its name, in the questionnaire's order.
    pub totals: Vec<(String, f64)>,
    /// Of the first sum: the smallest change that matters, and whether more is worse.
    pub change: Option<f64>,
    /// See [`Self::change`].
    pub higher_is_worse: bool,
    /// An answer asks for safety: somebody must look at it now.
    pub asks_for_safety: bool,
}

/// What is wrong with some answers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum FillError {
    #[error("item `{0}` is not answered")]
    Missing(String),
    #[error("there is no question `{0}`")]
    Unknown(String),
    #[error("`{0}` is answered with something that can't be answered there")]
    Unfit(String),
}

impl Questionnaire {
    /// What is asked, as far as it was answered: branches that don't apply are left out, with what stands in their groups.
    pub fn asked<'a>(&'a self, answers: &'a BTreeMap<String, Answer>) -> impl Iterator<Item = &'a Item> {
        let mut open: Vec<bool> = Vec::with_capacity(self.items.len());
        for item in &self.items {
            let group_open = item.group.is_none_or(|group| open.get(group).copied().unwrap_or(false));
            // An answer to what is no longer asked counts as none.
            let still = |condition: &&Condition| {
                let place = self.items.iter().position(|item| item.link_id == condition.question);
                let asked = place.and_then(|place| open.get(place).copied()).unwrap_or(false);
                condition.holds(answers.get(&condition.question).filter(|_| asked))
            };
            let mut conditions = item.when.iter();
            let own = match item.any {
                _ if item.when.is_empty() => true,
                true => conditions.any(|condition| still(&condition)),
                false => conditions.all(|condition| still(&condition)),
            };
            open.push(group_open && own);
        }
        self.items.iter().zip(open).filter(|(_, open)| *open).map(|(item, _)| item)
    }

    /// Is there an answer, so far, after which somebody must be helped now?
    pub fn asks_for_safety(&self, answers: &BTreeMap<String, Answer>) -> bool {
        let score = |link_id: &String| self.item(link_id)?.score(answers.get(link_id)?);
        self.safety.iter().any(|safety| score(&safety.item).is_some_and(|it| it > safety.above))
    }

    /// Takes answers and counts them. Answers to what is not asked (any more) are dropped.
    ///
    /// # Errors
    /// An answer that is missing, or does not fit.
    pub fn fill(&self, day: Date, mut answers: BTreeMap<String, Answer>) -> Result<Filled, FillError> {
        if let Some(unknown) = answers.keys().find(|link_id| self.item(link_id).is_none()) {
            return Err(FillError::Unknown(unknown.clone()));
        }
        let asked: Vec<&Item> = self.asked(&answers).collect();
        for item in &asked {
            match answers.get(&item.link_id) {
                Some(answer) if !item.takes(answer) => return Err(FillError::Unfit(item.link_id.clone())),
                None if item.required => return Err(FillError::Missing(item.link_id.clone())),
                _ => {}
            }
        }
        let asked: Vec<String> = asked.into_iter().map(|item| item.link_id.clone()).collect();
        answers.retain(|link_id, _| asked.contains(link_id));
        let score = |link_id: &String| self.item(link_id)?.score(answers.get(link_id)?);
        // A sum of which an item was not answered is none.
        let total = |items: &[String]| items.iter().map(score).sum::<Option<f64>>();
        let totals = self.sums.iter().filter_map(|sum| Some((sum.name.clone(), total(&sum.items)?)));
        let asks_for_safety = self.asks_for_safety(&answers);
        Ok(Filled {
            questionnaire: self.id.clone(),
            version: self.version.clone(),
            day,
            totals: totals.collect(),
            change: self.sums.first().and_then(|sum| sum.change),
            higher_is_worse: self.sums.first().is_none_or(|sum| sum.higher_is_worse),
            asks_for_safety,
            answers,
        })
    }
}

impl Filled {
    /// What is told of it: the first sum.
    pub fn total(&self) -> Option<f64> {
        self.totals.first().map(|(_, total)| *total)
    }
}

impl Item {
    fn takes(&self, answer: &Answer) -> bool {
        match (self.kind, answer) {
            (ItemKind::Choice, Answer::Code(code)) => self.choices.iter().any(|choice| choice.code == *code),
            (ItemKind::Boolean, Answer::Yes(_)) => true,
            (ItemKind::Integer, Answer::Number(number)) => number.is_finite() && number.fract() == 0.0,
            (ItemKind::Decimal, Answer::Number(number)) => number.is_finite(),
            (ItemKind::Text, Answer::Text(text)) => text.len() <= MOST_WORDS,
            _ => false,
        }
    }

    fn score(&self, answer: &Answer) -> Option<f64> {
        match answer {
            Answer::Code(code) => self.choices.iter().find(|choice| choice.code == *code)?.score,
            Answer::Yes(yes) => Some(f64::from(*yes)),
            Answer::Number(number) => Some(*number),
            Answer::Text(_) => None,
        }
    }
}

impl Condition {
    fn holds(&self, answer: Option<&Answer>) -> bool {
        if self.operator == Operator::Exists {
            return self.value == Answer::Yes(answer.is_some());
        }
        let Some(answer) = answer else { return false };
        let numbers = match (answer, &self.value) {
            (Answer::Number(a), Answer::Number(b)) => Some((*a, *b)),
            _ => None,
        };
        match self.operator {
            Operator::Exists => false,
            Operator::Equal => *answer == self.value,
            Operator::NotEqual => *answer != self.value,
            Operator::Above => numbers.is_some_and(|(a, b)| a > b),
            Operator::Below => numbers.is_some_and(|(a, b)| a < b),
            Operator::AtLeast => numbers.is_some_and(|(a, b)| a >= b),
            Operator::AtMost => numbers.is_some_and(|(a, b)| a <= b),
        }
    }
}
