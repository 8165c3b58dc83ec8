//! The whole way through the window without one: every screen is drawn by the processor, from the bundled demo with the real pose
//! model, and held against its blessed picture in `docs/screenshots`.
//!
//! `BARO_TOUR=bless` writes the pictures anew. `BARO_TOUR=FOLDER` writes them there instead of comparing, in the size of
//! `BARO_TOUR_SIZE` (as in `1024x640`): for `cargo xtask screenshots`.

use super::*;
use crate::{
    avatar::AvatarPose,
    coaching::{FailureKind, Session, Status},
    replay::{Pinned, Replay},
    tests::{coach_options, run_until},
    visit::{CLOCK, Questions, VisitEvent, Visiting},
};
use baro_coach::{
    Region,
    safety::{Nprs, RedFlag, Rpe, StopSymptom},
};
use baro_home::{
    Choice, Event, Palette, Purpose, Step,
    visit::{Goals, Profile, Room},
};
use baro_motion::{LandmarkId, Pose};
use baro_screens::rooms::{Chosen, HistoryTab, QuestionsPress};
use baro_vision::{
    Complexity, EstimateError, Frame, ModelStore, PoseEstimator, Tracker, TrackerOptions, find_onnxruntime,
};
use bevy::{
    camera::RenderTarget,
    render::view::screenshot::{Screenshot, ScreenshotCaptured},
    time::TimeUpdateStrategy,
};
use image::{DynamicImage, RgbImage};
use std::{
    path::Path,
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};

/// Size of the blessed pictures.
const SIZE: UVec2 = UVec2::new(1280, 720);
/// Drawn time of one update: few updates, so that the processor is done soon.
const STEP: Duration = Duration::from_millis(250);
/// Updates until a screen stands still: fonts, layout, bodies, and the room behind it.
const SETTLE: usize = 10;
/// A pixel that is off by more than this in any channel differs: JPEG and other drivers stay below it.
const OFF: u8 = 72;
/// The two blessed thresholds: the share of pixels that may differ on a screen of words, and on one with moving bodies.
const STILL: f64 = 0.004;
const MOVING: f64 = 0.04;

/// Holds the pose estimator at a frame, so that a moving picture is the same every time.
#[derive(Debug)]
struct Gate {
    frames: Mutex<Frames>,
    changed: Condvar,
}

/// Frames since the clip began.
#[derive(Debug)]
struct Frames {
    /// So many were looked at.
    seen: u32,
    /// It stops before this one.
    stop_at: u32,
}

/// The clip is held here until a tour lets go.
const FIRST_HOLD: u32 = 40;

impl Gate {
    const OPEN: u32 = u32::MAX;

    fn change(&self, change: impl FnOnce(&mut Frames)) {
        change(&mut self.frames.lock().unwrap());
        self.changed.notify_all();
    }

    fn is_held(&self) -> bool {
        let frames = self.frames.lock().unwrap();
        frames.seen >= frames.stop_at
    }

    fn wait(&self) {
        let frames = self.frames.lock().unwrap();
        drop(self.changed.wait_while(frames, |frames| frames.seen >= frames.stop_at).unwrap());
    }
}

/// The real tracker, behind a [`Gate`].
struct Gated {
    tracker: Tracker,
    gate: Arc<Gate>,
}

impl PoseEstimator for Gated {
    fn estimate(&mut self, frame: &Frame) -> Result<Option<Pose>, EstimateError> {
        self.gate.wait();
        let pose = self.tracker.estimate(frame);
        self.gate.change(|frames| frames.seen += 1);
        pose
    }

    fn reset(&mut self) {
        self.gate.change(|frames| frames.seen = 0);
        self.tracker.reset();
    }

    fn count_people(&mut self, wanted: bool) {
        self.tracker.count_people(wanted);
    }

    fn people(&self) -> Option<usize> {
        self.tracker.people()
    }
}

fn tracker(gate: Arc<Gate>) -> EstimatorFactory {
    Arc::new(move || {
        let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
        let store = ModelStore::open(&models, &find_onnxruntime()?)?;
        let options = TrackerOptions { complexity: Complexity::Full, ..TrackerOptions::default() };
        let estimator = Box::new(Gated { tracker: Tracker::new(&store, options)?, gate: gate.clone() });
        Ok(LoadedEstimator { estimator, model: "full".into(), model_sha256: String::new() })
    })
}

