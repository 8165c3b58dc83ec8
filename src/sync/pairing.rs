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
    /// Each failure adds the time in which it is forgotten.
    owed_ms: u64,
    at: Millis,
    last: Millis,
    before: Millis,
}

impl Attempts {
    /// Failures without a wait, of one source.
    pub const FREE: u64 = 5;
    /// Failures without a wait, of all sources: a clinic's morning.
    pub const FREE_OF_ALL: u64 = 200;
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

    /// It was right: its attempt was none. What failed before stays, or who may sign in could guess for free in between.
    pub fn passed(&mut self, source: Source) {
        if let Some(own) = self.by_source.get_mut(&source) {
            own.take_back(Self::FORGET_MS);
        }
        self.all.take_back(Self::FORGET_OF_ALL_MS);
    }
}

impl Failures {
    const fn owed_ms(&self, now: Millis) -> u64 {
        self.owed_ms.saturating_sub(now.0.saturating_sub(self.at.0))
    }

    fn wait_ms(&self, now: Millis, free: u64, forget_ms: u64) -> u64 {
        let remembered = self.owed_ms(now).div_ceil(forget_ms);
        let Some(over) = remembered.checked_sub(free) else { return 0 };
        let wait_ms = (Attempts::FIRST_WAIT_MS << over.min(16)).min(Attempts::MOST_WAIT_MS);
        self.last.after(wait_ms).0.saturating_sub(now.0)
    }

    const fn add(&mut self, now: Millis, forget_ms: u64) {
        let owed_ms = self.owed_ms(now).saturating_add(forget_ms);
        *self = Self { owed_ms, at: now, last: now, before: self.last };
    }

    const fn take_back(&mut self, forget_ms: u64) {
        self.owed_ms = self.owed_ms.saturating_sub(forget_ms);
        self.last = self.before;
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
        // 30^8 codes: even with all addresses of the world that takes tens of thousands of years.
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
    fn to_sign_in_between_guesses_gains_nothing() {
        let (mut attempts, mut guessed) = (Attempts::default(), 0);
        for now in (0..24 * 3_600_000).step_by(500).map(Millis) {
            if attempts.check(now, 1).is_ok() {
                attempts.failed(now, 1);
                guessed += 1;
            }
            if attempts.check(now, 1).is_ok() {
                attempts.failed(now, 1);
                attempts.passed(1);
            }
        }
        assert!(guessed <= 300, "{guessed}");
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
