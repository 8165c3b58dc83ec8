//! One message of every kind, with values that are easy to see in the bytes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]
#![allow(dead_code, reason = "each test uses its own part")]

use baro_wire::*;

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

const fn digest(byte: u8) -> Digest {
    Digest([byte; 32])
}

const fn key(byte: u8) -> PublicKey {
    PublicKey([byte; 32])
}

const fn signature() -> Signature {
    Signature { r: digest(0xa1), s: digest(0xa2) }
}

fn text<const MOST: usize>(text: &str) -> Text<MOST> {
    Text::new(text).unwrap()
}

const RECORD: RecordId = RecordId([0x11; 16]);
const PERSON: PersonId = PersonId([0x22; 16]);
const DEVICE: DeviceId = DeviceId([0x33; 16]);
const POST: PostId = PostId([0x44; 16]);
const CHUNK: ChunkId = ChunkId { record: RECORD, index: 300, digest: digest(0x55) };

pub fn claims() -> Claims {
    Claims {
        organisation: OrganisationId([0x66; 16]),
        person: PERSON,
        device: DEVICE,
        role: Role::Therapist,
        issued_ms: 1_764_000_000_000,
    }
}

pub fn greetings() -> (Vec<Hello>, Vec<Welcome>) {
    let offers = List::new(vec![Offer { version: 1, schema: digest(7) }]).unwrap();
    let hello = Hello { magic: Hello::MAGIC, offers, program: text("baro 0.1.0") };
    let refusals = [
        HelloRefusal::ClientTooOld,
        HelloRefusal::ServerTooOld,
        HelloRefusal::SchemaDiffers,
        HelloRefusal::NotBaro,
    ];
    let mut welcomes =
        vec![Welcome::Accepted { version: 1, challenge: digest(8), server_ms: 1_764_000_000_000 }];
    welcomes.extend(refusals.map(|refusal| Welcome::Refused { refusal }));
    (vec![hello], welcomes)
}

pub fn bodies() -> Vec<PostBody> {
    vec![
        PostBody::Message { answers: Some(POST), text: text("무릎이 덜 아파요") },
        PostBody::Note { record: RECORD, time_ms: 61_500, joint: Some(25), text: text("knee in") },
        PostBody::Plan { routine: text("name = \"knee\"\n") },
        PostBody::Diary { line: text("{\"pain\":3}") },
        PostBody::Consent { purpose: Purpose::Movements, text_version: 1, given: true },
        PostBody::Consent { purpose: Purpose::Movements, text_version: 1, given: false },
        PostBody::RevokeDevice { device: DEVICE },
        PostBody::Erase,
        PostBody::NewerThanYou,
    ]
}

pub fn requests() -> Vec<Request> {
    let mut requests = vec![
        Request::Pair {
            code: text("K7QM2XWP"),
            key: key(1),
            person_key: key(2),
            name: text("laptop"),
            proof: signature(),
        },
        Request::SignIn { device: DEVICE, proof: signature(), person: PersonProof::Absent },
        Request::SignIn {
            device: DEVICE,
            proof: signature(),
            person: PersonProof::Key { signature: signature() },
        },
        Request::SignIn {
            device: DEVICE,
            proof: signature(),
            person: PersonProof::Factor { digits: 123_456 },
        },
        Request::Resume { token: Bytes::new(vec![9, 8, 7]).unwrap() },
        Request::OfferRecord { record: RECORD, started_ms: 1_764_000_000_000 },
        Request::PutChunk { chunk: CHUNK, previous: digest(0x54), bytes: Bytes::new(vec![1, 2, 3]).unwrap() },
        Request::Have { record: RECORD, from: 1024 },
        Request::SealRecord { record: RECORD, chunks: 301, last: digest(0x55) },
        Request::Feed { after: 12, most: 32 },
        Request::ReadConsents { person: PERSON },
        Request::ListDevices { person: PERSON },
        Request::ListPatients { after: None },
        Request::ListRecords { person: PERSON, after: Some(RECORD) },
        Request::ReadChunk { person: PERSON, record: RECORD, index: 2 },
        Request::ReadPosts { person: PERSON, after: 3, most: 32 },
        Request::ReadAudit { person: PERSON, after: 4 },
        Request::Invite { role: Role::Patient },
        Request::Invite { role: Role::Leader },
    ];
    requests.extend(bodies().into_iter().map(|body| Request::Post { post: post(body) }));
    requests
}

pub fn post(body: PostBody) -> Post {
    Post { id: POST, about: PERSON, written_ms: 1_764_000_000_000, body }
}

