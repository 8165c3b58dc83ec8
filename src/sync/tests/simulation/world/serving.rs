//! The server's process: its sessions and its store.

use super::*;

impl World {
    pub(super) fn event(&mut self, session: u64, event: Event) -> Verdict {
        let (now, wall_ms) = (Millis(self.now), self.server.wall_ms + self.now as i64);
        let Some(machine) = self.server.sessions.get_mut(&session) else { return Ok(()) };
        let mut context = Context { now, wall_ms, keys: &Toy, attempts: &mut self.server.attempts };
        if self.setup.tell {
            println!("{:>8} session {session} hears {event:?}", self.now);
        }
        let actions = machine.handle(&mut context, event);
        let actor = machine.actor();
        for action in actions {
            let idle = self.server.ops.is_empty();
            let Some(action) = self.server.queue(session, action) else {
                if self.setup.bug == Some(Bug::AckBeforeDurable) {
                    self.acknowledge_too_early(session)?;
                }
                if idle {
                    self.store_turns();
                }
                continue;
            };
            let wire = self.wires.iter().rposition(|wire| wire.session == session).unwrap();
            match action {
                SessionAction::Welcome(welcome) => {
                    if let Welcome::Accepted { version, .. } = welcome {
                        self.wires[wire].version =
                            *Version::SERVED.iter().find(|v| v.number() == version).unwrap();
                    }
                    self.send_down(wire, Kind::Welcome, encode(&welcome, Version::V1).unwrap());
                }
                SessionAction::Reply(stream, version, reply) => {
                    if let Some(actor) = actor {
                        self.oracle.shown(&self.server.store, &actor, &reply)?;
                    }
                    self.send_down(wire, Kind::Reply(stream.0), encode(&reply, version).unwrap());
                }
                SessionAction::Push(push) => {
                    self.send_down(wire, Kind::Push, encode(&push, Version::V1).unwrap())
                }
                SessionAction::Close => {
                    self.server.sessions.remove(&session);
                    self.wires[wire].server_up = false;
                    let in_ms = self.rng.u64(1_000..IDLE_MS);
                    self.later(in_ms, Happens::Break(wire));
                }
                other => return Err(format!("the server can't do {other:?}")),
            }
        }
        Ok(())
    }

    pub(super) fn store_turns(&mut self) {
        let (life, in_ms) = (self.server.life, self.rng.u64(1..25));
        self.later(in_ms, Happens::Store(life));
    }

    pub(super) fn store(&mut self) -> Verdict {
        let Some(op) = self.server.ops.pop_front() else { return Ok(()) };
        if !self.server.ops.is_empty() {
            self.store_turns();
        }
        self.do_store(op)
    }

    /// The oldest operation of the store, and its report.
    pub(super) fn do_store(&mut self, op: Op) -> Verdict {
        match op {
            Op::Find(session, stream, device) => {
                let found = self.server.store.devices.get(&device).copied();
                self.event(session, Event::Found(stream, found))
            }
            Op::Look(session, stream, actor, request) => {
                let (mut facts, mut data) = self.server.store.look(&actor, &request);
                if self.setup.bug == Some(Bug::NoConsentCheck) {
                    let all =
                        Purpose::ALL.into_iter().fold(Consents::NONE, |all, purpose| all.with(purpose, true));
                    facts.consents = all;
                    if let Data::Entries { entries, .. } = &mut data {
                        entries.iter_mut().for_each(|(_, _, consents)| *consents = all);
                    }
                }
                self.event(session, Event::Looked(stream, facts, data))
            }
            Op::Log(session, stream, drafts) => {
                let Store { log, audit, .. } = &mut self.server.store;
                audit.extend(drafts.into_iter().map(|draft| log.append(draft)));
                self.event(session, Event::Logged(stream))
            }
            Op::Write(session, stream, actor, write) => {
                let written = self.write(&actor, write)?;
                self.event(session, Event::Written(stream, written))
            }
        }
    }

    pub(super) fn write(&mut self, actor: &Actor, write: Write) -> Result<Written, String> {
        if self.server.disk_full {
            return Ok(Written::Full);
        }
        let post = if let Write::Post { post, .. } = &write { Some(post.clone()) } else { None };
        let written = self.server.store.write(actor, write);
        let Some(post) = post.filter(|_| matches!(written, Written::Done(_) | Written::Erased { .. })) else {
            return Ok(written);
        };
        self.oracle.stored(&post);
        match post.body {
            PostBody::Consent { given: false, .. } => self.seen.withdrawn += 1,
            PostBody::RevokeDevice { device } => {
                self.seen.revoked += 1;
                self.tell_sessions(|actor| actor.device == device, &Event::Revoked)?;
            }
            _ => {}
        }
        for reader in self.server.store.readers(actor.person, post.about) {
            let newest =
                self.server.store.feeds.get(&reader).and_then(|feed| feed.last()).map(|entry| entry.cursor);
            if let Some(cursor) = newest {
                self.tell_sessions(|actor| actor.person == reader, &Event::News(cursor))?;
            }
        }
        Ok(written)
    }

    pub(super) fn tell_sessions(&mut self, whom: impl Fn(&Actor) -> bool, event: &Event) -> Verdict {
        let all: Vec<u64> = self
            .server
            .sessions
            .iter()
            .filter(|(_, session)| session.actor().is_some_and(|actor| whom(&actor)))
            .map(|(id, _)| *id)
            .collect();
        all.into_iter().try_for_each(|session| self.event(session, event.clone()))
    }

    /// The planted fault: what was only just handed to the disk is reported as on it.
    pub(super) fn acknowledge_too_early(&mut self, session: u64) -> Verdict {
        let Some(Op::Write(_, stream, _, write)) = self.server.ops.back() else { return Ok(()) };
        if matches!(write, Write::Chunk { .. }) {
            let stream = *stream;
            return self.event(session, Event::Written(stream, Written::Done(Outcome::Created)));
        }
        Ok(())
    }

    /// The process dies: of what was not synced, some first part is on the disk, and nobody was told.
    pub(super) fn kill_server(&mut self) -> Verdict {
        if !self.server.up {
            return Ok(());
        }
        self.seen.server_kills += 1;
        self.server.up = false;
        self.server.life += 1;
        self.server.sessions.clear();
        self.server.attempts = Attempts::default();
        let kept = self.rng.usize(0..=self.server.ops.len());
        let ops: Vec<Op> = self.server.ops.drain(..).take(kept).collect();
        for op in ops {
            if let Op::Write(_, _, actor, write) = op {
                self.write(&actor, write)?;
            }
        }
        for wire in 0..self.wires.len() {
            self.wires[wire].server_up = false;
            if self.wires[wire].device_up {
                let in_ms = self.rng.u64(0..IDLE_MS);
                self.later(in_ms, Happens::Break(wire));
            }
        }
        let in_ms = self.rng.u64(200..15_000);
        self.later(in_ms, Happens::StartServer);
        self.oracle.nothing_acknowledged_is_lost(&self.server.store)
    }
}
