//! Does the declared ±2 SD cover the errors? Bodies of known angles, seen by cameras all round, with landmarks as far off as the tracker's
//! were measured to be (section `pose2sim`). The noise is put on by code of its own, which knows nothing of how errors are told; but its size is what
//! the program was set by: the pooled rows show that errors are carried from landmarks to measures rightly, not that another person's errors are as
//! large. The rows by camera, each drawn from that camera's own errors, show how far the size differs.

use crate::cameras::CAMERAS;
use crate::pose2sim::{Measured, noise};
use anyhow::Result;
use baro_motion::{
    Claim, JointAngles, Landmark, LandmarkId, Landmarks, Mannequin, Measure, MeasureSet, Measures, Pose,
    Side, View, ViewFilter, Viewpoint,
};
use bench_table::Table;
use glam::Vec3;
use std::collections::BTreeMap;

const YAWS: [f32; 5] = [0.0, 15.0, 30.0, 45.0, 60.0];
const PITCHES: [f32; 5] = [-20.0, -10.0, 0.0, 10.0, 20.0];
/// People for each camera.
const PEOPLE: usize = 60;
/// The same where errors are drawn from one of the four real cameras.
const PEOPLE_BY_CAMERA: usize = 10;
/// Share of a landmark error's variance that stays with a person in a view; the rest comes with each posture.
const LASTING: f32 = 0.65;
/// Upright people are this far from the vertical: forward or back, and to a side, degrees.
const LEAN_SD: [f32; 2] = [3.0, 2.0];
/// Cameras are turned about their line of sight by this, degrees.
const ROLL_SD: f32 = 2.0;
/// Standing before the movement begins, seconds.
const STANDING_S: f64 = 2.0;

/// Angles that people are told most: each is to be covered on its own.
const MAIN: [Measure; 7] = [
    Measure::KneeFlexion,
    Measure::HipFlexion,
    Measure::ElbowFlexion,
    Measure::ShoulderAbduction,
    Measure::ShoulderFlexion,
    Measure::TrunkFlexion,
    Measure::TrunkSideLean,
];

/// What people do, in degrees.
const POSTURES: &[&[(&str, f32)]] = &[
    &[
        ("left_knee_flexion", 30.0),
        ("right_knee_flexion", 30.0),
        ("left_hip_flexion", 25.0),
        ("right_hip_flexion", 25.0),
        ("trunk_flexion", 10.0),
    ],
    &[
        ("left_knee_flexion", 60.0),
        ("right_knee_flexion", 60.0),
        ("left_hip_flexion", 55.0),
        ("right_hip_flexion", 55.0),
        ("trunk_flexion", 20.0),
    ],
    &[
        ("left_knee_flexion", 100.0),
        ("right_knee_flexion", 100.0),
        ("left_hip_flexion", 95.0),
        ("right_hip_flexion", 95.0),
        ("trunk_flexion", 30.0),
    ],
    &[("left_shoulder_abduction", 40.0), ("right_shoulder_abduction", 60.0), ("left_elbow_flexion", 20.0)],
    &[("left_shoulder_abduction", 90.0), ("right_shoulder_abduction", 120.0), ("right_elbow_flexion", 45.0)],
    &[
        ("left_shoulder_flexion", 45.0),
        ("right_shoulder_flexion", 80.0),
        ("left_elbow_flexion", 90.0),
        ("right_elbow_flexion", 120.0),
    ],
    &[("trunk_side_lean", 20.0), ("left_hip_abduction", 25.0)],
    &[
        ("trunk_flexion", 40.0),
        ("left_hip_flexion", 40.0),
        ("right_hip_flexion", 40.0),
        ("left_ankle_dorsiflexion", 10.0),
    ],
    &[("left_hip_flexion", 80.0), ("left_knee_flexion", 90.0), ("trunk_rotation", 25.0)],
    &[("neck_flexion", 25.0), ("neck_rotation", 30.0), ("neck_side_bend", 10.0)],
];

/// Share of the errors that ±2 SD is to cover, percent.
const GOAL: (f64, f64) = (93.0, 97.0);

/// Share of the planes that the gate is to judge as clinical rules do, percent.
const GATE_GOAL: f64 = 95.0;

/// Those of [`POSTURES`] whose trunk is upright, so that the camera alone says how a plane is turned.
const UPRIGHT: [usize; 4] = [0, 3, 4, 5];

