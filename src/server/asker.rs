//! Asks as a device would, without a network: the same machine that serves devices decides, logs and answers for FHIR and for
//! browsers, too.

use crate::{backend::Behind, now_ms};
use baro_net::Backend as _;
use baro_store::Access;
use baro_sync::{Attempts, Context, Event, Millis, Session, SessionAction, Stream};
use baro_wire::{Claims, DeviceId, Digest, Hello, Post, Refusal, Reply, Request, Text, Welcome};
use std::sync::Arc;

/// Why there is no reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The machine said no.
    By(Refusal),
    /// The store does not answer.
    Unavailable,
}

/// One caller for one HTTP request.
pub struct Asker {
    behind: Arc<Behind>,
    session: Session,
    /// Nothing is guessed here; the session wants one.
    attempts: Attempts,
    streams: u64,
}

impl Asker {
    /// Signed in as somebody whose second factor is shown: by digits in a browser, by an access key that the operator made for them.
    pub fn new(behind: Arc<Behind>, access: Access, device: DeviceId, program: &str) -> Option<Self> {
        let keys = behind.keys();
        let Access { organisation, person, role } = access;
        let claims = Claims { organisation, person, device, role, issued_ms: now_ms() };
        let token = claims.issue(|message| keys.sign(message)).ok()?;
        let session = Session::new(Millis(0), 0, Digest::default());
        let mut asker = Self { behind, session, attempts: Attempts::default(), streams: 0 };
        let hello = Event::Hello(Hello::new(Text::new(program).ok()?));
        let greeted = asker.handle(hello).into_iter().next()?;
        let resumed =
            asker.handle(Event::Request(Stream(0), Request::Resume { token })).into_iter().next()?;
        let SessionAction::Welcome(Welcome::Accepted { .. }) = greeted else { return None };
        matches!(resumed, SessionAction::Reply(_, _, Reply::Resumed { .. })).then_some(asker)
    }

    /// Asks one thing. Only reads: what would write is refused.
    pub async fn ask(&mut self, request: Request) -> Result<Reply, Refused> {
        self.go(request, false).await
    }

    /// Writes something. It is on the disk when this returns.
    pub async fn post(&mut self, post: Post) -> Result<Reply, Refused> {
        self.go(Request::Post { post }, true).await
    }

    async fn go(&mut self, request: Request, writes: bool) -> Result<Reply, Refused> {
        self.streams += 1;
        let stream = Stream(self.streams);
        let mut actions = self.handle(Event::Request(stream, request));
        loop {
            let event = match actions.into_iter().next() {
                Some(SessionAction::Log(_, drafts)) => {
                    self.behind.log(drafts).await.map_err(|_| Refused::Unavailable)?;
                    Event::Logged(stream)
                }
                Some(SessionAction::Look(_, actor, request)) => {
                    let looked = self.behind.look(actor, request).await;
                    let (facts, data) = looked.map_err(|_| Refused::Unavailable)?;
                    Event::Looked(stream, facts, data)
                }
                Some(SessionAction::Write(_, actor, write)) if writes => {
                    let written = self.behind.write(actor, write).await;
                    Event::Written(stream, written.map_err(|_| Refused::Unavailable)?)
                }
                Some(SessionAction::Reply(_, _, Reply::Refused { refusal })) => {
                    return Err(Refused::By(refusal));
                }
                Some(SessionAction::Reply(_, _, reply)) => return Ok(reply),
                _ => return Err(Refused::By(Refusal::NotAllowed)),
            };
            actions = self.handle(event);
        }
    }

    /// The store behind it, for what is nobody's in particular.
    pub fn behind(&self) -> &Behind {
        &self.behind
    }

    fn handle(&mut self, event: Event) -> Vec<SessionAction> {
        let Self { behind, session, attempts, .. } = self;
        let mut context = Context { now: Millis(0), wall_ms: now_ms(), keys: behind.keys(), attempts };
        session.handle(&mut context, event)
    }
}
