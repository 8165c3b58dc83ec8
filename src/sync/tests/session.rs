//! What a server's session does with strangers, thieves and liars. The names stand in `docs/threat-model.md`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_sync::*;
use baro_wire::*;
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};

/// Real keys. A chunk here is its author's key, a body, and the signature under both.
struct Ed25519(SigningKey);

fn secret(byte: u8) -> SigningKey {
    SigningKey::from_bytes(&[byte; 32])
}

fn public(byte: u8) -> PublicKey {
    PublicKey(secret(byte).verifying_key().to_bytes())
}

fn sign(byte: u8, message: &[u8]) -> Signature {
    secret(byte).sign(message).to_bytes().into()
}

impl Keys for Ed25519 {
    fn verify(&self, key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&(*signature).into());
        VerifyingKey::from_bytes(&key.0).is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
    }
    fn own(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }
    fn sign(&self, message: &[u8]) -> Signature {
        self.0.sign(message).to_bytes().into()
    }
    fn author(&self, chunk: &ChunkId, _: &Digest, bytes: &[u8]) -> Option<PublicKey> {
        let (signed, signature) = bytes.split_last_chunk::<64>()?;
        let key = PublicKey(*signed.first_chunk()?);
        (sha256(&[signed]) == chunk.digest && self.verify(&key, signed, &(*signature).into())).then_some(key)
    }
    fn factor(&self, _: PersonId, digits: u32, _: i64) -> bool {
        digits == 123_456
    }
}

const PATIENT: PersonId = PersonId([1; 16]);
const HOME: OrganisationId = OrganisationId([9; 16]);
const DEVICE_KEY: u8 = 10;
const PERSON_KEY: u8 = 20;
const CHALLENGE: Digest = Digest([77; 32]);

struct Server {
    now: Millis,
    wall_ms: i64,
    keys: Ed25519,
    attempts: Attempts,
    session: Session,
}

impl Server {
    fn new() -> Self {
        let keys = Ed25519(secret(200));
        let session = Session::new(Millis(0), 5, CHALLENGE);
        Self { now: Millis(0), wall_ms: 1_764_000_000_000, keys, attempts: Attempts::default(), session }
    }

    fn greeted() -> Self {
        let mut server = Self::new();
        let welcome = server.hears(Event::Hello(Hello::new(Text::default())));
        assert!(matches!(welcome[..], [SessionAction::Welcome(Welcome::Accepted { .. })]), "{welcome:?}");
        server
    }

    fn signed_in(role: Role) -> Self {
        let mut server = Self::greeted();
        let replies = server.sign_in(account(role), &CHALLENGE);
        assert!(matches!(replies[..], [Reply::SignedIn { role: is, .. }] if is == role), "{replies:?}");
        server
    }

    fn hears(&mut self, event: Event) -> Vec<SessionAction> {
        let Self { now, wall_ms, keys, attempts, session } = self;
        session.handle(&mut Context { now: *now, wall_ms: *wall_ms, keys, attempts }, event)
    }

    fn asks(&mut self, request: Request) -> Vec<SessionAction> {
        self.hears(Event::Request(Stream(1), request))
    }

    fn sign_in(&mut self, account: Account, challenge: &Digest) -> Vec<Reply> {
        let device = DeviceId::of(&public(DEVICE_KEY));
        let signed = sign_in_proof(challenge, &device);
        let person = if account.role.is_staff() {
            PersonProof::Factor { digits: 123_456 }
        } else {
            PersonProof::Key { signature: sign(PERSON_KEY, &signed) }
        };
        self.sign_in_with(account, sign(DEVICE_KEY, &signed), person)
    }

    fn sign_in_with(&mut self, account: Account, proof: Signature, person: PersonProof) -> Vec<Reply> {
        let device = DeviceId::of(&public(DEVICE_KEY));
        let actions = self.asks(Request::SignIn { device, proof, person });
        match actions[..] {
            [SessionAction::Find(stream, found)] if found == device => {
                replies(self.hears(Event::Found(stream, Some(account))))
            }
            _ => replies(actions),
        }
    }
}

fn account(role: Role) -> Account {
    let (key, person_key) = (public(DEVICE_KEY), public(PERSON_KEY));
    Account { organisation: HOME, person: PATIENT, role, key, person_key, revoked: false }
}

fn facts(role: Role, relation: Relation) -> Facts {
    let consents = Purpose::ALL.into_iter().fold(Consents::NONE, |all, purpose| all.with(purpose, true));
    let person_keys = vec![public(PERSON_KEY)];
    Facts { device_active: true, role, erased: false, relation, consents, person_keys }
}

