use super::*;
use crate::SideChoice;
use crate::safety::{Clearance, Nprs, RedFlag, Rpe, StopSymptom, Urgency};
use proptest::prelude::*;

fn nprs(score: u8) -> Nprs {
    Nprs::new(score).unwrap()
}

fn squats() -> Prescription {
    Prescription {
        exercise: "squat".into(),
        sets: 2,
        reps: 10,
        hold_s: None,
        minutes: None,
        rest_s: 60,
        tempo_s: None,
        load_kg: None,
        days_a_week: 3,
        side: SideChoice::Auto,
        rpe_target: 5,
        pain_limit: 5,
    }
}

const VARIANTS: Variants = Variants {
    easier: Some(Neighbour::Exercise("mini-squat")),
    harder: Some(Neighbour::Exercise("split-squat")),
};

/// A session in which all went well.
fn good(asked: &Prescription, day: i32) -> SessionResult {
    let set = SetResult {
        done: asked.reps,
        score: Some(92.0),
        pain: Some(nprs(1)),
        rpe: Some(Rpe::new(4.0).unwrap()),
    };
    SessionResult {
        day,
        asked: asked.clone(),
        sets: vec![set; asked.sets as usize],
        pain_before: Some(nprs(1)),
        pain_next_morning: Some(nprs(1)),
        symptom: None,
    }
}

fn decide(past: &[SessionResult]) -> Decision {
    let today = past.last().map_or(0, |last| last.day + 2);
    next(&squats(), VARIANTS, past, today, &Clearance::Clear, &Limits::default())
}

/// Two good sessions; the last one changed.
fn after(change: impl Fn(&mut SessionResult)) -> Decision {
    let mut past = [good(&squats(), 0), good(&squats(), 2)];
    change(&mut past[1]);
    decide(&past)
}

fn pain_in_sets(pain: u8) -> impl Fn(&mut SessionResult) {
    move |session| session.sets.iter_mut().for_each(|set| set.pain = Some(nprs(pain)))
}

#[test]
fn two_good_sessions_make_more() {
    assert_eq!(decide(&[]).reasons, [Reason::FirstSession]);
    let one = decide(&[good(&squats(), 0)]);
    assert_eq!((one.change, &one.reasons[..]), (Change::Same, &[Reason::NotYet { count: 1, needed: 2 }][..]));
    let two = after(|_| {});
    assert_eq!(
        (two.change, &two.reasons[..]),
        (Change::More(Step::Reps), &[Reason::GoodSessions { count: 2 }][..])
    );
    assert_eq!(two.next.unwrap().reps, 12);
}

#[test]
fn growth_goes_through_reps_sets_and_the_harder_variant_and_ends() {
    let (mut now, mut changes) = (squats(), Vec::new());
    for week in 0..10 {
        let variants = if now.exercise == "squat" { VARIANTS } else { Variants::default() };
        let past = [good(&now, week * 7), good(&now, week * 7 + 3)];
        let decision = next(&now, variants, &past, week * 7 + 5, &Clearance::Clear, &Limits::default());
        changes.push(decision.change);
        now = decision.next.unwrap();
    }
    use Step::*;
    let up = [Reps, Reps, Reps, Sets, Variant, Reps, Reps, Reps, Reps].map(Change::More);
    assert_eq!(changes[..9], up);
    assert_eq!(changes[9], Change::Same, "at the top");
    assert_eq!((now.exercise.as_str(), now.sets, now.reps), ("split-squat", 3, 15));
}

#[test]
fn holds_paces_and_loads_grow_in_their_own_way() {
    let grow = |now: Prescription| {
        let past = [good(&now, 0), good(&now, 2)];
        let decision = next(&now, Variants::default(), &past, 4, &Clearance::Clear, &Limits::default());
        (decision.change, decision.next.unwrap())
    };
    let (change, held) = grow(Prescription { hold_s: Some(20), reps: 3, ..squats() });
    assert_eq!((change, held.hold_s, held.reps), (Change::More(Step::Hold), Some(25), 3));
    let (change, paced) = grow(Prescription { minutes: Some(5), reps: 1, sets: 1, ..squats() });
    assert_eq!((change, paced.minutes), (Change::More(Step::Minutes), Some(6)));
    let (change, loaded) = grow(Prescription { load_kg: Some(10.0), reps: 15, sets: 3, ..squats() });
    assert_eq!((change, loaded.load_kg, loaded.reps), (Change::More(Step::Load), Some(10.5), 8));
}

