//! A microphone, a network and an ear, in simulated time.

use crate::alike::{alike, envelope};
use baro_voice::{Ear, Mouth, RATE, Talk};
use baro_wire::room::Speech;
use fastrand::Rng;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy)]
pub struct Link {
    pub lost: f64,
    pub base_ms: f64,
    pub jitter_ms: f64,
    /// The listener's clock runs by so much faster, parts in a million.
    pub drift_ppm: f64,
}

impl Link {
    pub const fn of(lost: f64, jitter_ms: f64) -> Self {
        Self { lost, base_ms: 30.0, jitter_ms, drift_ppm: 0.0 }
    }
}

/// What came of it.
#[derive(Debug)]
pub struct Came {
    pub heard: Vec<f32>,
    pub sent: usize,
    pub bytes: usize,
    /// From when it was said to when it was heard, less the network's shortest way; a value each 10 ms of speech.
    pub added_ms: Vec<f64>,
    pub counts: [u64; 3],
}

/// The loudspeaker asks for so much.
const PIECE: usize = RATE / 100;

pub fn run(link: Link, seed: u64, said: &[f32], talk: Talk) -> Came {
    let mut rng = Rng::with_seed(seed);
    let (mut mouth, mut ear) = (Mouth::new().unwrap(), Ear::new().unwrap());
    let mut under_way: BTreeMap<u64, Speech> = BTreeMap::new();
    let mut came = Came { heard: Vec::new(), sent: 0, bytes: 0, added_ms: Vec::new(), counts: [0; 3] };
    let rate = 1.0 + link.drift_ppm / 1e6;
    let mut piece = vec![0.0; PIECE];
    for (nth, captured) in said.chunks(PIECE).enumerate() {
        let true_ms = (nth + 1) as f64 * 10.0;
        for speech in mouth.hears(captured, talk, -90.0) {
            (came.sent, came.bytes) = (came.sent + 1, came.bytes + speech.opus.len());
            if rng.f64() >= link.lost {
                let at_ms = true_ms + link.base_ms + rng.f64() * link.jitter_ms;
                // No two at the same moment.
                under_way.insert((at_ms * 1e6) as u64 + came.sent as u64 % 1_000, speech);
            }
        }
        while let Some(first) = under_way.first_entry().filter(|first| *first.key() as f64 / 1e6 <= true_ms) {
            let (at, speech) = first.remove_entry();
            ear.came(at as f64 / 1e6 * rate, speech);
        }
        ear.play(true_ms * rate, &mut piece);
        came.heard.extend_from_slice(&piece);
        if let Some(behind_ms) = ear.behind_ms(true_ms) {
            came.added_ms.push(behind_ms + 10.0 - link.base_ms);
        }
    }
    came.counts = ear.counts();
    came
}

impl Came {
    pub fn mean_added_ms(&self) -> f64 {
        self.added_ms.iter().sum::<f64>() / self.added_ms.len().max(1) as f64
    }

    /// How much alike the loudness over time is, and how much later it is, ms.
    pub fn alike(&self, said: &[f32]) -> (f32, f64) {
        let (alike, late) = alike(&envelope(said), &envelope(&self.heard), 40);
        (alike, late as f64 * 20.0)
    }

    /// Of what was said loudly, the share of which nothing was heard, 20 ms each.
    pub fn silent(&self, said: &[f32]) -> f64 {
        let (_, late) = alike(&envelope(said), &envelope(&self.heard), 40);
        let heard = envelope(&self.heard);
        let loud: Vec<usize> =
            envelope(said).iter().enumerate().filter(|(_, db)| **db > -30.0).map(|(at, _)| at).collect();
        let silent = loud.iter().filter(|at| heard.get(**at + late).is_some_and(|db| *db < -55.0)).count();
        silent as f64 / loud.len().max(1) as f64
    }
}
