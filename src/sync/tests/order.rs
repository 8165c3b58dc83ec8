//! Whatever comes in whatever order, the client sends nothing whose id is not on its disk, settles nothing that was not
//! acknowledged, and stays within its bounds.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_sync::*;
use baro_wire::*;
use fastrand::Rng;
use std::collections::BTreeSet;

const RECORD: RecordId = RecordId([1; 16]);

fn content(key: Key) -> Content {
    match key {
        Key::Chunk(_, index) => Content::Chunk {
            digest: Digest([index as u8; 32]),
            previous: Digest([(index as u8).wrapping_sub(1); 32]),
            started_ms: 0,
        },
        Key::Seal(_, chunks) => Content::Seal { chunks, last: Digest([chunks as u8; 32]), started_ms: 0 },
        Key::Post(id) => {
            let given = id.0[0].is_multiple_of(2);
            let body = match id.0[0] {
                // Version 3 brought it.
                7 => PostBody::Summary { appointment: None, text: Text::default() },
                _ => PostBody::Consent { purpose: Purpose::Keep, text_version: 1, given },
            };
            Content::Post(Box::new(Post { id, about: PersonId([5; 16]), written_ms: 0, body }))
        }
    }
}

fn any_key(rng: &mut Rng) -> Key {
    match rng.u8(0..3) {
        0 => Key::Chunk(RECORD, rng.u32(0..8)),
        1 => Key::Seal(RECORD, rng.u32(1..9)),
        _ => Key::Post(PostId([rng.u8(0..8); 16])),
    }
}

fn any_refusal(rng: &mut Rng) -> Refusal {
    let all = [
        Refusal::SignIn,
        Refusal::NotFound,
        Refusal::NotAllowed,
        Refusal::ConsentMissing { purpose: Purpose::Keep },
        Refusal::Busy { wait_ms: rng.u32(..) },
        Refusal::ServerFull { wait_ms: rng.u32(..) },
        Refusal::TooManyAttempts { wait_s: rng.u32(..) },
    ];
    if rng.u8(0..50) == 0 {
        return rng.choice([Refusal::Erased, Refusal::DeviceRevoked]).unwrap();
    }
    rng.choice(all).unwrap()
}

fn any_reply(rng: &mut Rng) -> Reply {
    let outcome = Outcome::Created;
    match rng.u8(0..8) {
        _ if rng.u8(0..4) == 0 => {
            Reply::SignedIn { token: Bytes::default(), role: Role::Patient, valid_s: 900 }
        }
        0 => Reply::SignedIn { token: Bytes::default(), role: Role::Patient, valid_s: rng.u32(..) },
        1 => Reply::Resumed { role: Role::Patient },
        2 => {
            let index = rng.u32(0..8);
            let have = vec![HaveChunk { index, digest: Digest([rng.u8(0..8); 32]) }];
            Reply::Record { record: RECORD, outcome, have: List::new(have).unwrap(), more: rng.bool() }
        }
        3 => {
            let index = rng.u32(0..8);
            Reply::Chunk {
                chunk: ChunkId { record: RECORD, index, digest: Digest([index as u8; 32]) },
                outcome,
            }
        }
        4 => Reply::Sealed { record: RECORD, outcome },
        5 => Reply::Posted { post: PostId([rng.u8(0..8); 16]), outcome },
        6 => Reply::Feed { entries: List::default(), more: rng.bool() },
        _ => Reply::Refused { refusal: any_refusal(rng) },
    }
}

/// What the disk has, by its own reports.
#[derive(Default)]
struct Seen {
    stored: BTreeSet<Key>,
    asked_to_store: Vec<Row>,
    pages: u64,
    tickets: u64,
    conn: u64,
    /// Questions that have no answer yet.
    asked: BTreeSet<AskId>,
    asks: u64,
}

fn any_input(seen: &mut Seen, rng: &mut Rng) -> Input {
    let conn = Conn(seen.conn.saturating_sub(u64::from(rng.u8(..) < 20)));
    match rng.u8(0..17) {
        16 => {
            seen.asks += 1;
            seen.asked.insert(AskId(seen.asks));
            Input::Ask(AskId(seen.asks), Box::new(Request::ReadConsents { person: PersonId([5; 16]) }))
        }
        0 => Input::Tick,
        1 => Input::TryNow,
        2 => Input::Connected(conn),
        3 if rng.u8(0..8) == 0 => Input::Lost(conn),
        3 | 4 => {
            let challenge = Digest([7; 32]);
            Input::Welcomed(
                conn,
                Welcome::Accepted {
                    version: rng.choice([2, 3, 3, 3, 3, 9]).unwrap(),
                    challenge,
                    server_ms: 0,
                },
            )
        }
        5 | 6 => {
            let signature = Signature { r: Digest::default(), s: Digest::default() };
            Input::Proved(conn, signature, PersonProof::Absent)
        }
        7..=10 => Input::Replied(conn, Ticket(seen.tickets.saturating_sub(rng.u64(0..3))), any_reply(rng)),
        11 | 12 => match rng.choice(&seen.asked_to_store).cloned() {
            Some(row) => {
                seen.stored.insert(row.key);
                Input::Stored(row.key)
            }
            None => Input::Tick,
        },
        13 => {
            let rows = seen.asked_to_store.iter().filter(|row| seen.stored.contains(&row.key)).cloned();
            Input::Page { page: seen.pages, rows: rows.take(4).collect(), end: rng.bool() }
        }
        14 => {
            let index = rng.u32(0..8);
            let bytes = rng.bool().then(|| vec![1, 2, 3]);
            Input::Loaded(ChunkId { record: RECORD, index, digest: Digest([index as u8; 32]) }, bytes)
        }
        _ if rng.bool() => Input::Settled(any_key(rng)),
        _ => Input::NotStored(any_key(rng)),
    }
}

