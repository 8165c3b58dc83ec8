//! The server's side of one connection: greets, signs in, decides, receives, answers.
//!
//! A request passes `Log` (where it is about somebody else), then `Look`, then `may`, then, if it writes, `Write`, and only then
//! is answered. So nobody looks before it is in the audit log, every decision is made on facts of the same moment as the data,
//! and nothing is acknowledged that is not on the disk.

mod answer;
mod types;

pub use types::{Context, Entering, Event, Keys, SessionAction, Stream};

use crate::{Account, Actor, Data, Facts, Invitation, Millis, Source, Write, Written, audit, code_hash};
use answer::{in_version, is_unaltered, no_chunk, page_that_fits, receipt, role_of, source_of, too_often};
use baro_wire::{
    Ask, Claims, Decision, DeviceId, Digest, Entry, Hello, List, PersonId, PersonProof, Push, Refusal,
    Relation, Reply, Request, Role, Standing, Version, Welcome, limits, may, negotiate, pairing_proof,
    sign_in_proof,
};
use std::collections::{BTreeMap, BTreeSet};

/// Requests of one connection under way; more are told to wait.
pub const OPEN_REQUESTS: usize = 32;
/// Who has not signed in by then is sent away.
pub const GREETING_MS: u64 = 15_000;
/// How long a client is asked to wait when too much is under way.
const BUSY_MS: u32 = 500;
/// How long when the disk is full.
const FULL_MS: u32 = 60_000;
/// Pages that are looked at for one request, where all of a page is hidden from who asks.
const LOOKS: u32 = 64;

#[derive(Debug)]
enum Stage {
    Greeting,
    Stranger { version: Version, challenge: Digest },
    SignedIn { version: Version, challenge: Digest, actor: Actor, issued_ms: i64 },
    Closed,
}

#[derive(Debug)]
struct Open {
    request: Request,
    /// Who asked; nobody while signing in.
    actor: Option<Actor>,
    /// Whose data this request was logged to look at.
    logged: BTreeSet<PersonId>,
    looks: u32,
}

/// The server's side of one connection.
#[derive(Debug)]
pub struct Session {
    source: Source,
    /// Random, from a source for keys: what a device signs.
    challenge: Digest,
    ends: Millis,
    stage: Stage,
    open: BTreeMap<Stream, Open>,
}

impl Session {
    /// For a connection from `source`, with 32 bytes from a source for keys.
    pub const fn new(now: Millis, source: Source, challenge: Digest) -> Self {
        Self {
            source,
            challenge,
            ends: now.after(GREETING_MS),
            stage: Stage::Greeting,
            open: BTreeMap::new(),
        }
    }

    /// Who is signed in: to route news and revocations.
    pub const fn actor(&self) -> Option<Actor> {
        if let Stage::SignedIn { actor, .. } = self.stage { Some(actor) } else { None }
    }

    /// The largest frame that is read now.
    pub const fn frame_bytes(&self) -> usize {
        match self.stage {
            Stage::Greeting | Stage::Stranger { .. } => limits::GREETING_BYTES,
            Stage::SignedIn { .. } | Stage::Closed => limits::MESSAGE_BYTES,
        }
    }

    /// When to call `handle` with [`Event::Tick`].
    pub const fn wake_at(&self) -> Option<Millis> {
        match self.stage {
            Stage::Greeting | Stage::Stranger { .. } => Some(self.ends),
            Stage::SignedIn { .. } | Stage::Closed => None,
        }
    }