#[derive(Resource, Default)]
struct Taken(Option<Image>);

/// A walk through the window, one picture after the other.
struct Tour {
    app: App,
    gate: Arc<Gate>,
    target: Handle<Image>,
    language: Language,
    out: Output,
    off: Vec<String>,
    /// Holds the person's data as long as the app runs.
    _folder: tempfile::TempDir,
}

/// What becomes of the pictures.
enum Output {
    Compare,
    Bless,
    Write(PathBuf),
}

impl Output {
    fn wanted() -> (Self, UVec2) {
        match std::env::var("BARO_TOUR").ok().as_deref() {
            None | Some("") => (Self::Compare, SIZE),
            Some("bless") => (Self::Bless, SIZE),
            Some(folder) => {
                let size = std::env::var("BARO_TOUR_SIZE").ok();
                let size = size.as_deref().and_then(|size| {
                    let (width, height) = size.split_once('x')?;
                    Some(UVec2::new(width.parse().ok()?, height.parse().ok()?))
                });
                (Self::Write(folder.into()), size.unwrap_or(SIZE))
            }
        }
    }
}

fn blessed(language: Language) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/screenshots").join(language.tag())
}

impl Tour {
    /// Opens the app; `change` makes its options.
    fn open(language: Language, change: impl FnOnce(Options) -> Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (out, size) = Output::wanted();
        let frames = Mutex::new(Frames { seen: 0, stop_at: FIRST_HOLD });
        let gate = Arc::new(Gate { frames, changed: Condvar::new() });
        let options = change(Options {
            source: SourceChoice::Demo,
            estimator: tracker(gate.clone()),
            exercises: vec![],
            language: Some(language),
            window_size: (size.x, size.y),
            ..coach_options(folder.path(), 0.1, 0.0)
        });
        let mut app = app(options, Surface::Picture).unwrap();
        app.insert_resource(TimeUpdateStrategy::ManualDuration(STEP)).init_resource::<Taken>();
        let mut images = app.world_mut().resource_mut::<Assets<Image>>();
        let format = bevy::render::render_resource::TextureFormat::Rgba8UnormSrgb;
        let target = images.add(Image::new_target_texture(size.x, size.y, format, None));
        let image = target.clone();
        app.add_systems(
            Startup,
            move |mut commands: Commands, camera: Single<Entity, With<ui::WindowCamera>>| {
                commands.entity(*camera).insert(RenderTarget::Image(image.clone().into()));
            },
        );
        app.finish();
        app.cleanup();
        run_until(&mut app, "the bodies", |world| {
            world.try_query::<&AvatarPose>().is_some_and(|mut posed| posed.iter(world).count() == 2)
        });
        // Shaders are compiled when they are needed first.
        (0..3 * SETTLE).for_each(|_| app.update());
        Self { app, gate, target, language, out, off: Vec::new(), _folder: folder }
    }

    fn world(&mut self) -> &mut World {
        self.app.world_mut()
    }

    fn step(&self) -> Step {
        self.app.world().resource::<Visiting>().visit.step()
    }

