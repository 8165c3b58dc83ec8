//! The app without a window, coaching a body made of sticks: state, buttons, texts, sounds, and schedules.

use super::*;
use crate::{
    coaching::{Action, Caption, Session, Status, ViewSettings},
    locale::Texts,
};
use baro_coach::Exercise;
use baro_motion::{LandmarkId, Landmarks, Pose, PoseFrame};
use baro_vision::{PoseEstimator, RecordedPoses, SourceSpec};
use bevy::{
    camera::RenderTarget,
    ecs::schedule::{LogLevel, ScheduleBuildSettings},
    math::{Vec3, vec3},
    render::render_resource::TextureFormat,
};
use bevy_egui::EguiPrimaryContextPass;
use std::{path::Path, sync::Arc, time::Duration};

pub const FPS: f64 = 15.0;

pub fn assets() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets")
}

/// A body that squats every four seconds and ends standing.
pub fn squatting(time_s: f64) -> Pose {
    use LandmarkId::*;
    let knee = (0.5 - 0.5 * (time_s as f32 * std::f32::consts::TAU / 4.0).cos()) * 1.85;
    let (shin, thigh, trunk) = (0.42, 0.44, 0.5);
    let (shin_lean, thigh_lean, trunk_lean) = (knee * 0.35, knee * 0.65, knee * 0.3);
    let ankle = vec3(0.0, 0.0, 0.0);
    let knee_at = ankle + vec3(0.0, -shin * shin_lean.cos(), -shin * shin_lean.sin());
    let hip = knee_at + vec3(0.0, -thigh * thigh_lean.cos(), thigh * thigh_lean.sin());
    let shoulder = hip + vec3(0.0, -trunk * trunk_lean.cos(), -trunk * trunk_lean.sin());
    let mut world = Landmarks::default();
    let mut put = |id: LandmarkId, at: Vec3| world[id].position = at - hip;
    put(Nose, shoulder + vec3(0.0, -0.25, -0.1));
    // The person faces the camera, so the left side is on the picture's right.
    for (x, joints) in [
        (
            1.0,
            [
                LeftShoulder,
                LeftElbow,
                LeftWrist,
                LeftHip,
                LeftKnee,
                LeftAnkle,
                LeftHeel,
                LeftFootIndex,
                LeftEar,
            ],
        ),
        (
            -1.0,
            [
                RightShoulder,
                RightElbow,
                RightWrist,
                RightHip,
                RightKnee,
                RightAnkle,
                RightHeel,
                RightFootIndex,
                RightEar,
            ],
        ),
    ] {
        let at = [
            shoulder + vec3(x * 0.18, 0.0, 0.0),
            shoulder + vec3(x * 0.2, 0.28, 0.0),
            shoulder + vec3(x * 0.2, 0.52, 0.0),
            hip + vec3(x * 0.1, 0.0, 0.0),
            knee_at + vec3(x * 0.12, 0.0, 0.0),
            ankle + vec3(x * 0.12, 0.0, 0.0),
            ankle + vec3(x * 0.12, 0.06, 0.05),
            ankle + vec3(x * 0.14, 0.06, -0.17),
            shoulder + vec3(x * 0.08, -0.25, 0.0),
        ];
        joints.into_iter().zip(at).for_each(|(id, at)| put(id, at));
    }
    for landmark in &mut world.0 {
        (landmark.visibility, landmark.presence) = (0.99, 0.99);
    }
    let mut image = world;
    for landmark in &mut image.0 {
        let p = landmark.position;
        landmark.position = vec3(0.5 + p.x * 0.3, 0.5 + p.y * 0.4, p.z * 0.3);
    }
    Pose { image, world, confidence: 0.99 }
}

/// The app that coaches a folder of small pictures, `seconds` long.
fn coach_app(folder: &Path, seconds: f64, nobody_from_s: f64) -> App {
    hidden(coach_options(folder, seconds, nobody_from_s))
}

