//! How long to wait before the next attempt.

/// Doubles with each failure. Half of each wait is random, so that the clients of a server that comes back don't come at once.
#[derive(Debug, Clone)]
pub struct Backoff {
    failures: u32,
    rng: fastrand::Rng,
}

impl Backoff {
    /// The first wait, at most.
    pub const FIRST_MS: u64 = 1_000;
    /// No wait is longer.
    pub const MOST_MS: u64 = 5 * 60 * 1_000;

    /// The seed is any number that differs between devices.
    pub fn new(seed: u64) -> Self {
        Self { failures: 0, rng: fastrand::Rng::with_seed(seed) }
    }

    /// The wait after one more failure.
    pub fn next_ms(&mut self) -> u64 {
        let whole_ms = Self::FIRST_MS.saturating_mul(1 << self.failures.min(16)).min(Self::MOST_MS);
        self.failures = self.failures.saturating_add(1);
        self.spread_ms(whole_ms)
    }

    /// A wait that the other side asked for, and up to half of it more.
    pub fn asked_ms(&mut self, wait_ms: u32) -> u64 {
        let wait_ms = u64::from(wait_ms).min(Self::MOST_MS);
        wait_ms + self.rng.u64(0..=wait_ms / 2)
    }

    /// It worked.
    pub const fn reset(&mut self) {
        self.failures = 0;
    }

    fn spread_ms(&mut self, whole_ms: u64) -> u64 {
        whole_ms / 2 + self.rng.u64(0..=whole_ms / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_are_bounded_and_differ() {
        let waits = |seed| {
            let mut backoff = Backoff::new(seed);
            (0..40).map(|_| backoff.next_ms()).collect::<Vec<_>>()
        };
        for (n, wait_ms) in waits(1).into_iter().enumerate() {
            let whole = (Backoff::FIRST_MS << n.min(16)).min(Backoff::MOST_MS);
            assert!((whole / 2..=whole).contains(&wait_ms), "{n}: {wait_ms}");
        }
        assert_ne!(waits(1), waits(2));
        assert_eq!(waits(3), waits(3));
    }
}