/// Errors within ±2 SD, and all.
#[derive(Default, Clone, Copy)]
struct Covered(u32, u32);

impl Covered {
    fn add(&mut self, within: bool) {
        self.0 += u32::from(within);
        self.1 += 1;
    }

    fn percent(self) -> f64 {
        100.0 * f64::from(self.0) / f64::from(self.1.max(1))
    }
}

#[derive(Default)]
struct Counts {
    /// By measure, and by yaw within each.
    by_measure: BTreeMap<Measure, [Covered; YAWS.len()]>,
    by_pitch: [Covered; PITCHES.len()],
    told: Covered,
    /// Numbers told of planes that are turned by 30° or more, 40° or more, all such; and refused though turned by 20° or less, 10° or less.
    gate: [Covered; 4],
    yaw: Covered,
    pitch: Covered,
}

impl Counts {
    /// All measures, and the main ones.
    fn pooled(&self) -> [Covered; 2] {
        let (mut all, mut main) = (Covered::default(), Covered::default());
        for (measure, by_yaw) in &self.by_measure {
            for one in by_yaw {
                all = Covered(all.0 + one.0, all.1 + one.1);
                if MAIN.contains(measure) {
                    main = Covered(main.0 + one.0, main.1 + one.1);
                }
            }
        }
        [all, main]
    }
}

pub fn run() -> Result<Table> {
    let mut table = Table::default();
    let Some(walk) = crate::cameras::walk()? else {
        table.skip("recordings or ONNX Runtime missing: no measured noise");
        return Ok(table);
    };
    let counts = survey(&noise(&walk, 0..CAMERAS.len()), PEOPLE);
    tell(&mut table, &counts);
    for (camera, name) in CAMERAS.iter().enumerate() {
        let [all, main] = survey(&noise(&walk, camera..camera + 1), PEOPLE_BY_CAMERA).pooled();
        let note = format!("the seven main angles: {:.1}", main.percent());
        let what = format!("covers, errors drawn as on {name} alone");
        table.between(&what, all.percent(), "%", GOAL, &note);
    }
    Ok(table)
}

/// Everybody before every camera.
fn survey(noise: &Measured, people: usize) -> Counts {
    let mut counts = Counts::default();
    for (y, yaw) in YAWS.into_iter().enumerate() {
        for (p, pitch) in PITCHES.into_iter().enumerate() {
            for person in 0..people {
                let seed = ((y * PITCHES.len() + p) * people + person) as u64;
                watch(noise, [y, p], [yaw, pitch], Random(seed), &mut counts);
            }
        }
    }
    counts
}

fn tell(table: &mut Table, counts: &Counts) {
    let [all, main] = counts.pooled();
    let note = format!("{} errors, yaw 0 to 60°, pitch ±20°", all.1);
    table.between("declared ±2 SD covers, all measures pooled", all.percent(), "%", GOAL, &note);
    table.between("the seven main angles pooled", main.percent(), "%", GOAL, "");
    table.between("those that may be told (firm or cautious)", counts.told.percent(), "%", GOAL, "");
    for (pitch, covered) in PITCHES.iter().zip(counts.by_pitch) {
        table.told(&format!("camera looking down by {pitch}°"), covered.percent(), "%", "all measures");
    }
    for (measure, by_yaw) in &counts.by_measure {
        let all = by_yaw.iter().fold(Covered::default(), |a, b| Covered(a.0 + b.0, a.1 + b.1));
        let cells: Vec<String> =
            YAWS.iter().zip(by_yaw).map(|(yaw, c)| format!("{yaw}°: {:.0}", c.percent())).collect();
        let note = format!("by yaw, {}", cells.join(", "));
        let what = format!("covers, {}", measure.name());
        if MAIN.contains(measure) {
            table.between(&what, all.percent(), "%", GOAL, &note);
        } else {
            table.told(&what, all.percent(), "%", &note);
        }
    }
    let [told_30, told_40, refused_20, refused_10] = counts.gate;
    let note = |c: Covered| format!("not so: {} of {}", c.0, c.1);
    for (what, refused) in [
        ("gate: refused of planes turned out of the picture by more than 30°", told_30),
        ("gate: of planes turned by more than 40°", told_40),
    ] {
        table.at_least(what, 100.0 - refused.percent(), "%", Some(GATE_GOAL), &note(refused));
    }
    for (what, told) in [
        ("gate: told of planes turned by less than 20°", refused_20),
        ("gate: of planes turned by less than 10°", refused_10),
    ] {
        table.at_least(what, 100.0 - told.percent(), "%", Some(GATE_GOAL), &note(told));
    }
    table.told("±2 SD covers, yaw of the view", counts.yaw.percent(), "%", "");
    table.told("±2 SD covers, pitch of the camera", counts.pitch.percent(), "%", "after 2 s of standing");
}

