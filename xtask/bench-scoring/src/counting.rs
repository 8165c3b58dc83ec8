//! Are repetitions counted, where they are, at any frame rate, and nothing else?
//!
//! Sequences are made by joining one person's correct repetitions of one movement of UI-PRMD, with idle time between: the
//! last (first) pictures of the recording to and fro, and a quarter of a second from one posture to the next.

use crate::cameras::median;
use anyhow::{Context, Result};
use baro_coach::{Coach, Exercise, Report, SideChoice};
use baro_datasets::{Episode, uiprmd_kinect, uiprmd_vicon};
use baro_motion::{Landmarks, PoseFrame};
use bench_table::Table;
use std::{collections::BTreeMap, path::Path, sync::Arc};

/// The exercise file of each movement, 1 to 10.
const EXERCISES: [&str; 10] = [
    "squat",
    "hurdle_step",
    "inline_lunge",
    "side_lunge",
    "sit_to_stand",
    "standing_leg_raise",
    "shoulder_abduction",
    "shoulder_extension",
    "shoulder_rotation",
    "shoulder_scaption",
];
/// Movements that are repetitions of one another by the exercises' own rules: a squat and sitting down, raising the arm to the
/// side and in the plane of the shoulder blade, which also is how an arm comes up for the rotation.
const ALIKE: [(usize, usize); 4] = [(1, 5), (7, 10), (7, 9), (10, 9)];
/// Idle time before and after each repetition, and the way to the next one's first posture, seconds.
const IDLE_S: f64 = 0.75;
const BLEND_S: f64 = 0.25;
/// Pictures of the recording's end that idle time is made of.
const IDLE_PICTURES: usize = 5;
/// An episode whose first and last postures lie apart by more than this share of its whole extent is cut off (most people's first
/// one with the Vicon begins in mid-movement): it is no whole repetition, and left out.
const CUT: f32 = 0.25;
/// Pictures a second at which the sequences are counted, whole and with some lost.
const RATES_FPS: [f64; 4] = [30.0, 15.0, 10.0, 5.0];
/// A repetition's start or end this near to the truth is right, seconds.
const NEAR_S: f64 = 0.25;
/// Movements taken for others that are named.
const MOST_OFTEN: usize = 5;

/// A recording played at its own rate.
#[derive(Default)]
struct Reel {
    rate: f64,
    frames: Vec<PoseFrame>,
    /// Start and end of each repetition, seconds.
    truth: Vec<[f64; 2]>,
}

impl Reel {
    fn new(rate: f64) -> Self {
        Self { rate, ..Self::default() }
    }

    fn push(&mut self, frame: &PoseFrame) {
        let time_s = self.frames.len() as f64 / self.rate;
        self.frames.push(PoseFrame { time_s, ..*frame });
    }

    /// `seconds` of the pictures to and fro.
    fn idle(&mut self, pictures: &[PoseFrame], seconds: f64) {
        let period = 2 * pictures.len() - 2;
        for i in 0..(seconds * self.rate) as usize {
            let at = i % period;
            self.push(&pictures[at.min(period - at)]);
        }
    }

    /// Adds a repetition, with idle time around it.
    fn add(&mut self, episode: &[PoseFrame]) {
        let n = episode.len();
        if let (Some(last), steps) = (self.frames.last().copied(), (BLEND_S * self.rate) as usize) {
            for i in 1..steps {
                self.push(&mix(&last, &episode[0], i as f32 / steps as f32));
            }
        }
        self.idle(&episode[..IDLE_PICTURES.min(n)], IDLE_S);
        let start_s = self.frames.len() as f64 / self.rate;
        episode.iter().for_each(|frame| self.push(frame));
        self.truth.push(moving_span_s(episode, self.rate).map(|t_s| start_s + t_s));
        self.idle(&episode[n - IDLE_PICTURES.min(n)..], IDLE_S);
    }

