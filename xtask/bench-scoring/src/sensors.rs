//! The same takes of KERAAL through three sensors: how far the angles and scores differ.
//!
//! BlazePose's file holds picture coordinates of an older release, whose depth is told in widths of the cropped region instead of the picture:
//! it is about three times too large. Each take's depth is scaled so that the thigh has its usual length against the trunk, which no other
//! sensor has a part in. The Vicon's targets sit on the segments, not on the joints: elbows, shoulders and wrists are found as the points that
//! stay nearest to rest in both neighbours. Knees don't move in these seated takes, so that the Vicon can't tell where they are.

use crate::cameras::median;
use anyhow::{Context, Result};
use baro_coach::{Coach, Exercise, SideChoice};
use baro_datasets::{KeraalTake, RigidBody, VICON_TARGETS, keraal};
use baro_motion::{Bone, Measure, MeasureSet, Measures, PoseFrame, Side, Steady, View, ViewFilter};
use bench_table::Table;
use glam::Vec3;
use std::sync::Arc;

/// Thigh over trunk (hips to shoulders): 0.245 and 0.288 of the body's height (Winter 2009, table 4.1).
const THIGH_TO_TRUNK: f32 = 0.245 / 0.288;
/// Sensors started within this many frames of each other.
const MOST_LAG: i32 = 15;
/// Knee and elbow may differ by this, degrees.
const GOAL: f64 = 8.0;
/// Weight of "near its own target" against "at rest in both neighbours", square metres: an elbow is a hinge, any point of whose axis is at rest.
const RIDGE: f64 = 1e-3;

/// The angles compared, by time.
const COMPARED: [Measure; 4] =
    [Measure::KneeFlexion, Measure::ElbowFlexion, Measure::ShoulderElevation, Measure::HipFlexion];

/// One angle over a take; `None` where it is not measured.
type Curve = Vec<Option<f32>>;

pub fn run() -> Result<Table> {
    let mut table = Table::default();
    let Some(takes) = baro_datasets::or_skip(keraal())? else {
        table.words("skipped", "recordings missing", "");
        return Ok(table);
    };
    let (mut covered, mut compared) = (0, 0);
    let mut pooled: Vec<(&str, Measure, Vec<f64>)> = Vec::new();
    let mut scores = Vec::new();
    for take in &takes {
        let (blazepose, depth) = rescaled(&take.blazepose);
        table.told(
            &format!("{}: BlazePose's depth, as told over as used", take.exercise),
            f64::from(1.0 / depth),
            "×",
            "",
        );
        for measure in COMPARED {
            for side in Side::BOTH {
                let kinect = curve(&take.kinect, measure, side);
                let camera = curve(&blazepose, measure, side);
                let lag = lag(&kinect, &camera);
                note(&mut pooled, "Kinect and BlazePose", measure, differences(&kinect, &camera, lag));
                if measure != Measure::ElbowFlexion {
                    continue;
                }
                let vicon = vicon_elbow(&take.vicon, side).context("Vicon")?;
                let (to_kinect, to_camera) = (self::lag(&kinect, &vicon), self::lag(&camera, &vicon));
                note(&mut pooled, "Kinect and Vicon", measure, differences(&kinect, &vicon, to_kinect));
                note(&mut pooled, "BlazePose and Vicon", measure, differences(&camera, &vicon, to_camera));
                let [within, all] = within(&blazepose, measure, side, &vicon, to_camera);
                covered += within;
                compared += all;
            }
        }
        scores.extend(score_difference(take, &blazepose)?);
    }
    for (sensors, measure, mut off) in pooled {
        let what = format!("{sensors}, {}: median difference", measure.name());
        let values = off.len();
        let middle = median(&mut off);
        let note =
            format!("3 takes, both sides, {values} values; 90 of 100 within {:.0}°", off[values * 9 / 10]);
        let goal = matches!(measure, Measure::KneeFlexion | Measure::ElbowFlexion).then_some(GOAL);
        table.at_most(&what, middle, "°", goal, &note);
    }
    let share = 100.0 * f64::from(covered) / f64::from(compared.max(1));
    table.told(
        "BlazePose's declared ±2 SD covers the Vicon's elbow",
        share,
        "%",
        &format!("{compared} values"),
    );
    for (what, value, remark) in scores {
        table.told(&what, value, "points", &remark);
    }
    Ok(table)
}

fn note<'a>(
    pooled: &mut Vec<(&'a str, Measure, Vec<f64>)>,
    sensors: &'a str,
    measure: Measure,
    off: Vec<f64>,
) {
    match pooled.iter_mut().find(|(name, of, _)| *name == sensors && *of == measure) {
        Some((.., all)) => all.extend(off),
        None => pooled.push((sensors, measure, off)),
    }
}

/// BlazePose's bodies with their depth set right, and by what it was multiplied.
fn rescaled(frames: &[PoseFrame]) -> (Vec<PoseFrame>, f32) {
    let deepened = |depth: f32| {
        let mut frames = frames.to_vec();
        for pose in frames.iter_mut().filter_map(|frame| frame.pose.as_mut()) {
            pose.world.0.iter_mut().for_each(|landmark| landmark.position.z *= depth);
        }
        frames
    };
    let ratio = |depth: f32| {
        let frames = deepened(depth);
        let mut ratios: Vec<f64> = frames
            .iter()
            .filter_map(|frame| {
                let world = &frame.pose.as_ref()?.world;
                let length = |bone: Bone| Some(bone.vector(world)?.length());
                let thighs = length(Bone::Thigh(Side::Left))? + length(Bone::Thigh(Side::Right))?;
                Some(f64::from(thighs / 2.0 / length(Bone::Trunk)?))
            })
            .collect();
        median(&mut ratios) as f32
    };
    // The ratio rises with depth: these people sit with their thighs towards the camera.
    let (mut low, mut high) = (0.05, 1.0);
    for _ in 0..20 {
        let middle = (low + high) / 2.0;
        if ratio(middle) < THIGH_TO_TRUNK { low = middle } else { high = middle }
    }
    (deepened(low), low)
}