    fn visiting(&mut self) -> Mut<'_, Visiting> {
        self.app.world_mut().resource_mut()
    }

    fn tell(&mut self, event: Event) {
        self.world().write_message(VisitEvent(event));
        self.app.update();
        self.app.update();
    }

    /// Does one thing and waits until the visit is at `to`.
    fn go(&mut self, event: Event, to: Step) {
        visit::tests::go(&mut self.app, event, to);
    }

    /// Lets the clip go on until its frame `frame`, and holds it there.
    fn hold_at(&mut self, frame: u32) {
        self.gate.change(|frames| frames.stop_at = frame);
    }

    fn wait_for_hold(&mut self) {
        let gate = self.gate.clone();
        run_until(&mut self.app, "the frame to hold at", |_| gate.is_held());
    }

    fn let_go(&mut self) {
        self.hold_at(Gate::OPEN);
    }

    fn still(&mut self, name: &str) {
        self.picture(name, STILL);
    }

    fn moving(&mut self, name: &str) {
        self.picture(name, MOVING);
    }

    /// Takes a picture and holds it against the blessed one; `most` is the share of pixels that may differ.
    fn picture(&mut self, name: &str, most: f64) {
        (0..SETTLE).for_each(|_| self.app.update());
        let target = self.target.clone();
        self.world().spawn(Screenshot::image(target)).observe(
            |shot: On<ScreenshotCaptured>, mut taken: ResMut<Taken>| taken.0 = Some(shot.image.clone()),
        );
        run_until(&mut self.app, name, |world| world.resource::<Taken>().0.is_some());
        let taken = self.world().resource_mut::<Taken>().0.take().unwrap();
        let picture = taken.try_into_dynamic().unwrap().to_rgb8();
        let file = format!("{name}.jpg");
        match &self.out {
            Output::Bless => save(&blessed(self.language).join(file), picture),
            Output::Write(folder) => save(&folder.join(self.language.tag()).join(file), picture),
            Output::Compare => {
                let share = difference(&blessed(self.language).join(file), &picture);
                println!("{} {name}: {:.3} % of the pixels differ", self.language.tag(), 100.0 * share);
                if share > most {
                    let seen =
                        std::env::temp_dir().join(format!("baro-tour-{}-{name}.png", self.language.tag()));
                    picture.save(&seen).unwrap();
                    self.off.push(format!("{name}: {:.2} % differ; see {}", 100.0 * share, seen.display()));
                }
            }
        }
    }

    fn end(mut self) {
        // The thread of the coach would be waited for.
        self.let_go();
        assert!(
            self.off.is_empty(),
            "these look other than in docs/screenshots (BARO_TOUR=bless to take them over):\n{}",
            self.off.join("\n")
        );
    }
}

fn save(path: &Path, picture: RgbImage) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    let mut bytes = Vec::new();
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 82);
    DynamicImage::from(picture).write_with_encoder(encoder).unwrap();
    std::fs::write(path, bytes).unwrap();
}

/// The share of pixels that differ from those of the blessed picture.
fn difference(path: &Path, picture: &RgbImage) -> f64 {
    let blessed = image::open(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).to_rgb8();
    assert_eq!(blessed.dimensions(), picture.dimensions(), "{}", path.display());
    let differs =
        |(a, b): &(&image::Rgb<u8>, &image::Rgb<u8>)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > OFF);
    let count = blessed.pixels().zip(picture.pixels()).filter(differs).count();
    count as f64 / f64::from(picture.width() * picture.height())
}

/// Someone new on a day that is always the same.
fn visit(language: Language) {
    CLOCK.get_or_init(|| "2026-11-18T09:30:00+09:00[Asia/Seoul]".parse().unwrap());
    let mut tour = Tour::open(language, |options| options);
    introduction(&mut tour);
    session(&mut tour);
    rooms(&mut tour);
    looks(&mut tour);
    stopping(&mut tour);
    tour.end();
}

fn introduction(tour: &mut Tour) {
    tour.let_go();
    tour.still("01-welcome");
    tour.go(Event::NewPerson, Step::Profile);
    let name = if tour.language == Language::Korean { "순희" } else { "Sunhee" };
    tour.visiting().drafts.profile.name = name.into();
    tour.still("02-profile");
    tour.go(Event::Profile(Profile { name: name.into(), ..Profile::default() }), Step::Consent);
    tour.still("03-consent");
    tour.go(Event::Consent(Purpose::ASKED.map(|purpose| (purpose, true)).into()), Step::Screening);
    tour.still("04-health");
    tour.go(Event::Screening(RedFlag::ALL.map(|flag| (flag, false)).into()), Step::Goals);
    tour.still("05-goals");
    let goals = Goals { regions: vec![Region::Knee], days_a_week: 3, minutes: 20, ..Goals::default() };
    tour.go(Event::Goals(goals), Step::Today);
    tour.still("06-today");
    tour.go(Event::Next, Step::PainBefore);
    tour.visiting().drafts.pain = Some(2);
    tour.still("07-pain-before");
}

