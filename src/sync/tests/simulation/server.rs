//! The server: its process, its sessions, and a store that answers when what it answers is on the disk.

use crate::store::Store;
use baro_sync::{Actor, Attempts, Keys, Session, SessionAction, Stream};
use baro_wire::*;
use std::collections::{BTreeMap, VecDeque};

/// What the store was asked, in order.
pub enum Op {
    Find(u64, Stream, DeviceId),
    Look(u64, Stream, Actor, Request),
    Log(u64, Stream, Vec<baro_sync::audit::Draft>),
    Write(u64, Stream, Actor, baro_sync::Write),
}

pub struct Server {
    pub up: bool,
    pub life: u32,
    pub store: Store,
    pub ops: VecDeque<Op>,
    pub sessions: BTreeMap<u64, Session>,
    pub next_session: u64,
    pub attempts: Attempts,
    pub disk_full: bool,
    pub wall_ms: i64,
}

impl Server {
    /// What a session asks of the store; the rest is for the link.
    pub fn queue(&mut self, session: u64, action: SessionAction) -> Option<SessionAction> {
        self.ops.push_back(match action {
            SessionAction::Find(stream, device) => Op::Find(session, stream, device),
            SessionAction::Look(stream, actor, request) => Op::Look(session, stream, actor, request),
            SessionAction::Log(stream, drafts) => Op::Log(session, stream, drafts),
            SessionAction::Write(stream, Some(actor), write) => Op::Write(session, stream, actor, write),
            other => return Some(other),
        });
        None
    }
}

/// Keys that only look like keys: what is simulated is who checks what, not the mathematics.
pub struct Toy;

pub const SERVER_KEY: PublicKey = PublicKey([200; 32]);
pub const DIGITS: u32 = 123_456;

pub fn toy_sign(key: &PublicKey, message: &[u8]) -> Signature {
    Signature { r: sha256(&[b"toy", &key.0, message]), s: Digest::default() }
}

impl Keys for Toy {
    fn verify(&self, key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
        toy_sign(key, message) == *signature
    }
    fn own(&self) -> PublicKey {
        SERVER_KEY
    }
    fn sign(&self, message: &[u8]) -> Signature {
        toy_sign(&SERVER_KEY, message)
    }
    fn author(&self, chunk: &ChunkId, _: &Digest, bytes: &[u8]) -> Option<PublicKey> {
        bytes.first_chunk().filter(|_| sha256(&[bytes]) == chunk.digest).map(|key| PublicKey(*key))
    }
    fn factor(&self, _: PersonId, digits: u32, _: i64) -> bool {
        digits == DIGITS
    }
}
