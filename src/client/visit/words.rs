//! What the visit's screens say, as pure functions of the visit.

use crate::locale::Texts;
use baro_coach::{
    SideChoice,
    plan::{Prescription, Reason},
    safety::{Clearance, Urgency},
};
use baro_home::{
    Catalogue, SetDone, Visit, VisitDone,
    diary::{Ending, GameDone, Planned, TogetherDone, Watched},
    today::{Today, Why},
};
use baro_screens::flow::{DoneRow, TodayRow};
use jiff::{Timestamp, Zoned};

/// A text that may name the person.
fn named(key: &str, visit: &Visit, texts: &Texts) -> String {
    let name =
        visit.known().person.as_ref().map(|person| person.name.as_str()).filter(|name| !name.is_empty());
    texts.with(key, [("name", name.unwrap_or("none").into())])
}

/// A moment of one of the next days, ms since 1970.
pub fn when(at_ms: i64, now: &Zoned, texts: &Texts) -> String {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or_default().to_zoned(now.time_zone().clone());
    let time = at.strftime("%H:%M").to_string();
    let tomorrow = now.date().tomorrow().ok();
    let key = match at.date() {
        day if day == now.date() => "rooms-appointment-today",
        day if Some(day) == tomorrow => "rooms-appointment-tomorrow",
        day => return format!("{day} {time}"),
    };
    texts.with(key, [("time", time.into())])
}

/// What today's plan is called.
fn plan_name(today: &Today, catalogue: &Catalogue, texts: &Texts) -> String {
    let key = today.name_key(catalogue);
    texts.text(key.as_deref().unwrap_or("flow-plan-assigned"))
}

/// An exercise's name.
pub fn exercise_name(id: &str, catalogue: &Catalogue, texts: &Texts) -> String {
    let key = catalogue
        .exercise(id)
        .map_or_else(|| format!("exercise-{id}"), |file| file.exercise.name_key.clone());
    if texts.has(texts.language(), &key) { texts.text(&key) } else { id.to_owned() }
}

/// Sets, repetitions or time, side and load of a dose.
pub fn dose(dose: &Prescription, texts: &Texts) -> String {
    let (sets, reps) = (dose.sets, dose.reps);
    let mut text = match (dose.minutes, dose.hold_s) {
        (Some(minutes), _) => texts.with("flow-dose-paced", [("minutes", minutes.into())]),
        (None, Some(seconds)) => {
            let args = [("sets", sets.into()), ("reps", reps.into()), ("seconds", seconds.into())];
            texts.with("flow-dose-hold", args)
        }
        (None, None) => texts.with("flow-dose-reps", [("sets", sets.into()), ("reps", reps.into())]),
    };
    let side = match dose.side {
        SideChoice::Auto => None,
        SideChoice::Left => Some("left"),
        SideChoice::Right => Some("right"),
    };
    if let Some(side) = side {
        text += &texts.with("flow-dose-side", [("side", side.into())]);
    }
    if let Some(load_kg) = dose.load_kg.filter(|load_kg| *load_kg > 0.0) {
        text += &texts.with("flow-dose-load", [("load", load_kg.into())]);
    }
    text
}

/// A reason with its numbers.
pub fn reason(reason: &Reason, texts: &Texts) -> String {
    texts.with_numbers(&format!("safety-reason-{}", reason.id()), reason.args())
}

/// Why the dose is what it is; empty where nothing is to be said.
pub fn change(planned: &Planned, texts: &Texts) -> String {
    planned.reasons.first().map(|first| reason(first, texts)).unwrap_or_default()
}

/// The words of today's plan.
#[derive(Debug, Clone)]
pub struct TodayWords {
    /// "Hello, Sunhee".
    pub greeting: String,
    /// Name of the plan.
    pub name: String,
    /// What to do, in order.
    pub rows: Vec<TodayRow>,
    /// What is not done today, a sentence each.
    pub left_out: Vec<String>,
    /// It was done today already.
    pub done: bool,
}

/// The words of today's plan.
pub fn today(visit: &Visit, catalogue: &Catalogue, texts: &Texts) -> TodayWords {
    TodayWords {
        greeting: named("flow-greeting", visit, texts),
        name: plan_name(visit.today(), catalogue, texts),
        rows: today_rows(visit.today(), catalogue, texts),
        left_out: left_out(visit.today(), catalogue, texts),
        done: visit.done_today(super::now()),
    }
}

fn today_rows(today: &Today, catalogue: &Catalogue, texts: &Texts) -> Vec<TodayRow> {
    let row = |planned: &Planned| TodayRow {
        name: exercise_name(&planned.dose.exercise, catalogue, texts),
        dose: dose(&planned.dose, texts),
        change: change(planned, texts),
    };
    today.items.iter().map(|item| row(&item.planned)).collect()
}

