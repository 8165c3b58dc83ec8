//! Visits from outside.

mod any;
mod world;

use crate::{
    Event, Purpose, Step, What,
    diary::{Ending, SetEnding, Source},
    today::Why,
    visit::{Choice, Effect, Goals, Room},
};
use baro_coach::{
    plan::{Change, Limits, Reason},
    safety::{BeforeSession, HealthChange, RedFlag, ScreeningDue, SetVerdict, StopRule, StopSymptom},
};
use world::{World, after_set, answers, at, goals, pain};

#[test]
fn a_first_visit_from_welcome_finish_and_home() {
    let mut world = World::new();
    let mut steps = vec![world.visit.step()];
    world.go(Event::NewPerson);
    steps.push(world.visit.step());
    world.go(Event::Profile(crate::visit::Profile { name: "Kim".into(), ..Default::default() }));
    steps.push(world.visit.step());
    world.go(Event::Consent(vec![(Purpose::Camera, true), (Purpose::Diary, true)]));
    assert_eq!(world.visit.step(), Step::Consent, "each purpose is answered for itself");
    world.go(Event::Consent(vec![(Purpose::Movements, false), (Purpose::CrashReports, true)]));
    steps.push(world.visit.step());
    world.go(Event::Screening(answers(&[])));
    steps.push(world.visit.step());
    world.go(Event::Goals(goals()));
    steps.push(world.visit.step());
    assert_eq!(world.visit.today().source, Source::Routine("knee".into()));
    world.go(Event::Next);
    steps.push(world.visit.step());
    world.go(pain(2));
    steps.push(world.visit.step());
    world.go(Event::Next);
    steps.push(world.visit.step());
    world.go(Event::Ready);
    for _ in 0..40 {
        world.go(Event::Tick { elapsed_s: 0.1 });
    }
    steps.push(world.visit.step());
    assert!(world.live.iter().all(|start| !start.record), "nobody agreed to keeping movements");
    let expected = [
        Step::Welcome,
        Step::Profile,
        Step::Consent,
        Step::Screening,
        Step::Goals,
        Step::Today,
        Step::PainBefore,
        Step::Explain,
        Step::SetUp,
        Step::Exercise,
    ];
    assert_eq!(steps, expected);
    let counted: Vec<&str> = world.said.iter().copied().filter(|key| key.starts_with("count-")).collect();
    assert_eq!(counted, ["count-3", "count-2", "count-1"]);
    world.finish(after_set(2, 4.0));
    let done = world.visit.done().unwrap();
    assert_eq!(done.ended, Some(Ending::Finished));
    let sets: u32 = world.visit.items().iter().map(|item| item.dose.sets).sum();
    assert_eq!(done.sets().count(), sets as usize);
    assert!(done.sets().all(|set| set.asked && set.pain.is_some()));
    let next = world.visit.next_time(world.now);
    assert!(next.iter().all(|(_, decision)| decision.change == Change::Same), "{next:?}");
    world.go(Event::Next);
    assert_eq!(world.visit.step(), Step::Today);
    assert!(world.visit.done_today(world.now));
}

#[test]
fn the_second_time_nothing_is_asked_twice() {
    let mut world = World::at_first();
    world.finish(after_set(1, 3.0));
    world.reopen(at(4, 0));
    assert_eq!(world.visit.step(), Step::Today);
    world.go(Event::Next);
    assert_eq!(world.visit.step(), Step::PainBefore);
    world.go(pain(1));
    world.finish(after_set(1, 3.0));
    world.reopen(at(6, 0));
    let grown =
        world.visit.today().items.iter().filter(|item| matches!(item.planned.change, Change::More(_)));
    assert!(grown.count() > 3, "two good sessions in a row: the plan grows");
}

#[test]
fn pain_that_was_to_settle_is_asked_about_the_next_time() {
    let mut world = World::at_first();
    world.finish(after_set(3, 3.0));
    world.reopen(at(3, 0));
    world.go(Event::Next);
    assert_eq!(world.visit.step(), Step::PainMorning);
    world.go(pain(5));
    let easier = world.visit.today().items.iter();
    assert!(easier.clone().count() > 0);
    for item in easier {
        let why = &item.planned.reasons;
        assert!(why.iter().any(|reason| matches!(reason, Reason::PainNotSettled { .. })), "{why:?}");
    }
    world.reopen(at(4, 0));
    world.go(Event::Next);
    assert_eq!(world.visit.step(), Step::PainBefore, "it was answered");
}

