//! One message of every kind, with values that are easy to see in the bytes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]
#![allow(dead_code, reason = "each test uses its own part")]

use baro_wire::room::*;
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
const SPOT: Spot = Spot { x_mm: -120, y_mm: 900, z_mm: 5 };
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
        PostBody::Drawing {
            record: RECORD,
            time_ms: 61_500,
            joint: Some(25),
            strokes: List::new(vec![Stroke { points: List::new(vec![SPOT, SPOT]).unwrap() }]).unwrap(),
            text: text("이쪽으로"),
        },
        PostBody::Spoken {
            record: RECORD,
            time_ms: 61_500,
            joint: None,
            form: Sound::WebmOpus,
            sound: Bytes::new(vec![0x1a, 0x45]).unwrap(),
        },
        PostBody::Asked { questionnaire: text("{\"id\":\"phq-9\"}"), every_days: Some(14), withdrawn: false },
        PostBody::Answered { asked: Some(POST), filled: text("{\"day\":\"2026-11-23\"}") },
        PostBody::Appointment {
            instead_of: None,
            starts_ms: 1_764_000_000_000,
            minutes: 30,
            live: true,
            cancelled: false,
            text: text("화상 면담"),
        },
        PostBody::Summary { appointment: Some(POST), text: text("knee is calmer") },
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
        enter(Door::Open { title: text("무릎 체조") }),
        enter(Door::Invited { code: text("K7QM2XWP") }),
        enter(Door::Back { room: ROOM, seen: 300 }),
    ];
    requests.extend(bodies().into_iter().map(|body| Request::Post { post: post(body) }));
    requests
}

fn enter(door: Door) -> Request {
    Request::EnterRoom { door, called: text("지수"), shows: shows() }
}

const ROOM: RoomId = RoomId([0x88; 16]);

const fn shows() -> Shows {
    Shows::NOTHING.with(Aspect::Avatar, true).with(Aspect::HeartRate, true)
}

pub fn room_asks() -> Vec<RoomAsk> {
    let doing = Doing {
        phase: Phase::Holding,
        repetitions: 300,
        score: Some(88),
        heart_rate: Some(120),
        faults: List::new(vec![text("knee-in")]).unwrap(),
        seen: true,
    };
    vec![
        RoomAsk::Leave,
        RoomAsk::Ready { ready: true },
        RoomAsk::Show { shows: shows() },
        RoomAsk::Shape { shape: Bytes::new(vec![1, 2]).unwrap() },
        RoomAsk::Doing { doing },
        RoomAsk::Alarm { alarm: Alarm::Fall },
        RoomAsk::Fine,
        RoomAsk::Hand { up: true },
        RoomAsk::React { reaction: Reaction::Clap },
        RoomAsk::Phrase { phrase: Phrase::WellDone },
        RoomAsk::Say { text: text("천천히 할게요") },
        RoomAsk::Report { slot: 4, offence: Offence::Disturbing },
        RoomAsk::TakeOver { accept: true },
        RoomAsk::Throw { to: 5, flight_ms: 900 },
        RoomAsk::Catch { caught: true },
        RoomAsk::Beat { at_ms: 61_500 },
        RoomAsk::Start { exercise: text("squat") },
        RoomAsk::StopAll,
        RoomAsk::StartPlay { kind: PlayKind::Squats },
        RoomAsk::EndPlay,
        RoomAsk::Mute { slot: 6, muted: true },
        RoomAsk::Remove { slot: 6 },
        RoomAsk::HandOver { to: 7 },
        RoomAsk::NewInvitation,
        RoomAsk::End,
        RoomAsk::Attend { slot: 8 },
        RoomAsk::Cue { to: 8, cue: text("slower") },
        RoomAsk::Variant { to: 8, variant: Some(text("chair")) },
        RoomAsk::Voice { on: true },
    ]
}

pub fn happenings() -> Vec<Happening> {
    vec![
        Happening::Reacted { by: 1, reaction: Reaction::Heart },
        Happening::Phrase { by: 1, phrase: Phrase::Slower },
        Happening::Said { by: 1, text: text("안녕하세요") },
        Happening::Cued { by: 0, cue: text("slower") },
        Happening::Reported { by: 2, slot: 4 },
        Happening::Caught { by: 5 },
        Happening::Dropped { by: 5 },
        Happening::Round { together: true, spread_ms: Some(210) },
    ]
}

