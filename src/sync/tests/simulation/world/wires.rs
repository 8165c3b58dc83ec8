//! Connections: what is under way on them, and how they break.

use super::*;

impl World {
    pub(super) fn wire_of(&self, device: usize, conn: Conn) -> Option<usize> {
        let life = self.devices[device].life;
        self.wires
            .iter()
            .position(|wire| wire.device == device && wire.conn == conn && wire.device_life == life)
    }

    pub(super) fn connected(&mut self, d: usize, life: u32, conn: Conn) -> Verdict {
        if !self.lives(d, life) {
            return Ok(());
        }
        if !self.server.up {
            return self.input(d, Input::Lost(conn));
        }
        self.server.next_session += 1;
        let session = self.server.next_session;
        let mut challenge = [0; 32];
        self.rng.fill(&mut challenge);
        self.server.sessions.insert(session, Session::new(Millis(self.now), d as u64, Digest(challenge)));
        let server_life = self.server.life;
        self.wires.push(Wire {
            device: d,
            device_life: life,
            conn,
            server_life,
            session,
            device_up: true,
            server_up: true,
            version: Version::V1,
        });
        self.later(GREETING_MS + 1, Happens::SessionTick(server_life, session));
        self.input(d, Input::Connected(conn))
    }

    pub(super) fn send_up(&mut self, d: usize, conn: Conn, kind: Kind, bytes: Vec<u8>) {
        let Some(wire) = self.wire_of(d, conn) else { return };
        match self.devices[d].link.delay_ms(bytes.len(), &mut self.rng) {
            Some(ms) => self.later(ms, Happens::ToServer(wire, kind, bytes)),
            None => self.later(IDLE_MS, Happens::Break(wire)),
        }
    }

    pub(super) fn send_down(&mut self, wire: usize, kind: Kind, bytes: Vec<u8>) {
        let link = self.devices[self.wires[wire].device].link;
        match link.delay_ms(bytes.len(), &mut self.rng) {
            Some(ms) => self.later(ms, Happens::ToDevice(wire, kind, bytes)),
            None => self.later(IDLE_MS, Happens::Break(wire)),
        }
    }

    /// The device notices; the server's side may live on for a while, and what is under way to it may still arrive.
    pub(super) fn break_wire(&mut self, wire: usize) -> Verdict {
        let Wire { device, device_life, conn, device_up, .. } = self.wires[wire];
        if !device_up {
            return Ok(());
        }
        self.seen.breaks += 1;
        self.wires[wire].device_up = false;
        let in_ms = self.rng.u64(0..IDLE_MS);
        self.later(in_ms, Happens::SessionEnds(wire));
        if self.lives(device, device_life) { self.input(device, Input::Lost(conn)) } else { Ok(()) }
    }

    /// The bytes come in pieces, as streams do.
    pub(super) fn unframe<M: Message>(&mut self, bytes: &[u8], version: Version) -> M {
        let mut frames = Frames::new(M::MOST);
        let (mut front, mut back) = bytes.split_at(self.rng.usize(0..=bytes.len()));
        let whole = frames.take(&mut front).unwrap().or_else(|| frames.take(&mut back).unwrap());
        decode(&whole.unwrap(), version).unwrap()
    }

    pub(super) fn at_server(&mut self, wire: usize, kind: Kind, bytes: &[u8]) -> Verdict {
        let Wire { session, server_life, server_up, version, device_up, .. } = self.wires[wire];
        let lost = !device_up && self.rng.bool();
        if lost || !server_up || server_life != self.server.life || !self.server.up {
            return Ok(());
        }
        let event = match kind {
            Kind::Hello => Event::Hello(self.unframe(bytes, Version::V1)),
            Kind::Request(stream) => Event::Request(Stream(stream), self.unframe(bytes, version)),
            _ => return Ok(()),
        };
        self.event(session, event)
    }

    pub(super) fn at_device(&mut self, wire: usize, kind: Kind, bytes: &[u8]) -> Verdict {
        let Wire { device, device_life, conn, device_up, version, .. } = self.wires[wire];
        if !device_up || !self.lives(device, device_life) {
            return Ok(());
        }
        let input = match kind {
            Kind::Welcome => Input::Welcomed(conn, self.unframe(bytes, Version::V1)),
            Kind::Reply(ticket) => Input::Replied(conn, Ticket(ticket), self.unframe(bytes, version)),
            Kind::Push => Input::Pushed(conn, self.unframe(bytes, version)),
            _ => return Ok(()),
        };
        if let Input::Replied(_, ticket, reply) = &input {
            if self.setup.tell {
                println!("{:>8} device {device} hears {ticket:?} {reply:?}", self.now);
            }
            self.count(reply)?;
        }
        self.input(device, input)
    }

    pub(super) fn count(&mut self, reply: &Reply) -> Verdict {
        match reply {
            Reply::Chunk { outcome, .. } | Reply::Posted { outcome, .. } | Reply::Sealed { outcome, .. } => {
                match outcome {
                    Outcome::Created => self.seen.created += 1,
                    Outcome::Exists => self.seen.exists += 1,
                }
            }
            Reply::Record { have, .. } => self.seen.exists += have.len() as u64,
            Reply::Resumed { .. } => self.seen.resumed += 1,
            Reply::Erased { receipt } => {
                self.seen.receipts += 1;
                let good =
                    erasure::check(receipt, |message, signature| Toy.verify(&Toy.own(), message, signature));
                if !good {
                    return Err("a receipt whose signature does not hold".into());
                }
            }
            _ => {}
        }
        Ok(())
    }
}