    /// One event, and what follows from it.
    pub fn handle(&mut self, context: &mut Context, event: Event) -> Vec<SessionAction> {
        let mut out = Vec::new();
        if matches!(self.stage, Stage::Closed) {
            return out;
        }
        match event {
            Event::Hello(hello) => self.greet(context, &hello, &mut out),
            Event::Request(stream, request) => self.request(context, stream, request, &mut out),
            Event::Malformed(stream) => self.refuse(stream, Refusal::Malformed, &mut out),
            Event::Found(stream, account) => self.found(context, stream, account, &mut out),
            Event::Looked(stream, facts, data) => self.looked(context, stream, &facts, data, &mut out),
            Event::Logged(stream) => self.look(stream, &mut out),
            Event::Written(stream, written) => self.written(context, stream, written, &mut out),
            Event::News(cursor) if self.actor().is_some() => {
                out.push(SessionAction::Push(Push::News { cursor }))
            }
            Event::Revoked => self.close(Some(Push::Revoked), &mut out),
            Event::Stopping => self.close(Some(Push::GoingAway { wait_ms: BUSY_MS }), &mut out),
            Event::Tick if self.wake_at().is_some_and(|at| at <= context.now) => self.close(None, &mut out),
            Event::News(_) | Event::Tick => {}
        }
        out
    }

    fn greet(&mut self, context: &Context, hello: &Hello, out: &mut Vec<SessionAction>) {
        if !matches!(self.stage, Stage::Greeting) {
            return self.close(None, out);
        }
        match negotiate(hello) {
            Ok(version) => {
                let challenge = self.challenge;
                self.stage = Stage::Stranger { version, challenge };
                let (version, server_ms) = (version.number(), context.wall_ms);
                out.push(SessionAction::Welcome(Welcome::Accepted { version, challenge, server_ms }));
            }
            Err(refusal) => {
                out.push(SessionAction::Welcome(Welcome::Refused { refusal }));
                self.close(None, out);
            }
        }
    }

    fn close(&mut self, push: Option<Push>, out: &mut Vec<SessionAction>) {
        self.stage = Stage::Closed;
        self.open.clear();
        out.extend(push.map(SessionAction::Push));
        out.push(SessionAction::Close);
    }

    const fn greeted(&self) -> Option<(Version, Digest)> {
        match self.stage {
            Stage::Stranger { version, challenge } | Stage::SignedIn { version, challenge, .. } => {
                Some((version, challenge))
            }
            Stage::Greeting | Stage::Closed => None,
        }
    }

    fn request(
        &mut self,
        context: &mut Context,
        stream: Stream,
        request: Request,
        out: &mut Vec<SessionAction>,
    ) {
        let Some((_, challenge)) = self.greeted() else { return self.close(None, out) };
        if self.open.contains_key(&stream) || self.open.len() >= OPEN_REQUESTS {
            return self.refuse_new(stream, Refusal::Busy { wait_ms: BUSY_MS }, out);
        }
        match request {
            Request::Pair { code, key, person_key, name, proof } => {
                let signed = pairing_proof(&challenge, &key, &person_key);
                if let Some(refusal) = too_often(context, self.source) {
                    return self.refuse_new(stream, refusal, out);
                }
                context.attempts.failed(context.now, self.source);
                if !context.keys.verify(&key, &signed, &proof) {
                    return self.refuse_new(stream, Refusal::WrongCode, out);
                }
                let code_hash = code_hash(&code);
                let write = Write::Pair {
                    code: code_hash,
                    key,
                    person_key,
                    name: name.clone(),
                    paired_ms: context.wall_ms,
                };
                self.note(stream, Request::Pair { code, key, person_key, name, proof }, None);
                out.push(SessionAction::Write(stream, None, write));
            }
            Request::SignIn { device, .. } => {
                if let Some(refusal) = too_often(context, self.source) {
                    return self.refuse_new(stream, refusal, out);
                }
                context.attempts.failed(context.now, self.source);
                self.note(stream, request, None);
                out.push(SessionAction::Find(stream, device));
            }
            Request::Resume { ref token } => match self.resume(context, token) {
                Some(role) => self.answer_new(stream, Reply::Resumed { role }, out),
                None => self.refuse_new(stream, Refusal::SignIn, out),
            },
            request => self.asked(context, stream, request, out),
        }
    }

    fn resume(&mut self, context: &Context, token: &[u8]) -> Option<Role> {
        let (version, challenge) = self.greeted()?;
        let own = context.keys.own();
        let claims = Claims::check(token, context.wall_ms, |message, signature| {
            context.keys.verify(&own, message, signature)
        })
        .ok()?;
        let Claims { organisation, person, device, role, issued_ms } = claims;
        let actor = Actor { organisation, person, device, role };
        self.stage = Stage::SignedIn { version, challenge, actor, issued_ms };
        Some(role)
    }