pub fn coach_options(folder: &Path, seconds: f64, nobody_from_s: f64) -> Options {
    let frames = (seconds * FPS) as usize;
    let stills = folder.join("stills");
    std::fs::create_dir_all(&stills).unwrap();
    let still = image::RgbImage::from_pixel(32, 18, image::Rgb([90, 120, 110]));
    for i in 0..frames {
        still.save(stills.join(format!("{i:04}.png"))).unwrap();
    }
    let poses: Vec<PoseFrame> = (0..frames)
        .map(|i| i as f64 / FPS)
        .map(|time_s| PoseFrame { time_s, pose: (time_s < nobody_from_s).then(|| squatting(time_s)) })
        .collect();
    Options {
        assets_dir: assets(),
        data_dir: folder.join("records"),
        estimator: Arc::new(move || {
            let estimator: Box<dyn PoseEstimator> = Box::new(RecordedPoses::new(poses.clone()));
            Ok(LoadedEstimator { estimator, model: "recorded".into(), model_sha256: String::new() })
        }),
        source: SourceChoice::Given(SourceSpec::ImageSequence { dir: stills, fps: FPS }),
        exercises: vec!["squat".into(), "shoulder-abduction".into()],
        game: None,
        class: None,
        desk: None,
        side: SideChoice::Auto,
        language: Some(Language::Korean),
        quality: Some(Quality::Low),
        window_size: (960, 540),
        muted: true,
        screenshots: vec![],
        exit_after_s: None,
    }
}

/// The app without a window, with a picture for the screens to be laid out in.
pub fn hidden(options: Options) -> App {
    let mut app = app(options, Surface::Hidden).unwrap();
    app.add_systems(
        Startup,
        |mut commands: Commands,
         mut images: ResMut<Assets<Image>>,
         camera: Single<Entity, With<ui::WindowCamera>>| {
            let image = images.add(Image::new_target_texture(960, 540, TextureFormat::Rgba8UnormSrgb, None));
            commands.entity(*camera).insert(RenderTarget::Image(image.into()));
        },
    );
    app.finish();
    app.cleanup();
    app
}

pub fn run_until(app: &mut App, what: &str, done: impl Fn(&World) -> bool) {
    let start = Instant::now();
    loop {
        app.update();
        if done(app.world()) {
            return;
        }
        let status = &app.world().resource::<Session>().live.status;
        assert!(start.elapsed() < Duration::from_secs(60), "waited too long for {what}: {status:?}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

pub fn over(world: &World) -> bool {
    matches!(world.resource::<Session>().live.status, Status::Ended(_) | Status::Failed(_))
}

#[test]
fn a_set_is_coached_recorded_and_shown_without_losing_a_frame() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = coach_app(folder.path(), 12.4, f64::INFINITY);
    run_until(&mut app, "the end", over);
    app.update();
    let session = app.world().resource::<Session>();
    let Status::Ended(outcome) = &session.live.status else { panic!("{:?}", session.live.status) };
    assert_eq!(outcome.report.count, 3, "{:?}", outcome.report);
    assert_eq!(session.live.frames, 186);
    assert_eq!(session.live.dropped, 0);
    assert_eq!((session.live.preview.width, session.live.preview.height), (32, 18));

    let record = baro_record::Recording::read(outcome.saved.as_ref().unwrap().as_ref().unwrap()).unwrap();
    let replayed = baro_record::replay(&record).unwrap();
    assert_eq!(replayed.report, *outcome.report);

    // Once more, with the next exercise: the count starts again.
    app.world_mut().write_message(Action::Next);
    run_until(&mut app, "the next set", |world| !over(world));
    assert_eq!(app.world().resource::<coaching::Routine>().current().id, "shoulder-abduction");
    run_until(&mut app, "the next end", over);
}

#[test]
fn buttons_do_what_they_say() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = coach_app(folder.path(), 4.0, f64::INFINITY);
    app.update();
    app.world_mut().write_message(Action::SwitchLanguage);
    app.world_mut().write_message(Action::TogglePicture);
    app.world_mut().write_message(Action::SwitchQuality);
    app.update();
    let world = app.world();
    assert_eq!(world.resource::<Texts>().language(), Language::English);
    assert!(!world.resource::<ViewSettings>().picture);
    assert_eq!(*world.resource::<Quality>(), Quality::High);
    app.world_mut().write_message(Action::Pause);
    run_until(&mut app, "the pause or the end", |world| {
        over(world) || matches!(world.resource::<Session>().live.status, Status::Paused)
    });
    app.world_mut().write_message(Action::Resume);
    app.world_mut().write_message(Action::Finish);
    run_until(&mut app, "the end", over);
    assert!(matches!(app.world().resource::<Session>().live.status, Status::Ended(_)));
    app.world_mut().write_message(Action::Quit);
    app.update();
    app.update();
    assert!(app.should_exit().is_some());
}

#[test]
fn being_unseen_is_shown_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = coach_app(folder.path(), 10.0, 4.0);
    run_until(&mut app, "the cue", |world| {
        world.resource::<Caption>().cue.as_deref() == Some(baro_coach::CUE_UNSEEN)
    });
    run_until(&mut app, "the end", over);
    assert_eq!(app.world().resource::<Session>().live.feedback.sight, baro_coach::Sight::Lost);
}