fn replies(actions: Vec<SessionAction>) -> Vec<Reply> {
    let reply = |action| if let SessionAction::Reply(_, _, reply) = action { Some(reply) } else { None };
    actions.into_iter().filter_map(reply).collect()
}

fn refused(actions: Vec<SessionAction>) -> Refusal {
    match replies(actions)[..] {
        [Reply::Refused { refusal }] => refusal,
        ref other => panic!("{other:?}"),
    }
}

fn chunk(signer: u8, author: u8) -> Request {
    let mut bytes = [public(author).0.as_slice(), b"frames"].concat();
    let digest = sha256(&[&bytes]);
    let signature: [u8; 64] = sign(signer, &bytes).into();
    bytes.extend(signature);
    let chunk = ChunkId { record: RecordId([3; 16]), index: 0, digest };
    Request::PutChunk { chunk, previous: Digest::default(), bytes: Bytes::new(bytes).unwrap() }
}

#[test]
fn nothing_is_done_before_the_greeting() {
    let mut server = Server::new();
    assert_eq!(server.asks(Request::Feed { after: 0, most: 1 }), [SessionAction::Close]);
    assert_eq!(server.hears(Event::Hello(Hello::new(Text::default()))), []);
}

#[test]
fn who_does_not_sign_in_is_sent_away() {
    let mut server = Server::greeted();
    server.now = server.session.wake_at().unwrap();
    assert_eq!(server.hears(Event::Tick), [SessionAction::Close]);
}

#[test]
fn a_stranger_learns_nothing() {
    let mut server = Server::greeted();
    let person = PATIENT;
    for request in [
        Request::Feed { after: 0, most: 1 },
        Request::ReadConsents { person },
        Request::ListRecords { person, after: None },
        chunk(PERSON_KEY, PERSON_KEY),
    ] {
        assert_eq!(refused(server.asks(request)), Refusal::SignIn);
    }
}

#[test]
fn a_sign_in_of_another_connection_is_worth_nothing() {
    let mut server = Server::greeted();
    let replies = server.sign_in(account(Role::Patient), &Digest([78; 32]));
    assert_eq!(replies, [Reply::Refused { refusal: Refusal::NotFound }]);
}

#[test]
fn a_device_alone_is_only_a_device() {
    let mut server = Server::greeted();
    let signed = sign_in_proof(&CHALLENGE, &DeviceId::of(&public(DEVICE_KEY)));
    let proof = sign(DEVICE_KEY, &signed);
    let replies = server.sign_in_with(account(Role::Therapist), proof, PersonProof::Absent);
    assert!(matches!(replies[..], [Reply::SignedIn { role: Role::Device, .. }]), "{replies:?}");
}

#[test]
fn staff_need_their_second_factor() {
    for role in [Role::Therapist, Role::Leader, Role::Admin] {
        let signed = sign_in_proof(&CHALLENGE, &DeviceId::of(&public(DEVICE_KEY)));
        let proof = sign(DEVICE_KEY, &signed);
        let key = PersonProof::Key { signature: sign(PERSON_KEY, &signed) };
        for person in [key, PersonProof::Factor { digits: 0 }] {
            let replies = Server::greeted().sign_in_with(account(role), proof, person);
            assert_eq!(replies, [Reply::Refused { refusal: Refusal::FactorMissing }]);
        }
    }
}

#[test]
fn guessing_is_slowed_down() {
    let mut server = Server::greeted();
    let nobody = PersonProof::Absent;
    let wrong = sign(99, b"anything");
    for _ in 0..Attempts::FREE {
        let replies = server.sign_in_with(account(Role::Patient), wrong, nobody);
        assert_eq!(replies, [Reply::Refused { refusal: Refusal::NotFound }]);
    }
    let replies = server.sign_in_with(account(Role::Patient), wrong, nobody);
    assert!(
        matches!(replies[..], [Reply::Refused { refusal: Refusal::TooManyAttempts { .. } }]),
        "{replies:?}"
    );
}

