//! History from diaries.

use super::{Changed, History, Of};
use crate::{
    Consents, Entry, Known, Moment, Person, PersonId, Screenings, SetDone, What,
    diary::{By, DIARY_FORMAT, Ending, GameDone, Planned, Range, SetEnding, Source, TogetherDone, Watched},
};
use baro_coach::{
    RepSide, SideChoice,
    plan::{Change, Prescription},
    safety::{BeforeSession, Nprs, SafetyEvent},
};
use baro_motion::Claim;
use jiff::civil::{Date, date};

fn moment(day: Date) -> Moment {
    Moment { at: day.at(10, 0, 0, 0).in_tz("UTC").unwrap().timestamp(), day }
}

fn dose() -> Prescription {
    toml::from_str("exercise = \"squat\"\nsets = 1\nreps = 8\nrest_s = 0\ndays_a_week = 3\nrpe_target = 5\npain_limit = 5")
        .unwrap()
}

/// A visit with one set of squats, of this pain before, score, and range.
fn visit(visit: u32, day: Date, pain: u8, score: f64, range: (f64, f64), claim: Claim) -> Vec<Entry> {
    let planned = Planned {
        course: "x/squat".into(),
        base: dose(),
        dose: dose(),
        change: Change::Same,
        reasons: vec![],
    };
    let began = What::Began {
        format: DIARY_FORMAT,
        program: "test".into(),
        source: Source::Routine("x".into()),
        items: vec![planned],
    };
    let pain = Nprs::new(pain).unwrap();
    let event = SafetyEvent::PainBefore { pain, verdict: BeforeSession::GoOn };
    let set = SetDone {
        item: 0,
        set: 1,
        asked: dose(),
        done: 8,
        partial: 0,
        watched: Watched::Camera,
        end: SetEnding::Whole,
        score: Some(score),
        sub: None,
        ranges: vec![Range {
            measure: "knee_flexion".into(),
            unit: "deg".into(),
            side: RepSide::Both,
            value: range.0,
            sd: range.1,
            claim,
        }],
        test: None,
        record: None,
    };
    let what = [began, What::Safety { event }, What::Set(set), What::Ended { how: Ending::Finished }];
    what.into_iter().map(|what| Entry { when: moment(day), visit, what }).collect()
}

fn known(diary: Vec<Entry>) -> Known {
    Known {
        id: PersonId::random(),
        person: Some(Person { days_a_week: 2, ..Person::default() }),
        consents: Consents::default(),
        screenings: Screenings::default(),
        diary,
        assigned: None,
    }
}

#[test]
fn weeks_begin_on_monday_and_the_one_under_way_breaks_no_row() {
    // 2026-11-02 is a Monday.
    let days =
        [date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 8), date(2026, 11, 9), date(2026, 11, 17)];
    let diary = days.iter().zip(1..).flat_map(|(&day, n)| visit(n, day, 2, 90.0, (80.0, 3.0), Claim::Firm));
    let known = known(diary.collect());
    let history = History::of(&known, date(2026, 11, 24));
    let done: Vec<u32> = history.weeks.iter().map(|week| week.done).collect();
    assert_eq!(done, [2, 1, 1, 0], "two visits on one day are one day");
    assert_eq!(history.weeks[0].monday, date(2026, 11, 2));
    assert_eq!(history.weeks[1].adherence(), 0.5);
    assert_eq!(history.weeks_in_a_row, 3);
    assert_eq!(history.day(date(2026, 11, 2)).unwrap().sessions, 2);
    // The clock was set back: nothing is lost and nothing is endless.
    assert_eq!(History::of(&known, date(2020, 1, 1)).weeks.len(), 3);
    assert!(History::of(&super::tests::known(vec![]), date(2026, 11, 24)).weeks.is_empty());
}

#[test]
fn a_range_has_changed_only_past_its_error() {
    let line = |from: (f64, f64), to: (f64, f64), claim| {
        let mut diary = visit(1, date(2026, 11, 2), 2, 90.0, from, claim);
        diary.extend(visit(2, date(2026, 11, 4), 2, 90.0, to, claim));
        let history = History::of(&known(diary), date(2026, 11, 4));
        history.trends.into_iter().find(|trend| matches!(trend.of, Of::Range { .. }))
    };
    // 1.96 times the root of 3² + 4² is 9.8.
    let near = line((80.0, 3.0), (89.0, 4.0), Claim::Firm).unwrap();
    assert_eq!(near.changed, Some(Changed::NotYet));
    assert_eq!(near.points[1].sd, Some(4.0));
    let far = line((80.0, 3.0), (90.0, 4.0), Claim::Firm).unwrap();
    assert_eq!(far.changed, Some(Changed::More(10.0)));
    let back = line((90.0, 3.0), (80.0, 4.0), Claim::Cautious).unwrap();
    assert_eq!(back.changed, Some(Changed::Less(10.0)));
    assert!(line((80.0, 3.0), (90.0, 4.0), Claim::Refused).is_none(), "what may not be told is not drawn");
}

