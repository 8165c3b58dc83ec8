//! How fast a stream of 33 points is scored on one core, and what it allocates.

use crate::ALLOCATOR;
use anyhow::Result;
use baro_coach::{Coach, Exercise, SideChoice};
use baro_datasets::pose_squats;
use baro_motion::{LandmarkId, Landmarks, PoseFrame};
use bench_table::Table;
use glam::Vec3;
use stats_alloc::Region;
use std::{hint::black_box, sync::Arc, time::Instant};

/// Pictures a second of the stream.
const FPS: usize = 30;
/// Takes of each; the fastest counts, since the machine may be busy with other things.
const TAKES: usize = 7;

pub fn run() -> Result<Table> {
    let frames = stream(&pose_squats()?, 40);
    let mut table = Table::default();
    for (id, text) in [
        ("squat", include_str!("../../../assets/exercises/squat.toml")),
        ("shoulder-abduction", include_str!("../../../assets/exercises/shoulder_abduction.toml")),
    ] {
        let exercise = Arc::new(Exercise::from_toml(text)?);
        let (mut ours, mut peer) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..TAKES {
            ours = ours.min(seconds_a_frame(&frames, || score(&exercise, &frames)));
            peer = peer.min(seconds_a_frame(&frames, || plain_angles(&frames)));
        }
        let note = format!("{} frames of the squats video, interpolated to {FPS} a second", frames.len());
        table.at_least(
            &format!("{id}: conditioned, measured with ±, counted, scored, coached; one core"),
            1.0 / ours,
            "frames/s",
            Some(20_000.0),
            &note,
        );
        let note = "the peer computes eight joint angles by arc cosine, and nothing else";
        table.told(&format!("{id}: its time over the peer's, by turns"), ours / peer, "×", note);
        table.told(&format!("{id}: share of a core at 30 frames a second"), ours * 30.0 * 100.0, "%", "");
    }
    let exercise = Arc::new(Exercise::from_toml(include_str!("../../../assets/exercises/squat.toml"))?);
    let (allocations, quiet) = allocations(&exercise, &frames);
    let note = format!("over {quiet} frames that end no repetition");
    table.at_most("allocations a frame", allocations as f64 / quiet as f64, "", Some(0.0), &note);
    Ok(table)
}

/// The recording there and back, over and over, with pictures in between.
fn stream(recorded: &[PoseFrame], rounds: usize) -> Vec<PoseFrame> {
    let there_and_back: Vec<_> = recorded.iter().chain(recorded.iter().rev()).collect();
    let between = FPS / 5;
    let mut frames = Vec::new();
    for _ in 0..rounds {
        for pair in there_and_back.windows(2) {
            let [Some(a), Some(b)] = [pair[0].pose, pair[1].pose] else { continue };
            for i in 0..between {
                let share = i as f32 / between as f32;
                let mut pose = a;
                for (set, (from, to)) in
                    [(&mut pose.image, (&a.image, &b.image)), (&mut pose.world, (&a.world, &b.world))]
                {
                    mix(set, from, to, share);
                }
                frames.push(PoseFrame { time_s: frames.len() as f64 / FPS as f64, pose: Some(pose) });
            }
        }
    }
    frames
}

fn mix(out: &mut Landmarks, from: &Landmarks, to: &Landmarks, share: f32) {
    for (out, (from, to)) in out.0.iter_mut().zip(from.0.iter().zip(&to.0)) {
        out.position = from.position.lerp(to.position, share);
    }
}

fn seconds_a_frame<T>(frames: &[PoseFrame], work: impl FnOnce() -> T) -> f64 {
    let (began, began_on_core) = (Instant::now(), on_core_s());
    black_box(work());
    let waited_too = began.elapsed().as_secs_f64();
    let spent = on_core_s().zip(began_on_core).map_or(waited_too, |(now, then)| now - then);
    spent / frames.len() as f64
}

/// Seconds that this thread has spent on a core: on a busy machine it also waits for one. `None` where the system doesn't tell.
fn on_core_s() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = told.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

fn score(exercise: &Arc<Exercise>, frames: &[PoseFrame]) -> u32 {
    let mut coach = Coach::new(exercise.clone(), SideChoice::Auto);
    for frame in frames {
        black_box(coach.step(frame));
    }
    coach.finish().count
}

/// What tutorials do with a pose: the angle at eight joints by the arc cosine, with no error, view, count or score.
fn plain_angles(frames: &[PoseFrame]) -> f32 {
    use LandmarkId::*;
    const JOINTS: [[LandmarkId; 3]; 8] = [
        [LeftShoulder, LeftElbow, LeftWrist],
        [RightShoulder, RightElbow, RightWrist],
        [LeftElbow, LeftShoulder, LeftHip],
        [RightElbow, RightShoulder, RightHip],
        [LeftShoulder, LeftHip, LeftKnee],
        [RightShoulder, RightHip, RightKnee],
        [LeftHip, LeftKnee, LeftAnkle],
        [RightHip, RightKnee, RightAnkle],
    ];
    let mut sum = 0.0;
    for pose in frames.iter().filter_map(|frame| frame.pose.as_ref()) {
        for [a, b, c] in JOINTS {
            let at = |id: LandmarkId| -> Vec3 { pose.world[id].position };
            let (u, v) = (at(a) - at(b), at(c) - at(b));
            sum += black_box((u.dot(v) / (u.length() * v.length())).clamp(-1.0, 1.0).acos());
        }
    }
    sum
}

/// Allocations in frames that end no repetition, and how many such frames there are.
fn allocations(exercise: &Arc<Exercise>, frames: &[PoseFrame]) -> (usize, usize) {
    let mut coach = Coach::new(exercise.clone(), SideChoice::Auto);
    let (mut allocations, mut quiet) = (0, 0);
    for frame in frames {
        let region = Region::new(ALLOCATOR);
        let ended = coach.step(frame).ended_rep.is_some();
        if !ended {
            let change = region.change();
            allocations += change.allocations + change.reallocations;
            quiet += 1;
        }
    }
    (allocations, quiet)
}