    /// A request of somebody who is signed in.
    fn asked(&mut self, context: &Context, stream: Stream, request: Request, out: &mut Vec<SessionAction>) {
        let Stage::SignedIn { actor, issued_ms, .. } = self.stage else {
            return self.refuse_new(stream, Refusal::SignIn, out);
        };
        let holds = Claims {
            organisation: actor.organisation,
            person: actor.person,
            device: actor.device,
            role: actor.role,
            issued_ms,
        }
        .holds(context.wall_ms);
        if holds.is_err() {
            return self.refuse_new(stream, Refusal::SignIn, out);
        }
        let ask = request.ask();
        let about = request.about().unwrap_or(actor.person);
        self.note(stream, request, Some(actor));
        // Looking at others, and what can't be undone, is logged before it happens.
        if about != actor.person || matches!(ask, Ask::Erase | Ask::RevokeDevice) {
            self.log(context, stream, &[about], ask, out);
        } else {
            self.look(stream, out);
        }
    }

    fn note(&mut self, stream: Stream, request: Request, actor: Option<Actor>) {
        self.open.insert(stream, Open { request, actor, logged: BTreeSet::new(), looks: 0 });
    }

    fn log(
        &mut self,
        context: &Context,
        stream: Stream,
        about: &[PersonId],
        ask: Ask,
        out: &mut Vec<SessionAction>,
    ) {
        let Some(open) = self.open.get_mut(&stream) else { return };
        let Some(actor) = open.actor else { return };
        open.logged.extend(about);
        let draft = |about: &PersonId| audit::Draft {
            at_ms: context.wall_ms,
            actor: actor.person,
            device: actor.device,
            ask,
            about: *about,
        };
        out.push(SessionAction::Log(stream, about.iter().map(draft).collect()));
    }

    fn look(&self, stream: Stream, out: &mut Vec<SessionAction>) {
        if let Some(Open { request, actor: Some(actor), .. }) = self.open.get(&stream) {
            out.push(SessionAction::Look(stream, *actor, request.clone()));
        }
    }

    /// Facts and data of one moment: here, and only here, it is decided.
    fn looked(
        &mut self,
        context: &Context,
        stream: Stream,
        facts: &Facts,
        data: Data,
        out: &mut Vec<SessionAction>,
    ) {
        let Some(Open { request, actor: Some(actor), .. }) = self.open.get(&stream) else { return };
        let (ask, actor) = (request.ask(), *actor);
        if !facts.device_active {
            self.refuse(stream, Refusal::DeviceRevoked, out);
            return self.close(Some(Push::Revoked), out);
        }
        // A token outlives a change of role; who is no longer what it says signs in again.
        if actor.role != Role::Device && actor.role != facts.role {
            return self.refuse(stream, Refusal::SignIn, out);
        }
        if facts.erased && ask != Ask::Erase {
            return self.refuse(stream, Refusal::Erased, out);
        }
        match may(Standing::As(actor.role), ask, facts.relation, facts.consents) {
            Decision::Allowed => self.allowed(context, stream, actor, facts, data, out),
            Decision::SignIn => self.refuse(stream, Refusal::SignIn, out),
            Decision::Consent(purpose) => self.refuse(stream, Refusal::ConsentMissing { purpose }, out),
            Decision::Forbidden => self.refuse(stream, Refusal::NotAllowed, out),
            Decision::Hidden => self.refuse(stream, Refusal::NotFound, out),
        }
    }

