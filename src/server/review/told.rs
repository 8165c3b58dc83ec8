//! From where on somebody wants to be told of a patient.

use super::{
    Shared,
    enter::Visitor,
    frame::{self, hidden, to},
    problem::Problem,
};
use axum::{
    extract::{Form, State},
    response::Response,
};
use baro_locale::Texts;
use baro_review::triage::Thresholds;
use maud::{Markup, html};
use serde_json::{Map, Value, json};
use std::{collections::BTreeMap, sync::Arc};

/// Each with its step.
const FIELDS: [(&str, &str); 9] = [
    ("pain_rise", "0.5"),
    ("range_lost_deg", "1"),
    ("score_fall", "1"),
    ("adherence", "0.01"),
    ("adherence_days", "1"),
    ("quiet_days", "1"),
    ("message_days", "1"),
    ("stopped_days", "1"),
    ("baseline_days", "1"),
];

pub async fn show(State(shared): State<Arc<Shared>>, visitor: Visitor) -> Response {
    let shown = async {
        let mut caller = shared.caller(&visitor)?;
        // Whether they may be here at all.
        caller.asker.ask(baro_wire::Request::ListPatients { after: None }).await?;
        shared.thresholds(&mut caller).await?;
        let texts = shared.texts(&visitor);
        let title = texts.text("web-thresholds");
        let body = html! {
            h1 { (title) }
            p.faint { (texts.text("web-thresholds-help")) }
            (form(texts, &caller.thresholds, &caller.form))
        };
        Ok::<_, Problem>(frame::page(texts, &visitor, Some(&caller.form), &title, &body))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

fn form(texts: &Texts, thresholds: &Thresholds, form: &str) -> Markup {
    let numbers = json!(thresholds);
    let shown = |name: &str| {
        let number = numbers[name].as_f64().unwrap_or_default();
        ((number * 100.0).round() / 100.0).to_string()
    };
    html! {
        form method="post" action="/thresholds" {
            (hidden(form))
            @for (name, step) in FIELDS {
                label for=(name) { (texts.text(&format!("web-threshold-{}", name.replace('_', "-")))) }
                input id=(name) name=(name) type="number" step=(step) min="0" value=(shown(name)) required;
            }
            button type="submit" { (texts.text("web-save")) }
        }
    }
}

pub async fn change(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Form(typed): Form<BTreeMap<String, String>>,
) -> Response {
    let outcome = async {
        let form = typed.get("form").map(String::as_str).unwrap_or_default();
        let mut caller = shared.sender(&visitor, form)?;
        // Still who they are, and allowed to be here.
        caller.asker.ask(baro_wire::Request::ListPatients { after: None }).await?;
        let text = toml::to_string(&read(&typed)?).map_err(|_| Problem::Unavailable)?;
        let staff = caller.staff.access.person;
        let set =
            shared.behind.pool().change("thresholds", move |store| store.set_thresholds(staff, &text)).await;
        set.ok_or(Problem::Unavailable)?;
        Ok(to("/"))
    };
    let outcome = outcome.await;
    shared.answered(&visitor, outcome)
}

/// Numbers of a form that make sense.
fn read(typed: &BTreeMap<String, String>) -> Result<Thresholds, Problem> {
    let wrong = Problem::Bad("web-threshold-wrong");
    let mut numbers = Map::new();
    for (name, step) in FIELDS {
        let text = typed.get(name).ok_or(wrong)?;
        let whole = step == "1" && name.ends_with("_days");
        let number: Value =
            if whole { text.parse::<u32>().ok().into() } else { text.parse::<f64>().ok().into() };
        numbers.insert(name.into(), number);
    }
    let read: Thresholds = serde_json::from_value(numbers.into()).map_err(|_| wrong)?;
    read.check().map(|()| read).map_err(|_| wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_is_read_again_and_nonsense_is_not() {
        let usual = json!(Thresholds::default());
        let typed = |name: &str, value: &str| {
            let shown = |name: &str| match name {
                "adherence" => "0.67".into(),
                _ => usual[name].to_string(),
            };
            let mut all: BTreeMap<_, _> =
                FIELDS.iter().map(|(name, _)| (String::from(*name), shown(name))).collect();
            all.insert(name.into(), value.into());
            read(&all)
        };
        assert_eq!(typed("pain_rise", "3").unwrap().pain_rise, 3.0);
        assert_eq!(typed("quiet_days", "10").unwrap().quiet_days, 10);
        for (name, value) in
            [("pain_rise", "99"), ("adherence", "x"), ("quiet_days", "1.5"), ("quiet_days", "-1")]
        {
            assert!(typed(name, value).is_err(), "{name} {value}");
        }
    }
}
