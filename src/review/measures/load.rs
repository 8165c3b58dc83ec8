//! Reads a FHIR `Questionnaire`.

use super::{Answer, Choice, Condition, Item, ItemKind, Operator, Questionnaire, Safety, Sum, Words, fhir};
use std::collections::BTreeSet;

/// Items of a questionnaire at most, groups and words with them.
const MOST_ITEMS: usize = 500;
/// How deep groups may stand in groups.
const DEEPEST: usize = 8;

/// A questionnaire can't be used.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum LoadError {
    #[error("the questionnaire is no FHIR R4 JSON: {0}")]
    Json(#[from] serde_json::Error),
    #[error("this is a FHIR `{0}`; a `Questionnaire` is wanted")]
    Kind(String),
    #[error("the questionnaire has no `{0}`")]
    Missing(&'static str),
    #[error("item `{item}`: {wrong}")]
    Item { item: String, wrong: String },
    #[error("the questionnaire's sum `{sum}`: {wrong}")]
    Sum { sum: String, wrong: String },
    #[error("the questionnaire is too large: at most {MOST_ITEMS} items, {DEEPEST} groups deep")]
    TooLarge,
}

impl Questionnaire {
    /// Reads one.
    ///
    /// # Errors
    /// What is wrong in it, and where.
    pub fn from_json(text: &str) -> Result<Self, LoadError> {
        let raw: fhir::Questionnaire = serde_json::from_str(text)?;
        if raw.resource_type != "Questionnaire" {
            return Err(LoadError::Kind(raw.resource_type));
        }
        let mut items = Vec::new();
        read_items(&raw.item, None, 0, &mut items)?;
        let questionnaire = Self {
            id: raw.id.filter(|id| !id.is_empty()).ok_or(LoadError::Missing("id"))?,
            url: raw.url.ok_or(LoadError::Missing("url"))?,
            version: raw.version.unwrap_or_default(),
            title: words(raw.title.as_deref(), raw.title_more.as_ref()).ok_or(LoadError::Missing("title"))?,
            copyright: raw.copyright.ok_or(LoadError::Missing("copyright"))?,
            items,
            sums: raw.extension.iter().filter(|it| it.url == fhir::SCORE).map(sum).collect(),
            safety: raw.extension.iter().filter(|it| it.url == fhir::SAFETY).map(safety).collect(),
            every_days: raw
                .extension
                .iter()
                .find(|it| it.url == fhir::EVERY_DAYS)
                .and_then(|it| it.value_integer),
        };
        questionnaire.check()?;
        Ok(questionnaire)
    }

    fn check(&self) -> Result<(), LoadError> {
        let wrong = |item: &str, wrong: String| LoadError::Item { item: item.into(), wrong };
        let mut known = BTreeSet::new();
        for item in &self.items {
            for condition in &item.when {
                if !known.contains(condition.question.as_str()) {
                    let question = &condition.question;
                    return Err(wrong(
                        &item.link_id,
                        format!("`enableWhen` asks for `{question}`, which does not stand before it"),
                    ));
                }
            }
            if !known.insert(item.link_id.as_str()) {
                return Err(wrong(&item.link_id, "its `linkId` stands twice".into()));
            }
        }
        let sum_items =
            self.sums.iter().flat_map(|sum| sum.items.iter().map(|item| (sum.name.as_str(), item)));
        let safety_items = self.safety.iter().map(|safety| ("safety", &safety.item));
        for (name, link_id) in sum_items.chain(safety_items) {
            let wrong = |wrong: String| LoadError::Sum { sum: name.into(), wrong };
            let item = self.item(link_id).ok_or_else(|| wrong(format!("there is no item `{link_id}`")))?;
            let counts = match item.kind {
                ItemKind::Choice => item.choices.iter().all(|choice| choice.score.is_some()),
                kind => matches!(kind, ItemKind::Integer | ItemKind::Decimal | ItemKind::Boolean),
            };
            if !counts {
                let what = "an answer has no `ordinalValue`, so that it can't be counted";
                return Err(wrong(format!("item `{link_id}`: {what}")));
            }
        }
        for sum in &self.sums {
            let wrong = |wrong: &str| LoadError::Sum { sum: sum.name.clone(), wrong: wrong.into() };
            if sum.items.is_empty() {
                return Err(wrong("it has no items"));
            }
            if !sum.bands.windows(2).all(|pair| pair[0].0 < pair[1].0) {
                return Err(wrong("its bands don't rise"));
            }
            if sum.change.is_some_and(|change| !(change.is_finite() && change > 0.0)) {
                return Err(wrong("`change` must be above 0"));
            }
        }
        Ok(())
    }
}

fn read_items(
    raw: &[fhir::Item],
    group: Option<usize>,
    depth: usize,
    items: &mut Vec<Item>,
) -> Result<(), LoadError> {
    for one in raw {
        if items.len() >= MOST_ITEMS || depth > DEEPEST {
            return Err(LoadError::TooLarge);
        }
        items.push(item(one, group)?);
        let place = items.len() - 1;
        read_items(&one.item, Some(place), depth + 1, items)?;
    }
    Ok(())
}

fn item(raw: &fhir::Item, group: Option<usize>) -> Result<Item, LoadError> {
    let wrong = |wrong: String| LoadError::Item { item: raw.link_id.clone(), wrong };
    let kind = match raw.kind.as_str() {
        "group" => ItemKind::Group,
        "display" => ItemKind::Display,
        "choice" => ItemKind::Choice,
        "boolean" => ItemKind::Boolean,
        "integer" => ItemKind::Integer,
        "decimal" => ItemKind::Decimal,
        "string" | "text" => ItemKind::Text,
        other => {
            let known = "group, display, choice, boolean, integer, decimal, string, text";
            return Err(wrong(format!("type `{other}` is not known; known are {known}")));
        }
    };
    if raw.repeats {
        return Err(wrong("`repeats` is not known: one answer is taken".into()));
    }
    if kind == ItemKind::Choice && raw.answer_option.is_empty() {
        return Err(wrong("a choice needs `answerOption`; a value set is not looked up".into()));
    }
    let choices = raw.answer_option.iter().map(|option| {
        let coding = option
            .value_coding
            .as_ref()
            .ok_or_else(|| wrong("an `answerOption` needs `valueCoding`".into()))?;
        let text = words(coding.display.as_deref(), coding.display_more.as_ref());
        let score = option.extension.iter().chain(&coding.extension).find(|it| it.url == fhir::ORDINAL);
        Ok(Choice {
            code: coding.code.clone(),
            text: text.ok_or_else(|| wrong(format!("answer `{}` has no `display`", coding.code)))?,
            score: score.and_then(|it| it.value_decimal),
        })
    });
    let choices = choices.collect::<Result<Vec<_>, LoadError>>()?;
    let when =
        raw.enable_when.iter().map(|it| condition(it).map_err(&wrong)).collect::<Result<Vec<_>, _>>()?;
    if when.len() > 1 && raw.enable_behavior.is_none() {
        return Err(wrong("several `enableWhen` need `enableBehavior`".into()));
    }
    let text = words(raw.text.as_deref(), raw.text_more.as_ref());
    let text = text.or((kind == ItemKind::Group).then(Words::default));
    Ok(Item {
        link_id: raw.link_id.clone(),
        text: text.ok_or_else(|| wrong("it has no `text`".into()))?,
        kind,
        required: raw.required,
        when,
        any: raw.enable_behavior.as_deref() == Some("any"),
        choices,
        group,
    })
}

fn condition(raw: &fhir::EnableWhen) -> Result<Condition, String> {
    let operator = match raw.operator.as_str() {
        "exists" => Operator::Exists,
        "=" => Operator::Equal,
        "!=" => Operator::NotEqual,
        ">" => Operator::Above,
        "<" => Operator::Below,
        ">=" => Operator::AtLeast,
        "<=" => Operator::AtMost,
        other => return Err(format!("operator `{other}` is not known")),
    };
    let coding = raw.answer_coding.as_ref().map(|coding| Answer::Code(coding.code.clone()));
    let number = raw.answer_decimal.or(raw.answer_integer).map(Answer::Number);
    let text = raw.answer_string.clone().map(Answer::Text);
    let value = coding.or(raw.answer_boolean.map(Answer::Yes)).or(number).or(text);
    let value = value.ok_or("`enableWhen` needs `answerCoding`, `answerBoolean`, `answerInteger`, `answerDecimal` or `answerString`")?;
    let ordered = !matches!(operator, Operator::Exists | Operator::Equal | Operator::NotEqual);
    match (&value, operator) {
        (Answer::Yes(_), _) if !ordered => {}
        (_, Operator::Exists) => return Err("`exists` needs `answerBoolean`".into()),
        (Answer::Number(_), _) => {}
        (Answer::Code(_) | Answer::Text(_), _) if !ordered => {}
        _ => return Err("only numbers are larger or smaller".into()),
    }
    Ok(Condition { question: raw.question.clone(), operator, value })
}

fn sum(raw: &fhir::Extension) -> Sum {
    let of = |url: &'static str| raw.extension.iter().filter(move |it| it.url == url);
    let band = |it: &fhir::Extension| {
        let find = |url| it.extension.iter().find(|it| it.url == url);
        Some((find("from")?.value_decimal?, find("key")?.value_code.clone()?))
    };
    Sum {
        name: of("name").find_map(|it| it.value_code.clone()).unwrap_or_else(|| "total".into()),
        loinc: of("loinc").find_map(|it| it.value_code.clone()),
        items: of("item").filter_map(|it| it.value_string.clone()).collect(),
        change: of("change").find_map(|it| it.value_decimal),
        higher_is_worse: !of("worse").any(|it| it.value_code.as_deref() == Some("lower")),
        bands: of("band").filter_map(band).collect(),
    }
}

fn safety(raw: &fhir::Extension) -> Safety {
    let find = |url| raw.extension.iter().find(|it| it.url == url);
    Safety {
        item: find("item").and_then(|it| it.value_string.clone()).unwrap_or_default(),
        above: find("above").and_then(|it| it.value_decimal).unwrap_or_default(),
    }
}

fn words(own: Option<&str>, more: Option<&fhir::Element>) -> Option<Words> {
    let own = own.filter(|own| !own.trim().is_empty())?.to_owned();
    let translations =
        more.into_iter().flat_map(|more| &more.extension).filter(|it| it.url == fhir::TRANSLATION);
    let each = |it: &fhir::Extension| {
        let lang = it.extension.iter().find(|it| it.url == "lang")?.value_code.clone()?;
        let content = it.extension.iter().find(|it| it.url == "content")?;
        Some((lang, content.value_string.clone().or_else(|| content.value_markdown.clone())?))
    };
    Some(Words { own, others: translations.filter_map(each).collect() })
}
