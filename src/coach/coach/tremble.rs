//! A tracker's tremble: how large it is, and a signal that is averaged as far as that makes necessary.

use super::{machine::BySide, trace::Sample};

/// Differences from which the size of the tremble is told: two seconds at 30 fps.
const DIFFERENCES: usize = 64;
/// Fewer differences tell nothing.
const LEAST: usize = 4;
/// At most this much of the past is averaged, and so many samples. Half of it is how much later what trembles most is decided.
const LONGEST_S: f64 = 0.27;
const MOST: usize = 16;
/// A tremble up to this share of the span is no trouble: nothing is averaged, and nothing decided later.
const HARMLESS: f32 = 0.03;
/// Median of the distance of normally distributed values from their mean, in standard deviations.
const MEDIAN_SD: f32 = 0.674_49;

/// The latest samples with each side's, and how much they tremble.
pub(super) struct Tremble {
    span: f32,
    /// The newest first.
    latest: [(Sample, BySide); MOST],
    known: usize,
    /// Samples averaged last. Grows by one with each sample, so that the averages' times rise strictly.
    averaged: usize,
    /// How far the last sample but one lay from the line between its neighbours.
    bend: Option<f32>,
    /// By how much that changed from sample to sample, in no order.
    differences: [f32; DIFFERENCES],
    seen: usize,
}

impl Tremble {
    /// `span`: from rest to target.
    pub fn new(span: f32) -> Self {
        Self {
            span,
            latest: [(Sample { time_s: 0.0, value: 0.0 }, [None; 2]); MOST],
            known: 0,
            averaged: 0,
            bend: None,
            differences: [0.0; DIFFERENCES],
            seen: 0,
        }
    }

    /// Sight was lost: what comes is no neighbour of what was.
    pub fn interrupt(&mut self) {
        (self.known, self.averaged, self.bend) = (0, 0, None);
    }

    /// Takes a sample; gives the average of the latest ones, whose time is the average of theirs, and its standard deviation.
    pub fn step(&mut self, now: Sample, sides: BySide) -> (Sample, BySide, f32) {
        self.latest.copy_within(..MOST - 1, 1);
        self.latest[0] = (now, sides);
        self.known = (self.known + 1).min(MOST);
        self.measure();
        let noise = self.noise();
        let wanted = (noise / (HARMLESS * self.span)).powi(2).ceil() as usize;
        let near = |(sample, _): &&(Sample, BySide)| now.time_s - sample.time_s <= LONGEST_S;
        let within = self.latest[..self.known].iter().take_while(near).count();
        self.averaged = wanted.clamp(1, within.min(self.averaged + 1));
        let all = &self.latest[..self.averaged];
        let n = all.len() as f32;
        let behind_s = all.iter().map(|(sample, _)| now.time_s - sample.time_s).sum::<f64>() / f64::from(n);
        let value = all.iter().map(|(sample, _)| sample.value).sum::<f32>() / n;
        let sides = [0, 1].map(|side| {
            sides[side]?;
            let own = all.iter().filter_map(|(_, sides)| sides[side]);
            let (sum, n) = own.fold((0.0, 0.0_f32), |(sum, n), value| (sum + value, n + 1.0));
            Some(sum / n)
        });
        (Sample { time_s: now.time_s - behind_s, value }, sides, noise / n.sqrt())
    }

    /// A movement bends nearly as much from one sample to the next, a tremble now up, now down: the difference of the bends
    /// is that of the tremble, five times its variance with samples equally far apart.
    fn measure(&mut self) {
        let [(c, _), (b, _), (a, _), ..] = self.latest;
        if self.known < 3 {
            return;
        }
        let share = ((b.time_s - a.time_s) / (c.time_s - a.time_s)) as f32;
        let bend = b.value - (a.value + (c.value - a.value) * share);
        if let Some(before) = self.bend.replace(bend) {
            self.differences[self.seen % DIFFERENCES] = (bend - before).abs();
            self.seen += 1;
        }
    }

    /// Standard deviation of one sample.
    fn noise(&self) -> f32 {
        let n = self.seen.min(DIFFERENCES);
        if n < LEAST {
            return 0.0;
        }
        let mut sorted = self.differences;
        let (_, median, _) = sorted[..n].select_nth_unstable_by(n / 2, f32::total_cmp);
        *median / (MEDIAN_SD * 5.0_f32.sqrt())
    }
}
