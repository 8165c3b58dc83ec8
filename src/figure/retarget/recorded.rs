//! Recorded people on the avatar: bone lengths, feet, trembling, and the angles that are drawn against those that are measured.

use super::*;
use crate::{points::landmarks_of, rig::tests::skeleton};
use baro_datasets::{keraal, or_skip, pose_squats};
use baro_motion::{Claim, MEASURE_COUNT, Measure, MeasureSet, Measures, PoseFrame, Steady, View, ViewFilter};
use baro_vision::{Complexity, Frame, ModelStore, Smoothing, SourceSpec, Tracker, TrackerOptions};
use std::path::{Path, PathBuf};

/// The window draws so often, Hz.
const DRAWN_HZ: f64 = 30.0;
/// The beginning that is left out: the body takes its place.
const SETTLE_S: f64 = 0.7;
/// A sole this near to the floor is planted, metres.
const PLANTED_M: f32 = 0.005;
/// Who moves no measured joint by more than this within a second is at rest, degrees.
const REST_DEG: f32 = 2.5;

/// What the exercises measure of trunk and limbs.
const MEASURES: [Measure; 10] = [
    Measure::KneeFlexion,
    Measure::HipFlexion,
    Measure::HipAbduction,
    Measure::ShoulderElevation,
    Measure::ShoulderAbduction,
    Measure::ShoulderFlexion,
    Measure::ElbowFlexion,
    Measure::TrunkFlexion,
    Measure::TrunkSideLean,
    Measure::TrunkRotation,
];

/// A recording on the avatar, frame by frame.
struct Shown {
    body: Skeleton,
    hz: f64,
    drawn: Vec<RigPose>,
    measured: Vec<Option<Measures>>,
}

impl Shown {
    fn new(body: &str, frames: &[PoseFrame], hz: f64) -> Self {
        let body = skeleton(body);
        let (mut steady, mut view) = (Steady::default(), ViewFilter::default());
        let mut retargeter = Retargeter::new(&body);
        let wanted: MeasureSet = MEASURES.into_iter().collect();
        let draws = (DRAWN_HZ / hz).round().max(1.0) as usize;
        let mut shown = Self { body, hz, drawn: Vec::new(), measured: Vec::new() };
        for frame in frames {
            let mut pose = frame.pose.map(|pose| steady.step(frame.time_s, &pose));
            let seen = pose.map(|pose| (pose, view.step(frame.time_s, &pose)));
            shown.measured.push(seen.map(|(pose, view)| Measures::seen(&pose.world, &view, wanted)));
            if let (Some(pose), Some((_, view))) = (&mut pose, seen) {
                pose.world = view.level(&pose.world);
            }
            for _ in 0..draws {
                retargeter.update(&shown.body, pose.as_ref(), false, (1.0 / hz) as f32 / draws as f32);
            }
            shown.drawn.push(*retargeter.pose());
        }
        shown
    }

    fn settled(&self) -> impl Iterator<Item = (&RigPose, &Option<Measures>)> {
        self.drawn.iter().zip(&self.measured).skip((SETTLE_S * self.hz) as usize)
    }

    /// The largest change of a bone's length, share of it.
    fn stretch(&self) -> f32 {
        let lengths = |pose: &RigPose| {
            let at = self.body.positions(pose);
            Bone::ALL.map(|b| b.parent().map_or(1.0, |p| (at[b as usize] - at[p as usize]).length()))
        };
        let rest = lengths(&RigPose::rest(&self.body));
        let share = |pose| lengths(pose).into_iter().zip(rest).map(|(now, rest)| (now / rest - 1.0).abs());
        self.drawn.iter().flat_map(share).fold(0.0, f32::max)
    }

