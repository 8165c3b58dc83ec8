//! Links: streams are late, datagrams are late, lost, doubled and overtaken.

use fastrand::Rng;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Link {
    Wifi,
    Mobile,
    BadCellular,
    Bursty,
}

impl Link {
    pub const LADDER: [Self; 4] = [Self::Wifi, Self::Mobile, Self::BadCellular, Self::Bursty];

    /// One way: shortest, jitter, loss.
    const fn way(self) -> (u64, u64, f32) {
        match self {
            Self::Wifi => (2, 4, 0.002),
            Self::Mobile => (20, 30, 0.01),
            Self::BadCellular => (150, 250, 0.08),
            Self::Bursty => (75, 100, 0.02),
        }
    }

    /// What a stream's bytes take.
    pub fn stream_ms(self, rng: &mut Rng) -> u64 {
        let (base_ms, jitter_ms, loss) = self.way();
        let mut ms = base_ms + rng.u64(0..=jitter_ms);
        while rng.f32() < loss {
            ms += 2 * base_ms + 100;
        }
        ms
    }

    /// The ways of a datagram: none where it is lost, two where it is doubled. Bad seconds lose most of what is sent.
    pub fn datagram_ms(self, now: u64, rng: &mut Rng) -> Vec<u64> {
        let (base_ms, jitter_ms, loss) = self.way();
        let burst = self == Self::Bursty && (now / 700).is_multiple_of(5);
        if rng.f32() < if burst { 0.7 } else { loss } {
            return Vec::new();
        }
        let copies = if rng.f32() < 0.01 { 2 } else { 1 };
        (0..copies).map(|_| base_ms + rng.u64(0..=jitter_ms)).collect()
    }
}