fn key_of(request: &Request) -> Option<Key> {
    match request {
        Request::PutChunk { chunk, .. } => Some(Key::Chunk(chunk.record, chunk.index)),
        Request::SealRecord { record, chunks, .. } => Some(Key::Seal(*record, *chunks)),
        Request::Post { post } => Some(Key::Post(post.id)),
        _ => None,
    }
}

/// How many items were sent.
fn look_at(seen: &mut Seen, actions: &[Action]) -> usize {
    let mut sent = 0;
    for action in actions {
        match action {
            Action::Connect(conn) => seen.conn = conn.0,
            Action::Answer(id, _) => assert!(seen.asked.remove(id), "{id:?} was answered twice"),
            Action::Store { row } => seen.asked_to_store.push(row.clone()),
            Action::Page { page, .. } => seen.pages = *page,
            Action::Send(conn, version, ticket, request) => {
                seen.tickets = ticket.0;
                assert!(request.since() <= *version, "an older server can't read it");
                assert_eq!(conn.0, seen.conn, "sent on an old connection");
                if let Some(key) = key_of(request) {
                    assert!(seen.stored.contains(&key), "{key:?} was sent before it was stored");
                    sent += 1;
                }
            }
            _ => {}
        }
    }
    sent
}

/// Does the server say with this that it has the item? A chunk only by its own digest.
fn acknowledges(reply: &Reply, key: Key) -> bool {
    match (reply, key) {
        (Reply::Chunk { chunk, .. }, Key::Chunk(record, index)) => {
            (chunk.record, chunk.index) == (record, index)
        }
        (Reply::Record { have, .. }, Key::Chunk(_, index)) => {
            have.iter().any(|chunk| chunk.index == index && chunk.digest == Digest([index as u8; 32]))
        }
        (Reply::Sealed { record, .. }, Key::Seal(of, _)) => *record == of,
        (Reply::Posted { post, .. }, Key::Post(id)) => *post == id,
        _ => false,
    }
}

/// How many items were settled. A consent may be given up for a later withdrawal.
fn settled(input: &Input, actions: &[Action]) -> usize {
    let keys = actions
        .iter()
        .filter_map(|action| if let Action::Settle { key, .. } = action { Some(*key) } else { None });
    let by_reply = keys.filter(|key| {
        let by_reply = matches!(input, Input::Replied(_, _, reply) if acknowledges(reply, *key));
        let given_up = matches!(key, Key::Post(id) if id.0[0].is_multiple_of(2));
        assert!(by_reply || given_up, "{key:?} was settled by {input:?}");
        by_reply
    });
    by_reply.count()
}

fn sent_in(seed: u64) -> (usize, usize) {
    let (mut rng, mut seen, mut now, mut sent, mut acknowledged) =
        (Rng::with_seed(seed), Seen::default(), 0, 0, 0);
    let mut client = Client::new(DeviceId([1; 16]), 1, 0, Backoff::new(seed));
    for _ in 0..600 {
        now += rng.u64(0..3_000);
        let actions = if rng.u8(0..5) == 0 {
            let key = any_key(&mut rng);
            client.add(key, content(key)).unwrap_or_default()
        } else {
            let input = any_input(&mut seen, &mut rng);
            let actions = client.handle(Millis(now), input.clone());
            acknowledged += settled(&input, &actions);
            actions
        };
        sent += look_at(&mut seen, &actions);
        assert!(client.wake_at(Millis(now)).is_none_or(|at| at > Millis(now)));
    }
    let lost = client.handle(Millis(now), Input::Lost(Conn(seen.conn)));
    look_at(&mut seen, &lost);
    assert!(seen.asked.is_empty(), "{:?} were never answered", seen.asked);
    (sent, acknowledged)
}

#[test]
fn an_id_is_stored_before_it_is_sent_and_settled_when_acknowledged() {
    let (sent, settled): (Vec<usize>, Vec<usize>) = (0..10_000).map(sent_in).unzip();
    let (sent, settled): (usize, usize) = (sent.iter().sum(), settled.iter().sum());
    assert!(
        sent > 5_000 && settled > 50,
        "only {sent} items were sent, {settled} settled: this shows nothing"
    );
}

#[test]
fn what_waits_for_the_disk_is_bounded() {
    let mut client = Client::new(DeviceId([1; 16]), 1, 0, Backoff::new(1));
    let added = (0..1_000).filter(|index| {
        let key = Key::Chunk(RECORD, *index);
        client.add(key, content(key)).is_ok()
    });
    assert_eq!(added.count(), 64);
}
