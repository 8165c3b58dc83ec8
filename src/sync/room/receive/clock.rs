//! The room's time on this device.
//!
//! Each datagram says what the room's clock showed, and echoes when the device last wrote: so the way there and back is known, and the
//! room's time to within half of it. The shortest way of the last 20 s counts: what took longer was held up on one side or the other.
//! A clock that drifts by 100 parts in a million is followed, since the window moves with it; the reading is slewed and never goes back.

use crate::Millis;
use std::collections::VecDeque;

/// How long a sample counts.
const WINDOW_MS: u64 = 20_000;
/// Samples in the window: the best of each piece of it.
const SAMPLES: usize = 20;
/// The reading is moved towards the estimate by at most this part of the time that passes.
const SLEW: f64 = 0.02;
/// Further off than this it is set, not moved.
const JUMP_MS: f64 = 150.0;
/// A way there and back of more is no measure.
const MOST_MS: u16 = 10_000;

#[derive(Debug, Clone, Copy)]
struct Sample {
    at: Millis,
    way_ms: f64,
    offset_ms: f64,
}

/// The room's time, as far as it can be known here.
#[derive(Debug, Default)]
pub struct Clock {
    samples: VecDeque<Sample>,
    /// Room's time less the device's, as read now, and since when.
    offset_ms: f64,
    slewed: Millis,
    measured: bool,
}

impl Clock {
    /// What the answer said; good for a start.
    pub fn begin(&mut self, now: Millis, time_ms: u32) {
        *self = Self { offset_ms: f64::from(time_ms) - now.0 as f64, slewed: now, ..Self::default() };
    }

    /// The room's time.
    pub fn room_ms(&self, now: Millis) -> f64 {
        now.0 as f64 + self.offset_ms
    }

    /// The shortest way there and back of late; none before the first.
    pub fn way_ms(&self) -> Option<f64> {
        self.best().map(|sample| sample.way_ms)
    }

    /// A datagram: the room's time in it, and the own clock that it echoes with how long that lay there.
    pub fn came(&mut self, now: Millis, time_ms: u32, echo: Option<(u16, u8)>) {
        if let Some((sent_ms, held_ms)) = echo {
            let way_ms = (now.0 as u16).wrapping_sub(sent_ms).wrapping_sub(held_ms.into());
            if way_ms <= MOST_MS {
                let way_ms = f64::from(way_ms);
                let offset_ms = f64::from(time_ms) + way_ms / 2.0 - now.0 as f64;
                self.add(Sample { at: now, way_ms, offset_ms });
            }
        }
        self.slew(now);
    }

    fn add(&mut self, sample: Sample) {
        let piece_ms = WINDOW_MS / SAMPLES as u64;
        match self.samples.back_mut().filter(|last| last.at.0 / piece_ms == sample.at.0 / piece_ms) {
            Some(last) if sample.way_ms <= last.way_ms => *last = sample,
            Some(_) => {}
            None => self.samples.push_back(sample),
        }
        while self.samples.front().is_some_and(|first| first.at.after(WINDOW_MS) < sample.at) {
            self.samples.pop_front();
        }
    }

    fn best(&self) -> Option<&Sample> {
        // Of two that are as good, the later: the clocks drift.
        self.samples.iter().rev().min_by(|a, b| a.way_ms.total_cmp(&b.way_ms))
    }

    fn slew(&mut self, now: Millis) {
        let passed_ms = now.0.saturating_sub(self.slewed.0) as f64;
        self.slewed = self.slewed.max(now);
        let Some(target_ms) = self.best().map(|sample| sample.offset_ms) else { return };
        let error_ms = target_ms - self.offset_ms;
        if !self.measured || error_ms.abs() > JUMP_MS {
            (self.offset_ms, self.measured) = (target_ms, true);
        } else {
            self.offset_ms += error_ms.clamp(-SLEW * passed_ms, SLEW * passed_ms);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ways that differ by direction and moment, and a clock that goes wrong by 100 ppm.
    #[test]
    fn the_room_s_time_is_found_on_a_bad_way() {
        let mut rng = fastrand::Rng::with_seed(7);
        for (base_ms, jitter_ms, within_ms) in [(5, 10, 6.0), (40, 60, 20.0), (250, 400, 90.0)] {
            let mut clock = Clock::default();
            let room_at = |now: u64| 500_000.0 + now as f64 * 1.000_1;
            clock.begin(Millis(0), 500_000 - 300);
            let (mut worst, mut last) = (0.0_f64, 0.0_f64);
            for tick in 0..4_000_u64 {
                let now = 2_000 + tick * 33;
                let (up, down) = (base_ms + rng.u64(0..=jitter_ms), base_ms + rng.u64(0..=jitter_ms));
                let held = rng.u8(0..33);
                let sent = now - up - down - u64::from(held);
                clock.came(Millis(now), room_at(now - down) as u32, Some((sent as u16, held)));
                let read = clock.room_ms(Millis(now));
                if tick > 100 {
                    worst = worst.max((read - room_at(now)).abs());
                    assert!(read > last, "time goes on");
                }
                last = read;
            }
            assert!(worst <= within_ms, "{base_ms} ± {jitter_ms}: {worst} ms off");
        }
    }

    #[test]
    fn an_echo_of_nothing_is_no_measure() {
        let mut clock = Clock::default();
        clock.begin(Millis(1_000), 50_000);
        clock.came(Millis(1_500), 50_470, None);
        // Older than it can be: a forged or a lost one.
        clock.came(Millis(1_600), 90_000, Some((30_000, 0)));
        assert_eq!((clock.room_ms(Millis(2_000)), clock.way_ms()), (51_000.0, None));
    }
}
