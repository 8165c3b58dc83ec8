//! What the set-up's limits rest on: how the tracker's angles suffer when the person is small in the picture or the room dark; and what the guide says of
//! real videos.

use crate::{cameras::median, footage};
use anyhow::{Context, Result};
use baro_coach::{
    Exercise, SideChoice,
    setup::{Advice, SetUp, State, Surroundings},
};
use baro_datasets::shared;
use baro_motion::{LandmarkId, Light, MIN_VISIBILITY, Measure, Measures, Pose, Side};
use baro_vision::{Frame, PoseEstimator, Tracker, light};
use bench_table::Table;
use std::{collections::BTreeMap, path::Path};

/// What a cheap camera gives.
const CAMERA: [u32; 2] = [640, 480];
/// Every so many pictures of the squats video (three squats of one woman, 5 a second) are compared.
const EVERY: usize = 3;
/// Statures over the picture's height.
const SIZES: [f32; 8] = [0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 0.9];
/// How bright the room is, as a share of the daylight of the video (coded values).
const LIGHTS: [f32; 8] = [1.0, 0.5, 0.3, 0.2, 0.15, 0.1, 0.07, 0.04];
/// Noise of a camera in the dark, in 1/255.
const READ_NOISE: f32 = 4.0;
/// A good posture is ready within this, seconds.
const MOST_S: f64 = 3.0;
const ANGLES: [Measure; 3] = [Measure::KneeFlexion, Measure::HipFlexion, Measure::TrunkFlexion];

pub fn run() -> Result<Table> {
    let mut table = Table::default();
    let (Some(mut tracker), Some(video)) = (footage::tracker()?, shared("video/pose_squats.mp4")) else {
        table.skip("recordings or ONNX Runtime missing");
        return Ok(table);
    };
    let mut frames = Vec::new();
    footage::watch(&video, 60.0, |frame| {
        frames.push(frame.clone());
        Ok(())
    })?;
    let frames: Vec<Frame> = frames.into_iter().step_by(EVERY).collect();
    let truth: Vec<Option<Pose>> = all(&mut tracker, &frames)?;
    let stature = stature(&truth).context("nobody stands in the squats video")?;
    for size in SIZES {
        let scale = size / stature * CAMERA[1] as f32 / frames[0].height as f32;
        let small: Vec<Frame> = frames.iter().map(|frame| framed(frame, scale)).collect();
        let seen = all(&mut tracker, &small)?;
        let suffers = Suffers::new(&truth, &seen);
        let what =
            format!("stature {:.0} % of a 480-line picture: median error of knee, hip, trunk", size * 100.0);
        suffers.tell(&mut table, &what, "");
    }
    for share in LIGHTS {
        let dim: Vec<Frame> = frames.iter().map(|frame| dimmed(frame, share)).collect();
        let seen = all(&mut tracker, &dim)?;
        let suffers = Suffers::new(&truth, &seen);
        let light = dim.iter().zip(&truth).find_map(|(frame, pose)| light(frame, pose.as_ref()));
        let light = light.map_or(String::new(), |Light { picture, person, .. }| {
            format!("picture {picture:.2}, person {:.2}; ", person.unwrap_or_default())
        });
        let what = format!("light {:.0} %: median error of knee, hip, trunk", share * 100.0);
        suffers.tell(&mut table, &what, &light);
    }
    for (name, file) in footage::videos() {
        let watched = watch(&mut tracker, &file)?;
        for exercise in ["squat", "single_leg_stance", "shoulder_abduction", "heel_raise"] {
            let demo = name.strip_prefix("demo ").map(|demo| demo.replace('-', "_"));
            if demo.is_none_or(|demo| demo == exercise) {
                guide(&mut table, &watched, &name, exercise)?;
            }
        }
    }
    Ok(table)
}

fn all(tracker: &mut Tracker, frames: &[Frame]) -> Result<Vec<Option<Pose>>> {
    tracker.reset();
    frames.iter().map(|frame| Ok(tracker.estimate(frame)?)).collect()
}

