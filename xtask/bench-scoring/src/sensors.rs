//! The same takes of KERAAL through three sensors: how far the angles and scores differ.
//!
//! BlazePose's bodies are made by the lens of the camera and one factor for the depth (see `baro_datasets::keraal`). The Vicon's targets sit on the
//! segments, not on the joints: elbows, shoulders and wrists are found as the points that stay nearest to rest in both neighbours, over all takes
//! in which a target sits at the same place. Knees hardly move in these seated takes, so that their angle is the turn of the shin's target against
//! the thigh's about the thigh's axis across: both lie on the front of their segments, alike on both legs. No angle of one sensor is set by another's;
//! only the start of each recording is, by the height of the hands.
//!
//! Compared is what the product would tell: a value that it refuses (`Claim::Refused`) is counted, not compared. What all values would make of
//! it stands beside it.

use crate::{cameras::median, counting::score};
use anyhow::{Context, Result};
use baro_coach::Exercise;
use baro_datasets::{
    Episode, KeraalTake, RigidBody, VICON_TARGETS, keraal, uiprmd_kinect, uiprmd_vicon, vicon_target,
};
use baro_motion::{
    Claim, Estimate, LandmarkId, Landmarks, Measure, MeasureSet, Measures, PoseFrame, Side, Steady, View,
    ViewFilter,
};
use bench_table::Table;
use glam::{EulerRot, Vec3};
use std::{collections::BTreeMap, sync::Arc};

/// Sensors started within this many frames of each other.
const MOST_LAG: i32 = 15;
/// Knee and elbow may differ by this, degrees.
const GOAL: f64 = 8.0;
/// UI-PRMD's number of sitting down and standing up; moments of a repetition that are compared; knees bent further than this, degrees, sit.
const SIT_TO_STAND: u32 = 5;
const MOMENTS: usize = 20;
const SEATED: f64 = 75.0;
/// A joint that changes by less than this from one of the moments to the next is at rest, degrees.
const STILL: f64 = 4.0;
/// Weight of "near its own target" against "at rest in both neighbours", square metres: an elbow is a hinge, any point of whose axis is at rest.
const RIDGE: f64 = 1e-3;

/// The angles compared.
const COMPARED: [Measure; 4] =
    [Measure::KneeFlexion, Measure::ElbowFlexion, Measure::ShoulderElevation, Measure::HipFlexion];

/// Exercises that a take is near to: by both sensors, as either would be scored.
const SCORED: [(&str, &str); 5] = [
    ("CTK", include_str!("../../../assets/exercises/seated_side_bend.toml")),
    ("CTK", include_str!("../../../assets/exercises/overhead_reach.toml")),
    ("ELK", include_str!("../../../assets/exercises/shoulder_abduction.toml")),
    ("ELK", include_str!("../../../assets/exercises/seated_arm_raise.toml")),
    ("RTK", include_str!("../../../assets/exercises/seated_trunk_rotation.toml")),
];

const SENSORS: [&str; 3] = ["Kinect", "BlazePose", "Vicon"];
const PAIRS: [(usize, usize); 3] = [(0, 1), (0, 2), (1, 2)];

/// One angle or height over a take; `None` where it is not measured.
type Curve = Vec<Option<f32>>;

/// One row of a Vicon file.
type Row = [RigidBody; VICON_TARGETS.len()];

/// Differences of one angle between two sensors, degrees, with sign.
#[derive(Default)]
struct Apart {
    /// Where both sensors' values may be told to a person...
    told: Differences,
    /// ...and all.
    all: Differences,
}

#[derive(Default)]
struct Differences {
    off: Vec<f64>,
    /// The same without each curve's own median: how alike the movement is.
    moving: Vec<f64>,
    /// Take, side and median amount.
    each: Vec<String>,
}

