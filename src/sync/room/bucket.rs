//! How often somebody may do something.

use crate::Millis;

/// Fills with time, empties with use.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bucket {
    /// Thousandths.
    level: u64,
    at: Millis,
    a_second: u64,
    most: u64,
}

impl Bucket {
    pub const fn new(now: Millis, a_second: u64, most: u64) -> Self {
        Self { level: most * 1_000, at: now, a_second, most }
    }

    /// Once more, if there is room for it.
    pub fn take(&mut self, now: Millis) -> bool {
        let passed_ms = now.0.saturating_sub(self.at.0);
        self.at = self.at.max(now);
        self.level = (self.level + passed_ms.saturating_mul(self.a_second)).min(self.most * 1_000);
        let there = self.level >= 1_000;
        if there {
            self.level -= 1_000;
        }
        there
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_gives_what_it_may() {
        let mut bucket = Bucket::new(Millis(0), 10, 5);
        let count = |bucket: &mut Bucket, from: u64| {
            (from..from + 10_000).filter(|ms| bucket.take(Millis(*ms))).count()
        };
        assert_eq!(count(&mut bucket, 0), 5 + 100 - 1);
        assert!(!bucket.take(Millis(5_000)), "a clock that goes back gives nothing");
        assert_eq!((0..9).filter(|_| bucket.take(Millis(1_000_000))).count(), 5);
    }
}