/// Two exercises from explanation to summary.
fn session(tour: &mut Tour) {
    tour.go(Event::Pain(Nprs::new(2).unwrap()), Step::Explain);
    tour.moving("08-explain");
    tour.hold_at(12);
    tour.go(Event::Next, Step::SetUp);
    tour.wait_for_hold();
    tour.moving("09-set-up");
    tour.go(Event::Next, Step::Exercise);
    tour.hold_at(150);
    tour.wait_for_hold();
    tour.moving("10-exercise-arms");
    tour.go(Event::Pause, Step::Paused);
    tour.still("11-paused");
    tour.go(Event::SomethingWrong, Step::Symptoms);
    tour.still("12-symptoms");
    tour.go(Event::NoSymptom, Step::Paused);
    tour.let_go();
    tour.go(Event::Resume, Step::Exercise);
    run_until(&mut tour.app, "the end of the set", |world| {
        world.resource::<Visiting>().visit.step() == Step::SetCheck
    });
    tour.still("13-after-the-set");
    let answers = || Event::SetCheck { pain: Nprs::new(2).ok(), effort: Rpe::new(3.0).ok() };
    tour.go(answers(), Step::Rest);
    tour.still("14-rest");
    // The set must not begin in the middle of its clip.
    while tour.step() != Step::SetUp {
        tour.hold_at(12);
        tour.tell(Event::Next);
    }
    tour.wait_for_hold();
    tour.go(Event::Next, Step::Exercise);
    tour.hold_at(210);
    tour.wait_for_hold();
    tour.moving("15-exercise-squat");
    tour.visiting().settings.trainer_over = true;
    tour.moving("33-trainer-over");
    tour.visiting().settings.trainer_over = false;
    tour.let_go();
    run_until(&mut tour.app, "the end of the set", |world| {
        world.resource::<Visiting>().visit.step() == Step::SetCheck
    });
    tour.go(answers(), Step::Summary);
    tour.still("16-summary");
}

fn rooms(tour: &mut Tour) {
    tour.go(Event::Open(Room::History), Step::History);
    for (tab, name) in [
        (HistoryTab::Days, "17-history-days"),
        (HistoryTab::Trends, "18-history-trends"),
        (HistoryTab::Sets, "19-history-sets"),
    ] {
        tour.visiting().rooms.history = tab;
        tour.still(name);
    }
    let visiting = tour.visiting();
    let visits = visiting.visit.known().visits();
    let record = visits[0].sets().last().unwrap().set.record.clone().expect("its record");
    let path = visiting.record(&record).unwrap();
    tour.world().resource_mut::<Replay>().open(path, None);
    tour.go(Event::Open(Room::Replay), Step::Replay);
    run_until(&mut tour.app, "the film", |world| matches!(world.resource::<Replay>(), Replay::Showing(_)));
    if let Replay::Showing(player) = &mut *tour.world().resource_mut::<Replay>() {
        let peak_s = player.film.reps[1].peak_s;
        player.seek(peak_s);
    }
    tour.moving("20-replay");
    noted(tour);
    tour.go(Event::Back, Step::History);
    tour.go(Event::Back, Step::Summary);
    tour.go(Event::Open(Room::Library), Step::Library);
    tour.moving("21-library");
    tour.visiting().rooms.library.chosen = Some(Chosen::Plan(Choice::Exercise("bridge".into())));
    tour.moving("22-library-exercise");
    tour.go(Event::Back, Step::Summary);
    tour.go(Event::Open(Room::Settings), Step::Settings);
    tour.still("23-settings");
    tour.go(Event::Back, Step::Summary);
    tour.go(Event::Open(Room::Class), Step::Class);
    tour.still("34-class-door");
    tour.go(Event::Back, Step::Summary);
}

/// The same moment with what a therapist drew and wrote on it: a circle around a knee, as her pen draws it.
fn noted(tour: &mut Tour) {
    if let Replay::Showing(player) = &mut *tour.world().resource_mut::<Replay>() {
        let moment = player.film.at(player.time_s);
        let body = moment.body.as_ref().expect("somebody is seen").upright().world;
        let at = |id: LandmarkId| body[id].position;
        let floor = LandmarkId::ALL.into_iter().map(|id| at(id).y).fold(f32::MIN, f32::max);
        let hips = (at(LandmarkId::LeftHip) + at(LandmarkId::RightHip)) / 2.0;
        let knee = at(LandmarkId::RightKnee);
        let centre = Vec3::new(knee.x - hips.x, floor - knee.y, hips.z - knee.z);
        let circle = (0..=24).map(|i| {
            let (sin, cos) = (i as f32 * std::f32::consts::TAU / 24.0).sin_cos();
            centre + 0.13 * Vec3::new(cos, sin, 0.0)
        });
        player.pin(Pinned {
            time_s: player.time_s,
            text: "무릎을 조금 더 바깥으로. Knees a little further out.".into(),
            strokes: vec![circle.collect(), vec![centre + 0.13 * Vec3::X, centre + 0.4 * Vec3::X]],
        });
    }
    tour.moving("35-replay-note");
}

