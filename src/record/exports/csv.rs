//! All angles with their errors, a row a frame, for a spreadsheet.

use baro_motion::{Claim, Gauge, Measure, MeasureSet, PoseFrame, Side, Steady, ViewFilter};
use std::io::{self, Write};

/// A row for each frame: `time_s`, then for each measure and side the value in degrees (or a ratio), its standard deviation, and `told`: may the
/// number be told to a person, from where it was seen (`firm`, `cautious`, `refused`)? Blank where it was not seen. Measured as the
/// coach measures.
///
/// # Errors
/// Where `out` fails.
pub fn format_csv(out: &mut impl Write, frames: &[PoseFrame]) -> io::Result<()> {
    write!(out, "time_s")?;
    for (measure, side) in columns() {
        let (name, unit) = (format!("{}_{}", side.name(), measure.name()), measure.unit().name());
        write!(out, ",{name}_{unit},{name}_sd,{name}_told")?;
    }
    writeln!(out)?;
    let (mut steady, mut view, mut gauge) = (Steady::default(), ViewFilter::default(), Gauge::default());
    for frame in frames {
        write!(out, "{:.6}", frame.time_s)?;
        let measures = frame.pose.as_ref().map(|pose| {
            let pose = steady.step(frame.time_s, pose);
            let view = view.step_moving(frame.time_s, &pose);
            gauge.measure(frame.time_s, &pose.world, &view, MeasureSet::ALL)
        });
        for (measure, side) in columns() {
            match measures.as_ref().and_then(|measures| measures.get(measure, side)) {
                Some(estimate) => {
                    let [value, sd] =
                        [estimate.value, estimate.sd].map(|v| measure.unit().to_edge(f64::from(v)));
                    write!(out, ",{value:.3},{sd:.3},{}", told(estimate.claim))?;
                }
                None => write!(out, ",,,")?,
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn columns() -> impl Iterator<Item = (Measure, Side)> {
    Measure::ALL.into_iter().flat_map(|measure| Side::BOTH.map(|side| (measure, side)))
}

const fn told(claim: Claim) -> &'static str {
    match claim {
        Claim::Firm => "firm",
        Claim::Cautious => "cautious",
        Claim::Refused => "refused",
    }
}