/// One person before one camera: stands, then takes every posture.
fn watch(
    noise: &Measured,
    [y, p]: [usize; 2],
    [yaw, pitch]: [f32; 2],
    mut random: Random,
    counts: &mut Counts,
) {
    let camera = Viewpoint {
        yaw_rad: yaw.to_radians(),
        pitch_rad: pitch.to_radians(),
        roll_rad: (random.normal() * ROLL_SD).to_radians(),
        ..Viewpoint::default()
    };
    let lasting = draw(noise, &mut random, LASTING.sqrt());
    let lean = [random.normal() * LEAN_SD[0], random.normal() * LEAN_SD[1]];
    let standing = angles(&[("trunk_flexion", lean[0]), ("trunk_side_lean", lean[1])]);
    let changing = draw(noise, &mut random, (1.0 - LASTING).sqrt());
    let pose = seen(&camera, &standing, &[&lasting, &changing]);
    let mut filter = ViewFilter::default();
    let mut time_s = 0.0;
    while time_s < STANDING_S {
        filter.step(time_s, &pose);
        time_s += 0.1;
    }
    for (i, posture) in POSTURES.iter().enumerate() {
        let truth = angles(posture);
        let changing = draw(noise, &mut random, (1.0 - LASTING).sqrt());
        let pose = seen(&camera, &truth, &[&lasting, &changing]);
        // The turn is that of the last half second.
        let mut view = View::ONE_CAMERA;
        for _ in 0..10 {
            view = filter.step(time_s, &pose);
            time_s += 0.1;
        }
        let body = Mannequin::default().landmarks(&truth);
        let measures = Measures::seen(&pose.world, &view, MeasureSet::ALL);
        for measure in Measure::ALL.into_iter().filter(|&measure| measure != Measure::BodyYaw) {
            for side in Side::BOTH {
                let (Some(said), Some(true_value)) =
                    (measures.get(measure, side), Measures::value(&body, measure, side))
                else {
                    continue;
                };
                let off = off(measure, said.value - true_value);
                let within = off <= 2.0 * said.sd;
                counts.by_measure.entry(measure).or_default()[y].add(within);
                counts.by_pitch[p].add(within);
                if said.claim != Claim::Refused {
                    counts.told.add(within);
                }
                if let Some(turned) = turned(measure, yaw, pitch).filter(|_| UPRIGHT.contains(&i)) {
                    let refused = said.claim == Claim::Refused;
                    let [told_30, told_40, refused_20, refused_10] = &mut counts.gate;
                    if turned > 30.0 {
                        told_30.add(!refused);
                    }
                    if turned > 40.0 {
                        told_40.add(!refused);
                    }
                    if turned < 20.0 {
                        refused_20.add(refused);
                    }
                    if turned < 10.0 {
                        refused_10.add(refused);
                    }
                }
            }
        }
        counts.yaw.add(off(Measure::BodyYaw, view.yaw_rad - camera.yaw_rad) <= 2.0 * view.yaw_sd_rad);
        counts.pitch.add((view.pitch_rad - camera.pitch_rad).abs() <= 2.0 * view.pitch_sd_rad);
    }
}

/// The angle between the picture and the plane of a measure of the upright body, degrees, by the camera alone.
fn turned(measure: Measure, yaw: f32, pitch: f32) -> Option<f32> {
    let (yaw, pitch) = (yaw.to_radians(), pitch.to_radians());
    let along = match measure {
        Measure::ShoulderAbduction | Measure::TrunkSideLean | Measure::HipAbduction | Measure::KneeValgus => {
            yaw.cos().abs() * pitch.cos()
        }
        Measure::KneeFlexion | Measure::HipFlexion | Measure::TrunkFlexion | Measure::ShoulderFlexion => {
            yaw.sin().abs()
        }
        _ => return None,
    };
    Some(along.clamp(0.0, 1.0).acos().to_degrees())
}

