//! Which record is of which set.

use baro_wire::{RecordId, RecordState};

/// A set was recorded in at most this.
const SET_MS: i64 = 4 * 60 * 60 * 1_000;

/// The record of a set that ended then, ms since 1970 by the device's clock: the last that began before. The diary knows it by its name on
/// the device, the server by its id. `recorded`: was it?
pub fn record_of(recorded: bool, ended_ms: i64, records: &[RecordState]) -> Option<RecordId> {
    let before = records
        .iter()
        .filter(|state| recorded && state.started_ms <= ended_ms && ended_ms - state.started_ms < SET_MS);
    before.max_by_key(|state| state.started_ms).map(|state| state.record)
}