    /// The same at another rate, with every fifth picture lost on average where `lost`.
    fn at(&self, fps: f64, lost: bool) -> Vec<PoseFrame> {
        let seconds = self.frames.len() as f64 / self.rate;
        let mut random = 20_u32;
        (0..(seconds * fps) as usize)
            .map(|i| i as f64 / fps)
            .map(|time_s| PoseFrame { time_s, ..self.frames[(time_s * self.rate) as usize] })
            .filter(|_| {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                !lost || random >> 8 & 0xff > 51
            })
            .collect()
    }
}

fn mix(from: &PoseFrame, to: &PoseFrame, share: f32) -> PoseFrame {
    let (Some(a), Some(b)) = (from.pose, to.pose) else { return *from };
    let mut pose = a;
    for (out, (a, b)) in pose.world.0.iter_mut().zip(a.world.0.iter().zip(&b.world.0)) {
        out.position = a.position.lerp(b.position, share);
    }
    PoseFrame { pose: Some(pose), ..*from }
}

/// When the body moves within an episode, seconds from its beginning. Found without any measure or threshold of an exercise:
/// from when all points together are 6 % of the way from the first posture to when they are as near to the last one again.
fn moving_span_s(episode: &[PoseFrame], rate: f64) -> [f64; 2] {
    let from_first = distances(episode, &episode[..3.min(episode.len())]);
    let from_last = distances(episode, &episode[episode.len().saturating_sub(3)..]);
    let most = from_first.iter().copied().fold(0.0, f32::max);
    let peak = from_first.iter().position(|&d| d == most).unwrap_or(0);
    let near = |d: &f32| *d <= 0.06 * most;
    let start = from_first[..peak].iter().rposition(near).unwrap_or(0);
    let end = peak + from_last[peak..].iter().position(near).unwrap_or(episode.len() - 1 - peak);
    [start, end].map(|i| i as f64 / rate)
}

/// Mean distance of the points from where they are in `places`, averaged over five pictures.
fn distances(episode: &[PoseFrame], places: &[PoseFrame]) -> Vec<f32> {
    let raw: Vec<f32> = episode
        .iter()
        .map(|frame| {
            let all = places.iter().map(|place| distance(world(frame), world(place)));
            all.sum::<f32>() / places.len() as f32
        })
        .collect();
    (0..raw.len())
        .map(|i| {
            let around = &raw[i.saturating_sub(2)..(i + 3).min(raw.len())];
            around.iter().sum::<f32>() / around.len() as f32
        })
        .collect()
}

/// Does the episode begin and end in the same posture?
fn is_whole(episode: &[PoseFrame]) -> bool {
    let from_first = distances(episode, &episode[..3.min(episode.len())]);
    let most = from_first.iter().copied().fold(0.0, f32::max);
    from_first.last().is_some_and(|&last| last <= CUT * most)
}

fn world(frame: &PoseFrame) -> Landmarks {
    frame.pose.map_or_else(Landmarks::default, |pose| pose.world)
}

fn distance(a: Landmarks, b: Landmarks) -> f32 {
    let seen = a.0.iter().zip(&b.0).filter(|(a, b)| a.visibility > 0.5 && b.visibility > 0.5);
    let (sum, n) =
        seen.fold((0.0, 0.0_f32), |(sum, n), (a, b)| (sum + a.position.distance(b.position), n + 1.0));
    sum / n.max(1.0)
}

/// What the coach makes of a recording.
pub fn score(exercise: &Arc<Exercise>, frames: &[PoseFrame]) -> Report {
    let mut coach = Coach::new(exercise.clone(), SideChoice::Auto);
    for frame in frames {
        coach.step(frame);
    }
    coach.finish().clone()
}

/// What was counted on a set of sequences.
#[derive(Default)]
struct Tally {
    sequences: usize,
    exact: usize,
    off_by_one: usize,
    reps: usize,
    found: usize,
    /// Distances of starts and ends from the truth, of the repetitions found.
    start_off_s: Vec<f64>,
    end_off_s: Vec<f64>,
    /// `squat K3: 9`.
    wrong: Vec<String>,
}

