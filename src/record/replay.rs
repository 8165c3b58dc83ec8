//! A record scored again, and held against what was stored while it ran.

use crate::{Digest, Entry, Event, RecordError, Recording, sha256};
use baro_coach::{ExerciseError, Report, reference::ReferenceError};

/// A replay could not be done at all.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum ReplayError {
    #[error("the exercise stored in the record can't be read by this version: {0}")]
    Exercise(#[from] ExerciseError),
    #[error("the reference motion stored in the record can't be read by this version: {0}")]
    Reference(#[from] ReferenceError),
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// Does the recomputed score equal the stored one?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The final report's digest matches.
    Match,
    /// The record breaks off before its end; every digest stored until then (this many) matches.
    BrokenOff {
        /// Digests that were checked.
        checked: usize,
    },
    /// A stored digest differs from the recomputed one.
    Mismatch {
        /// What the record says.
        stored: Digest,
        /// What came out now.
        computed: Digest,
    },
}

/// Outcome of a replay.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    /// The recomputed report.
    pub report: Report,
    /// Its digest.
    pub digest: Digest,
    /// Held against the record.
    pub verdict: Verdict,
}

/// Scores a record again from its landmarks.
///
/// # Errors
/// Where the stored exercise or reference motion is not one that this version can read.
pub fn replay(recording: &Recording) -> Result<Replay, ReplayError> {
    let mut coach = recording.header.coach()?;
    let (mut checked, mut mismatch, mut ended) = (0, None, false);
    let mut check = |stored: Digest, report: &Report| -> Result<(), RecordError> {
        let computed = report_digest(report)?;
        checked += 1;
        if stored != computed && mismatch.is_none() {
            mismatch = Some(Verdict::Mismatch { stored, computed });
        }
        Ok(())
    };
    for entry in &recording.entries {
        match entry {
            Entry::Frame(frame) => {
                coach.step(frame);
            }
            Entry::Event(Event::RepEnded { report, .. }) => check(*report, coach.report())?,
            Entry::Event(_) => {}
            Entry::End(digest) => {
                ended = true;
                check(*digest, coach.finish())?;
            }
        }
    }
    let report = coach.finish().clone();
    let digest = report_digest(&report)?;
    let whole = if ended { Verdict::Match } else { Verdict::BrokenOff { checked } };
    Ok(Replay { report, digest, verdict: mismatch.unwrap_or(whole) })
}

/// Digest of a report: SHA-256 of its postcard encoding, so of the exact bits of every number in it.
pub(crate) fn report_digest(report: &Report) -> Result<Digest, RecordError> {
    let bytes = postcard::to_allocvec(report).map_err(RecordError::Encode)?;
    Ok(sha256(&bytes))
}