/// What is not done today, a sentence each.
fn left_out(today: &Today, catalogue: &Catalogue, texts: &Texts) -> Vec<String> {
    let sentence = |left: &baro_home::today::LeftOut| {
        let why = match &left.why {
            Why::Resting(decision) => decision.reasons.first().map(|first| reason(first, texts)),
            _ => None,
        };
        let why = why.unwrap_or_else(|| texts.text(left.why.key()));
        let name = exercise_name(&left.exercise, catalogue, texts);
        texts.with("flow-left-out", [("name", name.into()), ("why", why.into())])
    };
    today.left_out.iter().map(sentence).collect()
}

/// "8 of 10 done · score 86".
pub fn set_done(set: &SetDone, texts: &Texts) -> String {
    if set.watched == Watched::Told {
        return texts.text("flow-unwatched");
    }
    let done = texts.with("flow-set-done", [("done", set.done.into()), ("asked", set.asked.reps.into())]);
    scored(done, set.score, texts)
}

/// "8 of 10 done · score 86", of a game.
pub fn game_done(game: &GameDone, texts: &Texts) -> String {
    let done = texts.with("flow-set-done", [("done", game.done.into()), ("asked", game.asked.into())]);
    scored(done, game.score, texts)
}

/// "8 done together · score 86".
pub fn together_done(set: &TogetherDone, texts: &Texts) -> String {
    let done = texts.with("class-set-done", [("done", set.done.into())]);
    scored(done, set.score, texts)
}

fn scored(done: String, score: Option<f64>, texts: &Texts) -> String {
    let Some(score) = score else { return done };
    texts.with("flow-set-score", [("done", done.into()), ("score", format!("{score:.0}").into())])
}

/// Why nothing can be done, and how urgent it is.
pub fn blocked(visit: &Visit, texts: &Texts) -> (Urgency, Vec<String>) {
    if let Some(symptom) = visit.known().open_symptom() {
        return (symptom.urgency(), vec![texts.text(&format!("safety-symptom-{}", symptom.id()))]);
    }
    match visit.known().screenings.clearance() {
        Clearance::Blocked { flags, urgency } => {
            let question =
                |flag: &baro_coach::safety::RedFlag| texts.text(&format!("safety-flag-{}", flag.id()));
            (urgency, flags.iter().map(question).collect())
        }
        Clearance::Clear | Clearance::Unanswered(_) => (Urgency::Doctor, Vec::new()),
    }
}

/// The words of what was done.
#[derive(Debug, Clone)]
pub struct SummaryWords {
    /// "Well done, Sunhee!"
    pub title: String,
    /// One sentence on the whole.
    pub sentence: String,
    /// What was done, exercise by exercise.
    pub rows: Vec<DoneRow>,
    /// What changes next time and why, a sentence each.
    pub next: Vec<String>,
}

/// The words of what was done.
pub fn summary(visit: &Visit, catalogue: &Catalogue, texts: &Texts) -> SummaryWords {
    let done = visit.done();
    let title = match done.as_ref().and_then(|done| done.ended) {
        Some(Ending::Safety) => texts.text("flow-summary-stopped"),
        _ => named("flow-summary-done", visit, texts),
    };
    SummaryWords {
        title,
        sentence: summary_sentence(done.as_ref(), texts),
        rows: done_rows(done.as_ref(), catalogue, texts),
        next: next_time(visit, catalogue, texts),
    }
}

/// How much was done, and how long it took.
fn summary_sentence(done: Option<&VisitDone>, texts: &Texts) -> String {
    let sets = done.map_or(0, |done| done.sets().count());
    let minutes = done.map_or(0, |done| done.last.at.duration_since(done.began.at).as_mins().max(1));
    texts.with("flow-summary-sentence", [("sets", sets.into()), ("minutes", minutes.into())])
}

/// What was done, exercise by exercise.
fn done_rows(done: Option<&VisitDone>, catalogue: &Catalogue, texts: &Texts) -> Vec<DoneRow> {
    let items = done.map(|done| done.items.as_slice()).unwrap_or_default();
    let row = |item: &baro_home::diary::ItemDone| {
        let reps: u32 = item.sets.iter().map(|set| set.set.done).sum();
        let asked = item.dose.sets * item.dose.reps;
        let scores: Vec<f64> = item.sets.iter().filter_map(|set| set.set.score).collect();
        let mean = (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64);
        let score = mean.map(|mean| texts.with("flow-score", [("score", format!("{mean:.0}").into())]));
        DoneRow {
            name: exercise_name(&item.dose.exercise, catalogue, texts),
            done: texts.with("flow-set-done", [("done", reps.into()), ("asked", asked.into())]),
            score: score.unwrap_or_default(),
        }
    };
    items.iter().filter(|item| !item.sets.is_empty()).map(row).collect()
}

/// What changes next time, and why.
fn next_time(visit: &Visit, catalogue: &Catalogue, texts: &Texts) -> Vec<String> {
    let sentence = |(id, decision): &(String, baro_coach::plan::Decision)| {
        let change = texts.text(decision.change.key());
        let why = decision.reasons.first().map(|first| reason(first, texts)).unwrap_or_default();
        format!("{}: {change} {why}", exercise_name(id, catalogue, texts))
    };
    visit.next_time(super::now()).iter().map(sentence).collect()
}