impl Tally {
    fn add(&mut self, what: &str, report: &Report, truth: &[[f64; 2]]) {
        let count = report.count as usize;
        self.sequences += 1;
        self.exact += usize::from(count == truth.len());
        self.off_by_one += usize::from(count.abs_diff(truth.len()) <= 1);
        self.reps += truth.len();
        if count != truth.len() {
            self.wrong.push(format!("{what}: {count}"));
        }
        for &[from_s, to_s] in truth {
            let inside = |t_s: f64| (from_s - IDLE_S..to_s + IDLE_S).contains(&t_s);
            let mut here =
                report.reps.iter().filter(|rep| rep.complete && inside((rep.start_s + rep.end_s) / 2.0));
            if let (Some(rep), None) = (here.next(), here.next()) {
                self.found += 1;
                self.start_off_s.push((rep.start_s - from_s).abs());
                self.end_off_s.push((rep.end_s - to_s).abs());
            }
        }
    }

    fn share(part: usize, all: usize) -> f64 {
        part as f64 / all.max(1) as f64
    }
}

/// The joined repetitions of every movement, sensor and person.
struct Sequence {
    movement: usize,
    name: String,
    reel: Reel,
}

fn sequences(sensors: &[(&str, f64, Vec<Episode>)], cut_too: bool) -> Vec<Sequence> {
    let mut all = Vec::new();
    for (sensor, rate, episodes) in sensors {
        for movement in 1..=EXERCISES.len() {
            for subject in 1..=6 {
                let mut reel = Reel::new(*rate);
                let own = |e: &&Episode| e.movement as usize == movement && e.subject == subject && e.correct;
                let own = episodes.iter().filter(own).filter(|episode| cut_too || is_whole(&episode.frames));
                own.for_each(|episode| reel.add(&episode.frames));
                let name = format!("{} {sensor} {subject}", EXERCISES[movement - 1]);
                all.push(Sequence { movement, name, reel });
            }
        }
    }
    all
}

/// For every person, two correct repetitions of each movement but this one, one after another, and which movements they are.
fn others(movement: usize, sensor: &(&str, f64, Vec<Episode>)) -> Vec<(Reel, Vec<usize>)> {
    let alike = |other: usize| ALIKE.contains(&(movement, other)) || ALIKE.contains(&(other, movement));
    (1..=6)
        .map(|subject| {
            let (mut reel, mut movements) = (Reel::new(sensor.1), Vec::new());
            for other in (1..=EXERCISES.len()).filter(|&other| other != movement && !alike(other)) {
                let own = |e: &&Episode| {
                    e.movement as usize == other && e.subject == subject && e.correct && e.number <= 2
                };
                for episode in sensor.2.iter().filter(own) {
                    reel.add(&episode.frames);
                    movements.push(other);
                }
            }
            (reel, movements)
        })
        .collect()
}

fn exercises() -> Result<Vec<Arc<Exercise>>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/exercises");
    let read = |name: &&str| {
        let text = std::fs::read_to_string(folder.join(name).with_extension("toml"))?;
        Ok(Arc::new(Exercise::from_toml(&text).with_context(|| format!("{name}.toml"))?))
    };
    EXERCISES.iter().map(read).collect()
}

