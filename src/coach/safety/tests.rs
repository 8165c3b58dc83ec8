use super::*;
use crate::plan::{Limits, Prescription};
use proptest::prelude::*;

fn nprs(score: u8) -> Nprs {
    Nprs::new(score).unwrap()
}

fn prescription() -> Prescription {
    Prescription {
        exercise: "squat".into(),
        sets: 3,
        reps: 10,
        hold_s: None,
        minutes: None,
        rest_s: 60,
        tempo_s: None,
        load_kg: None,
        days_a_week: 3,
        side: crate::SideChoice::Auto,
        rpe_target: 5,
        pain_limit: 5,
    }
}

fn all_no() -> Answers {
    RedFlag::ALL.into_iter().map(|flag| (flag, false)).collect()
}

#[test]
fn every_single_yes_blocks_until_cleared() {
    assert_eq!(clearance(&all_no(), &[]), Clearance::Clear);
    assert_eq!(clearance(&Answers::new(), &[]), Clearance::Unanswered(RedFlag::ALL.into()));
    for flag in RedFlag::ALL {
        let mut answers = all_no();
        answers.insert(flag, true);
        let blocked = Clearance::Blocked { flags: vec![flag], urgency: flag.urgency() };
        assert_eq!(clearance(&answers, &[]), blocked);
        assert_eq!(clearance(&answers, &[flag]), Clearance::Clear);
        let only: Answers = [(flag, true)].into();
        assert_eq!(clearance(&only, &[]), blocked, "a yes counts although the rest is open");
        answers.remove(&RedFlag::ALL[(flag as usize + 1) % 9]);
        assert!(!clearance(&answers, &[flag]).is_clear());
    }
    let urgent: Answers = [(RedFlag::Fever, true), (RedFlag::SaddleNumbness, true)].into();
    assert!(matches!(clearance(&urgent, &[]), Clearance::Blocked { urgency: Urgency::Now, .. }));
}

#[test]
fn questions_come_first_and_again_on_change() {
    let calm = Some(nprs(1));
    assert_eq!(screening_due(None, None, None, None), Some(ScreeningDue::First));
    assert_eq!(screening_due(calm, None, Some(nprs(2)), Some(3)), None);
    assert!(matches!(screening_due(calm, None, Some(nprs(3)), None), Some(ScreeningDue::PainRose { .. })));
    let accident = Some(HealthChange::Accident);
    assert!(matches!(screening_due(calm, accident, calm, None), Some(ScreeningDue::Changed(_))));
    assert_eq!(screening_due(calm, None, None, Some(28)), Some(ScreeningDue::LongBreak { days: 28 }));
}

#[test]
fn pain_by_score() {
    let verdict = |pain: u8, before: u8| {
        let check =
            SetCheck { pain: Some(nprs(pain)), pain_before: Some(nprs(before)), ..SetCheck::default() };
        after_set(&check, &prescription(), &Limits::default()).id()
    };
    for pain in 0..=2 {
        assert_eq!(verdict(pain, 0), "go-on");
    }
    assert_eq!(verdict(3, 2), "watch");
    assert_eq!(verdict(4, 2), "easier");
    assert_eq!(verdict(5, 4), "watch");
    assert_eq!(verdict(6, 6), "stop-exercise");
    for pain in 7..=10 {
        assert_eq!(verdict(pain, pain), "stop-session");
    }
    // A therapist's ceiling is below ours, never above.
    let at = |max_pain, pain_limit, pain| {
        let check = SetCheck { pain: Some(nprs(pain)), ..SetCheck::default() };
        let prescription = Prescription { pain_limit, ..prescription() };
        after_set(&check, &prescription, &Limits { max_pain, ..Limits::default() }).id()
    };
    assert_eq!(at(Some(1), 5, 2), "easier");
    assert_eq!(at(Some(9), 9, 6), "stop-exercise");
}

#[test]
fn effort_by_score() {
    let verdict = |rpe: f32, eased| {
        let check = SetCheck { rpe: Some(Rpe::new(rpe).unwrap()), eased, ..SetCheck::default() };
        after_set(&check, &prescription(), &Limits::default()).id()
    };
    assert_eq!(verdict(6.0, false), "go-on");
    assert_eq!(verdict(6.5, false), "easier");
    assert_eq!(verdict(6.5, true), "stop-exercise");
    assert_eq!(verdict(9.0, false), "stop-exercise");
}

