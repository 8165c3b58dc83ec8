//! Angles from each single camera against those triangulated from all four; and the noise of landmarks, measured again.

use crate::cameras::{CAMERAS, FPS, Walk, median, walk};
use anyhow::Result;
use baro_motion::{
    Bone, Claim, Gauge, Landmarks, Measure, MeasureSet, Measures, Noise, Side, Steady, ViewFilter,
};
use bench_table::Table;
use glam::{Mat3, Quat, Vec3};
use std::ops::Range;

/// The angles of the table.
const ANGLES: [Measure; 3] = [Measure::KneeFlexion, Measure::HipFlexion, Measure::ElbowFlexion];
/// Bones whose direction tells how the two bodies are turned to each other.
const ALIGNING: usize = 4;

pub fn run() -> Result<Table> {
    let mut table = Table::default();
    let Some(walk) = walk()? else {
        table.skip("recordings or ONNX Runtime missing");
        return Ok(table);
    };
    let note = "after each camera's principal point was shifted to where its residuals' median is 0";
    table.told("triangulation: median residual", walk.residual_px, "px", note);
    let measured = noise(&walk, 0..CAMERAS.len());
    table.told("correlation of thigh and shank", measured.knee.into(), "", "used: -0.5");
    for row in measured.rows {
        let (across, along) = (f64::from(row.rms_m[0]) * 1000.0, f64::from(row.rms_m[1]) * 1000.0);
        let [used_across, used_along] = row.used_m.map(|m| f64::from(m) * 1000.0);
        let value = format!("{across:.0} across, {along:.0} along the line of sight, mm");
        let note = format!("used: {used_across:.0}, {used_along:.0}; {} bones", row.count);
        table.words(&format!("noise of {}", row.name), &value, &note);
    }
    let mut pooled: Vec<Compared> = Vec::new();
    for (camera, name) in CAMERAS.iter().enumerate() {
        let compared = compare(&walk, camera);
        for measure in ANGLES {
            tell(
                &mut table,
                &format!("{name}, {}", measure.name()),
                compared.iter().filter(|c| c.measure == measure),
            );
        }
        pooled.extend(compared);
    }
    for measure in ANGLES {
        tell(
            &mut table,
            &format!("all cameras, {}", measure.name()),
            pooled.iter().filter(|c| c.measure == measure),
        );
    }
    let within = covered(pooled.iter());
    table.told(
        "all: errors within the declared ±2 SD",
        within,
        "%",
        "the truth has an error of its own, about 1.5 cm a point",
    );
    let firm: Vec<_> = pooled.iter().filter(|c| c.claim != Claim::Refused).collect();
    table.told(
        "all: values that may be told (firm or cautious)",
        100.0 * firm.len() as f64 / pooled.len() as f64,
        "%",
        "",
    );
    let mut errors: Vec<f64> = firm.iter().map(|c| c.error_rad.abs().to_degrees()).collect();
    table.told("their median error", median(&mut errors), "°", "");
    Ok(table)
}

/// One angle in one picture.
pub struct Compared {
    measure: Measure,
    error_rad: f64,
    sd_rad: f64,
    claim: Claim,
}

fn covered<'a>(all: impl Iterator<Item = &'a Compared>) -> f64 {
    let (mut within, mut count) = (0_u32, 0_u32);
    for one in all {
        within += u32::from(one.error_rad.abs() <= 2.0 * one.sd_rad);
        count += 1;
    }
    100.0 * f64::from(within) / f64::from(count.max(1))
}

fn tell<'a>(table: &mut Table, what: &str, all: impl Iterator<Item = &'a Compared>) {
    let all: Vec<_> = all.collect();
    let count = all.len().max(1) as f64;
    let mean = all.iter().map(|c| c.error_rad).sum::<f64>() / count;
    let sd = all.iter().map(|c| c.sd_rad).sum::<f64>() / count;
    let mut off: Vec<f64> = all.iter().map(|c| c.error_rad.abs().to_degrees()).collect();
    let note = format!(
        "mean {:+.1}°; declared ±{:.0}° (2 SD) covers {:.0} %; {} values",
        mean.to_degrees(),
        2.0 * sd.to_degrees(),
        covered(all.iter().copied()),
        all.len()
    );
    table.told(&format!("{what}: median |error|"), median(&mut off), "°", &note);
}

/// What one camera's stream says, as the coach would hear it, against the truth.
pub fn compare(walk: &Walk, camera: usize) -> Vec<Compared> {
    let (mut steady, mut filter, mut gauge) = (Steady::default(), ViewFilter::default(), Gauge::default());
    let mut compared = Vec::new();
    let wanted: MeasureSet = ANGLES.into_iter().collect();
    for (i, (pose, truth)) in walk.seen[camera].iter().zip(&walk.truth[camera]).enumerate() {
        let time_s = i as f64 / FPS;
        let pose = steady.step(time_s, pose);
        let view = filter.step(time_s, &pose);
        let measures = gauge.measure(time_s, &pose.world, &view, wanted);
        for measure in ANGLES {
            for side in Side::BOTH {
                let (Some(said), Some(truth)) =
                    (measures.get(measure, side), Measures::value(truth, measure, side))
                else {
                    continue;
                };
                compared.push(Compared {
                    measure,
                    error_rad: f64::from(said.value - truth),
                    sd_rad: said.sd.into(),
                    claim: said.claim,
                });
            }
        }
    }
    compared
}