#[test]
fn pain_rules() {
    // Mild: grows. Acceptable and settled: stays, and grows only after three sessions. Above 5, or not settled: less.
    assert!(matches!(after(pain_in_sets(2)).change, Change::More(_)));
    let watched = after(pain_in_sets(4));
    assert_eq!(watched.reasons, [Reason::PainToWatch { pain: 4 }, Reason::NotYet { count: 2, needed: 3 }]);
    let mut three = [0, 2, 4].map(|day| good(&squats(), day));
    three.iter_mut().for_each(pain_in_sets(4));
    assert!(matches!(decide(&three).change, Change::More(_)));
    let unknown = after(|session| {
        pain_in_sets(4)(session);
        session.pain_next_morning = None;
    });
    assert_eq!((unknown.change, unknown.reasons[0].id()), (Change::Same, "pain-morning-unknown"));
    let unsettled = after(|session| {
        pain_in_sets(4)(session);
        session.pain_next_morning = Some(nprs(4));
    });
    assert_eq!(unsettled.change, Change::Less(Step::Variant));
    assert_eq!(unsettled.reasons, [Reason::PainNotSettled { from: 1, to: 4 }]);
    for pain in 6..=10 {
        let above = after(pain_in_sets(pain));
        assert_eq!(above.change, Change::Less(Step::Variant));
        assert_eq!(above.next.unwrap().exercise, "mini-squat");
        assert_eq!(above.reasons, [Reason::PainAbove { pain, limit: 5 }]);
    }
    let silent = after(|session| {
        session.sets.iter_mut().for_each(|set| set.pain = None);
        (session.pain_before, session.pain_next_morning) = (None, None);
    });
    assert_eq!((silent.change, silent.reasons[0]), (Change::Same, Reason::PainUnknown));
}

#[test]
fn effort_score_and_completion() {
    let hard = after(|session| session.sets[1].rpe = Some(Rpe::new(7.0).unwrap()));
    assert_eq!((hard.change, hard.next.unwrap().reps), (Change::Less(Step::Reps), 8));
    assert_eq!(hard.reasons, [Reason::TooHard { rpe: 7.0, target: 5 }]);
    let over = after(|session| session.sets[1].rpe = Some(Rpe::new(6.0).unwrap()));
    assert_eq!(over.change, Change::Same, "past the target, but not by much");
    let poor = after(|session| session.sets.iter_mut().for_each(|set| set.score = Some(50.0)));
    assert_eq!(poor.reasons, [Reason::PoorScore { score: 50.0 }]);
    let few = after(|session| session.sets.truncate(0));
    assert_eq!(few.reasons, [Reason::FewDone { percent: 0.0 }]);
    assert!(matches!(few.change, Change::Less(_)));
}

#[test]
fn gaps_step_back() {
    let gap = |days: i32| {
        let past = [good(&squats(), 0), good(&squats(), 2)];
        next(&squats(), VARIANTS, &past, 2 + days, &Clearance::Clear, &Limits::default())
    };
    assert!(matches!(gap(6).change, Change::More(_)));
    assert_eq!((gap(7).change, gap(7).reasons), (Change::Same, vec![Reason::Gap { days: 7 }]));
    assert_eq!((gap(14).change, gap(14).next.unwrap().reps), (Change::Less(Step::Reps), 6));
    assert_eq!(gap(28).change, Change::Less(Step::Variant));
    assert_eq!(gap(-3).reasons[0].id(), "good-sessions", "a wrong clock is no gap");
}

