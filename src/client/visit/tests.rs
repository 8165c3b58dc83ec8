//! A whole visit without a window: someone new, a set, the questions, the summary; and what is on the disk afterwards.

use super::{VisitEvent, Visiting};
use crate::{
    coaching::Session,
    locale::Texts,
    play::{GameControl, Playing},
    tests::{coach_options, hidden, run_until},
};
use baro_coach::{
    Region,
    safety::{Nprs, RedFlag, Rpe},
};
use baro_home::{
    Choice, Effect, Event, Home, Person, Purpose, Settings, Step,
    diary::Ending,
    visit::{Goals, Profile, Room},
};
use baro_record::{KeyRing, Keys};
use baro_screens::{flow::UnlockPress, rooms::ClinicPress};
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

/// Someone known, whose records were locked with this passphrase when the program ran last.
pub fn someone_locked(data: &Path, passphrase: &str) {
    let home = Home::open(data).unwrap();
    let (mut files, _) = home.new_person();
    files.keep(&Effect::SavePerson(Person { name: "순희".into(), ..Person::default() })).unwrap();
    let ring = KeyRing { store: None, passphrase: Some(passphrase.to_owned().into()) };
    Keys::of_folder(&files.records(), &ring).unwrap();
    let last_person = Some(files.id().clone());
    home.save_settings(&Settings { last_person, ..Settings::default() }).unwrap();
}

#[test]
fn a_locked_person_is_asked_for_the_passphrase_first() {
    let folder = tempfile::tempdir().unwrap();
    someone_locked(&folder.path().join("records"), "correct horse");
    let mut app = visit_app(folder.path());
    app.update();
    let press = |app: &mut App, press| app.world_mut().resource_mut::<Visiting>().lock.pressed(press);
    let told = |world: &World| world.resource::<Visiting>().lock.told(world.resource::<Texts>());
    press(&mut app, UnlockPress::Try("correct house".into()));
    run_until(&mut app, "an answer", |world| !told(world).1);
    let visiting = app.world().resource::<Visiting>();
    assert!(visiting.lock.is_in_the_way());
    assert_eq!(told(app.world()).0, app.world().resource::<Texts>().text("flow-unlock-wrong"));
    let before = step(app.world());
    app.world_mut().write_message(VisitEvent(Event::NewPerson));
    (0..4).for_each(|_| app.update());
    assert_eq!(step(app.world()), before, "nothing goes on");

    press(&mut app, UnlockPress::Without);
    app.update();
    let lock = &app.world().resource::<Visiting>().lock;
    assert!(!lock.is_in_the_way() && lock.is_shut());
    drop(app);

    let mut app = visit_app(folder.path());
    app.update();
    press(&mut app, UnlockPress::Try("correct horse".into()));
    run_until(&mut app, "the lock", |world| !world.resource::<Visiting>().lock.is_shut());
    let visiting = app.world().resource::<Visiting>();
    assert!(Keys::find(&visiting.files.records(), &KeyRing::default()).is_ok(), "sets can be kept");
}

/// Pictures in which a code is held before the camera.
fn hold_a_code(stills: &Path, text: &str) {
    let code = qrcode::QrCode::new(text).unwrap();
    let (modules, colors) = (code.width(), code.to_colors());
    let dark = |x: u32, y: u32| {
        let (x, y) = ((x as usize).checked_sub(150)? / 6, (y as usize).checked_sub(60)? / 6);
        (x < modules && y < modules).then(|| colors[y * modules + x] == qrcode::Color::Dark)
    };
    let picture = image::RgbImage::from_fn(640, 480, |x, y| {
        image::Rgb([if dark(x, y) == Some(true) { 30 } else { 225 }; 3])
    });
    for still in std::fs::read_dir(stills).unwrap() {
        picture.save(still.unwrap().path()).unwrap();
    }
}

#[test]
fn a_code_before_the_camera_connects_with_a_clinic() {
    const CODE: &str = "baro://clinic.example.org:4433/K7QM2WXP#4vJ9JU1bJJE96FWSJKvHsmmFADCg4gpZQff4P3bkLKi";
    let folder = tempfile::tempdir().unwrap();
    let options = coach_options(folder.path(), 1.0, f64::INFINITY);
    hold_a_code(&folder.path().join("stills"), CODE);
    let mut app = hidden(crate::Options { exercises: vec![], ..options });
    introduce(&mut app);
    app.world_mut().resource_mut::<Visiting>().settings.hands_free = false;
    go(&mut app, Event::Open(Room::Settings), Step::Settings);
    let asleep = |world: &World| world.resource::<Session>().is_asleep();
    *app.world_mut().resource_mut::<Session>() = Session::asleep();
    app.world_mut().resource_mut::<Visiting>().clinic_pressed(ClinicPress::Read(true));
    let code = |world: &World| world.resource::<Visiting>().rooms.settings.clinic.code.clone();
    run_until(&mut app, "the code", |world| !code(world).is_empty());
    assert_eq!(code(app.world()), CODE);
    run_until(&mut app, "the eye to close", asleep);

    // Leaving the settings ends it too.
    app.world_mut().resource_mut::<Visiting>().clinic_pressed(ClinicPress::Read(true));
    run_until(&mut app, "the eye", |world| !asleep(world));
    go(&mut app, Event::Back, Step::Today);
    run_until(&mut app, "the eye to close", asleep);
    assert!(!app.world().resource::<Visiting>().clinic.read);
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
