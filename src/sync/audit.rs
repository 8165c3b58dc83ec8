//! Who looked at what: a log in which each line holds the hash of the one before, so that none can be changed or taken out
//! without all behind it. Receipts carry its newest hash to the outside, so its end can't be cut off unseen either.

use baro_wire::{Ask, AuditEntry, DeviceId, Digest, PersonId, sha256};

/// What is to be logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draft {
    /// The server's clock, ms since 1970.
    pub at_ms: i64,
    /// Who.
    pub actor: PersonId,
    /// With what.
    pub device: DeviceId,
    /// What they asked.
    pub ask: Ask,
    /// Whose data.
    pub about: PersonId,
}

/// The end of the log; all that is needed to go on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Log {
    /// The newest line's number; 0: none yet.
    pub number: u64,
    /// The newest line's digest.
    pub head: Digest,
}

/// The line that does not fit to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {number} of the audit log was changed, or one before it is missing")]
pub struct Broken {
    /// Its place, from 1.
    pub number: u64,
}

impl Log {
    /// One more line. The store writes it in the same transaction that keeps the new end.
    pub fn append(&mut self, draft: Draft) -> AuditEntry {
        let Draft { at_ms, actor, device, ask, about } = draft;
        let mut entry = AuditEntry {
            number: self.number + 1,
            at_ms,
            actor,
            device,
            ask,
            about,
            previous: self.head,
            digest: Digest::default(),
        };
        entry.digest = digest(&entry);
        *self = Self { number: entry.number, head: entry.digest };
        entry
    }

    /// Checks the next line and goes behind it. Start from `Log::default()` for the whole log.
    pub fn check(&mut self, entry: &AuditEntry) -> Result<(), Broken> {
        let number = self.number + 1;
        let fits = entry.number == number && entry.previous == self.head && entry.digest == digest(entry);
        if !fits {
            return Err(Broken { number });
        }
        *self = Self { number, head: entry.digest };
        Ok(())
    }
}

fn digest(entry: &AuditEntry) -> Digest {
    sha256(&[
        b"baro audit 1\0",
        &entry.previous.0,
        &entry.number.to_le_bytes(),
        &entry.at_ms.to_le_bytes(),
        &entry.actor.0,
        &entry.device.0,
        &[entry.ask as u8],
        &entry.about.0,
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(count: u8) -> Vec<AuditEntry> {
        let mut log = Log::default();
        let draft = |n| Draft {
            at_ms: i64::from(n),
            actor: PersonId([n; 16]),
            device: DeviceId([n; 16]),
            ask: Ask::ReadChunk,
            about: PersonId([0; 16]),
        };
        (0..count).map(|n| log.append(draft(n))).collect()
    }

    fn check(lines: &[AuditEntry]) -> Result<(), Broken> {
        let mut log = Log::default();
        lines.iter().try_for_each(|line| log.check(line))
    }

    #[test]
    fn what_was_logged_is_whole() {
        assert_eq!(check(&lines(20)), Ok(()));
    }

    #[test]
    fn every_change_is_seen() {
        let changes: [fn(&mut AuditEntry); 7] = [
            |line| line.number += 1,
            |line| line.at_ms += 1,
            |line| line.actor.0[0] ^= 1,
            |line| line.device.0[0] ^= 1,
            |line| line.ask = Ask::Feed,
            |line| line.about.0[0] ^= 1,
            |line| line.digest.0[0] ^= 1,
        ];
        for change in changes {
            let mut lines = lines(5);
            change(&mut lines[2]);
            assert_eq!(check(&lines), Err(Broken { number: 3 }));
        }
    }

    #[test]
    fn a_missing_or_swapped_line_is_seen() {
        let mut missing = lines(5);
        missing.remove(1);
        assert_eq!(check(&missing), Err(Broken { number: 2 }));
        let mut swapped = lines(5);
        swapped.swap(2, 3);
        assert_eq!(check(&swapped), Err(Broken { number: 3 }));
    }
}