#[test]
fn what_blocks_and_what_pauses() {
    let symptom = |cleared| after(move |session| session.symptom = Some((StopSymptom::ChestPain, cleared)));
    assert_eq!((symptom(false).change, symptom(false).next), (Change::Blocked, None));
    assert!(symptom(true).next.is_some());
    for clearance in [
        Clearance::Blocked { flags: vec![RedFlag::Fever], urgency: Urgency::Doctor },
        Clearance::Unanswered(vec![RedFlag::Fever]),
    ] {
        let decision = next(&squats(), VARIANTS, &[], 0, &clearance, &Limits::default());
        assert_eq!((decision.change, decision.next), (Change::Blocked, None));
    }
    // At the bottom, with nothing easier.
    let least = Prescription { sets: 1, reps: 4, ..squats() };
    let mut past = [good(&least, 0)];
    past.iter_mut().for_each(pain_in_sets(8));
    let decision = next(&least, Variants::default(), &past, 2, &Clearance::Clear, &Limits::default());
    assert_eq!((decision.change, decision.next), (Change::Pause, None));
}

#[test]
fn a_therapist_always_wins() {
    let past = [good(&squats(), 0), good(&squats(), 2)];
    let with = |limits: &Limits| next(&squats(), VARIANTS, &past, 4, &Clearance::Clear, limits);
    // Repetitions are held: the next step up is taken instead.
    let held = with(&Limits { max_reps: Some(10), ..Limits::default() });
    assert_eq!(held.change, Change::More(Step::Sets));
    let all = Limits {
        max_reps: Some(10),
        max_sets: Some(2),
        forbidden: vec!["split-squat".into()],
        ..Limits::default()
    };
    assert_eq!(
        (with(&all).change, with(&all).reasons[0]),
        (Change::Same, Reason::TherapistLimit(Step::Reps))
    );
    let hold = with(&Limits { no_progress: true, ..Limits::default() });
    assert_eq!((hold.change, hold.reasons[0]), (Change::Same, Reason::TherapistHold));
    let lower = with(&Limits { max_reps: Some(6), ..Limits::default() });
    assert_eq!((lower.change, lower.next.unwrap().reps), (Change::Less(Step::Reps), 6));
    let not_this = with(&Limits { forbidden: vec!["squat".into()], ..Limits::default() });
    assert_eq!(not_this.next.unwrap().exercise, "mini-squat");
    let neither = with(&Limits { forbidden: vec!["squat".into(), "mini-squat".into()], ..Limits::default() });
    assert_eq!((neither.change, neither.next), (Change::Blocked, None));
    assert_eq!(with(&Limits { max_sets: Some(0), ..Limits::default() }).change, Change::Blocked);
    let none = Limits { max_hold_s: Some(0), max_minutes: Some(0), ..Limits::default() };
    for (hold_s, minutes) in [(Some(20), None), (None, Some(5))] {
        let now = Prescription { hold_s, minutes, ..squats() };
        let decision = next(&now, Variants::default(), &[], 4, &Clearance::Clear, &none);
        assert_eq!((decision.change, decision.next), (Change::Blocked, None), "no time is no exercise");
    }
    let gentle =
        with(&Limits { max_rpe: Some(3), max_pain: Some(2), min_rest_s: Some(90), ..Limits::default() });
    let next = gentle.next.unwrap();
    assert_eq!((next.rpe_target, next.pain_limit, next.rest_s), (3, 2, 90));
}

#[test]
fn a_routine_may_write_its_own_steps() {
    let (six, forty) = (Prescription { reps: 6, ..squats() }, Prescription { reps: 40, ..squats() });
    let steps = Variants { easier: Some(Neighbour::Dose(&six)), harder: Some(Neighbour::Dose(&forty)) };
    let decide = |now: &Prescription, change: &dyn Fn(&mut SessionResult)| {
        let mut past = [good(now, 0), good(now, 2)];
        change(&mut past[1]);
        next(now, steps, &past, 4, &Clearance::Clear, &Limits::default())
    };
    let down = decide(&squats(), &pain_in_sets(6));
    assert_eq!((down.change, down.next), (Change::Less(Step::Reps), Some(six.clone())));
    // At that step already: less of it.
    let lower = decide(&six, &pain_in_sets(6));
    assert_eq!((lower.change, lower.next.unwrap().reps), (Change::Less(Step::Reps), 4));
    let top = Prescription { reps: 20, sets: 3, ..squats() };
    let up = decide(&top, &|_| {});
    assert_eq!((up.change, up.next), (Change::More(Step::Reps), Some(forty.clone())));
    assert_eq!(decide(&Prescription { sets: 3, ..forty.clone() }, &|_| {}).change, Change::Same);
}

