//! Pairing codes, and slowing down whoever guesses them.

use crate::Millis;
use baro_wire::{Digest, Text, limits::CODE_BYTES, sha256};
use std::collections::BTreeMap;

/// Without 0/O, 1/I/L and U: what people mix up when they read a code aloud.
const LETTERS: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LETTERS: usize = 8;

/// A code from random bytes (of a source for keys): 8 of 30 letters, 39 bits.
pub fn code_of(random: &[u8; 16]) -> Text<CODE_BYTES> {
    let number = u128::from_le_bytes(*random);
    let code = (0..CODE_LETTERS as u32).map(|i| {
        let letter = number / 30_u128.pow(i) % 30;
        char::from(LETTERS[letter as usize])
    });
    Text::new(code.collect::<String>()).unwrap_or_default()
}

/// What the server keeps of a code. As people type it: small letters, spaces and hyphens don't matter.
pub fn code_hash(typed: &str) -> Digest {
    let code: String = typed.chars().filter(char::is_ascii_alphanumeric).collect();
    sha256(&[b"baro code 1\0", code.to_ascii_uppercase().as_bytes()])
}

/// Where attempts come from: a hash of the address, or of the account.
pub type Source = u64;

/// How often anybody may fail to pair or sign in: [`Attempts::FREE`] times at once, then after waits that double. All sources
/// together have a limit too, so that many addresses help little.
#[derive(Debug, Default)]
pub struct Attempts {
    by_source: BTreeMap<Source, Failures>,
    all: Failures,
}

#[derive(Debug, Default, Clone, Copy)]
struct Failures {
    count: u32,
    last: Millis,
}

impl Attempts {
    /// Failures without a wait, of one source.
    pub const FREE: u32 = 5;
    /// Failures without a wait, of all sources: a clinic's morning.
    pub const FREE_OF_ALL: u32 = 200;
    /// The first wait.
    pub const FIRST_WAIT_MS: u64 = 2_000;
    /// The longest wait.
    pub const MOST_WAIT_MS: u64 = 15 * 60 * 1_000;
    /// One failure is forgotten in this time.
    pub const FORGET_MS: u64 = 10 * 60 * 1_000;
    /// Of all sources together, one failure is forgotten in this time.
    pub const FORGET_OF_ALL_MS: u64 = 3_000;
    /// Sources that are remembered; beyond, the one that failed least recently is forgotten.
    pub const SOURCES: usize = 4_096;

    /// May this source try now? If not, how long it must wait.
    pub fn check(&self, now: Millis, source: Source) -> Result<(), u64> {
        let own = self.by_source.get(&source).copied().unwrap_or_default();
        let own_ms = own.wait_ms(now, Self::FREE, Self::FORGET_MS);
        let all_ms = self.all.wait_ms(now, Self::FREE_OF_ALL, Self::FORGET_OF_ALL_MS);
        match own_ms.max(all_ms) {
            0 => Ok(()),
            wait_ms => Err(wait_ms),
        }
    }

    /// It tried and failed. Called before the answer is known to be wrong, and taken back by [`Self::passed`], or many attempts
    /// at once would all be free.
    pub fn failed(&mut self, now: Millis, source: Source) {
        if self.by_source.len() >= Self::SOURCES && !self.by_source.contains_key(&source) {
            let oldest = self.by_source.iter().min_by_key(|(_, failures)| failures.last).map(|(key, _)| *key);
            oldest.and_then(|key| self.by_source.remove(&key));
        }
        self.by_source.entry(source).or_default().add(now, Self::FORGET_MS);
        self.all.add(now, Self::FORGET_OF_ALL_MS);
    }

    /// It was right: its attempt was none.
    pub fn passed(&mut self, source: Source) {
        self.by_source.remove(&source);
        self.all.count = self.all.count.saturating_sub(1);
    }
}

impl Failures {
    const fn remembered(&self, now: Millis, forget_ms: u64) -> u32 {
        let forgotten = now.0.saturating_sub(self.last.0) / forget_ms;
        if forgotten >= self.count as u64 { 0 } else { self.count - forgotten as u32 }
    }

    fn wait_ms(&self, now: Millis, free: u32, forget_ms: u64) -> u64 {
        let Some(over) = self.remembered(now, forget_ms).checked_sub(free) else { return 0 };
        let wait_ms = (Attempts::FIRST_WAIT_MS << over.min(16)).min(Attempts::MOST_WAIT_MS);
        self.last.after(wait_ms).0.saturating_sub(now.0)
    }

    const fn add(&mut self, now: Millis, forget_ms: u64) {
        *self = Self { count: self.remembered(now, forget_ms).saturating_add(1), last: now };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many guesses get through in a day.
    fn guesses(mut source: impl FnMut() -> Source) -> u32 {
        let (mut attempts, mut tried) = (Attempts::default(), 0);
        for now in (0..24 * 3_600_000).step_by(500).map(Millis) {
            let source = source();
            if attempts.check(now, source).is_ok() {
                attempts.failed(now, source);
                tried += 1;
            }
        }
        tried
    }

    #[test]
    fn guessing_is_hopeless() {
        let one = guesses(|| 7);
        assert!((6..=300).contains(&one), "{one}");
        let mut next = 0;
        let many = guesses(|| {
            next += 1;
            next
        });
        // 30^8 codes: even all addresses of the world need a million years.
        assert!(many < 40_000, "{many}");
    }

    #[test]
    fn who_is_right_does_not_wait() {
        let mut attempts = Attempts::default();
        for n in 0..10_000 {
            assert_eq!(attempts.check(Millis(n), 1), Ok(()));
            attempts.failed(Millis(n), 1);
            attempts.passed(1);
        }
    }

    #[test]
    fn memory_is_bounded() {
        let mut attempts = Attempts::default();
        (0..20_000).for_each(|n| attempts.failed(Millis(n), n));
        assert_eq!(attempts.by_source.len(), Attempts::SOURCES);
    }

    #[test]
    fn codes_are_typed_as_people_type() {
        let code = code_of(&[77; 16]);
        assert_eq!(code.len(), CODE_LETTERS);
        let (a, b) = code.split_at(4);
        assert_eq!(code_hash(&format!(" {}-{b} ", a.to_lowercase())), code_hash(&code));
        assert_ne!(code_of(&[78; 16]), code);
    }
}