#[test]
fn a_window_closed_in_the_middle_opens_at_the_next_set() {
    let mut world = World::at_first();
    world.go(Event::Next);
    world.go(Event::Next);
    assert_eq!(world.visit.step(), Step::Exercise);
    world.end_set(20, false);
    assert_eq!(world.visit.step(), Step::SetCheck);
    world.reopen(at(2, 600));
    assert_eq!(world.visit.step(), Step::SetCheck, "the questions are still open");
    world.go(after_set(2, 3.0));
    assert_eq!((world.visit.step(), world.visit.at(), world.visit.set()), (Step::Explain, 1, 1));
    world.go(Event::Next);
    world.go(Event::Next);
    world.end_set(10, false);
    world.go(after_set(2, 3.0));
    assert_eq!((world.visit.at(), world.visit.set()), (1, 2));
    world.reopen(at(2, 900));
    assert_eq!((world.visit.step(), world.visit.at(), world.visit.set()), (Step::Explain, 1, 2));
    world.finish(after_set(2, 3.0));
    assert_eq!(world.known().visits().len(), 1, "one visit, however often the window was closed");
}

#[test]
fn the_next_day_a_visit_that_was_broken_off_is_over() {
    let mut world = World::at_first();
    world.go(Event::Next);
    world.go(Event::Next);
    world.end_set(20, false);
    world.reopen(at(3, 0));
    assert_eq!(world.visit.step(), Step::Today);
    world.finish(after_set(1, 3.0));
    assert_eq!(world.known().visits().len(), 2);
}

#[test]
fn what_was_done_before_stop_skip_or_failure_is_written_when_it_comes() {
    let mut world = World::at_first();
    world.go(Event::Next);
    world.go(Event::Next);
    world.go(Event::Skip);
    assert!(world.effects.contains(&Effect::EndSet));
    assert_eq!((world.visit.step(), world.visit.at()), (Step::Explain, 1));
    world.go(Event::Next);
    world.go(Event::Next);
    // The coach is slow: the next set runs when the left one reports.
    world.end_set(7, false);
    assert_eq!(world.visit.step(), Step::Exercise);
    world.go(Event::Stop);
    assert_eq!(world.visit.step(), Step::Summary);
    world.end_set(3, false);
    let visits = world.known().visits();
    let done: Vec<(usize, u32, SetEnding)> =
        visits[0].sets().map(|set| (set.set.item, set.set.done, set.set.end)).collect();
    assert_eq!(done, [(0, 7, SetEnding::Short), (1, 3, SetEnding::Short)]);
    assert_eq!(visits[0].ended, Some(Ending::Stopped));
}

#[test]
fn a_set_that_fails_is_kept_and_offered_again() {
    let mut world = World::at_first();
    world.go(Event::Next);
    world.go(Event::Next);
    world.end_set(4, true);
    assert_eq!((world.visit.step(), world.visit.set()), (Step::Explain, 1));
    world.reopen(at(2, 60));
    assert_eq!((world.visit.step(), world.visit.at(), world.visit.set()), (Step::Explain, 0, 1));
    world.go(Event::DoneUnseen);
    assert_eq!(world.visit.step(), Step::SetCheck);
    world.go(after_set(1, 2.0));
    let visits = world.known().visits();
    let result = visits[0].items[0].result(&visits[0]);
    assert_eq!((result.sets.len(), result.sets[0].done), (1, 24), "one set in two parts");
}

#[test]
fn a_coach_that_died_does_not_hold_the_visit() {
    let mut world = World::at_first();
    world.go(Event::Next);
    world.go(Event::Next);
    world.go(Event::Next);
    assert_eq!(world.visit.step(), Step::Exercise, "the end is waited for");
    for _ in 0..60 {
        world.go(Event::Tick { elapsed_s: 0.1 });
    }
    assert_eq!(world.visit.step(), Step::Explain);
}

