//! Two sensors that saw the same repetitions must measure the same angles.
use baro_datasets::{Episode, or_skip, uiprmd_kinect, uiprmd_vicon};
use baro_motion::{Measure, Measures, PoseFrame, Side};
use std::collections::HashMap;

/// Moments of an episode that are compared; the sensors' clocks differ, the episodes' ends agree.
const MOMENTS: usize = 10;

fn at(frames: &[PoseFrame], moment: usize) -> Option<Measures> {
    Some(Measures::new(&frames.get(frames.len() * moment / MOMENTS)?.pose?.world))
}

fn key(e: &Episode) -> (u32, u32, u32, bool) {
    (e.movement, e.subject, e.number, e.correct)
}

/// Median of values and of their amounts.
fn medians(mut values: Vec<f64>) -> [f64; 2] {
    let middle = values.len() / 2;
    values.sort_by(f64::total_cmp);
    let bias = values[middle];
    values.iter_mut().for_each(|v| *v = v.abs());
    values.sort_by(f64::total_cmp);
    [bias, values[middle]]
}

/// Joint centres computed from Plug-in-Gait markers against the Kinect's joints: UI-PRMD, all people and
/// movements, every twelfth repetition.
#[test]
fn vicon_and_kinect_measure_the_same_repetitions_alike() {
    let Some(kinect) = or_skip(uiprmd_kinect()).unwrap() else { return };
    let kinect: HashMap<_, _> = kinect.iter().map(|e| (key(e), e)).collect();
    let vicon = uiprmd_vicon().unwrap();
    let mut off: HashMap<Measure, Vec<f64>> = HashMap::new();
    for v in vicon.iter().step_by(12) {
        let Some(k) = kinect.get(&key(v)) else { continue };
        for moment in 0..MOMENTS {
            let (Some(a), Some(b)) = (at(&v.frames, moment), at(&k.frames, moment)) else { continue };
            for (measure, side) in Measure::ALL.into_iter().flat_map(|m| Side::BOTH.map(|side| (m, side))) {
                if let (Some(a), Some(b)) = (a.get(measure, side), b.get(measure, side)) {
                    let off = off.entry(measure).or_default();
                    off.push(measure.unit().to_edge(f64::from(a.value - b.value)));
                }
            }
        }
    }
    for (measure, most) in [
        (Measure::KneeFlexion, 5.0),
        (Measure::ElbowFlexion, 8.0),
        (Measure::HipFlexion, 7.0),
        (Measure::ShoulderElevation, 8.0),
        (Measure::ShankLean, 4.0),
        (Measure::TrunkFlexion, 4.0),
        (Measure::TrunkSideLean, 3.0),
    ] {
        let [bias, amount] = medians(off.remove(&measure).unwrap());
        println!("{:18} median difference {bias:5.1}, of its amount {amount:4.1}", measure.name());
        assert!(amount <= most, "{}: {amount}° apart", measure.name());
    }
}