#[test]
fn before_and_after() {
    for symptom in StopSymptom::ALL {
        let before = before_session(nprs(0), None, Some(symptom), &[], &Limits::default());
        assert!(matches!(before, BeforeSession::Blocked(_)));
        assert!(SafetyEvent::Symptom { symptom }.notifies_therapist());
    }
    let before = |pain, usual, max_pain, pain_limits: &[u32]| {
        let today: Vec<_> =
            pain_limits.iter().map(|&pain_limit| Prescription { pain_limit, ..prescription() }).collect();
        let limits = Limits { max_pain, ..Limits::default() };
        before_session(nprs(pain), Some(nprs(usual)), None, &today, &limits)
    };
    assert_eq!(before(4, 4, None, &[]), BeforeSession::GoOn);
    assert!(matches!(before(4, 2, None, &[5]), BeforeSession::Easier(_)));
    assert!(matches!(before(6, 6, None, &[]), BeforeSession::RestToday(_)));
    let above = |limit| BeforeSession::RestToday(StopRule::PainAbove { pain: 4, limit });
    assert_eq!(before(4, 4, Some(2), &[]), above(2), "the therapist's");
    assert_eq!(before(4, 4, Some(9), &[5, 3]), above(3), "the lowest of the session's");
    assert_eq!(before(4, 4, Some(300), &[9]), BeforeSession::GoOn);
    let settled = |before, worst, after| {
        let score = |pain: Option<u8>| pain.map(nprs);
        next_morning(&Morning { before: score(before), worst: score(worst), after: score(after) })
    };
    assert_eq!(settled(Some(1), Some(2), None), Settled::Yes);
    assert_eq!(settled(Some(1), Some(4), None), Settled::Unknown);
    assert_eq!(settled(Some(1), Some(4), Some(2)), Settled::Yes);
    assert_eq!(settled(Some(1), Some(4), Some(3)), Settled::No);
    assert_eq!(settled(Some(4), Some(5), Some(4)), Settled::Yes);
    assert_eq!(settled(None, None, Some(3)), Settled::No, "the morning counts although nothing hurt");
}

#[test]
fn scales_refuse_what_is_not_on_them() {
    assert_eq!(Nprs::new(11), Err(ScaleError::Pain(11)));
    for wrong in [-0.5, 10.5, f32::NAN, f32::INFINITY] {
        assert!(Rpe::new(wrong).is_err());
    }
    assert!(serde_json::from_str::<Nprs>("11").is_err() && serde_json::from_str::<Rpe>("-1").is_err());
    let event = SafetyEvent::Screened { flags: vec![RedFlag::Fever], urgency: Some(Urgency::Doctor) };
    let text = serde_json::to_string(&event).unwrap();
    assert_eq!(serde_json::from_str::<SafetyEvent>(&text).unwrap(), event);
}

proptest! {
    /// More pain or effort never leads to a milder verdict, and a symptom always ends the session.
    #[test]
    fn stricter_with_more(
        pain in 0_u8..10, before in 0_u8..=10, rpe in 0.0_f32..9.0, eased: bool,
        pain_limit in 0_u32..12, max_pain in proptest::option::of(0_u32..12), symptom in 0_usize..9,
    ) {
        let prescription = Prescription { pain_limit, ..prescription() };
        let limits = Limits { max_pain, ..Limits::default() };
        let check = SetCheck {
            pain: Some(nprs(pain)),
            pain_before: Some(nprs(before)),
            rpe: Some(Rpe::new(rpe).unwrap()),
            symptom: None,
            eased,
        };
        let rank = |check: &SetCheck| {
            let order = ["go-on", "watch", "easier", "stop-exercise", "stop-session"];
            order.iter().position(|id| *id == after_set(check, &prescription, &limits).id()).unwrap()
        };
        let more_pain = SetCheck { pain: Some(nprs(pain + 1)), ..check };
        prop_assert!(rank(&more_pain) >= rank(&check));
        let more_effort = SetCheck { rpe: Some(Rpe::new(rpe + 1.0).unwrap()), ..check };
        prop_assert!(rank(&more_effort) >= rank(&check));
        let symptom = SetCheck { symptom: Some(StopSymptom::ALL[symptom]), ..check };
        prop_assert_eq!(rank(&symptom), 4);
        if u32::from(pain) > pain_limit.min(max_pain.unwrap_or(10)).min(5) {
            prop_assert!(rank(&check) >= 2);
        }
    }
}