/// The largest height of the body from the eyes to the feet, as a stature, over the picture's height.
fn stature(seen: &[Option<Pose>]) -> Option<f32> {
    let height = |pose: &Pose| {
        let y = |id: LandmarkId| pose.image[id].position.y;
        // Eyes at 0.936 of the height, ankles at 0.039.
        (y(LandmarkId::LeftAnkle).max(y(LandmarkId::RightAnkle)) - y(LandmarkId::LeftEye)) / (0.936 - 0.039)
    };
    seen.iter().flatten().map(height).max_by(f32::total_cmp)
}

/// How far angles and sight are from those of the whole picture.
struct Suffers {
    error_deg: f64,
    worst_deg: f64,
    lost: f64,
    unseen: f64,
}

impl Suffers {
    fn new(truth: &[Option<Pose>], seen: &[Option<Pose>]) -> Self {
        let (mut errors, mut lost, mut hidden, mut points) = (Vec::new(), 0, 0, 0);
        for (truth, seen) in truth.iter().zip(seen) {
            let Some(truth) = truth else { continue };
            let Some(seen) = seen else {
                lost += 1;
                continue;
            };
            for (measure, side) in ANGLES.into_iter().flat_map(|m| Side::BOTH.map(|side| (m, side))) {
                let value = |pose: &Pose| Measures::value(&pose.world, measure, side);
                points += 1;
                match (value(truth), value(seen)) {
                    (Some(a), Some(b)) => errors.push(f64::from((a - b).abs().to_degrees())),
                    (Some(_), None) => hidden += 1,
                    _ => {}
                }
            }
        }
        errors.sort_by(f64::total_cmp);
        let count = truth.len().max(1) as f64;
        let at = |share: f64| errors.get((errors.len() as f64 * share) as usize).copied();
        Self {
            error_deg: median(&mut errors.clone()),
            worst_deg: at(0.9).unwrap_or(f64::NAN),
            lost: 100.0 * f64::from(lost) / count,
            unseen: 100.0 * f64::from(hidden) / f64::from(points.max(1)),
        }
    }

    fn tell(&self, table: &mut Table, what: &str, light: &str) {
        if self.error_deg.is_nan() {
            table.words(what, "nobody found", light);
            return;
        }
        let note = format!(
            "{light}9 of 10 within {:.1}°; nobody found in {:.0} % of pictures; {:.0} % of angles below visibility {MIN_VISIBILITY}",
            self.worst_deg, self.lost, self.unseen
        );
        table.told(what, self.error_deg, "°", &note);
    }
}

/// A picture scaled and put into the middle of a grey one of the camera's size.
fn framed(from: &Frame, scale: f32) -> Frame {
    let [width, height] = CAMERA;
    let mut to = Frame { time_s: from.time_s, width, height, rgb: vec![96; (width * height * 3) as usize] };
    let size = |n: u32| n as f32 * scale;
    let (left, top) = ((width as f32 - size(from.width)) / 2.0, (height as f32 - size(from.height)) / 2.0);
    for (i, pixel) in to.rgb.chunks_exact_mut(3).enumerate() {
        let (x, y) = ((i as u32 % width) as f32, (i as u32 / width) as f32);
        let span = |at: f32, first: f32, most: u32| {
            let low = (at - first) / scale;
            (low >= 0.0 && low < most as f32).then(|| {
                low as usize..((low + 1.0 / scale).ceil() as usize).min(most as usize).max(low as usize + 1)
            })
        };
        let (Some(xs), Some(ys)) = (span(x, left, from.width), span(y, top, from.height)) else { continue };
        let (mut sums, mut count) = ([0_u32; 3], 0);
        for at in ys.flat_map(|y| xs.clone().map(move |x| (y * from.width as usize + x) * 3)) {
            let Some(rgb) = from.rgb.get(at..at + 3) else { continue };
            sums.iter_mut().zip(rgb).for_each(|(sum, value)| *sum += u32::from(*value));
            count += 1;
        }
        pixel.iter_mut().zip(sums).for_each(|(value, sum)| *value = (sum / count.max(1)) as u8);
    }
    to
}

