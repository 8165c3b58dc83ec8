//! The ladder of links. Streams are reliable, as QUIC's are: a lost packet is a delay, and a connection that can't deliver breaks.

use fastrand::Rng;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    Wifi,
    Mobile,
    BadCellular,
    Bursty,
    Partition,
}

/// QUIC's idle timeout: nothing heard for so long, and the connection is gone.
pub const IDLE_MS: u64 = 30_000;

impl Link {
    pub const LADDER: [Self; 5] =
        [Self::Wifi, Self::Mobile, Self::BadCellular, Self::Bursty, Self::Partition];

    /// How long a message of so many bytes is under way; none: the connection breaks.
    pub fn delay_ms(self, bytes: usize, rng: &mut Rng) -> Option<u64> {
        let (base_ms, jitter_ms, loss, bytes_per_ms) = match self {
            Self::Wifi => (4, 8, 0.002, 2_000),
            Self::Mobile => (40, 60, 0.01, 500),
            Self::BadCellular => (300, 500, 0.08, 16),
            Self::Bursty => (150, 200, if rng.f32() < 0.2 { 0.7 } else { 0.02 }, 64),
            Self::Partition => return None,
        };
        let mut delay_ms = base_ms + rng.u64(0..=jitter_ms) + bytes as u64 / bytes_per_ms;
        let mut timeout_ms = 3 * base_ms + 200;
        while rng.f32() < loss {
            delay_ms += timeout_ms;
            timeout_ms *= 2;
        }
        (delay_ms < IDLE_MS).then_some(delay_ms)
    }
}