    /// How far the ball of each foot moved while its sole was down for longer than 0.3 s, centimetres.
    fn slides_cm(&self) -> Vec<f32> {
        let mut slides = Vec::new();
        for side in Side::BOTH {
            let mut track: Vec<Vec3> = Vec::new();
            let mut end = |track: &mut Vec<Vec3>| {
                if track.len() as f64 > 0.3 * self.hz {
                    let slid = track.iter().map(|at| at.distance(track[0])).fold(0.0, f32::max);
                    slides.push(slid * 100.0);
                }
                track.clear();
            };
            for (pose, _) in self.settled() {
                let ankle = self.body.positions(pose)[side.leg()[2] as usize];
                let sole = self.body.posed_sole(side, pose, ankle);
                if sole.iter().fold(f32::INFINITY, |low, p| low.min(p.y)) < PLANTED_M {
                    track.push(Vec3::new(sole[1].x, 0.0, sole[1].z));
                } else {
                    end(&mut track);
                }
            }
            end(&mut track);
        }
        slides
    }

    /// How much each bone trembles in each second at rest: root mean square about its mean over 0.3 s, degrees.
    fn trembling_deg(&self) -> Vec<f32> {
        let (second, half) = (self.hz as usize, ((self.hz * 0.15) as usize).max(1));
        let mut out = Vec::new();
        let mut from = (SETTLE_S * self.hz) as usize;
        while from + second <= self.drawn.len() {
            let window = from..from + second;
            if !self.rests(window.clone()) {
                from += 1;
                continue;
            }
            for bone in Bone::ALL {
                let middle = self.drawn[from + second / 2].turn(bone).inverse();
                let turns: Vec<Vec3> = self.drawn[window.clone()]
                    .iter()
                    .map(|pose| limit(middle * pose.turn(bone), 3.0).to_scaled_axis())
                    .collect();
                let off = |around: &[Vec3]| {
                    let mean = around.iter().sum::<Vec3>() / around.len() as f32;
                    (around[half] - mean).length_squared()
                };
                let squares: Vec<f32> = turns.windows(2 * half + 1).map(off).collect();
                out.push((squares.iter().sum::<f32>() / squares.len() as f32).sqrt().to_degrees());
            }
            from += second / 2;
        }
        out
    }

    fn rests(&self, window: std::ops::Range<usize>) -> bool {
        let moved = |measure: Measure, side: Side| {
            let mut range: Option<(f32, f32)> = None;
            for measures in &self.measured[window.clone()] {
                let value = measures.as_ref()?.get(measure, side)?.value.to_degrees();
                let (low, high) = range.unwrap_or((value, value));
                range = Some((low.min(value), high.max(value)));
            }
            range.map(|(low, high)| high - low)
        };
        let joints = [
            Measure::KneeFlexion,
            Measure::HipFlexion,
            Measure::ShoulderElevation,
            Measure::ElbowFlexion,
            Measure::TrunkFlexion,
        ];
        joints.into_iter().all(|m| Side::BOTH.iter().all(|&s| moved(m, s).is_some_and(|by| by < REST_DEG)))
    }

    /// How far each drawn angle is from the measured one, degrees: of those that the coach stands by from this view.
    fn errors_deg(&self) -> Vec<(Measure, Vec<f32>)> {
        let wanted: MeasureSet = MEASURES.into_iter().collect();
        let mut out = MEASURES.map(|measure| (measure, Vec::new())).to_vec();
        let wild = self.wild();
        for (i, (pose, measured)) in self.drawn.iter().zip(&self.measured).enumerate() {
            let (Some(measured), false) = (measured, i < (SETTLE_S * self.hz) as usize) else { continue };
            let drawn = Measures::seen(&landmarks_of(&self.body, pose), &View::IN_SPACE, wanted);
            for (measure, errors) in &mut out {
                for side in Side::BOTH {
                    if let (Some(a), Some(b)) = (measured.get(*measure, side), drawn.get(*measure, side))
                        && a.claim == Claim::Firm
                        && !wild[i][*measure as usize]
                    {
                        let apart = (a.value - b.value).to_degrees();
                        errors.push(((apart + 540.0).rem_euclid(360.0) - 180.0).abs());
                    }
                }
            }
        }
        out.retain(|(_, errors)| errors.len() > 20);
        out
    }

