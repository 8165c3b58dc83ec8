//! The device's database: what its machine needs after a restart, a kill, and what can happen to a file.

use crate::people::{A, message};
use crate::sqlite::{place, wal};
use crate::writer::{self, until_killed};
use baro_store::{Device, Options, Pairing, Sent, StoreError, Waiting};
use baro_sync::{Action, Backoff, Client, Content, Input, Key, Millis, Row, Ticket};
use baro_wire::*;
use std::{fs, path::Path, process::Child};

const KEY: [u8; 32] = [5; 32];
const RECORD: RecordId = RecordId([8; 16]);

fn open(path: &Path) -> Device {
    Device::open(path, KEY).unwrap()
}

fn row_of(number: u64, text: &str) -> Row {
    let post = message(number, A, text);
    Row { number, key: Key::Post(post.id), content: Content::Post(Box::new(post)) }
}

fn chunk_of(number: u64, index: u32) -> Row {
    let content =
        Content::Chunk { digest: Digest([index as u8; 32]), previous: Digest::default(), started_ms: 9 };
    Row { number, key: Key::Chunk(RECORD, index), content }
}

fn entry(cursor: u64, text: &str) -> Entry {
    Entry { cursor, author: A, stored_ms: 4, post: message(cursor, A, text) }
}

fn receipt(post: PostId) -> Receipt {
    let signature = Signature { r: Digest::default(), s: Digest::default() };
    Receipt { post, person: A, erased_ms: 1, records: 2, posts: 3, audit: Digest([6; 32]), signature }
}

fn pairing() -> Pairing {
    Pairing {
        server: "clinic.example:4433".into(),
        pin: [1; 32],
        organisation: OrganisationId([2; 16]),
        person: A,
        device: DeviceId([3; 16]),
        role: Role::Patient,
        device_secret: [0xD5; 32].into(),
        person_secret: Some([0xE6; 32].into()),
    }
}

#[test]
fn everything_is_there_after_a_restart() {
    let (_folder, path) = place();
    let mut device = open(&path);
    assert_eq!((device.cursor().unwrap(), device.next_number().unwrap()), (0, 1));
    assert_eq!((device.pairing().unwrap(), device.page(0, 5).unwrap()), (None, (vec![], true)));
    let rows = [row_of(1, "first"), chunk_of(2, 0), chunk_of(3, 1), row_of(4, "last")];
    rows.iter().for_each(|row| device.store(row).unwrap());
    device.store(&Row { number: 9, ..row_of(1, "other words") }).unwrap();
    device.keep(&[entry(1, "one"), entry(2, "two")], 2).unwrap();
    device.keep(&[], 7).unwrap();
    device.set_pairing(&pairing()).unwrap();
    drop(device);

    let mut device = open(&path);
    assert_eq!(device.page(0, 9).unwrap(), (rows.to_vec(), true), "the first of a name stays");
    assert_eq!(device.page(1, 2).unwrap(), (rows[1..3].to_vec(), false));
    assert_eq!((device.cursor().unwrap(), device.next_number().unwrap()), (7, 5));
    assert_eq!(device.entries(1, 9).unwrap(), [entry(2, "two")]);
    assert_eq!(device.pairing().unwrap(), Some(pairing()));
    assert_eq!(device.waiting().unwrap(), Waiting { records: 1, posts: 2 });
    let proof = receipt(PostId([7; 16]));
    device.settle(rows[0].key, Some(&proof)).unwrap();
    device.settle(rows[1].key, None).unwrap();
    assert_eq!(device.page(0, 9).unwrap().0, rows[2..]);
    assert_eq!(device.waiting().unwrap(), Waiting { records: 1, posts: 1 });
    device.store(&row_of(5, "")).unwrap();
    device.store(&Row { number: 6, ..rows[0].clone() }).unwrap();
    assert_eq!(device.page(4, 9).unwrap().0, [row_of(5, "")], "what is settled stays settled");
    assert!(device.has(rows[0].key).unwrap() && !device.has(Key::Seal(RECORD, 2)).unwrap());

    device.forget_pairing().unwrap();
    assert_eq!((device.pairing().unwrap(), device.cursor().unwrap()), (None, 0));
    assert_eq!((device.waiting().unwrap(), device.entries(0, 9).unwrap()), (Waiting::default(), vec![]));
    assert_eq!(device.receipts().unwrap(), [proof]);
}

