use super::*;
use crate::reference::{Origin, Reference};
use crate::{Coach, Rehearsal, SideChoice, Sides, View, lint};
use baro_motion::{Joint, Side as BodySide};
use proptest::prelude::*;
use std::sync::Arc;

fn options() -> TeachOptions {
    TeachOptions { id: "taught".into(), name: "Taught \"movement\"\nof a mannequin".into(), told: None }
}

fn shipped(file: &str) -> Exercise {
    let path = format!("{}/../../assets/exercises/{file}.toml", env!("CARGO_MANIFEST_DIR"));
    Exercise::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Three recordings of a trainer, two periods each, a little smaller and larger.
fn recordings(exercise: &Exercise, fps: f64) -> Vec<Vec<PoseFrame>> {
    let stage = Rehearsal::new(exercise, exercise.view);
    [1.0, 0.95, 1.05].map(|share| stage.play(fps, 2, 1.0, |t_s| stage.scaled(share, t_s))).into()
}

/// What is taught passes the linter, counts on the same measure, and counts the movement that it was made from.
#[test]
fn a_mannequin_teaches_what_it_was_taught() {
    for (file, fps) in [
        ("squat", 30.0),
        ("shoulder_abduction", 15.0),
        ("shoulder_flexion", 30.0),
        ("heel_raise", 30.0),
        ("seated_knee_extension", 30.0),
        ("trunk_side_bend", 30.0),
        ("standing_march", 30.0),
    ] {
        let exercise = shipped(file);
        let recordings = recordings(&exercise, fps);
        let text = teach(&recordings, &options()).map_err(|e| format!("{file}: {e}")).unwrap();
        assert_eq!(lint(&[("taught.toml", &text)]), [], "{file}");
        let taught = Exercise::from_toml(&text).unwrap();
        let of = |e: &Exercise| e.signal.map(|s| (s.measure.name(), s.target < s.rest));
        println!(
            "{file}: {:?} as {:?}, {:?} as {:?}",
            of(&taught),
            of(&exercise),
            taught.sides,
            exercise.sides
        );
        let mut coach = Coach::new(Arc::new(taught), SideChoice::Auto);
        for frame in &recordings[0] {
            coach.step(frame);
        }
        let mut known = Coach::new(Arc::new(exercise), SideChoice::Auto);
        for frame in &recordings[0] {
            known.step(frame);
        }
        assert_eq!(coach.finish().count, known.finish().count, "{file}");
        assert!(coach.report().score > Some(85.0), "{file}");
    }
}

#[test]
fn the_file_is_for_a_person_to_finish() {
    let text = teach(&recordings(&shipped("squat"), 30.0), &options()).unwrap();
    assert!(text.starts_with(
        "# Taught \"movement\" of a mannequin\n# Drafted by `baro teach` from 6 repetitions in 3 recordings"
    ));
    for field in ["muscles", "equipment", "avoid", "sources", "easier", "exercise-taught"] {
        assert!(text.contains(field), "{field}");
    }
    assert!(text.matches("FILL IN").count() >= 6);
    let taught = Exercise::from_toml(&text).unwrap();
    assert_eq!((taught.sides, taught.about.position), (Sides::Together, crate::Position::Standing));
    assert!(matches!(taught.view, View::Front | View::Side));
}

/// Whoever tells all that only a person can tell gets a file that is finished.
#[test]
fn with_what_a_person_told_nothing_is_left_to_fill_in() {
    let told = Told {
        names: Names { en: "Deep \"slow\" squat".into(), ko: "천천히 깊이 앉기".into() },
        body: vec![Region::Knee, Region::Hip],
        muscles: vec![Muscle::Quadriceps],
        equipment: vec![Equipment::Chair],
        avoid: vec![Avoid::AcuteInjury, Avoid::RecentKneeSurgery],
        source: "The clinic's own, 2026".into(),
    };
    let recordings = recordings(&shipped("squat"), 30.0);
    let text = teach(&recordings, &TeachOptions { told: Some(told.clone()), ..options() }).unwrap();
    assert!(!text.contains("FILL IN"), "{text}");
    assert_eq!(lint(&[("taught.toml", &text)]), []);
    let taught = Exercise::from_toml(&text).unwrap();
    assert_eq!(taught.names, Some(told.names.clone()));
    let about = &taught.about;
    assert_eq!((&about.body, &about.avoid, &about.equipment), (&told.body, &told.avoid, &told.equipment));
    assert_eq!((&about.muscles, &about.sources[0]), (&told.muscles, &told.source));
    let bare = Told { body: Vec::new(), ..told.clone() };
    let text = teach(&recordings, &TeachOptions { told: Some(bare), ..options() }).unwrap();
    assert_eq!(Exercise::from_toml(&text).unwrap().about.body, [Region::Knee], "what moves most");
    for en in ["", " ", "two\nlines", &"x".repeat(41)] {
        let names = Names { en: en.into(), ..told.names.clone() };
        let options = TeachOptions { told: Some(Told { names, ..told.clone() }), ..options() };
        assert!(matches!(teach(&recordings, &options), Err(TeachError::Options(_))), "{en:?}");
    }
}

#[test]
fn the_same_recordings_give_a_reference() {
    let recordings = recordings(&shipped("squat"), 30.0);
    let taught = Exercise::from_toml(&teach(&recordings, &options()).unwrap()).unwrap();
    let origin =
        Origin { recordings: "a mannequin".into(), licence: "none".into(), made_by: "a test".into() };
    let text = teach_reference(&recordings, &taught, origin.clone()).unwrap();
    let reference = Reference::from_text(&text).unwrap();
    assert!(reference.exercise == "taught" && reference.symmetric && !reference.terms.is_empty());
    // Arms that are never seen have no limits.
    let mut armless = recordings.clone();
    for pose in armless.iter_mut().flatten().filter_map(|frame| frame.pose.as_mut()) {
        for joint in [Joint::Elbow, Joint::Wrist] {
            BodySide::BOTH.into_iter().for_each(|side| pose.world[joint.of(side)].visibility = 0.0);
        }
    }
    let text = teach_reference(&armless, &taught, origin.clone()).unwrap();
    assert!(!text.contains("arm_") && !Reference::from_text(&text).unwrap().terms.is_empty(), "{text}");
    let still = vec![recordings[0][..20].to_vec()];
    assert!(matches!(teach_reference(&still, &taught, origin), Err(TeachError::Reference(_))));
}

#[test]
fn what_can_not_be_taught_says_what_to_do() {
    let still = Rehearsal::new(&shipped("squat"), View::Front).play(30.0, 1, 1.0, |_| Default::default());
    let nothing = teach(std::slice::from_ref(&still), &options());
    assert!(matches!(nothing, Err(TeachError::NothingMoves { .. })), "{nothing:?}");
    let squats = recordings(&shipped("squat"), 30.0);
    let id = TeachOptions { id: "No id".into(), name: String::new(), told: None };
    assert!(matches!(teach(&squats, &id), Err(TeachError::Options(_))));
    // Half a movement, from the far end: it does not come back.
    let half: Vec<PoseFrame> = squats[0].iter().filter(|f| f.time_s < 4.0).copied().collect();
    assert!(matches!(teach(&[half], &options()), Err(TeachError::NothingMoves { .. })));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Streams of any kind give a file or an error, never a panic.
    #[test]
    fn any_recording(seed in any::<u64>(), count in 0_usize..60, broken in 0_u8..4) {
        let squat = shipped("squat");
        let stage = Rehearsal::new(&squat, View::Front);
        let mut frames = stage.play(10.0, 1, 1.0, |t_s| stage.correct(t_s));
        frames.truncate(count);
        for (i, frame) in frames.iter_mut().enumerate() {
            let bits = seed.rotate_left(i as u32);
            match broken {
                1 if bits % 3 == 0 => frame.pose = None,
                2 if bits % 3 == 0 => frame.time_s = f64::NAN,
                3 if bits % 2 == 0 => {
                    if let Some(pose) = &mut frame.pose {
                        pose.world.0[(bits % 33) as usize].position.x = f32::NAN;
                    }
                }
                _ => {}
            }
        }
        if let Ok(text) = teach(&[frames], &options()) {
            prop_assert!(lint(&[("taught.toml", &text)]).is_empty());
        }
    }
}