pub fn run() -> Result<Table> {
    let mut table = Table::default();
    let Some(takes) = baro_datasets::or_skip(keraal())? else {
        table.skip("recordings missing");
        return Ok(table);
    };
    let depth = takes.first().map_or(1.0, |take| take.blazepose_depth);
    let note = "one factor for all takes, by the constancy of BlazePose's own bones";
    table.told("BlazePose's depth, as told over as used", f64::from(1.0 / depth), "×", note);
    let elbows = vicon_elbows(&takes).context("the Vicon's elbows")?;
    let mut apart: BTreeMap<(Measure, usize), Apart> = BTreeMap::new();
    let mut still: [Vec<f64>; 3] = Default::default();
    let mut covered: BTreeMap<Measure, [u32; 2]> = BTreeMap::new();
    for (t, take) in takes.iter().enumerate() {
        let lags = PAIRS.map(|(a, b)| lag(&heights(take, a), &heights(take, b)));
        for (measure, side) in COMPARED.into_iter().flat_map(|m| Side::BOTH.map(|side| (m, side))) {
            let vicon = match measure {
                Measure::ElbowFlexion => elbows[t][side as usize].clone(),
                Measure::KneeFlexion => vicon_knee(&take.vicon, side).context("the Vicon's knees")?,
                _ => Curve::new(),
            };
            let estimates = [&take.kinect, &take.blazepose].map(|frames| estimates(frames, measure, side));
            let told = estimates.each_ref().map(|all| {
                let may = |said: &Option<Estimate>| said.filter(|e| e.claim != Claim::Refused);
                all.iter().map(|said| may(said).map(|e| e.value)).collect::<Curve>()
            });
            let curves = [curve(&take.kinect, measure, side), curve(&take.blazepose, measure, side), vicon];
            let told = [&told[0], &told[1], &curves[2]];
            for (pair, ((a, b), lag)) in PAIRS.into_iter().zip(lags).enumerate() {
                let one = apart.entry((measure, pair)).or_default();
                let which = format!("{} {side:?}", take.exercise);
                one.told.note_down(differences(told[a], told[b], lag), &which);
                one.all.note_down(differences(&curves[a], &curves[b], lag), &which);
            }
            if measure == Measure::KneeFlexion {
                still.iter_mut().zip(&curves).for_each(|(still, curve)| still.push(spread(curve)));
            }
            let [within, all] = within(&estimates[1], &curves[2], lags[2]);
            let sum = covered.entry(measure).or_default();
            *sum = [sum[0] + within, sum[1] + all];
        }
    }
    let mut raised = [(); 3].map(|()| Vec::new());
    for take in &takes {
        let trackers = [&take.openpose, &take.alphapose, &take.blazepose];
        trackers.iter().zip(&mut raised).for_each(|(frames, all)| all.extend(knee_raised(take, frames)));
    }
    for (tracker, mut all) in ["OpenPose", "AlphaPose", "BlazePose"].iter().zip(raised) {
        let what = format!("Kinect's knees above where {tracker} sees them in its picture");
        let note =
            "by the lens, in widths of the shoulders, less what shoulder and ankle of that side are off";
        table.told(&what, median(&mut all), "×", note);
    }
    tell(&mut table, apart);
    gated_elsewhere(&mut table)?;
    for (sensor, mut spreads) in SENSORS.iter().zip(still) {
        let what = format!("{sensor}: change of a knee within a take");
        table.told(
            &what,
            median(&mut spreads),
            "°",
            "from the 5th to the 95th of 100 values, median of six knees",
        );
    }
    for (measure, [within, all]) in covered.into_iter().filter(|(_, [_, all])| *all > 0) {
        let what = format!("BlazePose's declared ±2 SD covers the Vicon, {}", measure.name());
        table.told(&what, 100.0 * f64::from(within) / f64::from(all), "%", &format!("{all} values"));
    }
    for (name, text) in SCORED {
        let take = takes.iter().find(|take| take.exercise == name).context("take")?;
        score_difference(&mut table, take, text)?;
    }
    Ok(table)
}

