//! Does a raised hand choose where nobody raised it to choose? Over every shared recording, as a host would listen: during the exercise that is being
//! done, and (harder) as if it were between exercises.

use crate::footage;
use anyhow::{Context, Result};
use baro_coach::{
    Exercise,
    gesture::{RAISED_HAND_S, RaisedHand},
};
use baro_datasets::{Episode, or_skip};
use baro_motion::{PoseFrame, Side};
use bench_table::Table;
use std::path::Path;

/// UI-PRMD's movements: their names, the exercises that they are, and whether a hand goes above the head in them.
const MOVEMENTS: [(&str, &str, bool); 10] = [
    ("deep squat", "deep_squat", false),
    ("hurdle step", "hurdle_step", false),
    ("inline lunge", "inline_lunge", false),
    ("side lunge", "side_lunge", false),
    ("sit to stand", "sit_to_stand", false),
    ("standing leg raise", "standing_leg_raise", false),
    ("shoulder abduction", "full_shoulder_abduction", true),
    ("shoulder extension", "shoulder_extension", false),
    ("shoulder rotation", "shoulder_rotation", false),
    ("shoulder scaption", "shoulder_scaption", true),
];
/// KERAAL's takes: trunk side bend, arm and leg, trunk rotation.
const TAKES: [(&str, &str); 3] =
    [("CTK", "seated_side_bend"), ("ELK", "seated_arm_raise"), ("RTK", "seated_trunk_rotation")];
/// Stands between two recordings that are played one after the other, seconds.
const BREAK_S: f64 = 0.1;

/// What the hands chose over some recordings.
#[derive(Default)]
struct Heard {
    during: u32,
    between: u32,
    /// The longest that a hand was up as if it chose, seconds.
    longest_s: f64,
    seconds: f64,
}

pub fn run() -> Result<Table> {
    let mut table = Table::default();
    let (mut all, mut raises) = (Heard::default(), Heard::default());
    for (sensor, episodes) in [
        ("Kinect", or_skip(baro_datasets::uiprmd_kinect())?),
        ("Vicon", or_skip(baro_datasets::uiprmd_vicon())?),
    ] {
        let Some(episodes) = episodes else { continue };
        for (number, (name, exercise, raised)) in (1..).zip(MOVEMENTS) {
            let of_movement = |e: &&Episode| e.movement == number;
            let mut heard = Heard::default();
            for subject in 1..=6 {
                let mine = episodes.iter().filter(of_movement).filter(|e| e.subject == subject);
                heard.listen(&joined(mine.map(|e| e.frames.as_slice())), &exercise_file(exercise)?);
            }
            heard.tell(&mut table, &format!("UI-PRMD {sensor}, {name}"), raised);
            if raised { &mut raises } else { &mut all }.join(&heard);
            if raised {
                let tops = episodes.iter().filter(of_movement).filter_map(|e| highest(&e.frames));
                tell_held(&mut table, &format!("UI-PRMD {sensor}, {name}"), tops);
            }
        }
    }
    for take in or_skip(baro_datasets::keraal())?.unwrap_or_default() {
        let exercise = TAKES.iter().find(|(name, _)| *name == take.exercise).context("an unknown take")?.1;
        for (sensor, frames) in [("Kinect", &take.kinect), ("BlazePose", &take.blazepose)] {
            let mut heard = Heard::default();
            heard.listen(frames, &exercise_file(exercise)?);
            // One arm and the other leg are raised, and held.
            let raised = take.exercise == "ELK";
            heard.tell(&mut table, &format!("KERAAL {sensor}, {}", take.exercise), raised);
            if raised { &mut raises } else { &mut all }.join(&heard);
        }
    }
    if let Some(mut tracker) = footage::tracker()? {
        for (name, file) in footage::videos() {
            let frames = footage::track(&mut tracker, &file)?;
            let exercise = if name.ends_with("abduction") { "shoulder_abduction" } else { "squat" };
            let mut heard = Heard::default();
            heard.listen(&frames, &exercise_file(exercise)?);
            heard.tell(&mut table, &format!("video {name}"), false);
            all.join(&heard);
        }
    }
    if all.seconds == 0.0 {
        table.skip("recordings missing");
        return Ok(table);
    }
    let minutes = |heard: &Heard| format!("{:.0} minutes", heard.seconds / 60.0);
    table.at_most(
        "all but raised arms, between exercises",
        all.between.into(),
        "",
        Some(0.0),
        &minutes(&all),
    );
    table.at_most(
        "all but raised arms, during the exercise",
        all.during.into(),
        "",
        Some(0.0),
        &minutes(&all),
    );
    let note = format!("{}; longest {:.1} s", minutes(&raises), raises.longest_s);
    table.at_most(
        "arms raised above the head, during the exercise",
        raises.during.into(),
        "",
        Some(0.0),
        &note,
    );
    table.told("the same, as if between exercises", raises.between.into(), "", "not how it is used");
    Ok(table)
}