#[test]
fn not_seen_for_long_pauses() {
    let mut world = World::at_first();
    world.go(Event::Next);
    world.go(Event::Seen(true));
    world.go(Event::Ready);
    world.go(Event::Seen(false));
    assert_eq!(world.visit.countdown_s(), None, "nobody is counted down who is not there");
    world.go(Event::Next);
    for _ in 0..25 {
        world.go(Event::Tick { elapsed_s: 1.0 });
    }
    assert_eq!(world.visit.step(), Step::Paused);
    assert!(world.said.contains(&"home-say-paused-unseen"));
    world.go(Event::Resume);
    assert_eq!(world.visit.step(), Step::Exercise);
    assert!(world.effects.contains(&Effect::ResumeSet));
}

#[test]
fn strong_pain_ends_the_visit_and_rising_pain_makes_it_easier() {
    let mut world = World::at_first();
    let planned = world.visit.item().unwrap().dose.clone();
    world.go(Event::Next);
    world.go(Event::Next);
    world.end_set(20, false);
    world.go(after_set(4, 3.0));
    assert!(matches!(world.visit.verdict(), Some(SetVerdict::Easier(StopRule::PainRose { .. }))));
    assert_ne!(world.visit.items()[0].dose, planned);
    world.go(Event::Next);
    world.go(Event::Next);
    world.go(Event::Next);
    world.end_set(10, false);
    world.go(after_set(8, 3.0));
    assert_eq!(world.visit.step(), Step::Stopped);
    assert_eq!(world.visit.stopped_by(), Some(StopRule::PainSevere { pain: 8 }));
    world.go(Event::Next);
    assert_eq!(world.visit.step(), Step::Summary);
}

#[test]
fn too_much_pain_before_means_rest_and_more_than_usual_less() {
    let mut world = World::at_today();
    world.go(Event::Next);
    world.go(pain(6));
    assert_eq!(world.visit.step(), Step::RestToday);
    assert!(matches!(world.visit.before_session(), Some(BeforeSession::RestToday(_))));
    world.go(Event::Next);
    assert_eq!(world.visit.step(), Step::Today);

    let mut world = World::at_first();
    world.finish(after_set(1, 3.0));
    world.reopen(at(4, 0));
    world.go(Event::Next);
    world.go(pain(3));
    // Two points more than when the health questions were asked: they are asked again, and then it goes on.
    assert_eq!(world.visit.step(), Step::Screening);
    assert!(matches!(world.visit.due(), Some(ScreeningDue::PainRose { .. })));
    world.go(Event::Screening(answers(&[])));
    assert_eq!(world.visit.step(), Step::Explain);
    assert!(matches!(world.visit.before_session(), Some(BeforeSession::Easier(_))));
    let eased = world.visit.items().iter().filter(|item| item.dose != item.today.planned.dose);
    assert_eq!(eased.count(), world.visit.items().len());
}

#[test]
fn a_stop_symptom_blocks_until_someone_has_looked() {
    let mut world = World::at_first();
    world.go(Event::Next);
    world.go(Event::Next);
    world.go(Event::SomethingWrong);
    assert_eq!(world.visit.step(), Step::Symptoms);
    assert!(world.effects.contains(&Effect::PauseSet));
    world.go(Event::NoSymptom);
    assert_eq!(world.visit.step(), Step::Paused);
    world.go(Event::SomethingWrong);
    world.go(Event::Symptom(StopSymptom::Dizziness));
    assert_eq!(world.visit.step(), Step::Stopped);
    world.end_set(5, false);
    world.go(Event::Next);
    world.go(Event::Next);
    assert_eq!(world.visit.step(), Step::SeeDoctor);
    world.reopen(at(20, 0));
    assert_eq!(world.visit.step(), Step::SeeDoctor);
    assert_eq!(world.visit.known().visits()[0].sets().count(), 1, "what was done is kept");
    world.go(Event::DoctorCleared);
    assert_eq!(world.visit.step(), Step::Screening);
    assert_eq!(world.visit.due(), Some(ScreeningDue::Changed(HealthChange::StoppedSession)));
    world.go(Event::Screening(answers(&[])));
    assert_eq!(world.visit.step(), Step::Today);
    world.reopen(at(21, 0));
    assert_eq!(world.visit.step(), Step::Today);
}

