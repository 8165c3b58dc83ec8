//! A small clinic: patients 1 and 2, therapist 3 who treats patient 1, patient 9 of another organisation.

use baro_store::{Assignment, Store};
use baro_sync::{Actor, Invitation, Write, Written, audit::Draft};
use baro_wire::*;

pub const A: PersonId = PersonId([1; 16]);
pub const B: PersonId = PersonId([2; 16]);
pub const THERAPIST: PersonId = PersonId([3; 16]);
pub const STRANGER: PersonId = PersonId([9; 16]);
pub const END_MS: i64 = 1_000;

pub const fn home(person: PersonId) -> OrganisationId {
    OrganisationId([if person.0[0] == 9 { 2 } else { 1 }; 16])
}

pub fn role(person: PersonId) -> Role {
    if person == THERAPIST { Role::Therapist } else { Role::Patient }
}

pub fn key(person: PersonId) -> PublicKey {
    PublicKey([person.0[0]; 32])
}

pub fn actor(person: PersonId) -> Actor {
    Actor { organisation: home(person), person, device: DeviceId::of(&key(person)), role: role(person) }
}

pub fn code(person: PersonId) -> Digest {
    sha256(&[b"code", &person.0])
}

pub fn pairing(person: PersonId, key: PublicKey, paired_ms: i64) -> Write {
    let name = Text::new("the phone of Anneliese Musterfrau").unwrap();
    Write::Pair { code: code(person), key, person_key: key, name, paired_ms }
}

pub fn invitation(person: PersonId) -> Invitation {
    Invitation { organisation: home(person), person, role: role(person), ends_ms: END_MS }
}

pub fn fill(store: &mut impl Store) {
    for person in [A, B, THERAPIST, STRANGER] {
        store.add_organisation(home(person), "a clinic").unwrap();
        assert!(store.invite(code(person), &invitation(person)).unwrap());
        let paired = store.write(None, &pairing(person, key(person), 5)).unwrap();
        assert_eq!(paired, Written::Paired { outcome: Outcome::Created, invitation: invitation(person) });
    }
    assert!(store.assign(THERAPIST, A, Assignment::Treats).unwrap());
}

pub fn post(number: u64, about: PersonId, body: PostBody) -> Post {
    let mut id = [7; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    Post { id: PostId(id), about, written_ms: 1, body }
}

pub fn message(number: u64, about: PersonId, text: &str) -> Post {
    post(number, about, PostBody::Message { answers: None, text: Text::new(text).unwrap() })
}

pub fn consent(number: u64, about: PersonId, purpose: Purpose, given: bool) -> Post {
    post(number, about, PostBody::Consent { purpose, text_version: 4, given })
}

pub const fn stored(post: Post) -> Write {
    Write::Post { post, stored_ms: 77 }
}

/// The digest of any chunk of these tests, so that chains fit.
pub fn digest(record: RecordId, index: u32) -> Digest {
    sha256(&[&record.0, &index.to_le_bytes()])
}

pub fn chunk(record: RecordId, index: u32, bytes: &[u8]) -> Write {
    let previous = index.checked_sub(1).map_or(Digest::default(), |index| digest(record, index));
    let chunk = ChunkId { record, index, digest: digest(record, index) };
    Write::Chunk { chunk, previous, bytes: Bytes::new(bytes).unwrap() }
}

pub const fn offer(record: RecordId) -> Write {
    Write::Record { record, started_ms: 3 }
}

pub fn draft(by: PersonId, ask: Ask, about: PersonId) -> Draft {
    Draft { at_ms: 9, actor: by, device: actor(by).device, ask, about }
}
