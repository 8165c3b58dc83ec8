//! What the rooms beside the way show, and what is done there.

use super::{Visiting, now, words};
use crate::locale::Texts;
use baro_home::{
    Catalogue, Known, Moment, Purpose,
    diary::{GameDone, SetAnswered, TogetherDone},
    history::{Changed, History, Of, Trend, Week},
};
use baro_screens::{
    rooms::{DayView, SetView, TrendView, WeekView},
    widgets::Point,
};
use jiff::{ToSpan as _, civil::Date};

/// So many weeks are told.
const WEEKS: usize = 8;
/// So many are on the calendar.
const CALENDAR: i64 = 5;
/// So many sets are listed.
const SETS: usize = 60;

/// The history in words.
#[derive(Debug, Clone, Default)]
pub struct HistoryWords {
    /// One sentence on the whole.
    pub sentence: String,
    /// The newest weeks as a calendar.
    pub calendar: Vec<WeekView>,
    /// The newest weeks, with their names.
    pub weeks: Vec<(Week, String)>,
    /// Pain, scores, ranges, test results.
    pub trends: Vec<TrendView>,
    /// The sets, newest first.
    pub sets: Vec<SetView>,
}

/// The history of the person, in words.
pub fn history(known: &Known, catalogue: &Catalogue, texts: &Texts) -> HistoryWords {
    let history = History::of(known, now().day);
    let sentence = if history.days.is_empty() {
        texts.text("rooms-history-none")
    } else {
        texts.with("home-weeks-in-a-row", [("weeks", history.weeks_in_a_row.into())])
    };
    let week_name = |week: &Week| texts.with("rooms-week-of", [("day", week.monday.to_string().into())]);
    let newest = history.weeks.len().saturating_sub(WEEKS);
    HistoryWords {
        sentence,
        calendar: calendar(&history, now().day, texts),
        weeks: history.weeks[newest..].iter().map(|week| (*week, week_name(week))).collect(),
        trends: history.trends.iter().map(|trend| trend_words(trend, catalogue, texts)).collect(),
        sets: sets(known, catalogue, texts),
    }
}

/// The last weeks, up to the one of `today`.
fn calendar(history: &History, today: Date, texts: &Texts) -> Vec<WeekView> {
    let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
    let mut last_month = None;
    let mut week = |weeks_ago: i64| {
        let first = monday.saturating_sub((7 * weeks_ago).days());
        let new_month = last_month.replace(first.month()) != Some(first.month());
        let month_name = |month: i8| texts.with("rooms-month", [("month", month.into())]);
        let day = |i: usize| {
            let date = first.saturating_add((i as i64).days());
            let sets = history.day(date).filter(|day| day.sessions > 0).map(|day| day.sets);
            let said = |sets: u32| {
                let month = month_name(date.month());
                let args = [("day", date.day().into()), ("month", month.into()), ("sets", sets.into())];
                texts.with("rooms-day-done", args)
            };
            DayView {
                number: date.day().to_string(),
                said: sets.map(said).unwrap_or_default(),
                done: sets.is_some(),
                today: date == today,
                later: date > today,
            }
        };
        let month = if new_month { month_name(first.month()) } else { String::new() };
        WeekView { month, days: std::array::from_fn(day) }
    };
    (0..CALENDAR).rev().map(&mut week).collect()
}