/// Somebody with a stolen device, from many addresses, who signs in as the device between their guesses.
#[test]
fn a_second_factor_can_t_be_guessed() {
    let (mut attempts, mut guesses) = (Attempts::default(), 0);
    let signed = sign_in_proof(&CHALLENGE, &DeviceId::of(&public(DEVICE_KEY)));
    let proof = sign(DEVICE_KEY, &signed);
    for minute in 0..24 * 60 {
        let mut server = Server::greeted();
        server.session = Session::new(Millis(0), minute, CHALLENGE);
        server.attempts = std::mem::take(&mut attempts);
        server.now = Millis(minute * 60_000);
        server.hears(Event::Hello(Hello::new(Text::default())));
        let replies = server.sign_in_with(account(Role::Therapist), proof, PersonProof::Factor { digits: 1 });
        guesses += u64::from(replies == [Reply::Refused { refusal: Refusal::FactorMissing }]);
        server.sign_in_with(account(Role::Therapist), proof, PersonProof::Absent);
        attempts = server.attempts;
    }
    assert!((5..200).contains(&guesses), "{guesses} of a million in a day");
}

#[test]
fn a_code_pairs_the_key_that_was_shown() {
    let mut server = Server::greeted();
    let (key, person_key) = (public(DEVICE_KEY), public(PERSON_KEY));
    let pair = |signer: u8| Request::Pair {
        code: Text::new("k7qm-2xwp").unwrap(),
        key,
        person_key,
        name: Text::default(),
        proof: sign(signer, &pairing_proof(&CHALLENGE, &key, &person_key)),
    };
    assert_eq!(refused(server.asks(pair(99))), Refusal::WrongCode);
    let actions = server.asks(pair(DEVICE_KEY));
    let [SessionAction::Write(stream, None, Write::Pair { code, .. })] = &actions[..] else {
        panic!("{actions:?}")
    };
    assert_eq!(*code, code_hash("K7QM2XWP"), "only the code's hash goes to the store");
    let invitation = Invitation { organisation: HOME, person: PATIENT, role: Role::Patient, ends_ms: 0 };
    let written = Event::Written(*stream, Written::Paired { outcome: Outcome::Created, invitation });
    let paired = replies(server.hears(written));
    assert!(
        matches!(paired[..], [Reply::Paired { device, .. }] if device == DeviceId::of(&key)),
        "{paired:?}"
    );
}

#[test]
fn a_token_is_this_servers_and_not_for_long() {
    let mut server = Server::greeted();
    let replies_to = server.sign_in(account(Role::Patient), &CHALLENGE);
    let [Reply::SignedIn { token, .. }] = &replies_to[..] else { panic!("{replies_to:?}") };
    let resumed = |server: &mut Server| replies(server.asks(Request::Resume { token: token.clone() }));
    assert_eq!(resumed(&mut Server::greeted()), [Reply::Resumed { role: Role::Patient }]);
    let mut other = Server::greeted();
    other.keys = Ed25519(secret(201));
    assert_eq!(resumed(&mut other), [Reply::Refused { refusal: Refusal::SignIn }]);
    let mut later = Server::greeted();
    later.wall_ms += Claims::LIFE_MS;
    assert_eq!(resumed(&mut later), [Reply::Refused { refusal: Refusal::SignIn }]);
    // The connection lives on, its right does not.
    server.wall_ms += Claims::LIFE_MS;
    assert_eq!(refused(server.asks(Request::Feed { after: 0, most: 1 })), Refusal::SignIn);
}

#[test]
fn a_chunk_of_somebody_else_is_refused() {
    for (signer, author) in [(99, PERSON_KEY), (99, 99), (DEVICE_KEY, DEVICE_KEY)] {
        let mut server = Server::signed_in(Role::Patient);
        let actions = server.asks(chunk(signer, author));
        assert!(matches!(actions[..], [SessionAction::Look(..)]), "{actions:?}");
        let looked = Event::Looked(Stream(1), facts(Role::Patient, Relation::Own), Data::Nothing);
        assert!(matches!(refused(server.hears(looked)), Refusal::Altered { .. }));
    }
}

#[test]
fn a_chunk_is_acknowledged_only_when_it_is_written() {
    let mut server = Server::signed_in(Role::Patient);
    server.asks(chunk(PERSON_KEY, PERSON_KEY));
    let looked = Event::Looked(Stream(1), facts(Role::Patient, Relation::Own), Data::Nothing);
    let actions = server.hears(looked);
    assert!(matches!(actions[..], [SessionAction::Write(_, Some(_), Write::Chunk { .. })]), "{actions:?}");
    let written = server.hears(Event::Written(Stream(1), Written::Done(Outcome::Created)));
    assert!(matches!(replies(written)[..], [Reply::Chunk { outcome: Outcome::Created, .. }]));
    assert_eq!(server.hears(Event::Written(Stream(1), Written::Done(Outcome::Created))), [], "once");
}