pub fn room_tolds() -> Vec<RoomTold> {
    let room = |activity, play| RoomTold::Room {
        room: RoomView {
            title: text("무릎 체조"),
            leader: Some(0),
            offered: None,
            activity,
            play,
            invitation: Some(text("K7QM2XWP")),
        },
    };
    let ball = Ball::Flying { from: 1, to: 2, thrown_ms: 10_000, lands_ms: 10_900 };
    let beats = Beats { rounds: 4, together: 3, spread_ms: Some(210), down: List::new(vec![1, 2]).unwrap() };
    let member = MemberView {
        slot: 3,
        called: text("지수"),
        role: Role::Patient,
        person: Some(PERSON),
        place: 3,
        here: true,
        ready: true,
        hand: false,
        muted: false,
        shows: shows(),
        variant: None,
        voice: true,
    };
    let form = Form { phase: Phase::Going, faults: List::default(), seen: false };
    let doing = DoingView {
        slot: 3,
        repetitions: Some(7),
        score: None,
        heart_rate: None,
        form: Some(form),
        alarm: Some(Alarm::Pain),
    };
    let mut told = vec![
        room(Activity::Rest, None),
        room(Activity::Starting { exercise: text("squat"), starts_ms: 65_000 }, None),
        room(
            Activity::Moving { exercise: text("squat"), since_ms: 65_000 },
            Some(Play::PassBall { ball, passes: 8, drops: 1 }),
        ),
        room(Activity::Stopped { at_ms: 90_000 }, Some(Play::Squats { beats })),
        RoomTold::Member { member },
        RoomTold::Gone { slot: 9 },
        RoomTold::Doing { doing },
        RoomTold::Shape { slot: 3, shape: Some(Bytes::new(vec![1, 2]).unwrap()) },
        RoomTold::Not { ask: 12, why: Refusal::NotAllowed },
        RoomTold::Over { why: Ending::Ended },
        RoomTold::Nodes { at: List::new(vec![text("b.clinic.example:4433")]).unwrap() },
    ];
    let happened = happenings().into_iter().zip(301..);
    told.extend(happened.map(|(what, number)| RoomTold::Happened { number, after: number - 1, what }));
    told
}

/// One of each, in hex.
fn datagrams() -> [String; 4] {
    let (mut up, mut down) = (Vec::new(), Vec::new());
    Up { sent_ms: 500, held: vec![Held { slot: 2, key: 0x1234 }], blob: vec![1, 2, 3] }.write(&mut up);
    let entries = vec![(2, vec![4, 5]), (3, vec![6])];
    Down { time_ms: 70_000, echo: Some((500, 12)), own: vec![0x5678], entries }.write(&mut down);
    let speech = Speech { number: 0x1234, opus: vec![7, 8, 9] };
    let (mut said, mut heard) = (Vec::new(), Vec::new());
    speech.write_up(&mut said);
    speech.write_down(2, &mut heard);
    [("Up", up), ("Down", down), ("Said", said), ("Heard", heard)]
        .map(|(kind, bytes)| format!("{kind} - {}", hex(&bytes)))
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
        Refusal::RoomFull,
        Refusal::RoomClosed,
        Refusal::NotInVersion,
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
    let entry =
        |(body, cursor)| Entry { cursor, author: PERSON, stored_ms: 1_764_000_000_001, post: post(body) };
    let entries: Vec<Entry> = bodies().into_iter().zip(1..).map(entry).collect();
    // What a reader of version 2 is told, and what came after.
    let (older, newer): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|entry| entry.since() <= Version::V2);
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
        Reply::Feed { entries: List::new(older).unwrap(), more: false },
        Reply::Feed { entries: List::new(newer).unwrap(), more: true },
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
        Reply::InRoom { room: ROOM, slot: 3, time_ms: 60_000, heard: 300, back: true },
        Reply::Elsewhere { at: text("b.clinic.example:4433") },
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
    if version >= Version::V3 {
        add(&mut lines, "RoomAsk", &room_asks(), version);
        add(&mut lines, "RoomTold", &room_tolds(), version);
        lines.extend(datagrams());
    }
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
