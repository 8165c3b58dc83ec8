//! Everything that safety and planning say has words in both languages, with every number in its place.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_coach::plan::{Change, Reason, Step};
use baro_coach::safety::{
    BeforeSession, HealthChange, Nprs, RedFlag, ScreeningDue, SetVerdict, StopRule, StopSymptom, Urgency,
};
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use std::collections::BTreeSet;
use unic_langid::LanguageIdentifier;

const STEPS: [Step; 6] = [Step::Reps, Step::Hold, Step::Minutes, Step::Sets, Step::Load, Step::Variant];

/// Every key with its numbers. The matches below name each case once, so that a new one is not forgotten.
fn keys() -> Vec<(String, Vec<(&'static str, f64)>)> {
    let mut keys = Vec::new();
    let mut need = |key: String, args: Vec<(&'static str, f64)>| keys.push((key, args));
    for key in [
        "flags-title",
        "flags-why",
        "answer-yes",
        "answer-no",
        "news-title",
        "advice-told",
        "symptoms-title",
        "pain-before",
        "pain-after-set",
        "pain-next-morning",
        "pain-0",
        "pain-10",
        "effort-after-set",
    ] {
        need(format!("safety-{key}"), vec![]);
    }
    RedFlag::ALL.iter().for_each(|flag| need(format!("safety-flag-{}", flag.id()), vec![]));
    StopSymptom::ALL.iter().for_each(|symptom| need(format!("safety-symptom-{}", symptom.id()), vec![]));
    HealthChange::ALL.iter().for_each(|change| need(format!("safety-news-{}", change.id()), vec![]));
    Urgency::ALL.iter().for_each(|urgency| need(urgency.advice_key().into(), vec![]));
    (0..=10).for_each(|effort| need(format!("safety-effort-{effort}"), vec![]));
    let (low, high) = (Nprs::new(1).unwrap(), Nprs::new(4).unwrap());
    for due in [
        ScreeningDue::First,
        ScreeningDue::Changed(HealthChange::Accident),
        ScreeningDue::PainRose { from: low, to: high },
        ScreeningDue::LongBreak { days: 41 },
    ] {
        need(format!("safety-due-{}", due.id()), due.args());
    }
    let rule = StopRule::Symptom(StopSymptom::Fall);
    for before in [
        BeforeSession::GoOn,
        BeforeSession::Easier(rule),
        BeforeSession::RestToday(rule),
        BeforeSession::Blocked(rule),
    ] {
        need(format!("safety-before-{}", before.id()), vec![]);
    }
    for verdict in [
        SetVerdict::GoOn,
        SetVerdict::Watch(rule),
        SetVerdict::Easier(rule),
        SetVerdict::StopExercise(rule),
        SetVerdict::StopSession(rule),
    ] {
        need(format!("safety-verdict-{}", verdict.id()), vec![]);
    }
    for rule in [
        rule,
        StopRule::PainSevere { pain: 9 },
        StopRule::PainAbove { pain: 6, limit: 4 },
        StopRule::PainRose { from: 3, to: 7 },
        StopRule::PainToWatch { pain: 3 },
        StopRule::PainNotSettled { from: 2, to: 7 },
        StopRule::EffortNearLimit { rpe: 9.5 },
        StopRule::EffortAbove { rpe: 8.5, target: 6 },
    ] {
        need(format!("safety-rule-{}", rule.id()), rule.args());
    }
    for change in [Change::Blocked, Change::Pause, Change::Same]
        .into_iter()
        .chain(STEPS.map(Change::Less))
        .chain(STEPS.map(Change::More))
    {
        need(change.key().into(), vec![]);
    }
    STEPS.iter().for_each(|step| need(format!("safety-step-{}", step.id()), vec![]));
    for reason in [
        Reason::RedFlag,
        Reason::Questions,
        Reason::Symptom(StopSymptom::Fall),
        Reason::Forbidden,
        Reason::PainAbove { pain: 6, limit: 5 },
        Reason::PainNotSettled { from: 2, to: 7 },
        Reason::PainMorningUnknown { pain: 4 },
        Reason::PainToWatch { pain: 4 },
        Reason::PainUnknown,
        Reason::Gap { days: 17 },
        Reason::Gap { days: 1 },
        Reason::TooHard { rpe: 8.5, target: 6 },
        Reason::PoorScore { score: 48.0 },
        Reason::FewDone { percent: 35.0 },
        Reason::GoodSessions { count: 3 },
        Reason::NotYet { count: 1, needed: 2 },
        Reason::FirstSession,
        Reason::AtTop,
        Reason::TherapistLimit(Step::Reps),
        Reason::TherapistHold,
    ] {
        need(format!("safety-reason-{}", reason.id()), reason.args());
    }
    keys
}

#[test]
fn every_word_is_there_with_its_numbers_and_none_is_left_over() {
    for language in ["en", "ko"] {
        let path = format!("{}/../../assets/locales/{language}/safety.ftl", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        let mut bundle = FluentBundle::new(vec![language.parse::<LanguageIdentifier>().unwrap()]);
        bundle.set_use_isolating(false);
        bundle.add_resource(FluentResource::try_new(text.clone()).unwrap()).unwrap();
        let mut known = BTreeSet::new();
        for (key, args) in keys() {
            let Some(pattern) = bundle.get_message(&key).and_then(|message| message.value()) else {
                panic!("{language}: {key} has no text");
            };
            let mut numbers = FluentArgs::new();
            args.iter().for_each(|&(name, value)| numbers.set(name, value));
            let mut faults = Vec::new();
            let said = bundle.format_pattern(pattern, Some(&numbers), &mut faults);
            assert!(faults.is_empty() && said.len() > 1, "{language}: {key} = {said} {faults:?}");
            for (name, value) in args {
                assert!(said.contains(&value.to_string()), "{language}: {key} lacks {name}: {said}");
            }
            known.insert(key);
        }
        let written = text.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key);
        for key in written.filter(|key| key.starts_with("safety-")) {
            assert!(known.contains(key), "{language}: nothing says {key}");
        }
    }
}