pub fn refusals() -> Vec<Refusal> {
    vec![
        Refusal::SignIn,
        Refusal::DeviceRevoked,
        Refusal::NotFound,
        Refusal::NotAllowed,
        Refusal::ConsentMissing { purpose: Purpose::Keep },
        Refusal::WrongCode,
        Refusal::FactorMissing,
        Refusal::TooManyAttempts { wait_s: 60 },
        Refusal::Busy { wait_ms: 500 },
        Refusal::ServerFull { wait_ms: 60_000 },
        Refusal::Differs { chunk: CHUNK },
        Refusal::Altered { chunk: CHUNK },
        Refusal::Erased,
        Refusal::Malformed,
    ]
}

pub fn replies() -> Vec<Reply> {
    let outcome = Outcome::Created;
    let receipt = Receipt {
        post: POST,
        person: PERSON,
        erased_ms: 1_764_000_000_000,
        records: 2,
        posts: 3,
        audit: digest(0x77),
        signature: signature(),
    };
    let entries = bodies().into_iter().zip(1..).map(|(body, cursor)| Entry {
        cursor,
        author: PERSON,
        stored_ms: 1_764_000_000_001,
        post: post(body),
    });
    let consents = Consents::NONE.with(Purpose::Keep, true).with(Purpose::Class, true);
    let device =
        DeviceState { device: DEVICE, name: text("laptop"), paired_ms: 1_764_000_000_000, revoked: true };
    let audit = AuditEntry {
        number: 1,
        at_ms: 1_764_000_000_000,
        actor: PERSON,
        device: DEVICE,
        ask: Ask::ReadChunk,
        about: PERSON,
        previous: digest(0),
        digest: digest(0x78),
    };
    let mut replies = vec![
        Reply::Paired {
            person: PERSON,
            organisation: OrganisationId([0x66; 16]),
            device: DEVICE,
            role: Role::Patient,
            outcome: Outcome::Exists,
        },
        Reply::SignedIn { token: Bytes::new(vec![9, 8, 7]).unwrap(), role: Role::Device, valid_s: 900 },
        Reply::Resumed { role: Role::Leader },
        Reply::Record {
            record: RECORD,
            outcome,
            have: List::new(vec![HaveChunk { index: 0, digest: digest(0x50) }]).unwrap(),
            more: true,
        },
        Reply::Chunk { chunk: CHUNK, outcome },
        Reply::Sealed { record: RECORD, outcome },
        Reply::Posted { post: POST, outcome },
        Reply::Erased { receipt },
        Reply::Feed { entries: List::new(entries.collect::<Vec<_>>()).unwrap(), more: false },
        Reply::Consents { person: PERSON, state: ConsentState { consents, text_version: 1 } },
        Reply::Devices { person: PERSON, devices: List::new(vec![device]).unwrap() },
        Reply::Patients {
            patients: List::new(vec![PatientState { person: PERSON, consents }]).unwrap(),
            more: true,
        },
        Reply::Records {
            person: PERSON,
            records: List::new(vec![RecordState { record: RECORD, started_ms: 1, chunks: 2, sealed: true }])
                .unwrap(),
            more: false,
        },
        Reply::ChunkBytes { chunk: CHUNK, previous: digest(0x54), bytes: Bytes::new(vec![1, 2, 3]).unwrap() },
        Reply::Audit { person: PERSON, entries: List::new(vec![audit]).unwrap(), more: false },
        Reply::Invited { code: text("K7QM2XWP"), valid_s: 900 },
    ];
    replies.extend(refusals().into_iter().map(|refusal| Reply::Refused { refusal }));
    replies
}

pub fn pushes() -> Vec<Push> {
    vec![Push::News { cursor: 13 }, Push::Revoked, Push::GoingAway { wait_ms: 3000 }]
}

/// Each line: a message's debug name and its frame in hex.
pub fn frozen(version: Version) -> String {
    let mut lines = Vec::new();
    let (hellos, welcomes) = greetings();
    add(&mut lines, "Hello", &hellos, version);
    add(&mut lines, "Welcome", &welcomes, version);
    add(&mut lines, "Request", &requests(), version);
    add(&mut lines, "Reply", &replies(), version);
    add(&mut lines, "Push", &pushes(), version);
    let token = claims().issue(|_| signature()).unwrap();
    lines.push(format!("Token {}", hex(&token)));
    lines.join("\n") + "\n"
}

fn add<M: Message + std::fmt::Debug>(lines: &mut Vec<String>, kind: &str, messages: &[M], version: Version) {
    for message in messages {
        let Ok(frame) = encode(message, version) else { continue };
        let shown = format!("{message:?}");
        let name = shown.split([' ', '(', '{']).next().unwrap_or_default().to_owned();
        lines.push(format!("{kind} {name} {}", hex(&frame)));
    }
}
