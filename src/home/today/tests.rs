//! The catalogue that ships, and the routines that it gives to people.

use super::{Source, Today, Why, plan};
use crate::{Catalogue, Filter, Goal, Known, Person, PersonId, Screening, ScreeningWhat, Screenings};
use baro_coach::{
    Avoid, Equipment, Position, Region,
    safety::{RedFlag, ScreeningDue},
};
use std::{path::Path, sync::LazyLock};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    Catalogue::load(&assets).unwrap().0
});

fn today(person: Person) -> Today {
    let when = serde_json::from_str(r#"{"at":"2026-11-22T01:00:00Z","day":"2026-11-22"}"#).unwrap();
    let answers = RedFlag::ALL.into_iter().map(|flag| (flag, false)).collect();
    let what = ScreeningWhat::Answered { due: ScreeningDue::First, answers, pain: None };
    let screenings = Screenings::new(vec![Screening { when, what }]);
    let person = Person { equipment: Equipment::ALL.to_vec(), minutes: 45, ..person };
    let known = Known { person: Some(person), screenings, ..Known::new(PersonId::random()) };
    plan(&known, &CATALOGUE, None, 20_000)
}

#[test]
fn regions_and_goals_choose_the_routine() {
    let of_region = |region| today(Person { regions: vec![region], ..Person::default() }).source;
    for (region, routine) in [
        (Region::Neck, "desk-and-neck"),
        (Region::Back, "low-back"),
        (Region::Knee, "knee"),
        (Region::Shoulder, "shoulder"),
        (Region::Balance, "balance-older"),
        (Region::Breathing, "relaxation"),
    ] {
        assert_eq!(of_region(region), Source::Routine(routine.into()));
    }
    let steady = today(Person { goals: vec![Goal::SteadyOnFeet], ..Person::default() });
    assert_eq!(steady.source, Source::Routine("balance-older".into()));
    let seated = today(Person { seated: true, ..Person::default() });
    assert_eq!(seated.source, Source::Routine("seated".into()));
    assert!(!today(Person::default()).items.is_empty(), "whoever names nothing gets something");
}

#[test]
fn conditions_are_kept_out_of_every_plan() {
    for &condition in Avoid::ALL {
        for &region in Region::ALL {
            let today =
                today(Person { regions: vec![region], conditions: vec![condition], ..Person::default() });
            for item in &today.items {
                let exercise = &CATALOGUE.exercise(&item.planned.dose.exercise).unwrap().exercise;
                assert!(!exercise.about.avoid.contains(&condition), "{} with {condition:?}", exercise.id);
            }
            let away = today.left_out.iter().all(|left| matches!(left.why, Why::Condition | Why::Time));
            assert!(away, "{:?}", today.left_out);
        }
    }
}

#[test]
fn the_library_is_filtered() {
    let all = CATALOGUE.find_exercises(&Filter::default()).count();
    assert_eq!(all, CATALOGUE.exercises.len());
    let seated = Filter { region: Some(Region::Knee), position: Some(Position::Seated), ..Filter::default() };
    let found: Vec<_> = CATALOGUE.find_exercises(&seated).map(|file| &file.exercise).collect();
    assert!(!found.is_empty() && found.len() < all);
    for exercise in found {
        assert!(exercise.about.body.contains(&Region::Knee) && exercise.about.position == Position::Seated);
    }
    let nothing = Filter { at_hand: Some(vec![]), ..Filter::default() };
    assert!(CATALOGUE.find_exercises(&nothing).all(|file| file.exercise.about.equipment.is_empty()));
    let short = Filter { minutes: Some(12), ..Filter::default() };
    assert!(CATALOGUE.find_routines(&short).all(|routine| routine.minutes() <= 12));
    let careful = Filter { conditions: vec![Avoid::RecentKneeSurgery], ..Filter::default() };
    assert!(CATALOGUE.find_routines(&careful).all(|routine| routine.id != "knee"));
}

#[test]
fn a_file_with_a_fault_is_left_out_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    for name in ["exercises", "routines"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
    }
    assert!(Catalogue::load(folder.path()).is_err(), "nothing can be done without exercises");
    let squat = std::fs::read(assets.join("exercises/squat.toml")).unwrap();
    std::fs::write(folder.path().join("exercises/squat.toml"), squat).unwrap();
    std::fs::write(folder.path().join("exercises/bad.toml"), "format = ").unwrap();
    std::fs::copy(assets.join("routines/knee.toml"), folder.path().join("routines/knee.toml")).unwrap();
    let (catalogue, faults) = Catalogue::load(folder.path()).unwrap();
    assert_eq!((catalogue.exercises.len(), catalogue.routines.len()), (1, 0));
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(
        faults.len() == 2 && faults[0].contains("bad.toml") && faults[1].contains("knee.toml"),
        "{faults:?}"
    );
}