#[test]
fn a_source_that_fails_is_said_in_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = coach_app(folder.path(), 1.0, 0.0);
    std::fs::remove_dir_all(folder.path().join("stills")).unwrap();
    run_until(&mut app, "the end", over);
    app.update();
    // The folder may have been read before it went: then the set ends as an empty one.
    match &app.world().resource::<Session>().live.status {
        Status::Failed(failure) => assert_eq!(failure.kind, coaching::FailureKind::Source),
        Status::Ended(outcome) => assert_eq!(outcome.report.count, 0),
        status => panic!("{status:?}"),
    }
}

#[test]
fn a_game_begins_with_the_window_looks_without_recording_and_ends_with_its_report() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = coach_options(folder.path(), 2.0, f64::INFINITY);
    options.game = Some(("balloon".into(), 1));
    let mut app = hidden(options);
    run_until(&mut app, "the eye", |world| {
        matches!(world.resource::<Session>().live.status, Status::Watching)
            && world.resource::<Session>().live.pose.is_some()
    });
    assert!(app.world().resource::<play::Playing>().is_on());
    assert_eq!(app.world().resource::<coaching::Routine>().current().id, "shoulder-abduction");
    app.world_mut().write_message(play::GameControl::End);
    app.update();
    app.update();
    let report = app.world().resource::<play::Playing>().report().unwrap();
    assert!(!report.finished && report.score.is_none(), "{report:?}");
    app.world_mut().write_message(play::GameControl::Close);
    app.update();
    assert!(!app.world().resource::<play::Playing>().is_on());
    assert!(!folder.path().join("records").exists(), "a game that is looked at is no set");
}

#[test]
fn a_game_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { game: Some(("chess".into(), 1)), ..coach_options(folder.path(), 1.0, 0.0) };
    let error = app(options, Surface::Hidden).err().unwrap().to_string();
    assert!(error.contains("chess"), "{error}");
}

#[test]
fn what_can_t_be_saved_is_coached_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("records"), "a file where the folder should be").unwrap();
    let mut app = coach_app(folder.path(), 4.4, f64::INFINITY);
    run_until(&mut app, "the end", over);
    let Status::Ended(outcome) = &app.world().resource::<Session>().live.status else { panic!() };
    assert_eq!(outcome.report.count, 1);
    assert!(outcome.saved.is_err());
}

#[test]
fn closing_the_window_closes_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = coach_app(folder.path(), 60.0, f64::INFINITY);
    run_until(&mut app, "some frames", |world| world.resource::<Session>().live.frames > 20);
    drop(app);
    let mut files =
        std::fs::read_dir(folder.path().join("records")).unwrap().map(|file| file.unwrap().path());
    let record = files.find(|path| path.extension().is_some_and(|end| end == "baro")).unwrap();
    let recording = baro_record::Recording::read(&record).unwrap();
    let replayed = baro_record::replay(&recording).unwrap();
    assert!(matches!(replayed.verdict, baro_record::Verdict::Match), "{:?}", replayed.verdict);
}

#[test]
fn schedules_have_no_ambiguities() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = coach_app(folder.path(), 1.0, f64::INFINITY);
    let strict = || ScheduleBuildSettings { ambiguity_detection: LogLevel::Error, ..default() };
    app.edit_schedule(Startup, |schedule| {
        schedule.set_build_settings(strict());
    });
    app.edit_schedule(Update, |schedule| {
        schedule.set_build_settings(strict());
    });
    app.edit_schedule(EguiPrimaryContextPass, |schedule| {
        schedule.set_build_settings(strict());
    });
    app.update(); // panics where two systems could run in either order
    app.update();
}