    fn allowed(
        &mut self,
        context: &Context,
        stream: Stream,
        actor: Actor,
        facts: &Facts,
        data: Data,
        out: &mut Vec<SessionAction>,
    ) {
        let Some(Open { request, .. }) = self.open.get(&stream) else { return };
        let write = match request {
            Request::OfferRecord { record, started_ms } => {
                Write::Record { record: *record, started_ms: *started_ms }
            }
            Request::SealRecord { record, chunks, last } => {
                Write::Seal { record: *record, chunks: *chunks, last: *last }
            }
            Request::PutChunk { chunk, previous, bytes } => {
                if !is_unaltered(context.keys, chunk, previous, bytes, &facts.person_keys) {
                    return self.refuse(stream, Refusal::Altered { chunk: *chunk }, out);
                }
                Write::Chunk { chunk: *chunk, previous: *previous, bytes: bytes.clone() }
            }
            Request::Post { post } => Write::Post { post: post.clone(), stored_ms: context.wall_ms },
            Request::EnterRoom { door, called, shows } => {
                let entering = Entering { door: door.clone(), called: called.clone(), shows: *shows };
                self.open.remove(&stream);
                return out.push(SessionAction::Enter(stream, actor, facts.consents, entering));
            }
            _ => return self.shown(context, stream, actor, data, out),
        };
        out.push(SessionAction::Write(stream, Some(actor), write));
    }

    /// A read that is allowed. Posts are decided one by one, and about others only shown when that is logged.
    fn shown(
        &mut self,
        context: &Context,
        stream: Stream,
        actor: Actor,
        data: Data,
        out: &mut Vec<SessionAction>,
    ) {
        let (entries, more) = match data {
            Data::Nothing => return self.refuse(stream, Refusal::NotFound, out),
            Data::Reply(reply) => return self.answer(stream, *reply, out),
            Data::Entries { entries, more } => (entries, more),
        };
        let Some(open) = self.open.get_mut(&stream) else { return };
        let last = entries.last().map(|(entry, ..)| entry.cursor);
        let sees = |(entry, relation, consents): &(Entry, Relation, _)| {
            let ask = entry.post.body.to_see();
            may(Standing::As(actor.role), ask, *relation, *consents) == Decision::Allowed
        };
        let seen: Vec<Entry> = entries.into_iter().filter(sees).map(|(entry, ..)| entry).collect();
        let new: BTreeSet<PersonId> = (seen.iter().map(|entry| entry.post.about))
            .filter(|about| *about != actor.person && !open.logged.contains(about))
            .collect();
        if !new.is_empty() {
            let ask = open.request.ask();
            return self.log(context, stream, &new.into_iter().collect::<Vec<_>>(), ask, out);
        }
        match last.filter(|_| seen.is_empty() && more) {
            // Nothing of this page is for them; what is behind it may be.
            Some(last) if open.looks < LOOKS => {
                open.looks += 1;
                if let Request::Feed { after, .. } | Request::ReadPosts { after, .. } = &mut open.request {
                    *after = last;
                }
                self.look(stream, out);
            }
            Some(_) => self.refuse(stream, Refusal::Busy { wait_ms: BUSY_MS }, out),
            None => {
                let (entries, more) = page_that_fits(seen, more);
                self.answer(stream, Reply::Feed { entries, more }, out);
            }
        }
    }