#[test]
fn a_stop_symptom_blocks_the_whole_session() {
    let (squats, other) =
        (super::tests::squats(), Prescription { exercise: "heel-raise".into(), ..squats() });
    let mut past = [good(&squats, 0), good(&squats, 2)];
    let fine = [good(&other, 0), good(&other, 2)];
    let plan = |past: &[SessionResult]| {
        let course = |now, past| Course { now, variants: Variants::default(), past };
        let courses = [course(&squats, past), course(&other, &fine)];
        next_session(&courses, 4, &Clearance::Clear, &Limits::default())
    };
    assert!(plan(&past).iter().all(|decision| matches!(decision.change, Change::More(_))));
    past[1].symptom = Some((StopSymptom::Dizziness, false));
    let blocked = Reason::Symptom(StopSymptom::Dizziness);
    assert!(plan(&past).iter().all(|d| d.change == Change::Blocked && d.reasons == [blocked]));
    past[1].symptom = Some((StopSymptom::Dizziness, true));
    assert!(plan(&past).iter().all(|decision| decision.next.is_some()));
}

fn any_prescription() -> impl Strategy<Value = Prescription> {
    let small = || prop_oneof![0_u32..25, Just(u32::MAX)];
    let load = prop_oneof![Just(None), (0.0..60.0_f64).prop_map(Some), Just(Some(f64::NAN))];
    (
        small(),
        small(),
        prop::option::of(small()),
        prop::option::of(small()),
        load,
        0_u32..9,
        0_u32..12,
        0_u32..12,
    )
        .prop_map(|(sets, reps, hold_s, minutes, load_kg, days_a_week, rpe_target, pain_limit)| {
            Prescription {
                sets: sets.max(1),
                reps: reps.max(1),
                hold_s,
                minutes,
                load_kg,
                days_a_week: days_a_week.max(1),
                rpe_target,
                pain_limit,
                ..squats()
            }
        })
}

fn any_limits() -> impl Strategy<Value = Limits> {
    let bound = || prop::option::of(0_u32..20);
    let load = prop_oneof![Just(None), (0.0..40.0_f64).prop_map(Some), Just(Some(f64::NAN))];
    let forbidden = prop::sample::subsequence(vec!["squat", "mini-squat", "split-squat"], 0..3);
    (
        (bound(), bound(), bound(), bound()),
        (load, bound(), bound(), bound()),
        bound(),
        any::<bool>(),
        forbidden,
    )
        .prop_map(
            |(
                (max_sets, max_reps, max_hold_s, max_minutes),
                (max_load_kg, max_days_a_week, max_rpe, max_pain),
                min_rest_s,
                no_progress,
                forbidden,
            )| {
                Limits {
                    max_sets,
                    max_reps,
                    max_hold_s,
                    max_minutes,
                    max_load_kg,
                    max_days_a_week,
                    max_rpe,
                    max_pain,
                    min_rest_s,
                    no_progress,
                    forbidden: forbidden.into_iter().map(String::from).collect(),
                }
            },
        )
}

