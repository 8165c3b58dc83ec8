//! The parts of a FHIR R4 `Questionnaire` that are read.

use serde::Deserialize;

pub const TRANSLATION: &str = "http://hl7.org/fhir/StructureDefinition/translation";
pub const ORDINAL: &str = "http://hl7.org/fhir/StructureDefinition/ordinalValue";
pub const SCORE: &str = "urn:baro:questionnaire-score";
pub const SAFETY: &str = "urn:baro:questionnaire-safety";
pub const EVERY_DAYS: &str = "urn:baro:questionnaire-every-days";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Questionnaire {
    pub resource_type: String,
    pub id: Option<String>,
    pub url: Option<String>,
    pub version: Option<String>,
    pub title: Option<String>,
    #[serde(rename = "_title")]
    pub title_more: Option<Element>,
    pub copyright: Option<String>,
    #[serde(default)]
    pub extension: Vec<Extension>,
    #[serde(default)]
    pub item: Vec<Item>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    pub link_id: String,
    pub text: Option<String>,
    #[serde(rename = "_text")]
    pub text_more: Option<Element>,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub repeats: bool,
    #[serde(default)]
    pub enable_when: Vec<EnableWhen>,
    pub enable_behavior: Option<String>,
    #[serde(default)]
    pub answer_option: Vec<AnswerOption>,
    #[serde(default)]
    pub item: Vec<Self>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EnableWhen {
    pub question: String,
    pub operator: String,
    pub answer_boolean: Option<bool>,
    pub answer_integer: Option<f64>,
    pub answer_decimal: Option<f64>,
    pub answer_string: Option<String>,
    pub answer_coding: Option<Coding>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AnswerOption {
    pub value_coding: Option<Coding>,
    #[serde(default)]
    pub extension: Vec<Extension>,
}

#[derive(Deserialize)]
pub struct Coding {
    pub code: String,
    pub display: Option<String>,
    #[serde(rename = "_display")]
    pub display_more: Option<Element>,
    #[serde(default)]
    pub extension: Vec<Extension>,
}

#[derive(Deserialize)]
pub struct Element {
    #[serde(default)]
    pub extension: Vec<Extension>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Extension {
    pub url: String,
    #[serde(default)]
    pub extension: Vec<Self>,
    pub value_code: Option<String>,
    pub value_string: Option<String>,
    pub value_markdown: Option<String>,
    pub value_decimal: Option<f64>,
    pub value_integer: Option<u32>,
}