#[test]
fn a_red_flag_waits_for_a_doctor() {
    let mut world = World::at_today();
    world.go(Event::HealthChange(HealthChange::Accident));
    assert_eq!(world.visit.step(), Step::Screening);
    world.go(Event::Screening(answers(&[RedFlag::MajorTrauma])));
    assert_eq!(world.visit.step(), Step::SeeDoctor);
    world.go(Event::Next);
    assert_eq!(world.visit.step(), Step::SeeDoctor);
    world.go(Event::Back);
    assert_eq!(world.visit.step(), Step::Screening, "a wrong tap can be put right");
    world.go(Event::Screening(answers(&[RedFlag::Fever])));
    world.go(Event::DoctorCleared);
    assert_eq!(world.visit.step(), Step::Today);
}

#[test]
fn one_exercise_or_another_routine_from_the_library() {
    let mut world = World::at_today();
    world.go(Event::Open(Room::Library));
    world.go(Event::Choose(Choice::Exercise("heel-raise".into())));
    assert_eq!(world.visit.step(), Step::Today);
    assert_eq!(world.visit.today().items.len(), 1);
    world.finish(after_set(1, 3.0));
    world.go(Event::Next);
    assert_eq!(world.visit.today().source, Source::Routine("knee".into()), "today's plan again");
    world.go(Event::Choose(Choice::Routine("relaxation".into())));
    world.finish(after_set(1, 3.0));
    let done = world.visit.done().unwrap();
    assert_eq!(done.source, Source::ChosenRoutine("relaxation".into()));
    assert!(done.sets().any(|set| !set.asked && set.set.asked.minutes.is_some()), "breathing asks nothing");
}

#[test]
fn easier_and_harder_never_pass_a_therapists_limits() {
    let text = "format = 1\n[limits]\nmax_sets = 2\nmax_reps = 12\nmax_load_kg = 0\n";
    let plan = crate::Assigned::from_toml(text).unwrap();
    let mut world = World::with(Some(Ok(plan.clone())));
    world.introduce();
    world.go(Event::Next);
    world.go(pain(1));
    for _ in 0..10 {
        world.go(Event::Harder);
    }
    let dose = &world.visit.item().unwrap().dose;
    let Limits { max_sets, max_reps, .. } = plan.limits;
    assert!(dose.sets <= max_sets.unwrap() && dose.reps <= max_reps.unwrap(), "{dose:?}");
    assert!(world.said.contains(&"home-say-no-harder"));
    let before = dose.clone();
    world.go(Event::Easier);
    assert_ne!(world.visit.item().unwrap().dose, before);
}

#[test]
fn a_therapists_plan_comes_first_and_one_that_cannot_be_read_plans_nothing() {
    let dose = toml::to_string(&crate::today::dose::alone(
        &world::CATALOGUE.exercise("bridge").unwrap().exercise,
        &world::CATALOGUE,
    ));
    let text = format!("format = 1\n[[doses]]\n{}", dose.unwrap());
    let mut world = World::with(Some(crate::Assigned::from_toml(&text)));
    world.introduce();
    assert_eq!(world.visit.today().source, Source::Assigned);
    assert_eq!(world.visit.today().items[0].planned.dose.exercise, "bridge");

    let mut world = World::new();
    world.introduce();
    assert_ne!(world.visit.today().source, Source::Assigned);
    world.go(Event::PlanCame(crate::Assigned::from_toml(&text)));
    assert_eq!(
        world.visit.today().items[0].planned.dose.exercise,
        "bridge",
        "one that came while the window was open"
    );

    let mut world = World::with(Some(crate::Assigned::from_toml("format = 1\nlimits = 3")));
    world.introduce();
    assert!(world.visit.today().items.is_empty());
    world.go(Event::Next);
    assert_eq!(world.visit.step(), Step::Today);
    world.go(Event::Choose(Choice::Exercise("squat".into())));
    assert!(world.visit.today().items.is_empty(), "limits that can't be read can't be kept");
}

/// The text of an exercise file as a clinic taught it.
fn taught(id: &str) -> String {
    let bridge = &world::CATALOGUE.exercise("bridge").unwrap().toml;
    let names = format!("id = \"{id}\"\nnames = {{ en = \"Our bridge\", ko = \"우리 브리지\" }}");
    bridge.replace("id = \"bridge\"", &names)
}

