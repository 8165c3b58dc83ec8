//! The devices' processes: their disks, and what their machines want done.

use super::*;

impl World {
    pub(super) fn lives(&self, device: usize, life: u32) -> bool {
        self.devices[device].up && self.devices[device].life == life
    }

    pub(super) fn record_chunk(&mut self, device: usize, record: RecordId, index: u32, chunks: u32) {
        let Some(&(next, previous)) = self.devices[device].recording.get(&record) else { return };
        if !self.devices[device].up || next != index {
            return;
        }
        let started_ms = 1_764_000_000_000;
        if index == chunks {
            self.devices[device].recording.remove(&record);
            self.disk_op(device, DiskOp::Sealed(record, chunks, previous, started_ms));
            return;
        }
        let person = self.devices[device].person;
        let mut bytes = vec![100 + person.0[0]; 32];
        bytes.extend([device as u8, index as u8]);
        bytes.extend((0..self.rng.usize(0..40)).map(|n| n as u8).collect::<Vec<_>>());
        let digest = sha256(&[&bytes]);
        self.devices[device].recording.insert(record, (index + 1, digest));
        self.disk_op(device, DiskOp::Chunk(record, index, started_ms, digest, previous, bytes));
        let in_ms = self.rng.u64(200..4_000);
        self.later(in_ms, Happens::Script(Step::Chunk(device, record, index + 1, chunks)));
    }

    pub(super) fn write_draft(&mut self, device: usize, about: PersonId, body: PostBody) {
        if !self.devices[device].up {
            // The person comes back when the program runs.
            self.later(5_000, Happens::Script(Step::Write(device, about, body)));
            return;
        }
        let number = self.devices[device].next_draft;
        self.devices[device].next_draft += 1;
        self.disk_op(device, DiskOp::Draft(number, about, body));
    }

    pub(super) fn disk_op(&mut self, device: usize, op: DiskOp) {
        let idle = self.devices[device].ops.is_empty();
        self.devices[device].ops.push_back(op);
        if idle {
            self.disk_turns(device);
        }
    }

    pub(super) fn disk_turns(&mut self, device: usize) {
        let life = self.devices[device].life;
        let in_ms = self.rng.u64(1..40);
        self.later(in_ms, Happens::Disk(device, life));
    }

    /// The oldest operation is on the disk, or failed.
    pub(super) fn device_disk(&mut self, d: usize, life: u32) -> Verdict {
        if !self.lives(d, life) {
            return Ok(());
        }
        let device = &mut self.devices[d];
        let Some(op) = device.ops.pop_front() else { return Ok(()) };
        if !device.ops.is_empty() {
            self.disk_turns(d);
        }
        let device = &mut self.devices[d];
        let full = device.disk_full;
        let input = match op.clone() {
            DiskOp::Page(page, after, most, early) => {
                let (rows, end) = early.unwrap_or_else(|| device.disk.page(after, most));
                device.rows.extend(rows.iter().map(|row| (row.key, row.clone())));
                Some(Input::Page { page, rows, end })
            }
            DiskOp::Load(chunk) => {
                let found =
                    device.disk.chunks.get(&(chunk.record, chunk.index)).map(|found| found.bytes.clone());
                Some(Input::Loaded(chunk, found))
            }
            DiskOp::Row(row) if full => Some(Input::NotStored(row.key)),
            DiskOp::Keep(..) if full => Some(Input::NotKept),
            DiskOp::Settle(key, _) if full => Some(Input::NotSettled(key)),
            DiskOp::Settle(key, _) => Some(Input::Settled(key)),
            // The program keeps it and tries again.
            DiskOp::Chunk(..) | DiskOp::Draft(..) | DiskOp::Sealed(..) if full => {
                let idle = device.ops.is_empty();
                device.ops.push_front(op);
                if idle {
                    self.disk_turns(d);
                }
                return Ok(());
            }
            DiskOp::Row(row) => Some(Input::Stored(row.key)),
            DiskOp::Keep(_, cursor) => Some(Input::Kept(cursor)),
            DiskOp::Chunk(..) | DiskOp::Draft(..) | DiskOp::Sealed(..) => None,
        };
        let device = &mut self.devices[d];
        if !full {
            let minted = device.minted.clone();
            device.disk.apply(op, &minted);
        }
        if let Some(input) = input {
            self.input(d, input)?;
        }
        self.top_up(d)
    }

    /// Gives the outbox what is durable and not in it yet.
    pub(super) fn top_up(&mut self, d: usize) -> Verdict {
        let device = &mut self.devices[d];
        for (key, content) in device.without_row(&mut self.rng) {
            let device = &mut self.devices[d];
            match device.client.add(key, content) {
                Ok(actions) => {
                    device.adding.insert(key);
                    self.act(d, actions)?;
                }
                Err(OutboxFull) => {
                    if let Key::Post(id) = key {
                        self.devices[d].minted.remove(&id);
                    }
                }
            }
        }
        Ok(())
    }