/// By how many widths of the shoulders the Kinect puts each knee above where a tracker of the picture sees it.
fn knee_raised(take: &KeraalTake, frames: &[PoseFrame]) -> Vec<f64> {
    use LandmarkId::*;
    let each = |(kinect, frame): (&Landmarks, &PoseFrame)| {
        let seen = &frame.pose.as_ref()?.image;
        let of = |[shoulder, knee, ankle]: [LandmarkId; 3]| {
            let below = |id: LandmarkId| {
                let there = seen[id].visibility > 0.0 && kinect[id].visibility > 0.0;
                there.then(|| seen[id].position.y - kinect[id].position.y)
            };
            Some(below(knee)? - (below(shoulder)? + below(ankle)?) / 2.0)
        };
        // Heights are in pictures' heights, of which the width is 16 / 9.
        let width = (kinect[LeftShoulder].position.x - kinect[RightShoulder].position.x) * 16.0 / 9.0;
        let sides = [[LeftShoulder, LeftKnee, LeftAnkle], [RightShoulder, RightKnee, RightAnkle]];
        Some(sides.into_iter().filter_map(of).map(|by| f64::from(by / width)).collect::<Vec<_>>())
    };
    take.kinect_picture.iter().zip(frames).filter_map(each).flatten().filter(|by| by.is_finite()).collect()
}

/// Does the gate refuse what is wrong, and not what is right? The Kinect against the Vicon where other people move (UI-PRMD).
fn gated_elsewhere(table: &mut Table) -> Result<()> {
    let key = |e: &Episode| (e.movement, e.subject, e.number, e.correct);
    let kinect: BTreeMap<_, _> = uiprmd_kinect()?.into_iter().map(|e| (key(&e), e.frames)).collect();
    let vicon = uiprmd_vicon()?;
    for measure in [Measure::KneeFlexion, Measure::ElbowFlexion] {
        // Told and refused; of the knees those of who sits apart.
        let (mut off, mut seated) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
        for vicon in &vicon {
            let Some(kinect) = kinect.get(&key(vicon)) else { continue };
            for side in Side::BOTH {
                let value = |frames: &[PoseFrame], moment: usize| {
                    let pose = frames.get(frames.len() * moment / MOMENTS)?.pose.as_ref()?;
                    let wanted = [measure].into_iter().collect();
                    Measures::seen(&pose.world, &View::IN_SPACE, wanted).get(measure, side)
                };
                let curves = [kinect, &vicon.frames]
                    .map(|frames| (0..MOMENTS).map(|moment| value(frames, moment)).collect::<Vec<_>>());
                for moment in 1..MOMENTS - 1 {
                    let still = curves.iter().all(|curve| is_still(&curve[moment - 1..=moment + 1]));
                    let [Some(k), Some(v)] = curves.each_ref().map(|curve| curve[moment]) else { continue };
                    if !still {
                        continue;
                    }
                    let apart = f64::from((k.value - v.value).to_degrees());
                    let apart = (apart, apart.abs() <= f64::from(2.0 * k.sd.to_degrees()));
                    let which = usize::from(k.claim == Claim::Refused);
                    off[which].push(apart);
                    if measure == Measure::KneeFlexion
                        && vicon.movement == SIT_TO_STAND
                        && f64::from(v.value.to_degrees()) > SEATED
                    {
                        seated[which].push(apart);
                    }
                }
            }
        }
        for (of, off) in [(measure.name(), off), ("knees of who sits", seated)] {
            for (claim, off) in ["told", "refused"].into_iter().zip(off) {
                if off.is_empty() {
                    continue;
                }
                let covered = off.iter().filter(|(_, within)| *within).count() * 100 / off.len();
                let mut off: Vec<f64> = off.into_iter().map(|(apart, _)| apart).collect();
                let bias = median(&mut off);
                off.iter_mut().for_each(|d| *d = d.abs());
                let middle = median(&mut off);
                let note = format!(
                    "{} values; Kinect less Vicon {bias:+.1}°; 90 of 100 within {:.0}°; {covered} % within the Kinect's declared ±2 SD",
                    off.len(),
                    off[off.len() * 9 / 10]
                );
                let what = format!("Kinect and Vicon elsewhere (UI-PRMD, at rest), {of}, {claim}");
                table.told(&what, middle, "°", &note);
            }
        }
    }
    Ok(())
}

