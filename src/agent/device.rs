//! What the link has behind it: the database of the connection, the records, and the keys.

use crate::{SaidWhat, agent::Shared, scan, talk};
use baro_net::NotDone;
use baro_record::{PersonKey, Sending};
use baro_sync::{Key, Row};
use baro_wire::{
    ChunkId, Cursor, Digest, Entry, PersonProof, PostBody, Receipt, RecordId, Signature, sign_in_proof,
};
use std::{collections::HashMap, path::PathBuf, sync::Arc};
use tracing::warn;

pub struct Behind {
    shared: Arc<Shared>,
    device_key: PersonKey,
    records: HashMap<RecordId, PathBuf>,
    /// The record that was read last: its chunks are asked for one after the other.
    read: Option<Sending>,
}

impl Behind {
    pub fn new(shared: Arc<Shared>, device_key: PersonKey) -> Self {
        Self { shared, device_key, records: HashMap::new(), read: None }
    }

    fn read(&mut self, record: RecordId) -> Option<&Sending> {
        if !self.records.contains_key(&record) {
            for path in scan::records(&self.shared.folder) {
                if self.records.values().all(|known| *known != path)
                    && let Ok(sending) = Sending::of(&path)
                {
                    self.records.insert(RecordId(*sending.record.as_bytes()), path);
                }
            }
        }
        self.read = Sending::of(self.records.get(&record)?).ok();
        self.read.as_ref()
    }
}

impl baro_net::Device for Behind {
    fn store(&mut self, row: &Row) -> Result<(), NotDone> {
        self.shared.clinic().store(row).map_err(not_done)
    }

    fn page(&mut self, after: u64, most: usize) -> Result<(Vec<Row>, bool), NotDone> {
        self.shared.clinic().page(after, most).map_err(not_done)
    }

    fn load(&mut self, chunk: &ChunkId) -> Option<Vec<u8>> {
        let is_it = |sending: &&Sending| sending.record.as_bytes() == &chunk.record.0;
        if let Some(bytes) = self.read.as_ref().filter(is_it).and_then(|sending| scan::bytes(sending, chunk))
        {
            return Some(bytes);
        }
        scan::bytes(self.read(chunk.record)?, chunk)
    }

    fn settle(&mut self, key: &Key, receipt: Option<&Receipt>) -> Result<(), NotDone> {
        self.shared.clinic().settle(*key, receipt).map_err(not_done)
    }

    /// The plan first: what is kept is not fetched again.
    fn keep(&mut self, entries: Vec<Entry>, cursor: Cursor) -> Result<(), NotDone> {
        let me = self.shared.pairing.person;
        for entry in entries.iter().filter(|entry| entry.post.about == me) {
            if let PostBody::Plan { routine } = &entry.post.body {
                let changed = self.shared.folder.assign(routine).map_err(|error| {
                    warn!("{error}");
                    NotDone
                })?;
                self.shared.state().new_plan |= changed;
            }
        }
        self.shared.clinic().keep(&entries, cursor).map_err(not_done)?;
        let came =
            talk::said(&entries, me).filter(|said| !said.own && !matches!(said.what, SaidWhat::Plan(_)));
        self.shared.state().came += came.count() as u64;
        Ok(())
    }

    fn prove(&mut self, challenge: &Digest) -> Option<(Signature, PersonProof)> {
        let message = sign_in_proof(challenge, &self.shared.pairing.device);
        // Who leads or treats shows a second factor to be let in as that; in the background it is the device alone.
        let person = match self.shared.digits {
            Some(digits) => PersonProof::Factor { digits },
            None if self.shared.pairing.role.is_staff() => PersonProof::Absent,
            None => PersonProof::Key { signature: self.shared.keys.person().prove(&message).into() },
        };
        Some((self.device_key.prove(&message).into(), person))
    }
}

fn not_done(error: baro_store::StoreError) -> NotDone {
    warn!("{error}");
    NotDone
}
