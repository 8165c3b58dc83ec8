//! What a session checks and answers with; nothing here changes it.

use super::{Context, Keys};
use crate::{Account, Source, erasure};
use baro_wire::{
    Ask, ChunkId, Digest, Entry, List, PersonId, PersonProof, Post, PostBody, PublicKey, Receipt, Refusal,
    Reply, Role, Signature, Version, limits, sha256,
};

/// Entries that an older client can't read are named but not told: it keeps their place and fetches them after its update.
pub(super) fn in_version(reply: Reply, version: Version) -> Reply {
    use baro_wire::Described as _;
    if reply.since() <= version {
        return reply;
    }
    match reply {
        Reply::Feed { entries, more } => {
            let entries = entries.into_inner().into_iter().map(|mut entry| {
                if entry.since() > version {
                    entry.post.body = PostBody::NewerThanYou;
                }
                entry
            });
            Reply::Feed { entries: List::new(entries.collect::<Vec<_>>()).unwrap_or_default(), more }
        }
        // Who looked stays told; what at has no name there.
        Reply::Audit { person, entries, more } => {
            let entries = entries.into_inner().into_iter().map(|mut entry| {
                if entry.since() > version {
                    entry.ask = Ask::Nonsense;
                }
                entry
            });
            let entries = List::new(entries.collect::<Vec<_>>()).unwrap_or_default();
            Reply::Audit { person, entries, more }
        }
        _ => Reply::Refused { refusal: Refusal::NotFound },
    }
}

/// As many entries as a page and a message hold.
pub(super) fn page_that_fits(
    mut entries: Vec<Entry>,
    more: bool,
) -> (List<Entry, { limits::FEED_ENTRIES }>, bool) {
    let mut bytes = 0;
    let fit = entries.iter().take(limits::FEED_ENTRIES).take_while(|entry| {
        bytes += size(entry);
        bytes <= limits::FEED_BYTES
    });
    let fit = fit.count();
    let more = more || fit < entries.len();
    entries.truncate(fit);
    (List::new(entries).unwrap_or_default(), more)
}

/// More than an entry's bytes on the wire.
pub(super) fn size(entry: &Entry) -> usize {
    const AROUND: usize = 128;
    let text = match &entry.post.body {
        PostBody::Message { text, .. }
        | PostBody::Note { text, .. }
        | PostBody::Appointment { text, .. }
        | PostBody::Summary { text, .. } => text.len(),
        PostBody::Plan { routine } => routine.len(),
        PostBody::Diary { line } => line.len(),
        PostBody::Asked { questionnaire, .. } => questionnaire.len(),
        PostBody::Answered { filled, .. } => filled.len(),
        PostBody::Spoken { sound, .. } => sound.len(),
        // Three numbers of up to three bytes each, and the length of each line.
        PostBody::Drawing { strokes, text, .. } => {
            text.len() + strokes.iter().map(|stroke| 9 * stroke.points.len() + 2).sum::<usize>()
        }
        PostBody::Consent { .. }
        | PostBody::RevokeDevice { .. }
        | PostBody::Erase
        | PostBody::NewerThanYou => 0,
    };
    text + AROUND
}

pub(super) fn too_often(context: &Context, source: Source) -> Option<Refusal> {
    let wait_ms = context.attempts.check(context.now, source).err()?;
    Some(Refusal::TooManyAttempts { wait_s: u32::try_from(wait_ms.div_ceil(1_000)).unwrap_or(u32::MAX) })
}

/// A person as a source of attempts.
pub(super) fn source_of(person: PersonId) -> Source {
    let Digest(hash) = sha256(&[b"baro attempts 1\0", &person.0]);
    hash.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// What somebody is, by what they showed: a device alone is a device, and nobody is staff without a second factor.
pub(super) fn role_of(
    context: &Context,
    account: &Account,
    signed: &[u8],
    proof: PersonProof,
) -> Option<Role> {
    match proof {
        PersonProof::Absent => Some(Role::Device),
        PersonProof::Key { signature } if !account.role.is_staff() => {
            context.keys.verify(&account.person_key, signed, &signature).then_some(account.role)
        }
        PersonProof::Factor { digits } if account.role.is_staff() => {
            context.keys.factor(account.person, digits, context.wall_ms).then_some(account.role)
        }
        PersonProof::Key { .. } | PersonProof::Factor { .. } => None,
    }
}

pub(super) fn is_unaltered(
    keys: &dyn Keys,
    chunk: &ChunkId,
    previous: &Digest,
    bytes: &[u8],
    authors: &[PublicKey],
) -> bool {
    chunk.index < limits::RECORD_CHUNKS
        && keys.author(chunk, previous, bytes).is_some_and(|author| authors.contains(&author))
}

pub(super) fn receipt(
    keys: &dyn Keys,
    post: &Post,
    erased_ms: i64,
    records: u32,
    posts: u32,
    audit: Digest,
) -> Receipt {
    let signature = Signature { r: Digest::default(), s: Digest::default() };
    let receipt = Receipt { post: post.id, person: post.about, erased_ms, records, posts, audit, signature };
    erasure::seal(receipt, |message| keys.sign(message))
}

pub(super) const fn no_chunk() -> ChunkId {
    ChunkId { record: baro_wire::RecordId([0; 16]), index: 0, digest: Digest([0; 32]) }
}