    pub(super) fn kill_device(&mut self, d: usize) {
        if !self.devices[d].up {
            return;
        }
        self.seen.device_kills += 1;
        self.devices[d].kill(&mut self.rng);
        for wire in 0..self.wires.len() {
            if self.wires[wire].device == d && self.wires[wire].device_up {
                self.wires[wire].device_up = false;
                let in_ms = self.rng.u64(0..IDLE_MS);
                self.later(in_ms, Happens::SessionEnds(wire));
            }
        }
        let in_ms = self.rng.u64(100..10_000);
        self.later(in_ms, Happens::StartDevice(d));
    }

    pub(super) fn start_device(&mut self, d: usize) -> Verdict {
        if self.devices[d].up {
            return Ok(());
        }
        self.devices[d].start(&mut self.rng);
        if !self.devices[d].ops.is_empty() {
            self.disk_turns(d);
        }
        self.top_up(d)?;
        self.input(d, Input::Tick)
    }

    pub(super) fn input(&mut self, d: usize, input: Input) -> Verdict {
        let actions = self.devices[d].client.handle(Millis(self.now), input);
        self.act(d, actions)?;
        let device = &mut self.devices[d];
        device.wake += 1;
        let (life, wake) = (device.life, device.wake);
        if let Some(at) = device.client.wake_at(Millis(self.now)) {
            self.later(at.0 - self.now, Happens::Tick(d, life, wake));
        }
        Ok(())
    }

    pub(super) fn act(&mut self, d: usize, actions: Vec<Action>) -> Verdict {
        for action in actions {
            if self.setup.tell {
                println!("{:>8} device {d}: {action:?}", self.now);
            }
            let life = self.devices[d].life;
            match action {
                Action::Connect(conn) => {
                    let link = self.devices[d].link;
                    match link.delay_ms(1_200, &mut self.rng) {
                        Some(ms) => self.later(2 * ms, Happens::Connected(d, life, conn)),
                        None => self.later(10_000, Happens::Fails(d, life, conn)),
                    }
                }
                Action::Close(conn) => {
                    if let Some(wire) = self.wire_of(d, conn) {
                        self.wires[wire].device_up = false;
                        let in_ms = self.rng.u64(0..2_000);
                        self.later(in_ms, Happens::SessionEnds(wire));
                    }
                }
                Action::Greet(conn, mut hello) => {
                    if self.devices[d].old {
                        let old = hello.offers.iter().filter(|offer| offer.version == 2).copied();
                        hello.offers = List::new(old.collect::<Vec<_>>()).unwrap();
                    }
                    self.send_up(d, conn, Kind::Hello, encode(&hello, Version::V1).unwrap());
                }
                Action::Prove(conn, challenge) => self.prove(d, conn, &challenge)?,
                Action::Send(conn, version, ticket, request) => {
                    let bytes = encode(&request, version).unwrap();
                    self.send_up(d, conn, Kind::Request(ticket.0), bytes);
                }
                Action::Store { row } => {
                    let key = row.key;
                    self.devices[d].rows.insert(key, row.clone());
                    self.disk_op(d, DiskOp::Row(row));
                    if self.setup.bug == Some(Bug::IdAfterSend) {
                        self.input(d, Input::Stored(key))?;
                    }
                }
                Action::Page { page, after, most } => {
                    let early = self.rng.bool().then(|| self.devices[d].disk.page(after, most));
                    self.disk_op(d, DiskOp::Page(page, after, most, early));
                }
                Action::Load { chunk } => self.disk_op(d, DiskOp::Load(chunk)),
                Action::Settle { key, receipt } => {
                    self.oracle.acknowledge(&self.server.store, &self.devices[d], key)?;
                    self.disk_op(d, DiskOp::Settle(key, receipt.map(|receipt| *receipt)));
                }
                Action::Keep { entries, cursor } => {
                    if self.setup.bug == Some(Bug::CursorBeforeEntries) {
                        self.devices[d].disk.kept = cursor;
                    }
                    self.disk_op(d, DiskOp::Keep(entries, cursor));
                }
                Action::Answer(_, Some(reply)) => match *reply {
                    Reply::Refused { .. } => self.seen.refused_reads += 1,
                    _ => self.seen.allowed_reads += 1,
                },
                Action::Answer(_, None) => {}
                Action::Tell(told) => self.devices[d].told = told,
            }
        }
        Ok(())
    }

    pub(super) fn prove(&mut self, d: usize, conn: Conn, challenge: &Digest) -> Verdict {
        let device = &self.devices[d];
        let account = self.server.store.devices[&device.id];
        let signed = sign_in_proof(challenge, &device.id);
        let person = match device.role {
            _ if device.unattended => PersonProof::Absent,
            role if role.is_staff() => PersonProof::Factor { digits: DIGITS },
            _ => PersonProof::Key { signature: toy_sign(&account.person_key, &signed) },
        };
        self.input(d, Input::Proved(conn, toy_sign(&account.key, &signed), person))
    }
}