    /// Frames in and just after which a measure jumps as no body moves: those no avatar should follow.
    fn wild(&self) -> Vec<[bool; MEASURE_COUNT]> {
        let mut until = [0; MEASURE_COUNT];
        let mut out = vec![[false; MEASURE_COUNT]; self.measured.len()];
        for (i, wild) in out.iter_mut().enumerate().skip(1) {
            for measure in MEASURES {
                for side in Side::BOTH {
                    let at = |i: usize| self.measured[i].as_ref()?.get(measure, side).map(|e| e.value);
                    let speed =
                        at(i).zip(at(i - 1)).map(|(now, before)| (now - before).abs() * self.hz as f32);
                    if speed.is_none_or(|speed| speed > FASTEST_RAD_S) {
                        until[measure as usize] = i + (0.3 * self.hz) as usize;
                    }
                }
                wild[measure as usize] = i < until[measure as usize];
            }
        }
        out
    }

    /// Prints a line of `docs/measurements.md`, and holds the figures to their limits.
    fn check(&self, name: &str) {
        let (slides, trembling) = (self.slides_cm(), self.trembling_deg());
        // To the millimetre.
        let (stretch, slid) = (self.stretch() * 100.0, (quantile(&slides, 1.0) * 10.0).round() / 10.0);
        let mut worst = (0.0, "");
        for (measure, errors) in self.errors_deg() {
            let [half, most] = [0.5, 0.95].map(|share| quantile(&errors, share));
            println!("    {name}: {} {half:.1}°, 95 of 100 within {most:.1}°", measure.name());
            worst = if most > worst.0 { (most, measure.name()) } else { worst };
        }
        let tremble = quantile(&trembling, 0.99);
        println!(
            "| {name} | {stretch:.2} % | {slid:.1} cm | {} | {:.1}° ({}) |",
            if trembling.is_empty() { "never at rest".into() } else { format!("{tremble:.2}°") },
            worst.0,
            worst.1
        );
        assert!(stretch < 1.0, "{name}: a bone changes its length by {stretch} %");
        assert!(slid <= 2.0, "{name}: a planted foot slides by {slid} cm");
        assert!(trembling.is_empty() || tremble <= 0.3, "{name}: bones tremble by {tremble}° at rest");
        assert!(worst.0 <= 5.0, "{name}: {} is drawn {}° off", worst.1, worst.0);
    }
}

fn quantile(values: &[f32], share: f64) -> f32 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    sorted.get(((sorted.len().max(1) - 1) as f64 * share) as usize).copied().unwrap_or(0.0)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// What the real tracker finds in a bundled clip; `None`, said aloud, where the inference library is missing.
fn tracked(clip: &str) -> Option<Vec<PoseFrame>> {
    let library = match baro_vision::find_onnxruntime() {
        Ok(library) => library,
        Err(error) => {
            println!("skipped: {error}");
            return None;
        }
    };
    let models = ModelStore::open(&root().join("models"), &library).unwrap();
    let options = TrackerOptions { complexity: Complexity::Full, threads: 1, smoothing: Smoothing::On };
    let mut tracker = Tracker::new(&models, options).unwrap();
    let file = root().join("assets/demo").join(clip);
    let mut source = baro_vision::open(&SourceSpec::from_path(&file, None)).unwrap();
    let (mut frame, mut frames) = (Frame::default(), Vec::new());
    while source.read(&mut frame).unwrap() {
        let pose = baro_vision::PoseEstimator::estimate(&mut tracker, &frame).unwrap();
        frames.push(PoseFrame { time_s: frame.time_s, pose });
    }
    Some(frames)
}

#[test]
fn the_demo_clips_are_shown_as_they_are_measured() {
    for clip in ["squat.mp4", "shoulder-abduction.mp4"] {
        let Some(frames) = tracked(clip) else { return };
        for body in ["sunhee", "daniel", "mannequin"] {
            Shown::new(body, &frames, 20.0).check(&format!("{clip}, {body}"));
        }
    }
}

#[test]
fn recorded_people_are_shown_as_they_are_measured() {
    if let Some(frames) = or_skip(pose_squats()).unwrap() {
        Shown::new("sunhee", &frames, 5.0).check("pose_squats");
    }
    for take in or_skip(keraal()).unwrap().into_iter().flatten() {
        Shown::new("daniel", &take.blazepose, 30.0).check(&format!("KERAAL {}, BlazePose", take.exercise));
    }
}
