//! One recording, measured.

use crate::teach::median;
use baro_motion::{LandmarkId, MEASURE_COUNT, Measure, Measures, PoseFrame, Side};

/// Fewer frames with a body are no recording.
const LEAST_FRAMES: usize = 8;
/// Stillness that is added before and after when a recording is counted: one that is cut tightly begins and ends in movement.
const STILL_S: f64 = 1.0;
/// Copies of a frame that make such a stillness, at most: frames may have been stamped next to nothing apart.
const MOST_STILL: usize = 120;
/// The share of a recording at each end that shows the start posture.
const END_SHARE: f64 = 0.08;

/// What one frame measures, by measure and side.
type Row = [[Option<f32>; 2]; MEASURE_COUNT];

pub(super) struct Take {
    pub times_s: Vec<f64>,
    rows: Vec<Row>,
    sds: Row,
    /// The frames as they are counted: with stillness around them, from 0 s.
    pub frames: Vec<PoseFrame>,
    /// Frames before the recording's own first one in `frames`, and by how much their times are later.
    pub shift_s: f64,
    pub from_picture: bool,
}

impl Take {
    /// Measures a recording. Frames out of order are left out. Fails with the number of frames that show a body.
    pub fn new(recording: &[PoseFrame]) -> Result<Self, usize> {
        let mut last_s = f64::NEG_INFINITY;
        let (seen, measured): (Vec<&PoseFrame>, Vec<Measures>) = recording
            .iter()
            .filter_map(|frame| {
                let good = frame.time_s.is_finite() && frame.time_s > last_s;
                last_s = if good { frame.time_s } else { last_s };
                let measures = Measures::new(&frame.pose.as_ref().filter(|_| good)?.world);
                measures.get(Measure::TrunkFlexion, Side::Left).map(|_| (frame, measures))
            })
            .unzip();
        let (Some(first), Some(last)) = (seen.first(), seen.last()) else { return Err(0) };
        if seen.len() < LEAST_FRAMES {
            return Err(seen.len());
        }
        let rows = measured.iter().map(|m| row(|measure, side| m.get(measure, side).map(|e| e.value)));
        let sds = row(|measure, side| {
            let sds: Vec<f32> = measured.iter().filter_map(|m| m.get(measure, side)).map(|e| e.sd).collect();
            median(&sds)
        });
        let step_s = (last.time_s - first.time_s) / (seen.len() - 1) as f64;
        let still = ((STILL_S / step_s).ceil() as usize).min(MOST_STILL);
        let still_step_s = STILL_S / still as f64;
        let shift_s = STILL_S - first.time_s;
        let end_s = last.time_s + shift_s;
        let before = (0..still).map(|i| PoseFrame { time_s: i as f64 * still_step_s, ..**first });
        let own = seen.iter().map(|frame| PoseFrame { time_s: frame.time_s + shift_s, ..**frame });
        let after = (1..=still).map(|i| PoseFrame { time_s: end_s + i as f64 * still_step_s, ..**last });
        let from_picture =
            first.pose.is_some_and(|pose| pose.image[LandmarkId::LeftHip].position.length_squared() > 0.0);
        Ok(Self {
            times_s: seen.iter().map(|frame| frame.time_s).collect(),
            rows: rows.collect(),
            sds,
            frames: before.chain(own).chain(after).collect(),
            shift_s,
            from_picture,
        })
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn value(&self, frame: usize, measure: Measure, side: Side) -> Option<f32> {
        self.rows.get(frame)?[measure as usize][side.index()]
    }

    /// Typical standard deviation of a measure.
    pub fn sd(&self, measure: Measure) -> Option<f32> {
        let [left, right] = self.sds[measure as usize];
        Some(left?.max(right?))
    }

    /// The measured values of one side.
    pub fn values(&self, measure: Measure, side: Side) -> Vec<f32> {
        self.rows.iter().filter_map(|row| row[measure as usize][side.index()]).collect()
    }

    /// The start posture's value at the beginning and at the end.
    pub fn ends(&self, measure: Measure, side: Side) -> Option<[f32; 2]> {
        let count = ((self.rows.len() as f64 * END_SHARE) as usize).max(2);
        let of = |rows: &[Row]| {
            let values: Vec<f32> =
                rows.iter().filter_map(|row| row[measure as usize][side.index()]).collect();
            median(&values)
        };
        Some([of(&self.rows[..count])?, of(&self.rows[self.rows.len() - count..])?])
    }

    /// The start posture's value.
    pub fn rest(&self, measure: Measure, side: Side) -> Option<f32> {
        self.ends(measure, side).map(|[start, end]| (start + end) / 2.0)
    }

    /// The frame that was captured at this time of the counted frames, or soon after.
    pub fn frame_at(&self, counted_s: f64) -> usize {
        let time_s = counted_s - self.shift_s;
        self.times_s.partition_point(|&t| t < time_s - 1e-6).min(self.times_s.len() - 1)
    }
}

fn row(value: impl Fn(Measure, Side) -> Option<f32>) -> Row {
    let mut row = [[None; 2]; MEASURE_COUNT];
    for measure in Measure::ALL {
        row[measure as usize] = Side::BOTH.map(|side| value(measure, side));
    }
    row
}
