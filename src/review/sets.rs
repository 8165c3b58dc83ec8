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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_the_last_record_before_its_end() {
        let state = |n: u8, started_ms| RecordState {
            record: RecordId([n; 16]),
            started_ms,
            chunks: 1,
            sealed: true,
        };
        let records = [state(1, 1_000), state(2, 2_000), state(3, 9_000)];
        assert_eq!(record_of(true, 5_000, &records), Some(RecordId([2; 16])));
        assert_eq!(record_of(false, 5_000, &records), None);
        assert_eq!(record_of(true, 500, &records), None);
        assert_eq!(record_of(true, 9_000 + SET_MS, &records), None, "of another day");
    }
}