/// The picture of a camera in a dark room: darker, with noise.
fn dimmed(from: &Frame, share: f32) -> Frame {
    let mut to = from.clone();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for value in &mut to.rgb {
        // Twelve uniform numbers less six make a normal one, near enough.
        let mut noise = -6.0;
        for _ in 0..3 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            noise += (0..4).map(|i| (state >> (16 * i) & 0xFFFF) as f32 / 65_535.0).sum::<f32>();
        }
        *value = (f32::from(*value) * share + noise * READ_NOISE).clamp(0.0, 255.0) as u8;
    }
    to
}

/// One picture, as the guide is told of it.
type Watched = (f64, Option<Pose>, Surroundings);

fn watch(tracker: &mut Tracker, file: &Path) -> Result<Vec<Watched>> {
    tracker.reset();
    tracker.count_people(true);
    let mut watched = Vec::new();
    footage::watch(file, 15.0, |frame| {
        let pose = tracker.estimate(frame)?;
        let aspect = frame.width as f32 / frame.height as f32;
        let around = Surroundings { aspect, light: light(frame, pose.as_ref()), people: tracker.people() };
        watched.push((frame.time_s, pose, around));
        Ok(())
    })?;
    tracker.count_people(false);
    Ok(watched)
}

/// What the guide says of a video, as if the person in it were to do this exercise.
fn guide(table: &mut Table, watched: &[Watched], name: &str, exercise: &str) -> Result<()> {
    let path = crate::root().join(format!("assets/exercises/{exercise}.toml"));
    let exercise_file = Exercise::from_toml(&std::fs::read_to_string(&path)?)?;
    let mut setup = SetUp::new(&exercise_file, SideChoice::Auto);
    let (mut ready_s, mut changes, mut was_ready) = (None, 0_u32, false);
    let mut advice: BTreeMap<String, u32> = BTreeMap::new();
    let mut most_people = 0;
    for (time_s, pose, around) in watched {
        most_people = most_people.max(around.people.unwrap_or_default());
        let guide = setup.step(*time_s, pose.as_ref(), around);
        if guide.ready && ready_s.is_none() {
            ready_s = Some(*time_s);
        }
        changes += u32::from(guide.ready != was_ready);
        was_ready = guide.ready;
        for state in guide.checks {
            if let State::Not(wrong) = state {
                *advice.entry(short(wrong)).or_default() += 1;
            }
        }
    }
    let frames = watched.len();
    let mut advice: Vec<(String, u32)> = advice.into_iter().collect();
    advice.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let advice: Vec<String> = advice
        .iter()
        .take(3)
        .map(|(what, count)| format!("{what} {:.0} %", 100.0 * f64::from(*count) / frames as f64))
        .collect();
    let advice = if advice.is_empty() { "nothing to change".to_owned() } else { advice.join(", ") };
    let what = format!("{name} for {exercise}: ready after");
    let note = format!("{advice}; ready changed {changes} times; at most {most_people} people counted");
    // Who stands right from the first picture on is ready soon.
    let goal = name.starts_with("demo ").then_some(MOST_S);
    match ready_s {
        Some(ready_s) => table.at_most(&what, ready_s, "s", goal, &note),
        None if goal.is_some() => table.at_most(&what, f64::INFINITY, "s", goal, &note),
        None => table.words(&what, "never", &note),
    }
    Ok(())
}

fn short(advice: Advice) -> String {
    match advice {
        Advice::Show(id) => format!("show {}", id.name().replace('_', " ")),
        other => {
            other.cue().unwrap_or_default().trim_start_matches("cue-").trim_start_matches("setup-").to_owned()
        }
    }
}
