//! Any events in any order.

use super::world::{World, after_set, answers, at, goals, pain};
use crate::{
    Event, Moment, Purpose, Step, What,
    visit::{Choice, Profile, Room},
};
use baro_coach::safety::{HealthChange, RedFlag, StopSymptom};
use proptest::{prelude::*, test_runner::RngSeed};
use std::{cell::RefCell, collections::BTreeSet};

#[derive(Debug, Clone)]
enum Act {
    Event(Event),
    EndSet(u32, bool),
    /// Closed at any moment, and opened again so many days later (the clock may have been set back).
    Reopen(i8),
    /// Everything in its order, for some steps, with so much pain.
    Onward(u8, u8),
}

fn act() -> impl Strategy<Value = Act> {
    let moving = prop::sample::select(vec![
        Event::Next,
        Event::Back,
        Event::Skip,
        Event::Easier,
        Event::Harder,
        Event::Pause,
        Event::Resume,
        Event::ExplainAgain,
        Event::Stop,
        Event::SomethingWrong,
        Event::NoSymptom,
        Event::DoneUnseen,
        Event::Ready,
        Event::DoctorCleared,
        Event::ChoosePlan,
        Event::NewPerson,
    ]);
    let answers = prop_oneof![
        (0..=10_u8).prop_map(pain),
        (0..=10_u8, 0..=10_u8).prop_map(|(pain, effort)| after_set(pain, effort.into())),
        Just(Event::SetCheck { pain: None, effort: None }),
        Just(Event::Profile(Profile::default())),
        Just(Event::Goals(goals())),
        Just(Event::Screening(answers(&[]))),
        Just(Event::Screening(answers(&[RedFlag::Fever]))),
        Just(Event::HealthChange(HealthChange::Accident)),
        Just(Event::Consent(Purpose::ASKED.map(|purpose| (purpose, true)).into())),
        Just(Event::Consent(vec![(Purpose::Camera, false)])),
        prop::sample::select(StopSymptom::ALL.to_vec()).prop_map(Event::Symptom),
        Just(Event::Choose(Choice::Exercise("squat".into()))),
        Just(Event::Choose(Choice::Exercise("no such one".into()))),
        Just(Event::Choose(Choice::Routine("relaxation".into()))),
    ];
    let rooms = prop::sample::select(vec![
        Room::History,
        Room::Replay,
        Room::Library,
        Room::Class,
        Room::Messages,
        Room::Questions,
        Room::Settings,
    ]);
    let seconds = prop_oneof![0.0..5.0_f64, 5.0..100.0_f64, Just(f64::NAN), Just(-3.0), Just(f64::INFINITY)];
    prop_oneof![
        8 => moving.prop_map(Act::Event),
        4 => answers.prop_map(Act::Event),
        1 => rooms.prop_map(|room| Act::Event(Event::Open(room))),
        2 => seconds.prop_map(|elapsed_s| Act::Event(Event::Tick { elapsed_s })),
        1 => any::<bool>().prop_map(|seen| Act::Event(Event::Seen(seen))),
        3 => (0..20_u32, prop::bool::weighted(0.2)).prop_map(|(count, failed)| Act::EndSet(count, failed)),
        1 => (-3..5_i8).prop_map(Act::Reopen),
        3 => (1..30_u8, 0..=7_u8).prop_map(|(times, pain)| Act::Onward(times, pain)),
    ]
}

/// The obvious thing to do.
fn onward(world: &mut World, score: u8) {
    match world.visit.step() {
        Step::Profile => world.go(Event::Profile(Profile::default())),
        Step::Consent => world.go(Event::Consent(Purpose::ASKED.map(|purpose| (purpose, true)).into())),
        Step::Screening => world.go(Event::Screening(answers(&[]))),
        Step::SeeDoctor => world.go(Event::DoctorCleared),
        Step::Goals => world.go(Event::Goals(goals())),
        Step::PainMorning | Step::PainBefore => world.go(pain(score)),
        Step::Welcome => world.go(Event::NewPerson),
        Step::Symptoms => world.go(Event::NoSymptom),
        Step::SetCheck => world.go(after_set(score, 3.0)),
        Step::Exercise if world.end_set(10, false) => {}
        _ => world.go(Event::Next),
    }
}

fn perform(world: &mut World, act: Act, day: &mut i8) {
    match act {
        Act::Event(event) => world.go(event),
        Act::EndSet(count, failed) => {
            world.end_set(count, failed);
        }
        Act::Reopen(days) => {
            *day = (*day + days).clamp(1, 30);
            let later = world.now.at + jiff::SignedDuration::from_hours(24 * i64::from(days));
            world.reopen(Moment { at: later, ..at(*day, 0) });
        }
        Act::Onward(times, pain) => (0..times).for_each(|_| onward(world, pain)),
    }
}

thread_local! {
    static REACHED: RefCell<BTreeSet<Step>> = const { RefCell::new(BTreeSet::new()) };
}

#[test]
fn nothing_panics_nothing_is_lost_and_every_step_is_reached_and_left() {
    let config = ProptestConfig { cases: 256, rng_seed: RngSeed::Fixed(4), ..ProptestConfig::default() };
    proptest!(config, |(acts in prop::collection::vec(act(), 1..40))| {
        let mut world = World::new();
        let mut day = 2;
        for act in acts {
            let before = world.diary.len();
            perform(&mut world, act, &mut day);
            // What is written stays, and is what the visit goes by.
            prop_assert!(world.diary.len() >= before);
            let step = world.visit.step();
            if step.in_session() {
                prop_assert!(world.visit.item().is_some() && world.visit.exercise().is_some());
            }
            leaves(&world, step)?;
        }
        REACHED.with_borrow_mut(|reached| reached.append(&mut world.reached));
        prop_assert_eq!(&world.known(), world.visit.known());
        // Every visit in the diary can be read again, and each of its sets belongs to it.
        let written = world.known().diary.iter().filter(|entry| matches!(entry.what, What::Set(_))).count();
        let read: usize = world.known().visits().iter().map(|visit| visit.sets().count()).sum();
        prop_assert_eq!(written, read);
    });
    let reached = REACHED.take();
    let never: Vec<Step> = Step::ALL.into_iter().filter(|step| !reached.contains(step)).collect();
    assert!(never.is_empty(), "never reached: {never:?}");
}

/// From everywhere there is a way back, or out.
fn leaves(world: &World, step: Step) -> Result<(), TestCaseError> {
    let ways = [Event::Back, Event::Stop];
    let leads_on = |way: &Event| {
        let mut visit = world.visit.clone();
        visit.apply(way.clone(), world.now);
        visit.step() != step
    };
    prop_assert!(ways.iter().any(leads_on) || step == Step::Welcome, "no way out of {:?}", step);
    Ok(())
}
