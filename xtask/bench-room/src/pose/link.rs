//! A sender, a path, and a receiver who says which keys arrived.

use super::error::Errors;
use crate::motion::{TICK_HZ, Take};
use baro_wire::pose::{BLOB_BYTES, Decoder, Encoder, Head, KeyId, Kind};
use std::collections::VecDeque;
use std::fmt;

/// How a path behaves.
#[derive(Clone, Copy, PartialEq)]
pub struct Link {
    /// From when a key is sent until the word comes back that it is there.
    pub ack_ms: u32,
    /// Share of the blobs that are lost, keys too.
    pub lost: f64,
}

/// What went over it.
#[derive(Default)]
pub struct Sent {
    /// Of each figure, head and all.
    pub bytes: Vec<f64>,
    /// Of those that are whole.
    pub keys: Vec<f64>,
    /// Of those that arrived.
    pub errors: Errors,
    pub lost: usize,
    /// Arrived, but could not be read.
    pub unread: usize,
    /// All blobs, each behind its length.
    pub blobs: Vec<u8>,
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "keys acknowledged after {} ms", self.ack_ms)?;
        if self.lost > 0.0 { write!(f, ", {:.0} % lost", self.lost * 100.0) } else { Ok(()) }
    }
}

impl Link {
    /// Sends takes one after the other, each from a person of its own.
    pub fn send(self, takes: &[&Take]) -> Sent {
        let (mut sent, mut random) = (Sent::default(), fastrand::Rng::with_seed(6));
        for take in takes {
            self.send_one(take, &mut random, &mut sent);
        }
        sent
    }

    fn send_one(self, take: &Take, random: &mut fastrand::Rng, sent: &mut Sent) {
        let (mut encoder, mut decoder) = (Encoder::default(), Decoder::default());
        let mut words: VecDeque<(u32, KeyId)> = VecDeque::new();
        let mut blob = Vec::with_capacity(BLOB_BYTES);
        for (figure, tick) in take.figures.iter().zip(0_u32..) {
            let now_ms = (f64::from(tick) * 1000.0 / TICK_HZ) as u32;
            while let Some((_, id)) = words.pop_front_if(|(at_ms, _)| *at_ms <= now_ms) {
                encoder.acknowledged(id);
            }
            blob.clear();
            let Head { kind, .. } = encoder.encode(now_ms as u16, figure, &mut blob);
            let bytes = blob.len() as f64;
            sent.bytes.push(bytes);
            sent.blobs.push(blob.len() as u8);
            sent.blobs.extend_from_slice(&blob);
            if !matches!(kind, Kind::Delta(_)) {
                sent.keys.push(bytes);
            }
            if random.f64() < self.lost {
                sent.lost += 1;
                continue;
            }
            match decoder.decode(&blob) {
                Ok(drawn) => sent.errors.add(figure, &drawn),
                Err(_) => sent.unread += 1,
            }
            if let Kind::Key(id) = kind {
                words.push_back((now_ms + self.ack_ms, id));
            }
        }
    }
}