fn curve(frames: &[PoseFrame], measure: Measure, side: Side) -> Curve {
    let value = |frame: &PoseFrame| Measures::value(&frame.pose.as_ref()?.world, measure, side);
    frames.iter().map(value).collect()
}

/// By how many frames `b` runs behind `a`: where they differ least.
fn lag(a: &Curve, b: &Curve) -> i32 {
    let off = |lag: i32| {
        let mut off = differences(a, b, lag);
        // Movement tells the lag, not an offset that is always there.
        let mean = off.iter().sum::<f64>() / off.len().max(1) as f64;
        off.iter_mut().for_each(|d| *d = (*d - mean).abs());
        median(&mut off)
    };
    (-MOST_LAG..=MOST_LAG).min_by(|x, y| off(*x).total_cmp(&off(*y))).unwrap_or(0)
}

/// Absolute differences, degrees, with `b` taken `lag` frames later.
fn differences(a: &Curve, b: &Curve, lag: i32) -> Vec<f64> {
    let pair = |(i, a): (usize, &Option<f32>)| {
        let at = usize::try_from(i32::try_from(i).ok()? + lag).ok()?;
        let (a, b) = ((*a)?, (*b.get(at)?)?);
        Some(f64::from((a - b).to_degrees().abs()))
    };
    a.iter().enumerate().filter_map(pair).collect()
}

/// Errors of BlazePose against the Vicon that are within its declared ±2 SD, and all.
fn within(frames: &[PoseFrame], measure: Measure, side: Side, truth: &Curve, lag: i32) -> [u32; 2] {
    let (mut steady, mut filter) = (Steady::default(), ViewFilter::default());
    let wanted: MeasureSet = [measure].into_iter().collect();
    let mut counts = [0, 0];
    for (i, frame) in frames.iter().enumerate() {
        let Some(pose) = frame.pose.as_ref() else { continue };
        let pose = steady.step(frame.time_s, pose);
        let view: View = filter.step(frame.time_s, &pose);
        let said = Measures::seen(&pose.world, &view, wanted).get(measure, side);
        let at = usize::try_from(i as i32 + lag).ok().and_then(|at| truth.get(at).copied().flatten());
        if let (Some(said), Some(truth)) = (said, at) {
            counts[0] += u32::from((said.value - truth).abs() <= 2.0 * said.sd);
            counts[1] += 1;
        }
    }
    counts
}

/// The elbow's flexion by the Vicon, at the trackers' rate (every second row).
fn vicon_elbow(rows: &[[RigidBody; VICON_TARGETS.len()]], side: Side) -> Option<Curve> {
    let name = |part: &str| match side {
        Side::Left => format!("Left {part}"),
        Side::Right => format!("Right {part}"),
    };
    let index = |name: &str| VICON_TARGETS.iter().position(|target| *target == name);
    let [shoulder, arm, forearm, hand] =
        [index(&name("Shoulder"))?, index(&name("Arm"))?, index(&name("Forearm"))?, index(&name("Hand"))?];
    let joint = |a: usize, b: usize| centre(rows, a, b);
    let (at_shoulder, at_elbow, at_wrist) =
        (joint(shoulder, arm)?, joint(arm, forearm)?, joint(forearm, hand)?);
    let curve = rows.iter().step_by(2).map(|row| {
        // The first of each pair of local points belongs to the first body.
        let place = |body: usize, local: Vec3| row[body].position + row[body].rotation * local;
        let (shoulder, wrist) = (place(arm, at_shoulder[1]), place(forearm, at_wrist[0]));
        let elbow = (place(arm, at_elbow[0]) + place(forearm, at_elbow[1])) / 2.0;
        Some((elbow - shoulder).angle_between(wrist - elbow))
    });
    Some(curve.collect())
}

/// The point that stays nearest to rest in both of two bodies, in the axes of each (Ehrig et al. 2006, symmetrical centre of rotation).
fn centre(rows: &[[RigidBody; VICON_TARGETS.len()]], a: usize, b: usize) -> Option<[Vec3; 2]> {
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

/// What arm raises make of the take in which arms are raised, by either sensor.
fn score_difference(take: &KeraalTake, blazepose: &[PoseFrame]) -> Result<Option<(String, f64, String)>> {
    if take.exercise != "ELK" {
        return Ok(None);
    }
    let text = include_str!("../../../assets/exercises/shoulder_abduction.toml");
    let exercise = Arc::new(Exercise::from_toml(text)?);
    let score = |frames: &[PoseFrame]| {
        let mut coach = Coach::new(exercise.clone(), SideChoice::Auto);
        frames.iter().for_each(|frame| {
            coach.step(frame);
        });
        let report = coach.finish();
        (report.count, report.partial, report.score)
    };
    let [a, b] = [score(&take.kinect), score(blazepose)];
    let remark = format!("Kinect: {} complete, {} partial; BlazePose: {}, {}", a.0, a.1, b.0, b.1);
    Ok(match (a.2, b.2) {
        (Some(x), Some(y)) => {
            Some(("ELK as arm raises: difference of the scores".to_owned(), (x - y).abs(), remark))
        }
        _ => Some(("ELK as arm raises: no score by both".to_owned(), 0.0, remark)),
    })
}
