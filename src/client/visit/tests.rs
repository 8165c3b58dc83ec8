//! A whole visit without a window: someone new, a set, the questions, the summary; and what is on the disk afterwards.

use super::{VisitEvent, Visiting};
use crate::{
    play::{GameControl, Playing},
    tests::{coach_options, hidden, run_until},
};
use baro_coach::{
    Region,
    safety::{Nprs, RedFlag, Rpe},
};
use baro_home::{
    Choice, Event, Home, Purpose, Step,
    diary::Ending,
    visit::{Goals, Profile, Room},
};
use bevy::{prelude::*, time::TimeUpdateStrategy};
use std::{path::Path, time::Duration};

fn visit_app(folder: &Path) -> App {
    hidden(crate::Options { exercises: vec![], ..coach_options(folder, 12.4, f64::INFINITY) })
}

fn step(world: &World) -> Step {
    world.resource::<Visiting>().visit.step()
}

/// Does one thing and waits until the visit is at `to`.
pub fn go(app: &mut App, event: Event, to: Step) {
    app.world_mut().write_message(VisitEvent(event));
    run_until(app, &format!("{to:?}"), |world| step(world) == to);
}

fn introduce(app: &mut App) {
    app.update();
    assert_eq!(step(app.world()), Step::Welcome);
    go(app, Event::NewPerson, Step::Profile);
    go(app, Event::Profile(Profile { name: "순희".into(), ..Profile::default() }), Step::Consent);
    go(app, Event::Consent(Purpose::ASKED.map(|purpose| (purpose, true)).into()), Step::Screening);
    let answers = RedFlag::ALL.map(|flag| (flag, false)).into();
    go(app, Event::Screening(answers), Step::Goals);
    let goals = Goals { regions: vec![Region::Knee], days_a_week: 3, minutes: 20, ..Goals::default() };
    go(app, Event::Goals(goals), Step::Today);
}

#[test]
fn someone_new_gets_to_a_finished_visit_and_everything_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = visit_app(folder.path());
    introduce(&mut app);
    go(&mut app, Event::Choose(Choice::Exercise("squat".into())), Step::Today);
    go(&mut app, Event::Next, Step::PainBefore);
    go(&mut app, Event::Pain(Nprs::new(1).unwrap()), Step::Explain);
    go(&mut app, Event::Next, Step::SetUp);
    go(&mut app, Event::Next, Step::Exercise);
    // The clip ends, and with it the set.
    run_until(&mut app, "the questions after the set", |world| step(world) == Step::SetCheck);
    let effort = Rpe::new(4.0).ok();
    let asked = Event::SetCheck { pain: Nprs::new(1).ok(), effort };
    app.world_mut().write_message(VisitEvent(asked));
    run_until(&mut app, "what follows", |world| step(world) != Step::SetCheck);
    if step(app.world()) != Step::Summary {
        go(&mut app, Event::Stop, Step::Summary);
    }
    assert!(app.world().resource::<Visiting>().kept());
    drop(app);

    let home = Home::open(&folder.path().join("records")).unwrap();
    let people = home.people().unwrap();
    assert_eq!(people.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["순희"]);
    let (files, known, notices) = home.person(&people[0].0).unwrap();
    assert!(notices.is_empty(), "{notices:?}");
    let visits = known.visits();
    let [visit] = visits.as_slice() else { panic!("{visits:?}") };
    assert!(matches!(visit.ended, Some(Ending::Finished | Ending::Stopped)), "{visit:?}");
    let sets: Vec<_> = visit.sets().collect();
    assert_eq!(sets[0].set.done, 3, "{sets:?}");
    let record = files.records().join(sets[0].set.record.as_ref().unwrap());
    let replayed = baro_record::replay(&baro_record::Recording::read(&record).unwrap()).unwrap();
    assert!(matches!(replayed.verdict, baro_record::Verdict::Match), "{:?}", replayed.verdict);
}

#[test]
fn closing_the_window_in_the_middle_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = visit_app(folder.path());
    introduce(&mut app);
    go(&mut app, Event::Choose(Choice::Exercise("squat".into())), Step::Today);
    go(&mut app, Event::Next, Step::PainBefore);
    go(&mut app, Event::Pain(Nprs::new(0).unwrap()), Step::Explain);
    drop(app);
    let mut app = visit_app(folder.path());
    app.update();
    let visiting = app.world().resource::<Visiting>();
    assert_eq!(visiting.visit.step(), Step::Explain, "the visit goes on where it was");
    assert_eq!(visiting.visit.item().unwrap().dose.exercise, "squat");
}

#[test]
fn a_game_of_the_library_is_played_and_stands_in_the_diary() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = visit_app(folder.path());
    introduce(&mut app);
    go(&mut app, Event::Open(Room::Library), Step::Library);
    let mut visiting = app.world_mut().resource_mut::<Visiting>();
    assert!(visiting.visit.may_play());
    visiting.play("balloon", 0);
    run_until(&mut app, "the game", |world| world.resource::<Playing>().is_on());
    // Every balloon comes down by itself.
    app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(200)));
    run_until(&mut app, "a balloon to fall", |world| {
        world.resource::<Playing>().view().is_some_and(|view| view.asked > 1)
    });
    app.world_mut().write_message(GameControl::End);
    run_until(&mut app, "its report", |world| {
        world.resource::<Visiting>().visit.known().games().next().is_some()
    });
    app.world_mut().write_message(GameControl::Close);
    run_until(&mut app, "the library", |world| !world.resource::<Playing>().is_on());
    assert_eq!(step(app.world()), Step::Library);
    drop(app);

    let home = Home::open(&folder.path().join("records")).unwrap();
    let id = home.people().unwrap()[0].0.clone();
    let (_, known, notices) = home.person(&id).unwrap();
    assert!(notices.is_empty(), "{notices:?}");
    let (_, game) = known.games().next().unwrap();
    assert!(game.game == "balloon" && game.level == 1 && game.asked > 0, "{game:?}");
    assert!(known.visits().is_empty(), "a game is no visit of the plan");
}

#[test]
fn a_second_window_on_the_same_data_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let app = visit_app(folder.path());
    let data = folder.path().join("records");
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    let error = super::open(&data, &assets, &crate::SourceChoice::Auto).err().unwrap().to_string();
    assert!(error.contains("records"), "{error}");
    drop(app);
}