/// The newest sets and games, newest first.
fn sets(known: &Known, catalogue: &Catalogue, texts: &Texts) -> Vec<SetView> {
    let visits = known.visits();
    let set = |answered: &SetAnswered| {
        let set = &answered.set;
        let view = SetView {
            name: words::exercise_name(&set.asked.exercise, catalogue, texts),
            done: format!("{} · {}", answered.when.day, words::set_done(set, texts)),
            record: set.record.clone(),
        };
        (answered.when.at, view)
    };
    let game = |(when, done): (Moment, &GameDone)| {
        let name =
            catalogue.game(&done.game).map_or_else(|| done.game.clone(), |game| texts.text(&game.name_key));
        let view =
            SetView {
                name, done: format!("{} · {}", when.day, words::game_done(done, texts)), record: None
            };
        (when.at, view)
    };
    let together = |(when, done): (Moment, &TogetherDone)| {
        let view = SetView {
            name: words::exercise_name(&done.exercise, catalogue, texts),
            done: format!("{} · {}", when.day, words::together_done(done, texts)),
            record: done.record.clone(),
        };
        (when.at, view)
    };
    let mut all: Vec<_> = visits.iter().flat_map(|visit| visit.sets()).map(set).collect();
    all.extend(known.games().map(game));
    all.extend(known.together().map(together));
    all.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    all.into_iter().map(|(_, view)| view).take(SETS).collect()
}

fn trend_words(trend: &Trend, catalogue: &Catalogue, texts: &Texts) -> TrendView {
    let exercise = |id: &str| words::exercise_name(id, catalogue, texts);
    let (name, unit) = name_and_unit(&trend.of, exercise, texts);
    let off = |point: &baro_home::history::Point| point.sd.map(|sd| 1.96 * sd);
    let low = trend.points.iter().map(|p| p.value - off(p).unwrap_or(0.0)).fold(f64::INFINITY, f64::min);
    let high = trend.points.iter().map(|p| p.value + off(p).unwrap_or(0.0)).fold(f64::NEG_INFINITY, f64::max);
    let [low, high] = match trend.of {
        Of::Pain => [0.0, 10.0],
        Of::Score { .. } => [0.0, 100.0],
        _ if high - low < 1.0 => [low - 0.5, high + 0.5],
        _ => [low, high],
    };
    let day =
        |point: Option<&baro_home::history::Point>| point.map(|p| p.day.to_string()).unwrap_or_default();
    TrendView {
        name,
        points: trend
            .points
            .iter()
            .enumerate()
            .map(|(i, point)| Point { x: i as f64, y: point.value, off: off(point) })
            .collect(),
        ends: [low, high].map(|value| match &*unit {
            "points" | "count" => format!("{value:.0}"),
            unit => texts.value(value, unit),
        }),
        range: [low, high],
        dates: [day(trend.points.first()), day(trend.points.last())],
        verdict: texts.text(match trend.changed {
            Some(changed) if trend.points.len() > 1 => verdict(&trend.of, changed),
            _ => "rooms-trend-first",
        }),
    }
}

/// What a line shows, and its unit.
fn name_and_unit(of: &Of, exercise: impl Fn(&str) -> String, texts: &Texts) -> (String, String) {
    match of {
        Of::Pain => (texts.text("rooms-trend-pain"), "points".into()),
        Of::Score { exercise: id } => {
            (texts.with("rooms-trend-score", [("exercise", exercise(id).into())]), "points".into())
        }
        Of::Range { exercise: id, unit, side, .. } => {
            let args = [("exercise", exercise(id).into()), ("side", side.as_str().into())];
            (texts.with("rooms-trend-range", args), unit.clone())
        }
        Of::Test { exercise: id, unit } => {
            (texts.with("rooms-trend-test", [("exercise", exercise(id).into())]), unit.clone())
        }
    }
}

const fn verdict(of: &Of, changed: Changed) -> &'static str {
    match (of, changed) {
        (Of::Pain, Changed::More(_)) => "home-trend-pain-more",
        (Of::Pain, Changed::Less(_)) => "home-trend-pain-less",
        (_, changed) => changed.key(),
    }
}

/// What the person agreed to share with their clinic, as the settings show it.
pub fn shared(visiting: &Visiting) -> [bool; Purpose::SHARED.len()] {
    Purpose::SHARED.map(|purpose| visiting.visit.known().consents.given(purpose))
}

/// What the person agreed to, as the settings show it.
pub fn consents(visiting: &Visiting) -> [bool; Purpose::ASKED.len()] {
    Purpose::ASKED.map(|purpose| visiting.visit.known().consents.given(purpose))
}