#[test]
fn pain_changes_by_two_and_scores_by_their_own_spread() {
    let days = (2..).map(|day| date(2026, 11, day));
    let history = |pains: &[u8], scores: &[f64]| {
        let all = days.clone().zip(pains.iter().zip(scores)).zip(1..);
        let diary =
            all.flat_map(|((day, (&pain, &score)), n)| visit(n, day, pain, score, (80.0, 3.0), Claim::Firm));
        History::of(&known(diary.collect()), date(2026, 11, 20))
    };
    let of = |history: &History, of: Of| history.trends.iter().find(|trend| trend.of == of).unwrap().changed;
    let score = || Of::Score { exercise: "squat".into() };
    let early = history(&[4, 3], &[60.0, 95.0]);
    assert_eq!(of(&early, Of::Pain), Some(Changed::NotYet));
    assert_eq!(of(&early, score()), Some(Changed::NotYet), "two sessions tell nothing about the spread");
    let later = history(&[4, 3, 3, 2, 2, 2], &[60.0, 65.0, 71.0, 74.0, 80.0, 84.0]);
    assert_eq!(of(&later, Of::Pain), Some(Changed::Less(2.0)));
    assert_eq!(of(&later, score()), Some(Changed::More(24.0)));
    let noisy = history(&[2; 6], &[60.0, 90.0, 55.0, 88.0, 61.0, 84.0]);
    assert_eq!(of(&noisy, score()), Some(Changed::NotYet));
}

#[test]
fn a_diary_in_any_disorder_is_read() {
    let mut diary = visit(1, date(2026, 11, 2), 2, f64::NAN, (80.0, 3.0), Claim::Firm);
    diary.extend(visit(2, date(2026, 11, 4), 2, 90.0, (f64::NAN, 3.0), Claim::Firm));
    let skipped = What::Skipped { item: 7, by: By::Person };
    diary.push(Entry { when: moment(date(2026, 11, 4)), visit: 2, what: skipped });
    diary.reverse();
    let history = History::of(&known(diary), Date::MAX);
    assert!(history.trends.iter().all(|trend| trend.points.iter().all(|point| point.value.is_finite())));
    assert_eq!(dose().side, SideChoice::Auto);
}

#[test]
fn a_set_in_a_class_makes_a_day_and_is_kept_as_it_was() {
    let set = TogetherDone {
        exercise: "squat".into(),
        done: 8,
        partial: 1,
        score: Some(88.5),
        ranges: Vec::new(),
        wrong: true,
        record: Some("a.baro".into()),
    };
    let entry = Entry { when: moment(date(2026, 11, 18)), visit: 1, what: What::Together(set) };
    let line = serde_json::to_string(&entry).unwrap();
    assert_eq!(serde_json::from_str::<Entry>(&line).unwrap(), entry, "{line}");
    let mut known = Known::new(PersonId::random());
    known.diary = visit(1, date(2026, 11, 16), 2, 80.0, (90.0, 3.0), Claim::Firm);
    let before = known.visits();
    known.diary.push(entry);
    assert_eq!(known.visits(), before);
    assert_eq!(known.together().count(), 1);
    let history = History::of(&known, date(2026, 11, 18));
    assert_eq!(history.day(date(2026, 11, 18)).unwrap().sets, 1);
}

#[test]
fn a_game_makes_a_day_and_leaves_the_visits_as_they_are() {
    let mut known = Known::new(PersonId::random());
    known.diary = visit(1, date(2026, 11, 16), 2, 80.0, (90.0, 3.0), Claim::Firm);
    let before = known.visits();
    let game = GameDone {
        game: "balloon".into(),
        level: 1,
        finished: true,
        asked: 10,
        done: 8,
        played_s: 90.0,
        score: Some(80.0),
    };
    let when = moment(date(2026, 11, 18));
    known.diary.push(Entry { when, visit: 1, what: What::Game(game) });
    assert_eq!(known.visits(), before);
    let history = History::of(&known, date(2026, 11, 18));
    assert_eq!(history.day(date(2026, 11, 18)).unwrap().sessions, 1);
    assert_eq!(history.weeks.last().unwrap().done, 2);
}