/// The sensors' clocks differ, the ends of the episodes agree: so only joints are compared that hardly move from moment to moment.
fn is_still(moments: &[Option<Estimate>]) -> bool {
    let near = |pair: &[Option<Estimate>]| match pair {
        [Some(a), Some(b)] => f64::from((a.value - b.value).abs().to_degrees()) < STILL,
        _ => false,
    };
    moments.windows(2).all(near)
}

impl Differences {
    fn note_down(&mut self, off: Vec<f64>, which: &str) {
        if off.is_empty() {
            return;
        }
        let middle = median(&mut off.clone());
        self.moving.extend(off.iter().map(|d| (d - middle).abs()));
        let mut amounts: Vec<f64> = off.iter().map(|d| d.abs()).collect();
        self.each.push(format!("{which} {:.0}", median(&mut amounts)));
        self.off.extend(off);
    }

    /// Median amount, and what else is to be said.
    fn summary(&self) -> (f64, String) {
        let bias = median(&mut self.off.clone());
        let mut amounts: Vec<f64> = self.off.iter().map(|d| d.abs()).collect();
        let middle = median(&mut amounts);
        let within = amounts[amounts.len() * 9 / 10];
        let each = self.each.join(", ");
        (middle, format!("first less second {bias:+.1}°; 90 of 100 within {within:.0}°; {each}"))
    }
}

fn tell(table: &mut Table, apart: BTreeMap<(Measure, usize), Apart>) {
    for ((measure, pair), mut apart) in apart {
        let all = apart.all.off.len();
        if all == 0 {
            continue;
        }
        let (a, b) = PAIRS[pair];
        let what = format!("{} and {}, {}: median difference", SENSORS[a], SENSORS[b], measure.name());
        let told = apart.told.off.len();
        let refused = format!("{} of {all} values refused", all.saturating_sub(told));
        if told == 0 {
            table.words(&what, "nothing told", &refused);
        } else {
            let goal = matches!(measure, Measure::KneeFlexion | Measure::ElbowFlexion).then_some(GOAL);
            let (middle, note) = apart.told.summary();
            table.at_most(&what, middle, "°", goal, &format!("{refused}; {note}"));
        }
        let (middle, note) = apart.all.summary();
        table.told("the same, if nothing were refused", middle, "°", &note);
        table.told("the same without each take's own offset", median(&mut apart.all.moving), "°", "");
    }
}

/// From the 5th to the 95th of 100 values, degrees.
fn spread(curve: &Curve) -> f64 {
    let mut values: Vec<f64> = curve.iter().flatten().map(|v| f64::from(v.to_degrees())).collect();
    values.sort_by(f64::total_cmp);
    let at = |percent: usize| values.get(values.len() * percent / 100).copied().unwrap_or(f64::NAN);
    at(95) - at(5)
}

fn curve(frames: &[PoseFrame], measure: Measure, side: Side) -> Curve {
    let value = |frame: &PoseFrame| Measures::value(&frame.pose.as_ref()?.world, measure, side);
    frames.iter().map(value).collect()
}

/// How far each hand is below the hips, metres, by one of [`SENSORS`], at the trackers' rate.
fn heights(take: &KeraalTake, sensor: usize) -> [Curve; 2] {
    Side::BOTH.map(|side| {
        let hand = match side {
            Side::Left => LandmarkId::LeftWrist,
            Side::Right => LandmarkId::RightWrist,
        };
        let of = |frame: &PoseFrame| Some(frame.pose.as_ref()?.world[hand].position.y);
        let hips = VICON_TARGETS.iter().position(|name| *name == "Hips");
        let target = |row: &Row| Some(row[vicon_target(side, "Hand")?].position.y - row[hips?].position.y);
        match sensor {
            0 => take.kinect.iter().map(of).collect(),
            1 => take.blazepose.iter().map(of).collect(),
            _ => take.vicon.iter().step_by(2).map(target).collect(),
        }
    })
}