pub fn run() -> Result<Table> {
    let exercises = exercises()?;
    let sensors = [("Kinect", 30.0, uiprmd_kinect()?), ("Vicon", 50.0, uiprmd_vicon()?)];
    let all = sequences(&sensors, true);
    let sequences = sequences(&sensors, false);
    let mut table = Table::default();
    for (fps, lost) in [false, true].into_iter().flat_map(|lost| RATES_FPS.map(|fps| (fps, lost))) {
        let mut tally = Tally::default();
        for sequence in &sequences {
            let report = score(&exercises[sequence.movement - 1], &sequence.reel.at(fps, lost));
            tally.add(&sequence.name, &report, &sequence.reel.truth);
        }
        counted(&mut table, fps, lost, &tally);
    }
    let mut tally = Tally::default();
    for sequence in &all {
        let report = score(&exercises[sequence.movement - 1], &sequence.reel.at(30.0, false));
        tally.add(&sequence.name, &report, &sequence.reel.truth);
    }
    let note =
        format!("{} of {}: the first of a recording often begins in mid-movement", tally.found, tally.reps);
    let share = Tally::share(tally.found, tally.reps);
    table.told("30 fps: repetitions counted exactly, with the cut-off episodes too", share, "", &note);
    let (mut wrong, mut shown) = (0, 0);
    // By exercise, other movement and sensor.
    let mut which: BTreeMap<String, u32> = BTreeMap::new();
    for (movement, exercise) in exercises.iter().enumerate() {
        for sensor in &sensors {
            for (reel, movements) in others(movement + 1, sensor) {
                let report = score(exercise, &reel.at(30.0, false));
                shown += reel.truth.len();
                wrong += report.count as usize;
                for rep in report.reps.iter().filter(|rep| rep.complete) {
                    let middle_s = (rep.start_s + rep.end_s) / 2.0;
                    let of =
                        reel.truth.iter().zip(&movements).find(|([_, to_s], _)| middle_s < to_s + IDLE_S);
                    let other = of.map_or("idle", |(_, &other)| EXERCISES[other - 1]);
                    let name = format!("{other} as {} ({})", EXERCISES[movement], sensor.0);
                    *which.entry(name).or_default() += 1;
                }
            }
        }
    }
    let mut which: Vec<_> = which.into_iter().collect();
    which.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let which: Vec<String> = which.into_iter().map(|(name, count)| format!("{name} {count}")).collect();
    println!("counted though another movement: {}", which.join(", "));
    let note = format!(
        "{wrong} of {shown}; left out as alike: squat and sit-to-stand; abduction, scaption and the arm coming up for rotation; most often {}",
        which[..MOST_OFTEN.min(which.len())].join(", ")
    );
    table.at_most("other movements counted", Tally::share(wrong, shown), "", Some(0.02), &note);
    Ok(table)
}

fn counted(table: &mut Table, fps: f64, lost: bool, tally: &Tally) {
    let drops = if lost { ", 20 % of the frames dropped" } else { "" };
    let what = |text: &str| format!("{fps} fps{drops}: {text}");
    let full = fps == 30.0 && !lost;
    let goal = if full { 0.97 } else { 0.93 };
    println!("{fps} fps{drops}: {}", tally.wrong.join(", "));
    let note = format!("{} of {} sequences of up to 10 repetitions", tally.exact, tally.sequences);
    let exact = Tally::share(tally.exact, tally.sequences);
    table.at_least(&what("sequences counted exactly"), exact, "", Some(goal), &note);
    let note = format!("{} of {} counted once, where they are", tally.found, tally.reps);
    table.at_least(
        &what("repetitions counted exactly"),
        Tally::share(tally.found, tally.reps),
        "",
        Some(goal),
        &note,
    );
    if !full {
        return;
    }
    let off = Tally::share(tally.off_by_one, tally.sequences);
    table.at_least(&what("sequences off by one at most"), off, "", Some(1.0), "");
    for (name, off_s) in [("start", &tally.start_off_s), ("end", &tally.end_off_s)] {
        let truth = "the truth: all points leave, or reach, the resting posture by 6 %";
        let distance = what(&format!("{name} of a repetition, median distance from the truth"));
        table.at_most(&distance, median(&mut off_s.clone()), "s", Some(NEAR_S), truth);
        let near = off_s.iter().filter(|&&s| s <= NEAR_S).count();
        let note = format!("{near} of {}", off_s.len());
        let share = what(&format!("{name}s within {NEAR_S} s of the truth"));
        table.told(&share, Tally::share(near, off_s.len()), "", &note);
    }
}
