//! Counts pictures and times, and tells them.

use crate::output;
use baro_vision::StageTimings;
use serde_json::json;

/// The stages, in the order of their work.
const STAGES: [&str; 5] = ["decode", "preprocess", "detect", "landmark", "post"];

/// What was done, and how long each stage took.
pub struct Summary {
    model: &'static str,
    pub frames: u64,
    pub found: u64,
    pub wall_s: f64,
    /// Seconds of every picture, by stage. The detector counts only where it ran.
    seconds: [Vec<f32>; STAGES.len()],
}

impl Summary {
    pub fn new(model: &'static str) -> Self {
        Self { model, frames: 0, found: 0, wall_s: 0.0, seconds: Default::default() }
    }

    pub fn decoded(&mut self, read_s: f32) {
        self.seconds[0].push(read_s);
    }

    pub fn add(&mut self, timings: &StageTimings, found: bool) {
        self.frames += 1;
        self.found += u64::from(found);
        let stages = [timings.preprocess_s, timings.detect_s, timings.landmark_s, timings.post_s];
        for (kept, seconds) in self.seconds[1..].iter_mut().zip(stages) {
            if seconds > 0.0 {
                kept.push(seconds);
            }
        }
    }

    /// For people, or for programs.
    pub fn print(&mut self, as_json: bool) -> anyhow::Result<()> {
        output::print(&self.text(as_json)?)
    }

    fn text(&mut self, as_json: bool) -> anyhow::Result<String> {
        let fps = self.frames as f64 / self.wall_s.max(1e-9);
        let stages: Vec<_> = STAGES.into_iter().zip(self.seconds.iter_mut().map(|s| Stage::of(s))).collect();
        if as_json {
            let stages: serde_json::Map<_, _> = stages
                .iter()
                .map(|(name, s)| {
                    let told = json!({"runs": s.runs, "median_ms": s.median_ms, "p95_ms": s.p95_ms});
                    ((*name).to_owned(), told)
                })
                .collect();
            let summary = json!({
                "model": self.model, "frames": self.frames, "found": self.found, "fps": fps, "stages": stages,
            });
            return Ok(serde_json::to_string_pretty(&summary)? + "\n");
        }
        let mut text = format!(
            "{} pictures, a body in {}, {fps:.1} pictures a second, model {}\n\
             stage          runs  median ms     p95 ms\n",
            self.frames, self.found, self.model
        );
        for (name, s) in stages {
            text += &format!("{name:12} {:>6} {:>10.2} {:>10.2}\n", s.runs, s.median_ms, s.p95_ms);
        }
        Ok(text)
    }
}

#[derive(Debug, PartialEq)]
struct Stage {
    runs: usize,
    median_ms: f64,
    p95_ms: f64,
}

impl Stage {
    fn of(seconds: &mut [f32]) -> Self {
        seconds.sort_unstable_by(f32::total_cmp);
        let at = |share: f64| {
            let last = seconds.len().saturating_sub(1);
            let found = seconds.get((last as f64 * share).round() as usize);
            found.map_or(0.0, |s| (f64::from(*s) * 1e6).round() / 1e3)
        };
        Self { runs: seconds.len(), median_ms: at(0.5), p95_ms: at(0.95) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn median_and_p95() {
        let mut seconds: Vec<f32> = (0..=100).rev().map(|ms| ms as f32 / 1000.0).collect();
        assert_eq!(Stage::of(&mut seconds), Stage { runs: 101, median_ms: 50.0, p95_ms: 95.0 });
        assert_eq!(Stage::of(&mut []), Stage { runs: 0, median_ms: 0.0, p95_ms: 0.0 });
    }
}
