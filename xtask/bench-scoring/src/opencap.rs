//! OpenCap's five squats, as OpenSim joint angles.

use crate::counting::score;
use anyhow::{Context, Result};
use baro_coach::Exercise;
use baro_datasets::opencap_squats;
use baro_motion::{Joint, Measure, Measures, Side};
use baro_record::MovementFile;
use bench_table::Table;
use std::sync::Arc;

pub fn run() -> Result<Table> {
    let frames = MovementFile::Mot.read(&opencap_squats()?)?;
    let exercise = Exercise::from_toml(include_str!("../../../assets/exercises/squat.toml"))?;
    let report = score(&Arc::new(exercise), &frames);
    let mut table = Table::default();
    let count = f64::from(report.count);
    table.between("squats1_videoAndMocap.mot: complete repetitions", count, "", (5.0, 5.0), "");
    table.at_most("partial repetitions", f64::from(report.partial), "", Some(0.0), "");
    let scores: Vec<String> = report.reps.iter().map(|rep| format!("{:.0}", rep.score)).collect();
    table.words("their scores", &scores.join(", "), "");
    let text = std::fs::read_to_string(opencap_squats()?)?;
    for (column, side) in [("knee_angle_l", Side::Left), ("knee_angle_r", Side::Right)] {
        let knees = frames.iter().filter_map(|frame| {
            let pose = frame.pose.as_ref()?;
            (pose.world[Joint::Knee.of(side)].visibility > 0.0)
                .then(|| Measures::value(&pose.world, Measure::KneeFlexion, side))?
        });
        let measured = knees.map(|knee| f64::from(knee.to_degrees())).fold(0.0, f64::max);
        let told = largest(&text, column)?;
        let what = format!("largest {column}, measured on the mannequin, off the file's own");
        let note = format!("{measured:.1}° against {told:.1}°");
        table.at_most(&what, (measured - told).abs(), "°", Some(0.5), &note);
    }
    Ok(table)
}

/// The largest number in a column of the file's text.
fn largest(text: &str, column: &str) -> Result<f64> {
    let (_, rows) = text.split_once("endheader").context("no endheader")?;
    let mut rows = rows.trim_start().lines();
    let names = rows.next().context("no names")?;
    let at = names.split_whitespace().position(|name| name == column).context("no such column")?;
    let numbers = rows.filter_map(|row| row.split_whitespace().nth(at)?.parse().ok());
    numbers.max_by(f64::total_cmp).context("no rows")
}