/// By how many frames `b` runs behind `a`: where hands differ least in height, but for an offset that is always there.
fn lag(a: &[Curve; 2], b: &[Curve; 2]) -> i32 {
    let off = |lag: i32| {
        let one = |(a, b): (&Curve, &Curve)| {
            let mut off = differences(a, b, lag);
            let middle = median(&mut off);
            off.iter_mut().for_each(|d| *d = (*d - middle).abs());
            median(&mut off)
        };
        a.iter().zip(b).map(one).sum::<f64>()
    };
    (-MOST_LAG..=MOST_LAG).min_by(|x, y| off(*x).total_cmp(&off(*y))).unwrap_or(0)
}

/// Differences, degrees, with `b` taken `lag` frames later.
fn differences(a: &Curve, b: &Curve, lag: i32) -> Vec<f64> {
    let pair = |(i, a): (usize, &Option<f32>)| {
        let at = usize::try_from(i32::try_from(i).ok()? + lag).ok()?;
        let (a, b) = ((*a)?, (*b.get(at)?)?);
        Some(f64::from((a - b).to_degrees()))
    };
    a.iter().enumerate().filter_map(pair).collect()
}

/// What the product makes of a take.
fn estimates(frames: &[PoseFrame], measure: Measure, side: Side) -> Vec<Option<Estimate>> {
    let (mut steady, mut filter) = (Steady::default(), ViewFilter::default());
    let wanted: MeasureSet = [measure].into_iter().collect();
    let said = |frame: &PoseFrame| {
        let pose = steady.step(frame.time_s, frame.pose.as_ref()?);
        let view = filter.step(frame.time_s, &pose);
        Measures::seen(&pose.world, &view, wanted).get(measure, side)
    };
    frames.iter().map(said).collect()
}

/// Errors against the truth that are within the declared ±2 SD, and all.
fn within(estimates: &[Option<Estimate>], truth: &Curve, lag: i32) -> [u32; 2] {
    let mut counts = [0, 0];
    for (i, said) in estimates.iter().enumerate() {
        let at = usize::try_from(i as i32 + lag).ok().and_then(|at| truth.get(at).copied().flatten());
        if let (Some(said), Some(truth)) = (said, at) {
            counts[0] += u32::from((said.value - truth).abs() <= 2.0 * said.sd);
            counts[1] += 1;
        }
    }
    counts
}

/// The knee's flexion, at the trackers' rate (every second row): the turn of the shin's target about the thigh's axis across.
fn vicon_knee(rows: &[Row], side: Side) -> Option<Curve> {
    let (thigh, shin) = (vicon_target(side, "Thigh")?, vicon_target(side, "Tibia")?);
    let turn = |row: &Row| (row[thigh].rotation.inverse() * row[shin].rotation).to_euler(EulerRot::YXZ).0;
    Some(rows.iter().step_by(2).map(|row| Some(turn(row))).collect())
}