fn any_sessions(asked: Prescription) -> impl Strategy<Value = Vec<SessionResult>> {
    let pain = || prop::option::of((0_u8..=10).prop_map(nprs));
    let rpe = prop::option::of((0.0_f32..=10.0).prop_map(|r| Rpe::new(r).unwrap()));
    let set = (0_u32..30, prop::option::of(0.0..100.0_f64), pain(), rpe)
        .prop_map(|(done, score, pain, rpe)| SetResult { done, score, pain, rpe });
    let symptom = prop_oneof![
        4 => Just(None),
        1 => any::<bool>().prop_map(|cleared| Some((StopSymptom::Fall, cleared)))
    ];
    // Sessions in which all went well, so that growing is tried often, and any others.
    let any = (prop::collection::vec(set, 0..4), pain(), pain(), symptom);
    let fine = good(&Prescription { sets: asked.sets.min(4), ..asked.clone() }, 0).sets;
    let fine = Just((fine, Some(nprs(1)), Some(nprs(1)), None));
    prop::collection::vec(prop_oneof![any, fine], 0..5).prop_map(move |sessions| {
        let of = |(day, (sets, pain_before, pain_next_morning, symptom))| SessionResult {
            day,
            asked: asked.clone(),
            sets,
            pain_before,
            pain_next_morning,
            symptom,
        };
        (0..).zip(sessions).map(of).collect()
    })
}

fn case() -> impl Strategy<Value = (Prescription, Vec<SessionResult>, Limits, i32)> {
    any_prescription().prop_flat_map(|now| (Just(now.clone()), any_sessions(now), any_limits(), 0..60_i32))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// No path leads past a therapist's limit, and none grows where it must not.
    #[test]
    fn limits_and_pain_hold((now, past, limits, gap) in case(), easier: bool, harder: bool) {
        let variants = Variants {
            easier: easier.then_some(Neighbour::Exercise("mini-squat")),
            harder: harder.then_some(Neighbour::Exercise("split-squat")),
        };
        let last = past.last();
        let today = last.map_or(0, |last| last.day) + gap;
        let decision = next(&now, variants, &past, today, &Clearance::Clear, &limits);
        prop_assert!(!decision.reasons.is_empty(), "every decision says why");
        prop_assert_eq!(decision.next.is_none(), matches!(decision.change, Change::Blocked | Change::Pause));
        let blocked = past.iter().any(|s| s.symptom.is_some_and(|(_, cleared)| !cleared));
        prop_assert!(!blocked || decision.change == Change::Blocked);
        let worst = last.and_then(SessionResult::worst_pain).unwrap_or(0);
        let grew = matches!(decision.change, Change::More(_));
        prop_assert!(!(grew && (worst > 5 || u32::from(worst) > limits.max_pain.unwrap_or(10))));
        prop_assert!(!(grew && (gap >= 7 || limits.no_progress || past.len() < 2)));
        let Some(next) = decision.next else { return Ok(()) };
        let held = |value: u32, most: Option<u32>| most.is_none_or(|most| value <= most);
        prop_assert!(held(next.sets, limits.max_sets) && held(next.reps, limits.max_reps));
        prop_assert!(next.hold_s.is_none_or(|v| held(v, limits.max_hold_s)));
        prop_assert!(next.minutes.is_none_or(|v| held(v, limits.max_minutes)));
        prop_assert!(held(next.days_a_week, limits.max_days_a_week));
        prop_assert!(held(next.rpe_target, limits.max_rpe) && held(next.pain_limit, limits.max_pain));
        prop_assert!(next.rest_s >= limits.min_rest_s.unwrap_or(0));
        if let (Some(load), Some(most)) = (next.load_kg, limits.max_load_kg) {
            prop_assert!(load <= most || (most.is_nan() && load == 0.0));
        }
        prop_assert!(!limits.forbidden.contains(&next.exercise));
        prop_assert!(next.sets >= 1 && next.reps >= 1);
        let same = next.exercise == now.exercise;
        match decision.change {
            Change::Less(_) if same => prop_assert!(next.volume() <= now.volume(), "{:?}", decision.change),
            Change::Less(_) => prop_assert!(next.exercise == "mini-squat"),
            Change::Same => prop_assert!(same && next.sets == now.sets && next.reps == now.reps),
            Change::More(Step::Variant) => prop_assert!(next.exercise == "split-squat"),
            Change::More(_) => prop_assert!(same),
            Change::Blocked | Change::Pause => {}
        }
        if worst > 5 {
            prop_assert!(!same || next.volume() < now.volume() || now.load_kg.is_some_and(f64::is_nan)
                || now.hold_s == Some(0) || now.minutes == Some(0));
        }
    }
}
