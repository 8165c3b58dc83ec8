//! An item that waits to be sent, and how far it is.

use super::{Content, Key, Row};
use crate::Millis;
use baro_wire::{ChunkId, PostBody, Purpose, Refusal, Reply};

#[derive(Debug)]
pub(super) struct Item {
    pub row: Row,
    pub stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Waiting(Millis),
    Loading,
    Sent,
    Stuck(Refusal, Millis),
    Done,
}

impl Item {
    pub fn is_erasure(&self) -> bool {
        matches!(&self.row.content, Content::Post(post) if post.body == PostBody::Erase)
    }

    pub const fn chunk(&self) -> Option<ChunkId> {
        match (self.row.key, &self.row.content) {
            (Key::Chunk(record, index), Content::Chunk { digest, .. }) => {
                Some(ChunkId { record, index, digest: *digest })
            }
            _ => None,
        }
    }

    pub fn consent(&self) -> Option<(Purpose, bool)> {
        match &self.row.content {
            Content::Post(post) => match post.body {
                PostBody::Consent { purpose, given, .. } => Some((purpose, given)),
                _ => None,
            },
            _ => None,
        }
    }

    pub fn withdrawn(&self) -> Option<(u64, Purpose)> {
        self.consent().filter(|(_, given)| !given).map(|(purpose, _)| (self.row.number, purpose))
    }

    pub fn is_acknowledged_by(&self, reply: &Reply) -> bool {
        match (self.row.key, reply) {
            (Key::Chunk(..), Reply::Chunk { chunk, .. }) => self.chunk() == Some(*chunk),
            (Key::Seal(record, _), Reply::Sealed { record: sealed, .. }) => record == *sealed,
            (Key::Post(id), Reply::Posted { post, .. }) => id == *post,
            (Key::Post(id), Reply::Erased { receipt }) => id == receipt.post,
            _ => false,
        }
    }
}
