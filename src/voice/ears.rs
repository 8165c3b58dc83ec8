//! All voices of a room, each from where its person stands.

use crate::ear::Ear;
use crate::level::{SILENCE_DB, level_db};
use baro_wire::room::{Slot, Speech};
use std::collections::BTreeMap;

/// Somebody so near is heard as they are, metres.
const NEAR_M: f32 = 1.5;
/// To the side by so much, and they are heard from there alone, nearly.
const WIDE_M: f32 = 3.0;
/// Nobody is heard by one ear only: with one that is deaf, all voices are still there.
const MOST_PAN: f32 = 0.8;
/// Above this, loud is made softer instead of being cut.
const KNEE: f32 = 0.8;
/// The whole changes its loudness by no more than this with each sample: 20 ms from nothing to all.
const FADE: f32 = 1.0 / 960.0;

/// Where somebody stands, seen by who listens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// To the right, metres.
    pub right_m: f32,
    /// How far away, metres.
    pub away_m: f32,
}

impl Default for Spot {
    /// In front, near.
    fn default() -> Self {
        Self { right_m: 0.0, away_m: NEAR_M }
    }
}

impl Spot {
    /// How loud they are left and right. As much together wherever they stand at one distance; four times as far, half as loud.
    pub fn gains(self) -> [f32; 2] {
        let pan = (self.right_m / WIDE_M).clamp(-MOST_PAN, MOST_PAN);
        let angle = (pan + 1.0) * std::f32::consts::FRAC_PI_4;
        let far = (NEAR_M / self.away_m.max(NEAR_M)).sqrt();
        [angle.cos() * far, angle.sin() * far]
    }
}

/// All who are heard.
#[derive(Default)]
pub struct Ears {
    ears: BTreeMap<Slot, Ear>,
    spots: BTreeMap<Slot, Spot>,
    one: Vec<f32>,
    /// Now, and to be, 0 to 1.
    volume: (f32, f32),
    played_db: f32,
}

impl Ears {
    /// 20 ms of somebody's voice.
    pub fn came(&mut self, now_ms: f64, by: Slot, speech: Speech) {
        let ear = match self.ears.entry(by) {
            std::collections::btree_map::Entry::Occupied(ear) => ear.into_mut(),
            std::collections::btree_map::Entry::Vacant(free) => match Ear::new() {
                Ok(ear) => free.insert(ear),
                Err(_) => return,
            },
        };
        ear.came(now_ms, speech);
    }

    /// Who is in the room and where; of others nothing is heard any more.
    pub fn stand(&mut self, spots: BTreeMap<Slot, Spot>) {
        self.ears.retain(|slot, _| spots.contains_key(slot));
        self.spots = spots;
    }

    /// How loud all of it is from now on, 0 to 1.
    pub const fn set_volume(&mut self, volume: f32) {
        self.volume.1 = volume.clamp(0.0, 1.0);
    }

    /// What is to be heard from now on: left and right in turn.
    pub fn play(&mut self, now_ms: f64, out: &mut [f32]) {
        out.fill(0.0);
        self.one.resize(out.len() / 2, 0.0);
        for (slot, ear) in &mut self.ears {
            ear.play(now_ms, &mut self.one);
            let [left, right] = self.spots.get(slot).copied().unwrap_or_default().gains();
            for (both, sample) in out.chunks_exact_mut(2).zip(&self.one) {
                both[0] += left * sample;
                both[1] += right * sample;
            }
        }
        let (volume, target) = &mut self.volume;
        for both in out.chunks_exact_mut(2) {
            *volume += (*target - *volume).clamp(-FADE, FADE);
            both.iter_mut().for_each(|sample| *sample = soft(*sample * *volume));
        }
        self.played_db = level_db(out);
    }

    /// How loud that was, decibels below full scale.
    pub fn played_db(&self) -> f32 {
        if self.ears.is_empty() { SILENCE_DB } else { self.played_db }
    }

    /// Who speaks now.
    pub fn speaking(&self, now_ms: f64) -> Vec<Slot> {
        self.ears.iter().filter(|(_, ear)| ear.speaks(now_ms)).map(|(slot, _)| *slot).collect()
    }
}

fn soft(sample: f32) -> f32 {
    let over = sample.abs() - KNEE;
    if over <= 0.0 { sample } else { (KNEE + (1.0 - KNEE) * (over / (1.0 - KNEE)).tanh()).copysign(sample) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voice_comes_from_where_somebody_stands() {
        let gains = |right_m, away_m| Spot { right_m, away_m }.gains();
        let [left, right] = gains(0.0, 1.0);
        assert!((left - right).abs() < 1e-6 && (left * left + right * right - 1.0).abs() < 1e-5);
        let [left, right] = gains(1.5, 1.5);
        assert!(right > 2.0 * left && left > 0.0, "{left} {right}");
        let ([left, _], [far, _]) = (gains(-9.0, 1.5), gains(-9.0, 6.0));
        assert!((left - 2.0 * far).abs() < 1e-5);
        assert!(gains(99.0, 1.5)[0] > 0.1, "never by one ear alone");
    }

    #[test]
    fn loud_is_made_softer_and_never_cut() {
        let mut last = 0.0;
        for step in 0..400 {
            let loud = soft(step as f32 * 0.01);
            assert!(loud >= last && loud <= 1.0 && soft(-(step as f32) * 0.01) == -loud);
            last = loud;
        }
    }
}