/// Without its sign, for angles the short way round.
fn off(measure: Measure, by: f32) -> f32 {
    use std::f32::consts::{PI, TAU};
    let by = by.abs();
    if measure.unit() == baro_motion::Unit::Angle && by > PI { (TAU - by).abs() } else { by }
}

fn angles(set: &[(&str, f32)]) -> JointAngles {
    let mut angles = JointAngles::default();
    for (name, degrees) in set {
        angles.set(name, degrees.to_radians());
    }
    angles
}

fn seen(camera: &Viewpoint, angles: &JointAngles, errors: &[&Errors]) -> Pose {
    let mut pose = camera.view(&Mannequin::default().landmarks(angles));
    errors.iter().for_each(|errors| errors.add(&mut pose.world));
    pose
}

/// The error of every landmark, metres, camera frame.
struct Errors([Vec3; 33]);

impl Errors {
    fn add(&self, world: &mut Landmarks) {
        for (Landmark { position, .. }, by) in world.0.iter_mut().zip(self.0) {
            *position += by;
        }
    }
}

/// Draws an error for every bone and adds them up along the body, from the middle of the hips outwards.
fn draw(noise: &Measured, random: &mut Random, share: f32) -> Errors {
    use LandmarkId::*;
    // A shank is drawn right after its thigh, and goes with it.
    let mut thigh = Vec3::ZERO;
    let mut one = |name: &str| {
        let row = noise.rows.iter().find(|row| row.name == name);
        let [across, along] = row.map_or([0.0; 2], |row| row.rms_m);
        let drawn = Vec3::new(random.normal(), random.normal(), random.normal());
        let drawn = match name {
            "shank" => thigh * noise.knee + drawn * (1.0 - noise.knee * noise.knee).sqrt(),
            _ => drawn,
        };
        thigh = drawn;
        Vec3::new(across, across, along) * drawn * share
    };
    let mut errors = [Vec3::ZERO; 33];
    let mut put = |id: LandmarkId, by: Vec3| errors[id.index()] = by;
    let (trunk, hips, shoulders) = (one("trunk"), one("hip line (half)"), one("shoulder line (half)"));
    let head = trunk + one("neck");
    let (ears, face) = (one("ear line (half)"), head + one("nose"));
    put(LeftEar, head + ears);
    put(RightEar, head - ears);
    for id in [
        Nose,
        LeftEyeInner,
        LeftEye,
        LeftEyeOuter,
        RightEyeInner,
        RightEye,
        RightEyeOuter,
        MouthLeft,
        MouthRight,
    ] {
        put(id, face);
    }
    let arms = [
        (1.0, [LeftShoulder, LeftElbow, LeftWrist, LeftPinky, LeftIndex, LeftThumb]),
        (-1.0, [RightShoulder, RightElbow, RightWrist, RightPinky, RightIndex, RightThumb]),
    ];
    for (sign, [shoulder, elbow, wrist, hand @ ..]) in arms {
        let at_shoulder = trunk + shoulders * sign;
        let at_elbow = at_shoulder + one("upper arm");
        let at_wrist = at_elbow + one("forearm");
        put(shoulder, at_shoulder);
        put(elbow, at_elbow);
        put(wrist, at_wrist);
        hand.into_iter().for_each(|id| put(id, at_wrist));
    }
    let legs = [
        (1.0, [LeftHip, LeftKnee, LeftAnkle, LeftHeel, LeftFootIndex]),
        (-1.0, [RightHip, RightKnee, RightAnkle, RightHeel, RightFootIndex]),
    ];
    for (sign, [hip, knee, ankle, heel, toes]) in legs {
        let at_hip = hips * sign;
        let at_knee = at_hip + one("thigh");
        let at_ankle = at_knee + one("shank");
        put(hip, at_hip);
        put(knee, at_knee);
        put(ankle, at_ankle);
        put(heel, at_ankle + one("heel"));
        put(toes, at_ankle + one("toes"));
    }
    Errors(errors)
}

/// Random numbers, the same every time (splitmix64).
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Of the standard normal distribution (Box-Muller).
    fn normal(&mut self) -> f32 {
        let (a, b) = (self.uniform().max(f64::MIN_POSITIVE), self.uniform());
        ((-2.0 * a.ln()).sqrt() * (b * std::f64::consts::TAU).cos()) as f32
    }
}