    /// It is on the disk, or why not. No other place acknowledges a write.
    fn written(
        &mut self,
        context: &mut Context,
        stream: Stream,
        written: Written,
        out: &mut Vec<SessionAction>,
    ) {
        let Some(open) = self.open.get(&stream) else { return };
        let chunk = if let Request::PutChunk { chunk, .. } = open.request { chunk } else { no_chunk() };
        let reply = match (&open.request, written) {
            (_, Written::Full) => return self.refuse(stream, Refusal::ServerFull { wait_ms: FULL_MS }, out),
            (_, Written::Gone) => return self.refuse(stream, Refusal::Erased, out),
            (_, Written::Differs) => return self.refuse(stream, Refusal::Differs { chunk }, out),
            (_, Written::Broken) => return self.refuse(stream, Refusal::Altered { chunk }, out),
            (Request::Pair { .. }, Written::Missing) => return self.refuse(stream, Refusal::WrongCode, out),
            (_, Written::Missing) => return self.refuse(stream, Refusal::NotFound, out),
            (Request::Pair { key, .. }, Written::Paired { outcome, invitation }) => {
                context.attempts.passed(self.source);
                let Invitation { person, organisation, role, .. } = invitation;
                Reply::Paired { person, organisation, device: DeviceId::of(key), role, outcome }
            }
            (Request::OfferRecord { record, .. }, Written::Record { outcome, have, more }) => {
                let have = List::new(have).unwrap_or_default();
                Reply::Record { record: *record, outcome, have, more }
            }
            (Request::PutChunk { chunk, .. }, Written::Done(outcome)) => {
                Reply::Chunk { chunk: *chunk, outcome }
            }
            (Request::SealRecord { record, .. }, Written::Done(outcome)) => {
                Reply::Sealed { record: *record, outcome }
            }
            (Request::Post { post }, Written::Done(outcome)) => Reply::Posted { post: post.id, outcome },
            (Request::Post { post }, Written::Erased { erased_ms, records, posts, audit }) => {
                Reply::Erased { receipt: receipt(context.keys, post, erased_ms, records, posts, audit) }
            }
            // The store answered something else than it was asked.
            _ => return self.refuse(stream, Refusal::Busy { wait_ms: BUSY_MS }, out),
        };
        self.answer(stream, reply, out);
    }

    fn found(
        &mut self,
        context: &mut Context,
        stream: Stream,
        account: Option<Account>,
        out: &mut Vec<SessionAction>,
    ) {
        let Some((version, challenge)) = self.greeted() else { return };
        let Some(Open { request: Request::SignIn { device, proof, person }, .. }) = self.open.get(&stream)
        else {
            return;
        };
        let (device, proof, person) = (*device, *proof, *person);
        let signed = sign_in_proof(&challenge, &device);
        let known = account.filter(|account| context.keys.verify(&account.key, &signed, &proof));
        let Some(account) = known else { return self.refuse(stream, Refusal::NotFound, out) };
        if account.revoked {
            return self.refuse(stream, Refusal::DeviceRevoked, out);
        }
        // Six digits are few: guesses count for the person, from wherever they come.
        let of_person = source_of(account.person);
        if matches!(person, PersonProof::Factor { .. }) {
            if let Some(refusal) = too_often(context, of_person) {
                return self.refuse(stream, refusal, out);
            }
            context.attempts.failed(context.now, of_person);
        }
        let Some(role) = role_of(context, &account, &signed, person) else {
            return self.refuse(stream, Refusal::FactorMissing, out);
        };
        context.attempts.passed(self.source);
        if matches!(person, PersonProof::Factor { .. }) {
            context.attempts.passed(of_person);
        }
        let Account { organisation, person, .. } = account;
        let issued_ms = context.wall_ms;
        let claims = Claims { organisation, person, device, role, issued_ms };
        let Ok(token) = claims.issue(|message| context.keys.sign(message)) else {
            return self.refuse(stream, Refusal::Busy { wait_ms: BUSY_MS }, out);
        };
        let actor = Actor { organisation, person, device, role };
        self.stage = Stage::SignedIn { version, challenge, actor, issued_ms };
        let valid_s = u32::try_from(Claims::LIFE_MS / 1_000).unwrap_or_default();
        self.answer(stream, Reply::SignedIn { token, role, valid_s }, out);
    }

    fn refuse(&mut self, stream: Stream, refusal: Refusal, out: &mut Vec<SessionAction>) {
        self.answer(stream, Reply::Refused { refusal }, out);
    }

    fn answer(&mut self, stream: Stream, reply: Reply, out: &mut Vec<SessionAction>) {
        self.open.remove(&stream);
        self.answer_new(stream, reply, out);
    }

    fn refuse_new(&self, stream: Stream, refusal: Refusal, out: &mut Vec<SessionAction>) {
        self.answer_new(stream, Reply::Refused { refusal }, out);
    }

    fn answer_new(&self, stream: Stream, reply: Reply, out: &mut Vec<SessionAction>) {
        if let Some((version, _)) = self.greeted() {
            out.push(SessionAction::Reply(stream, version, in_version(reply, version)));
        }
    }
}