/// Does what the machine asks of its disk, and answers as a server that takes everything. Gives what was sent.
fn run(client: &mut Client, device: &mut Device, mut actions: Vec<Action>) -> Vec<PostId> {
    let (mut sent, mut now) = (vec![], 0);
    while let Some(action) = (!actions.is_empty()).then(|| actions.remove(0)) {
        let input = match action {
            Action::Connect(conn) => Input::Connected(conn),
            Action::Greet(conn, _) => Input::Welcomed(
                conn,
                Welcome::Accepted { version: 2, challenge: Digest::default(), server_ms: 0 },
            ),
            Action::Prove(conn, _) => {
                let signature = Signature { r: Digest::default(), s: Digest::default() };
                Input::Proved(conn, signature, PersonProof::Absent)
            }
            Action::Send(conn, _, ticket, request) => {
                Input::Replied(conn, ticket, answer(request, &mut sent))
            }
            Action::Store { row } => {
                device.store(&row).unwrap();
                Input::Stored(row.key)
            }
            Action::Page { page, after, most } => {
                let (rows, end) = device.page(after, most).unwrap();
                Input::Page { page, rows, end }
            }
            Action::Settle { key, receipt } => {
                device.settle(key, receipt.as_deref()).unwrap();
                Input::Settled(key)
            }
            Action::Keep { entries, cursor } => {
                device.keep(&entries, cursor).unwrap();
                Input::Kept(cursor)
            }
            Action::Tell(_) => continue,
            other => panic!("{other:?}"),
        };
        now += 1;
        actions.extend(client.handle(Millis(now), input));
    }
    sent
}

