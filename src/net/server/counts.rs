//! What the server counts.

use baro_wire::Ask;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// As they stand at one moment. Nothing in here is about anybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Open now.
    pub open: u64,
    /// Of these, signed in.
    pub signed_in: u64,
    /// Connections whose handshake was done.
    pub connections: u64,
    /// Handshakes that came to nothing.
    pub handshake_failures: u64,
    /// Not taken in: there are too many, or too many of one address.
    pub turned_away: u64,
    /// Greetings that came as early data (0-RTT).
    pub early_greetings: u64,
    /// Requests of each kind that came.
    pub requests: Vec<(Ask, u64)>,
    /// Requests that were answered with a refusal.
    pub refused: u64,
    /// Streams whose bytes were no message.
    pub malformed: u64,
    /// Connections that ended because the store did not answer.
    pub unavailable: u64,
    /// Bytes of messages that came.
    pub bytes_in: u64,
    /// Bytes of messages that went.
    pub bytes_out: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Counters {
    connections: AtomicU64,
    handshake_failures: AtomicU64,
    turned_away: AtomicU64,
    early_greetings: AtomicU64,
    requests: PerAsk,
    refused: AtomicU64,
    malformed: AtomicU64,
    unavailable: AtomicU64,
    bytes_in: AtomicU64,
    bytes_out: AtomicU64,
}

/// A count for each of [`Ask::ALL`].
#[derive(Debug)]
struct PerAsk([AtomicU64; Ask::ALL.len()]);

impl Default for PerAsk {
    fn default() -> Self {
        Self(std::array::from_fn(|_| AtomicU64::default()))
    }
}

impl Counters {
    pub fn connected(&self) {
        self.connections.fetch_add(1, Relaxed);
    }
    pub fn handshake_failed(&self) {
        self.handshake_failures.fetch_add(1, Relaxed);
    }
    pub fn turned_away(&self) {
        self.turned_away.fetch_add(1, Relaxed);
    }
    pub fn early_greeting(&self) {
        self.early_greetings.fetch_add(1, Relaxed);
    }
    pub fn refused(&self) {
        self.refused.fetch_add(1, Relaxed);
    }
    pub fn malformed(&self) {
        self.malformed.fetch_add(1, Relaxed);
    }
    pub fn unavailable(&self) {
        self.unavailable.fetch_add(1, Relaxed);
    }
    pub fn came(&self, bytes: usize) {
        self.bytes_in.fetch_add(bytes as u64, Relaxed);
    }
    pub fn went(&self, bytes: usize) {
        self.bytes_out.fetch_add(bytes as u64, Relaxed);
    }
    pub fn asked(&self, ask: Ask) {
        if let Some(place) = Ask::ALL.iter().position(|each| *each == ask) {
            self.requests.0[place].fetch_add(1, Relaxed);
        }
    }

    pub fn read(&self, open: usize, signed_in: usize) -> Counts {
        let requests = Ask::ALL.iter().zip(&self.requests.0).map(|(ask, count)| (*ask, count.load(Relaxed)));
        Counts {
            open: open as u64,
            signed_in: signed_in as u64,
            connections: self.connections.load(Relaxed),
            handshake_failures: self.handshake_failures.load(Relaxed),
            turned_away: self.turned_away.load(Relaxed),
            early_greetings: self.early_greetings.load(Relaxed),
            requests: requests.collect(),
            refused: self.refused.load(Relaxed),
            malformed: self.malformed.load(Relaxed),
            unavailable: self.unavailable.load(Relaxed),
            bytes_in: self.bytes_in.load(Relaxed),
            bytes_out: self.bytes_out.load(Relaxed),
        }
    }
}