impl Heard {
    fn listen(&mut self, frames: &[PoseFrame], exercise: &Exercise) {
        let chosen = |mut hand: RaisedHand| {
            let (mut count, mut longest) = (0, 0.0_f64);
            for PoseFrame { time_s, pose } in frames {
                let hands = hand.step(*time_s, pose.as_ref().map(|pose| &pose.world));
                count += u32::from(hands.chosen.is_some());
                longest = hands.progress.into_iter().flatten().map(f64::from).fold(longest, f64::max);
            }
            (count, longest)
        };
        self.during += chosen(RaisedHand::new(Some(exercise))).0;
        let (between, longest) = chosen(RaisedHand::new(None));
        self.between += between;
        self.longest_s = self.longest_s.max(longest * RAISED_HAND_S);
        let ends = frames.first().zip(frames.last());
        self.seconds += ends.map_or(0.0, |(first, last)| last.time_s - first.time_s);
    }

    fn join(&mut self, other: &Self) {
        self.during += other.during;
        self.between += other.between;
        self.longest_s = self.longest_s.max(other.longest_s);
        self.seconds += other.seconds;
    }

    fn tell(&self, table: &mut Table, what: &str, raised: bool) {
        let note = format!(
            "{:.0} s, longest {:.1} s; between exercises {}",
            self.seconds, self.longest_s, self.between
        );
        let what = if raised { format!("{what} (arms raised)") } else { what.to_owned() };
        table.at_most(&what, self.during.into(), "", Some(0.0), &note);
    }
}

/// Recordings one after the other, with a break between.
fn joined<'a>(recordings: impl Iterator<Item = &'a [PoseFrame]>) -> Vec<PoseFrame> {
    let mut all = Vec::new();
    let mut from_s = 0.0;
    for frames in recordings {
        all.extend(frames.iter().map(|frame| PoseFrame { time_s: from_s + frame.time_s, ..*frame }));
        from_s = all.last().map_or(0.0, |frame: &PoseFrame| frame.time_s) + BREAK_S;
    }
    all
}

/// The moment at which one wrist is highest above its shoulder.
fn highest(frames: &[PoseFrame]) -> Option<PoseFrame> {
    let height = |frame: &&PoseFrame| {
        frame.pose.map_or(f32::MIN, |pose| {
            let up = |side| {
                use baro_motion::Joint::{Shoulder, Wrist};
                pose.world[Shoulder.of(side)].position.y - pose.world[Wrist.of(side)].position.y
            };
            Side::BOTH.map(up).into_iter().fold(f32::MIN, f32::max)
        })
    };
    frames.iter().max_by(|a, b| height(a).total_cmp(&height(b))).copied()
}

/// How many of these postures choose when they are held for as long as it takes.
fn tell_held(table: &mut Table, what: &str, postures: impl Iterator<Item = PoseFrame>) {
    let (mut chosen, mut count) = (0_u32, 0_u32);
    for PoseFrame { pose, .. } in postures {
        let mut hand = RaisedHand::new(None);
        let mut steps = (0..75).map(|i| f64::from(i) / 30.0);
        count += 1;
        chosen += u32::from(steps.any(|t| hand.step(t, pose.as_ref().map(|p| &p.world)).chosen.is_some()));
    }
    let share = 100.0 * f64::from(chosen) / f64::from(count.max(1));
    let note = format!("{count} repetitions, right and wrong ones; both arms at once choose nothing");
    table.told(&format!("{what}: highest postures that would choose if held"), share, "%", &note);
}

fn exercise_file(name: &str) -> Result<Exercise> {
    let file = crate::root().join(Path::new("assets/exercises").join(format!("{name}.toml")));
    let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    Ok(Exercise::from_toml(&text)?)
}