/// A questionnaire of the clinic: on the plan, a question, and what is said to who may think of hurting themselves.
fn questions(tour: &mut Tour) {
    const PHQ_9: &str = include_str!("../../assets/questionnaires/phq-9.json");
    tour.visiting().clinic.questions.ask(PHQ_9);
    tour.still("36-today-asked");
    tour.go(Event::Open(Room::Questions), Step::Questions);
    tour.still("37-question");
    for _ in 0..8 {
        tour.visiting().question_pressed(QuestionsPress::Choose(0));
    }
    tour.visiting().question_pressed(QuestionsPress::Choose(1));
    tour.visiting().question_pressed(QuestionsPress::Close);
    tour.still("38-not-alone");
    let left = tour.visiting().question_pressed(QuestionsPress::Close);
    assert!(left.is_some(), "the room is left");
    tour.go(Event::Back, Step::Today);
    tour.visiting().clinic.questions = Questions::default();
}

/// The other palettes, and the largest text.
fn looks(tour: &mut Tour) {
    tour.go(Event::Next, Step::Today);
    questions(tour);
    for (palette, name) in [(Palette::Dark, "24-dark"), (Palette::HighContrast, "25-high-contrast")] {
        tour.visiting().settings.palette = palette;
        tour.still(name);
    }
    let mut visiting = tour.visiting();
    (visiting.settings.palette, visiting.settings.text_scale) = (Palette::Light, 2.0);
    tour.still("26-large-text");
    tour.visiting().settings.text_scale = 1.0;
}

/// Strong pain, then a symptom: what is said instead of an exercise.
fn stopping(tour: &mut Tour) {
    tour.go(Event::Next, Step::PainBefore);
    tour.go(Event::Pain(Nprs::new(9).unwrap()), Step::RestToday);
    tour.still("27-rest-today");
    tour.go(Event::SomethingWrong, Step::Symptoms);
    tour.go(Event::Symptom(StopSymptom::ChestPain), Step::Stopped);
    tour.still("28-stopped");
}

/// What is asked for one by one on the command line, a game, and what fails.
fn beside(language: Language) {
    let mut tour = Tour::open(language, |options| Options { exercises: vec!["squat".into()], ..options });
    tour.let_go();
    let over = |world: &World| matches!(world.resource::<Session>().live.status, Status::Ended(_));
    run_until(&mut tour.app, "the end of the set", over);
    tour.still("29-result");
    tour.end();

    let mut tour = Tour::open(language, |options| Options { game: Some(("balloon".into(), 1)), ..options });
    tour.wait_for_hold();
    tour.moving("30-game");
    tour.end();

    let mut tour = Tour::open(language, |options| Options {
        exercises: vec!["squat".into()],
        source: SourceChoice::Given(baro_vision::SourceSpec::from_path(Path::new("gone.mp4"), None)),
        ..options
    });
    run_until(
        &mut tour.app,
        "the failure",
        |world| matches!(&world.resource::<Session>().live.status, Status::Failed(f) if f.kind == FailureKind::Source),
    );
    tour.still("31-failure");
    tour.end();
}

/// Someone whose records are locked with a passphrase comes back.
fn locked(language: Language) {
    let mut tour = Tour::open(language, |options| {
        visit::tests::someone_locked(&options.data_dir, "correct horse");
        options
    });
    tour.let_go();
    tour.visiting().lock.draft.passphrase = "correct horse".into();
    tour.still("32-unlock");
    tour.end();
}

#[test]
fn every_screen_in_english() {
    visit(Language::English);
    beside(Language::English);
    locked(Language::English);
}

#[test]
fn every_screen_in_korean() {
    visit(Language::Korean);
    beside(Language::Korean);
    locked(Language::Korean);
}