/// The elbow's flexion by take and side, at the trackers' rate.
fn vicon_elbows(takes: &[KeraalTake]) -> Option<Vec<[Curve; 2]>> {
    let mut curves = vec![[Curve::new(), Curve::new()]; takes.len()];
    for side in Side::BOTH {
        let [shoulder, arm, forearm, hand] =
            ["Shoulder", "Arm", "Forearm", "Hand"].map(|part| vicon_target(side, part));
        let (shoulder, arm, forearm, hand) = (shoulder?, arm?, forearm?, hand?);
        for swapped in [false, true] {
            let alike = || takes.iter().filter(move |take| take.vicon_swapped[side as usize] == swapped);
            let rows: Vec<&Row> = alike().flat_map(|take| &take.vicon).collect();
            if rows.is_empty() {
                continue;
            }
            let (at_shoulder, at_elbow, at_wrist) =
                (centre(&rows, shoulder, arm)?, centre(&rows, arm, forearm)?, centre(&rows, forearm, hand)?);
            let bend = |row: &Row| {
                // The first of each pair of local points belongs to the first body.
                let place = |body: usize, local: Vec3| row[body].position + row[body].rotation * local;
                let (shoulder, wrist) = (place(arm, at_shoulder[1]), place(forearm, at_wrist[0]));
                let elbow = (place(arm, at_elbow[0]) + place(forearm, at_elbow[1])) / 2.0;
                Some((elbow - shoulder).angle_between(wrist - elbow))
            };
            for (take, curves) in takes.iter().zip(&mut curves) {
                if take.vicon_swapped[side as usize] == swapped {
                    curves[side as usize] = take.vicon.iter().step_by(2).map(bend).collect();
                }
            }
        }
    }
    Some(curves)
}

/// The point that stays nearest to rest in both of two bodies, in the axes of each (Ehrig et al. 2006, symmetrical centre of rotation).
fn centre(rows: &[&Row], a: usize, b: usize) -> Option<[Vec3; 2]> {
    // Normal equations of |Ra x + ta - Rb y - tb|², drawn a little towards both targets.
    let mut normal = [[0.0_f64; 7]; 6];
    let count = rows.len() as f64;
    for row in rows {
        let (ra, rb) = (glam::Mat3::from_quat(row[a].rotation), glam::Mat3::from_quat(row[b].rotation));
        let apart = row[b].position - row[a].position;
        for k in 0..3 {
            let mut equation = [0.0_f64; 7];
            for j in 0..3 {
                equation[j] = f64::from(ra.col(j)[k]);
                equation[3 + j] = -f64::from(rb.col(j)[k]);
            }
            equation[6] = f64::from(apart[k]);
            for i in 0..6 {
                for j in 0..7 {
                    normal[i][j] += equation[i] * equation[j] / count;
                }
            }
        }
    }
    for (i, row) in normal.iter_mut().enumerate() {
        row[i] += RIDGE;
    }
    let x = solve(normal)?;
    Some([Vec3::new(x[0], x[1], x[2]), Vec3::new(x[3], x[4], x[5])])
}

/// Gauss with pivots.
fn solve(mut m: [[f64; 7]; 6]) -> Option<[f32; 6]> {
    for i in 0..6 {
        let pivot = (i..6).max_by(|&p, &q| m[p][i].abs().total_cmp(&m[q][i].abs()))?;
        m.swap(i, pivot);
        if m[i][i].abs() < 1e-12 {
            return None;
        }
        let row = m[i];
        for (j, other) in m.iter_mut().enumerate() {
            if j != i {
                let by = other[i] / row[i];
                other.iter_mut().zip(row).for_each(|(cell, above)| *cell -= by * above);
            }
        }
    }
    Some(std::array::from_fn(|i| (m[i][6] / m[i][i]) as f32))
}

/// What an exercise makes of a take by Kinect and by BlazePose.
fn score_difference(table: &mut Table, take: &KeraalTake, text: &str) -> Result<()> {
    let exercise = Arc::new(Exercise::from_toml(text)?);
    let [a, b] = [score(&exercise, &take.kinect), score(&exercise, &take.blazepose)];
    let note =
        format!("Kinect: {} complete, {} partial; BlazePose: {}, {}", a.count, a.partial, b.count, b.partial);
    let what = format!("{} as {}: difference of the scores", take.exercise, exercise.id);
    match (a.score, b.score) {
        (Some(x), Some(y)) => {
            table.told(&what, (x - y).abs(), "points", &format!("{note}; {x:.0} and {y:.0}"))
        }
        _ => table.words(&what, "not scored by both", &note),
    }
    Ok(())
}