/// Another organisation's person and one that does not exist get the same answer, to the bit.
#[test]
fn other_organisations_can_t_be_told_from_nothing() {
    let answer = |data: Data| {
        let mut server = Server::signed_in(Role::Therapist);
        let person = PersonId([50; 16]);
        let actions = server.asks(Request::ListRecords { person, after: None });
        assert!(matches!(actions[..], [SessionAction::Log(..)]), "logged first: {actions:?}");
        assert!(matches!(server.hears(Event::Logged(Stream(1)))[..], [SessionAction::Look(..)]));
        replies(server.hears(Event::Looked(Stream(1), facts(Role::Therapist, Relation::Nothing), data)))
    };
    let records = Reply::Records { person: PersonId([50; 16]), records: List::default(), more: false };
    assert_eq!(answer(Data::Reply(Box::new(records))), answer(Data::Nothing));
    assert_eq!(answer(Data::Nothing), [Reply::Refused { refusal: Refusal::NotFound }]);
}

#[test]
fn a_revoked_device_is_cut_off_at_once() {
    let mut server = Server::signed_in(Role::Patient);
    assert_eq!(server.hears(Event::Revoked), [SessionAction::Push(Push::Revoked), SessionAction::Close]);
    assert_eq!(server.asks(Request::Feed { after: 0, most: 1 }), []);
    // Even where the session was not told: facts are read anew for each request.
    let mut server = Server::signed_in(Role::Patient);
    server.asks(Request::Feed { after: 0, most: 1 });
    let revoked = Facts { device_active: false, ..facts(Role::Patient, Relation::Own) };
    let actions = server.hears(Event::Looked(Stream(1), revoked, Data::Nothing));
    assert!(actions.contains(&SessionAction::Close), "{actions:?}");
}

#[test]
fn who_lost_their_role_signs_in_again() {
    let mut server = Server::signed_in(Role::Therapist);
    server.asks(Request::ListPatients { after: None });
    let demoted = facts(Role::Leader, Relation::Own);
    assert_eq!(refused(server.hears(Event::Looked(Stream(1), demoted, Data::Nothing))), Refusal::SignIn);
}

#[test]
fn a_flood_of_requests_is_told_to_wait() {
    let mut server = Server::signed_in(Role::Patient);
    let feed = |stream| Event::Request(Stream(stream), Request::Feed { after: 0, most: 1 });
    for stream in 0..session_limit() {
        assert!(matches!(server.hears(feed(stream))[..], [SessionAction::Look(..)]));
    }
    assert!(matches!(refused(server.hears(feed(session_limit()))), Refusal::Busy { .. }));
    // A stream that is used twice gets no second answer in the place of the first.
    assert!(matches!(refused(server.hears(feed(0))), Refusal::Busy { .. }));
}

const fn session_limit() -> u64 {
    OPEN_REQUESTS as u64
}

/// A page of the feed with three people in it: only what may be seen is left, and only after it was logged.
#[test]
fn the_feed_is_decided_entry_by_entry() {
    let mut server = Server::signed_in(Role::Therapist);
    server.asks(Request::Feed { after: 0, most: 9 });
    let entry = |cursor, about: u8| {
        let body = PostBody::Message { answers: None, text: Text::new("hello").unwrap() };
        let post = Post { id: PostId([cursor as u8; 16]), about: PersonId([about; 16]), written_ms: 0, body };
        Entry { cursor, author: post.about, stored_ms: 0, post }
    };
    let all = facts(Role::Therapist, Relation::Own).consents;
    let entries = vec![
        (entry(1, 60), Relation::Treats, all),
        (entry(2, 61), Relation::Treats, all.with(Purpose::Therapist, false)),
        (entry(3, 62), Relation::Nothing, all),
    ];
    let data = Data::Entries { entries, more: false };
    let looked = Event::Looked(Stream(1), facts(Role::Therapist, Relation::Own), data);
    let actions = server.hears(looked.clone());
    let [SessionAction::Log(_, drafts)] = &actions[..] else { panic!("{actions:?}") };
    assert_eq!(drafts.iter().map(|draft| draft.about).collect::<Vec<_>>(), [PersonId([60; 16])]);
    assert!(matches!(server.hears(Event::Logged(Stream(1)))[..], [SessionAction::Look(..)]));
    let shown = replies(server.hears(looked));
    let [Reply::Feed { entries, more: false }] = &shown[..] else { panic!("{shown:?}") };
    assert_eq!(entries.iter().map(|entry| entry.cursor).collect::<Vec<_>>(), [1]);
}