#[test]
fn an_exercise_comes_with_the_plan() {
    let known = world::CATALOGUE.with_taught([&*taught("our-bridge")]);
    let asked = |id: &str| {
        let dose = crate::today::alone(&known.exercise("our-bridge").unwrap().exercise, &known);
        let dose = baro_coach::plan::Prescription { exercise: id.into(), ..dose };
        crate::Assigned { doses: vec![dose], ..Default::default() }
    };
    let plan = asked("our-bridge").with_taught(&known);
    assert_eq!((plan.format, plan.taught.len()), (crate::PLAN_FORMAT_TAUGHT, 1));
    assert!(!plan.taught[0].contains('#'), "comments stay behind: {}", plan.taught[0]);
    assert_eq!(asked("bridge").with_taught(&known).format, crate::PLAN_FORMAT, "what ships is not sent");
    let plan = crate::Assigned::from_toml(&plan.to_toml().unwrap()).unwrap();
    let first = |world: &World| world.visit.today().items[0].planned.dose.exercise.clone();

    let mut world = World::with(Some(Ok(plan.clone())));
    world.introduce();
    assert_eq!(first(&world), "our-bridge");
    assert!(world.visit.catalogue().exercise("our-bridge").unwrap().is_taught());

    let mut world = World::new();
    world.introduce();
    world.go(Event::PlanCame(Ok(plan)));
    assert_eq!(first(&world), "our-bridge", "one that came while the window was open");
    world.go(Event::PlanCame(Ok(asked("bridge"))));
    assert_eq!(first(&world), "bridge");
    assert!(
        world.visit.catalogue().exercise("our-bridge").is_some(),
        "what was done is still told by its name"
    );
}

#[test]
fn none_takes_the_place_of_one_that_ships() {
    let broken = taught("our-bridge").replace("[signal]", "[sgnal]");
    let all = world::CATALOGUE.with_taught([&*taught("squat"), &*broken, "", "id = 3"]);
    assert_eq!(all.exercises.len(), world::CATALOGUE.exercises.len());
    assert!(all.taught().next().is_none());
    let unnamed =
        world::CATALOGUE.exercise("bridge").unwrap().toml.replace("id = \"bridge\"", "id = \"other\"");
    assert!(
        world::CATALOGUE.with_taught([&*unnamed]).exercise("other").is_none(),
        "nobody could tell what it is"
    );
}

#[test]
fn the_plan_suits_the_person() {
    let mut world = World::new();
    world.go(Event::NewPerson);
    world.go(Event::Profile(crate::visit::Profile { seated: true, ..Default::default() }));
    world.go(Event::Consent(Purpose::ASKED.map(|purpose| (purpose, true)).into()));
    world.go(Event::Screening(answers(&[])));
    let minutes = 10;
    world.go(Event::Goals(Goals { minutes, ..goals() }));
    let today = world.visit.today();
    assert!(!today.items.is_empty() && today.minutes <= minutes, "{} minutes", today.minutes);
    for item in &today.items {
        let exercise = &world::CATALOGUE.exercise(&item.planned.dose.exercise).unwrap().exercise;
        assert_eq!(exercise.about.position, baro_coach::Position::Seated, "{}", exercise.id);
    }
    assert!(today.left_out.iter().any(|left| left.why == Why::Time));
}

#[test]
fn consent_withdrawn_ends_what_needs_it() {
    let mut world = World::at_first();
    world.go(Event::Next);
    world.go(Event::Next);
    world.go(Event::Open(Room::Settings));
    assert_eq!(world.visit.step(), Step::Settings);
    world.go(Event::Consent(vec![(Purpose::Movements, false)]));
    assert_eq!(world.visit.step(), Step::Settings);
    world.go(Event::Consent(vec![(Purpose::Camera, false)]));
    assert_eq!(world.visit.step(), Step::Consent);
    world.end_set(2, false);
    world.go(Event::Next);
    assert_eq!(world.visit.step(), Step::Consent);
    world.go(Event::Consent(vec![(Purpose::Camera, true)]));
    assert_eq!(world.visit.step(), Step::Today);
    assert_eq!(world.known().visits()[0].ended, Some(Ending::Stopped));
    let sets = world.known().diary.iter().filter(|entry| matches!(entry.what, What::Set(_))).count();
    assert_eq!(sets, 1);
}