/// The measured noise of one kind of bone.
pub struct NoiseRow {
    pub name: &'static str,
    /// Root mean square across the picture (one direction) and along the line of sight, metres.
    pub rms_m: [f32; 2],
    /// What the program uses.
    pub used_m: [f32; 2],
    pub count: usize,
}

/// The noise of one camera's bodies.
pub struct Measured {
    pub rows: Vec<NoiseRow>,
    /// Correlation of thigh and shank, over all directions.
    pub knee: f32,
}

/// The error of every bone over some of the cameras, the overall size and turn of each camera's body taken out. Swaps of left and right are undone first.
pub fn noise(walk: &Walk, cameras: Range<usize>) -> Measured {
    let kinds: [(&'static str, &[usize]); 12] = [
        ("trunk", &[0]),
        ("hip line (half)", &[1]),
        ("shoulder line (half)", &[2]),
        ("neck", &[3]),
        ("ear line (half)", &[4]),
        ("nose", &[5]),
        ("upper arm", &[6, 7]),
        ("forearm", &[8, 9]),
        ("thigh", &[10, 11]),
        ("shank", &[12, 13]),
        ("heel", &[14, 15]),
        ("toes", &[16, 17]),
    ];
    let mut errors: Vec<Vec<Vec3>> = vec![Vec::new(); Bone::ALL.len()];
    // Sums over both legs: thigh by shank, thigh, shank.
    let mut knee = [Vec3::ZERO; 3];
    for (seen, truth) in walk.seen[cameras.clone()].iter().zip(&walk.truth[cameras]) {
        let mut steady = Steady::default();
        let steadied = seen.iter().enumerate().map(|(i, pose)| steady.step(i as f64 / FPS, pose).world);
        let pairs: Vec<(Landmarks, Landmarks)> = steadied.zip(truth.iter().copied()).collect();
        let scale = scale(&pairs);
        let turn = turn(&pairs, scale);
        let error = |bone: Bone, seen: &Landmarks, truth: &Landmarks| {
            let clear = bone.ends().is_none_or(|ends| ends.iter().all(|&id| seen[id].visibility >= 0.5));
            clear.then_some(bone.vector(seen)? - turn * (bone.vector(truth)? * scale))
        };
        for (seen, truth) in &pairs {
            for (bone, errors) in Bone::ALL.into_iter().zip(&mut errors) {
                errors.extend(error(bone, seen, truth));
            }
            for side in Side::BOTH {
                let [thigh, shank] =
                    [Bone::Thigh(side), Bone::Shank(side)].map(|bone| error(bone, seen, truth));
                if let (Some(thigh), Some(shank)) = (thigh, shank) {
                    let [both, thighs, shanks] = &mut knee;
                    *both += thigh * shank;
                    *thighs += thigh * thigh;
                    *shanks += shank * shank;
                }
            }
        }
    }
    let row = |(name, bones): (&'static str, &[usize])| {
        let all: Vec<Vec3> = bones.iter().flat_map(|&i| errors[i].iter().copied()).collect();
        let count = all.len().max(1) as f32;
        let square = all.iter().fold(Vec3::ZERO, |sum, e| sum + *e * *e) / count;
        let body = baro_motion::Mannequin::default().landmarks(&baro_motion::JointAngles::default());
        NoiseRow {
            name,
            rms_m: [((square.x + square.y) / 2.0).sqrt(), square.z.sqrt()],
            used_m: Noise::ONE_CAMERA.sd_m(Bone::ALL[bones[0]], &body),
            count: all.len(),
        }
    };
    let [both, thighs, shanks] = knee;
    let by_axis = [0, 1, 2].map(|i| both[i] / (thighs[i] * shanks[i]).sqrt().max(1e-9));
    Measured { rows: kinds.into_iter().map(row).collect(), knee: by_axis.iter().sum::<f32>() / 3.0 }
}

/// How large the tracker takes the body: the median over its long bones.
fn scale(pairs: &[(Landmarks, Landmarks)]) -> f32 {
    let long = Bone::ALL.into_iter().skip(10).take(ALIGNING).chain([Bone::Trunk]);
    let mut ratios: Vec<f64> = long
        .flat_map(|bone| {
            pairs.iter().filter_map(move |(a, b)| Some(bone.vector(a)?.length() / bone.vector(b)?.length()))
        })
        .map(f64::from)
        .filter(|ratio| ratio.is_finite())
        .collect();
    median(&mut ratios) as f32
}

/// The rotation from the true bodies to those seen, least squares over the long bones, by small steps.
fn turn(pairs: &[(Landmarks, Landmarks)], scale: f32) -> Mat3 {
    let mut turn = Mat3::IDENTITY;
    for _ in 0..20 {
        let (mut sum, mut target) = (Mat3::ZERO, Vec3::ZERO);
        for bone in
            Bone::ALL.into_iter().skip(10).take(ALIGNING).chain([Bone::Trunk, Bone::ShoulderLine, Bone::Neck])
        {
            for (seen, truth) in pairs {
                let (Some(seen), Some(truth)) = (bone.vector(seen), bone.vector(truth)) else { continue };
                let at = turn * (truth * scale);
                sum +=
                    Mat3::IDENTITY * at.length_squared() - Mat3::from_cols(at * at.x, at * at.y, at * at.z);
                target += at.cross(seen - at);
            }
        }
        if sum.determinant().abs() < 1e-12 {
            break;
        }
        let by = sum.inverse() * target;
        turn = Mat3::from_quat(Quat::from_scaled_axis(by)) * turn;
    }
    turn
}