fn answer(request: Request, sent: &mut Vec<PostId>) -> Reply {
    match request {
        Request::SignIn { .. } => {
            Reply::SignedIn { token: Bytes::default(), role: Role::Patient, valid_s: 900 }
        }
        Request::Feed { after, .. } => {
            let entries = if after == 0 { vec![entry(3, "from the clinic")] } else { vec![] };
            Reply::Feed { entries: List::new(entries).unwrap(), more: false }
        }
        Request::Post { post } => {
            sent.push(post.id);
            Reply::Posted { post: post.id, outcome: Outcome::Created }
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_machine_goes_on_from_it() {
    let (_folder, path) = place();
    let new = |device: &Device| {
        let (next, cursor) = (device.next_number().unwrap(), device.cursor().unwrap());
        Client::new(DeviceId([1; 16]), next, cursor, Backoff::new(1))
    };
    let written: Vec<Row> = (1..=200).map(|number| row_of(number, "written offline")).collect();
    {
        let mut device = open(&path);
        let mut client = new(&device);
        for row in &written {
            let actions = client.add(row.key, row.content.clone()).unwrap();
            assert_eq!(run_disk_only(&mut client, &mut device, actions), []);
        }
    }
    let mut device = open(&path);
    let mut client = new(&device);
    let first = client.handle(Millis(0), Input::Tick);
    let sent = run(&mut client, &mut device, first);
    let all: Vec<PostId> = (1..=200).map(|number| message(number, A, "").id).collect();
    assert_eq!(sent, all, "each once, in their order");
    assert_eq!((device.waiting().unwrap(), device.cursor().unwrap()), (Waiting::default(), 3));
    drop(device);
    let mut device = open(&path);
    let mut client = new(&device);
    let first = client.handle(Millis(0), Input::Tick);
    assert_eq!(run(&mut client, &mut device, first), [], "nothing twice");
    assert_eq!(device.entries(0, 9).unwrap(), [entry(3, "from the clinic")]);
}

/// Without a network; gives what it would have sent.
fn run_disk_only(client: &mut Client, device: &mut Device, actions: Vec<Action>) -> Vec<Ticket> {
    let mut sent = vec![];
    for action in actions {
        match action {
            Action::Store { row } => {
                device.store(&row).unwrap();
                let more = client.handle(Millis(0), Input::Stored(row.key));
                sent.extend(run_disk_only(client, device, more));
            }
            Action::Send(_, _, ticket, _) => sent.push(ticket),
            _ => {}
        }
    }
    sent
}

/// Not a test by itself: the process that the next one kills.
#[test]
fn writer() {
    let Some(path) = writer::to() else { return };
    let mut device = open(Path::new(&path));
    let first = device.next_number().unwrap();
    for number in first.. {
        device.store(&row_of(number, "words")).unwrap();
        device.keep(&[entry(number, "words")], number).unwrap();
        writer::acknowledge(number);
    }
}

#[test]
fn what_is_acknowledged_outlives_kill_9() {
    let (_folder, path) = place();
    let mut rng = fastrand::Rng::with_seed(3);
    for _ in 0..12 {
        let kill = |child: &mut Child| child.kill().unwrap();
        let acknowledged = until_killed("device::writer", &path, rng.usize(1..40), kill);
        let device = open(&path);
        let (rows, _) = device.page(0, 100_000).unwrap();
        assert!(rows.iter().zip(1..).all(|(row, number)| *row == row_of(number, "words")), "no gap");
        assert!(acknowledged.iter().all(|number| *number <= rows.len() as u64));
        let entries = device.entries(0, 100_000).unwrap();
        let kept = |number: &u64| entries.binary_search_by_key(number, |entry| entry.cursor).is_ok();
        assert!(acknowledged.iter().all(kept));
        assert_eq!(entries.last().unwrap().cursor, device.cursor().unwrap(), "entries and cursor are one");
    }
}

#[test]
fn nothing_is_readable_without_the_key() {
    let (_folder, path) = place();
    let mut device = open(&path);
    device.store(&row_of(1, "my knee hurts")).unwrap();
    device.keep(&[entry(1, "rest your knee")], 1).unwrap();
    device.set_pairing(&pairing()).unwrap();
    let files = || [fs::read(&path).unwrap(), fs::read(wal(&path)).unwrap_or_default()].concat();
    let has = |text: &[u8]| files().windows(text.len()).any(|at| at == text);
    assert!(has(&message(1, A, "").id.0), "names are plain: else this test could not fail");
    for secret in [&b"knee"[..], b"clinic.example", &[0xD5; 32], &[0xE6; 32], &A.0] {
        assert!(!has(secret), "{secret:?}");
    }
    assert!(matches!(Device::open(&path, KEY), Err(StoreError::Busy)), "one program at a time");
    drop(device);
    let before = files();
    assert!(matches!(Device::open(&path, [6; 32]), Err(StoreError::WrongKey)));
    assert_eq!(files(), before, "untouched");
    assert_eq!(open(&path).page(0, 9).unwrap().0, [row_of(1, "my knee hurts")]);
}

#[test]
fn what_the_server_lost_was_never_sent() {
    let (_folder, path) = place();
    let mut device = open(&path);
    let seal = Content::Seal { chunks: 2, last: Digest([1; 32]), started_ms: 9 };
    let seal = Row { number: 3, key: Key::Seal(RECORD, 2), content: seal };
    let rows = [chunk_of(1, 0), chunk_of(2, 1), seal, row_of(4, "said")];
    rows.iter().for_each(|row| device.store(row).unwrap());
    let sent = |chunks, whole| vec![Sent { record: RECORD, chunks, whole }];
    assert_eq!(device.sent_records().unwrap(), []);
    rows.iter().take(2).for_each(|row| device.settle(row.key, None).unwrap());
    assert_eq!(device.sent_records().unwrap(), [], "its end waits");
    device.settle(rows[2].key, None).unwrap();
    assert_eq!(device.sent_records().unwrap(), sent(2, true));
    device.store(&chunk_of(5, 2)).unwrap();
    device.settle(chunk_of(5, 2).key, None).unwrap();
    assert_eq!(device.sent_records().unwrap(), sent(3, false), "it has grown");

    device.store(&chunk_of(6, 3)).unwrap();
    device.forget_sent_records(&[RecordId([9; 16])]).unwrap();
    assert!(device.has(rows[0].key).unwrap(), "another record's");
    device.forget_sent_records(&[RECORD]).unwrap();
    assert!(rows[..3].iter().all(|row| !device.has(row.key).unwrap()));
    assert!(device.has(chunk_of(6, 3).key).unwrap(), "what waits goes on waiting");

    device.settle(rows[3].key, None).unwrap();
    assert!(device.forget_sent_posts(7).unwrap());
    assert!(!device.has(rows[3].key).unwrap());
    device.store(&row_of(8, "said")).unwrap();
    device.settle(row_of(8, "said").key, None).unwrap();
    assert!(!device.forget_sent_posts(7).unwrap(), "once for each loss");
    assert!(device.has(row_of(8, "said").key).unwrap());
}

#[test]
fn damage_and_newer_versions_are_told() {
    let (_folder, path) = place();
    let mut device = open(&path);
    device.store(&row_of(1, "words")).unwrap();
    device.store(&row_of(2, "words")).unwrap();
    drop(device);
    let whole = fs::read(&path).unwrap();
    let name = [&[2], &message(1, A, "").id.0[..]].concat();
    let at = whole.windows(17).position(|at| at == name).unwrap();
    // A bit of what is sealed.
    let mut bytes = whole.clone();
    bytes[at + 17 + 30] ^= 1;
    fs::write(&path, &bytes).unwrap();
    assert!(matches!(open(&path).page(0, 9), Err(StoreError::Damaged(_))));
    // One row's words under the name of another.
    let other = [&[2], &message(2, A, "").id.0[..]].concat();
    let mut bytes = whole.clone();
    let from = whole.windows(17).position(|at| at == other).unwrap() + 17;
    let length = 60;
    let (words, to) = (whole[from..from + length].to_vec(), at + 17);
    bytes[to..to + length].copy_from_slice(&words);
    fs::write(&path, &bytes).unwrap();
    assert!(matches!(open(&path).page(0, 9), Err(StoreError::Damaged(_))));
    let mut bytes = whole.clone();
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&path, &bytes).unwrap();
    assert!(matches!(Device::open(&path, KEY), Err(StoreError::TooNew { is: 99, known: 1 })));
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(matches!(
        Device::open(&path, KEY).and_then(|device| device.page(0, 9)),
        Err(StoreError::Damaged(_))
    ));
    // The server's database is none of ours.
    let server = path.with_file_name("server.db");
    drop(baro_store::Sqlite::open(&server, Options::default()).unwrap());
    assert!(matches!(Device::open(&server, KEY), Err(StoreError::Foreign(_))));
}

#[test]
fn a_database_of_the_first_version_opens() {
    let (_folder, path) = place();
    fs::write(&path, include_bytes!("../fixtures/device-1.db")).unwrap();
    let device = open(&path);
    assert_eq!(device.page(0, 9).unwrap(), (vec![row_of(1, "words"), chunk_of(2, 0)], true));
    assert_eq!(
        (device.entries(0, 9).unwrap(), device.cursor().unwrap()),
        (vec![entry(3, "from the clinic")], 3)
    );
    assert_eq!(device.pairing().unwrap(), Some(pairing()));
    assert_eq!(device.receipts().unwrap(), [receipt(PostId([7; 16]))]);
}

#[test]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let (_folder, path) = place();
    let mut device = Device::open_with(&path, KEY, Options { most_pages: Some(40) }).unwrap();
    let long = "x".repeat(1_900);
    let full = (1..).find(|number| match device.store(&row_of(*number, &long)) {
        Ok(()) => false,
        Err(StoreError::Full) => true,
        Err(other) => panic!("{other}"),
    });
    let full = full.unwrap();
    assert!(full > 10);
    assert_eq!(device.page(0, 1_000).unwrap().0.len() as u64, full - 1);
    drop(device);
    open(&path).store(&row_of(full, &long)).unwrap();
}