/// Every text that the program asks for by a fixed key.
const KEYS: &str = concat!(
    include_str!("ui/mod.rs"),
    include_str!("visit/words.rs"),
    include_str!("coaching/mod.rs"),
    include_str!("coaching/live.rs"),
    include_str!("lib.rs"),
);

#[test]
fn every_text_and_sound_is_there_in_both_languages() {
    let texts = Texts::load(&assets(), Language::English).unwrap();
    let prefixes = [
        "exercise-",
        "source-",
        "state-",
        "sight-",
        "joint-",
        "label-",
        "phase-",
        "button-",
        "sound-",
        "result-",
        "value-",
        "fault-",
        "quality-",
        "failure-",
        "say-",
        "app-",
        "flow-",
    ];
    let keys: Vec<&str> = KEYS
        .split('"')
        .filter(|word| prefixes.iter().any(|prefix| word.starts_with(prefix)) && !word.contains(['{', ' ']))
        .collect();
    assert!(keys.len() > 20, "the search for keys no longer finds them: {}", keys.len());
    for language in Language::ALL {
        for key in &keys {
            assert!(texts.has(language, key), "{language:?} lacks {key}");
        }
        for exercise in exercises() {
            check_exercise(&texts, language, &exercise);
        }
        for file in std::fs::read_dir(assets().join("games")).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let game = baro_coach::game::Game::from_toml(&text).unwrap();
            game.cue_ids().iter().for_each(|cue| check_sound(language, cue));
        }
        for count in 1..=20 {
            check_sound(language, &format!("count-{count}"));
        }
        for sound in ["say-paused", "say-resumed", "say-finished"] {
            check_sound(language, sound);
        }
    }
}

fn exercises() -> Vec<Exercise> {
    let files = std::fs::read_dir(assets().join("exercises")).unwrap().map(|file| file.unwrap().path());
    let exercises: Vec<Exercise> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| Exercise::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap())
        .collect();
    assert!(exercises.len() >= 2);
    exercises
}

fn check_exercise(texts: &Texts, language: Language, exercise: &Exercise) {
    let need = |key: &str| assert!(texts.has(language, key), "{language:?} lacks {key}");
    need(&exercise.name_key);
    for rule in exercise.rule_ids() {
        need(&format!("rule-{rule}"));
    }
    for cue in exercise.cue_ids() {
        need(&cue);
        check_sound(language, &cue);
    }
}

fn check_sound(language: Language, name: &str) {
    let path = assets().join("sounds").join(language.tag()).join(name).with_extension("ogg");
    let sound = kira::sound::static_sound::StaticSoundData::from_file(&path);
    let seconds =
        sound.unwrap_or_else(|error| panic!("{}: {error}; run make_sounds.sh", path.display())).duration();
    assert!((0.1..5.0).contains(&seconds.as_secs_f64()), "{} lasts {seconds:?}", path.display());
}

#[test]
fn both_languages_have_the_same_keys() {
    let keys = |language: Language| {
        let mut keys = std::collections::BTreeSet::new();
        for file in std::fs::read_dir(assets().join("locales").join(language.tag())).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            keys.extend(text.lines().filter_map(|line| {
                let (key, _) = line.split_once(" =")?;
                key.starts_with(|c: char| c.is_ascii_lowercase()).then(|| key.to_owned())
            }));
        }
        keys
    };
    let (english, korean) = (keys(Language::English), keys(Language::Korean));
    assert_eq!(english, korean);
}

#[test]
fn wrong_assets_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let error = Texts::load(folder.path(), Language::English).err().unwrap().to_string();
    assert!(error.contains("locales") && error.contains("--assets"), "{error}");
    std::fs::create_dir_all(folder.path().join("locales/en")).unwrap();
    std::fs::write(folder.path().join("locales/en/x.ftl"), "a = {").unwrap();
    let error = Texts::load(folder.path(), Language::English).err().unwrap().to_string();
    assert!(error.contains("x.ftl"), "{error}");
    let error = ScreenFonts::load(folder.path()).err().unwrap().to_string();
    assert!(error.contains("Pretendard"), "{error}");
    let error = load_exercise(&assets(), "no-such").err().unwrap().to_string();
    assert!(error.contains("no_such.toml"), "{error}");
}
