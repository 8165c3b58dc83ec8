//! What happens in a schedule, by chance.

use super::*;

impl World {
    pub(super) fn plan(&mut self) {
        self.plan_life();
        if !self.setup.calm {
            self.plan_faults();
        }
        self.later(ACTIVE_MS, Happens::Script(Step::Heal));
    }

    pub(super) fn at(&mut self, step: Step) {
        let at = self.rng.u64(0..ACTIVE_MS);
        self.later(at, Happens::Script(step));
    }

    pub(super) fn plan_life(&mut self) {
        for (device, nth) in [(0, 0), (0, 1), (1, 0), (2, 0)] {
            let chunks = self.rng.u32(1..9);
            self.at(Step::Record(device, nth, chunks));
            if self.rng.bool() {
                self.at(Step::Append(device, RecordId([10 * nth + device as u8; 16])));
            }
        }
        for n in 0..self.rng.u32(4..16) {
            let device = self.rng.usize(0..4);
            let about = if device == 3 { A } else { self.devices[device].person };
            let text = Text::new(format!("{device} says {n}")).unwrap();
            // A program of the version before knows of no such posts.
            let old = self.devices[device].old;
            let body = match self.rng.u8(0..9) {
                0 if device == 3 => PostBody::Plan { routine: Text::new(format!("plan {n}")).unwrap() },
                1 => PostBody::Note { record: RecordId([7; 16]), time_ms: n, joint: None, text },
                2 if device != 3 => {
                    PostBody::Diary { line: Text::new(format!("{device} feels {n}")).unwrap() }
                }
                3 if device == 3 && !old => PostBody::Summary { appointment: None, text },
                4 if device != 3 && !old => {
                    PostBody::Answered { asked: None, filled: Text::new(format!("{n}")).unwrap() }
                }
                5 if !old => PostBody::Spoken {
                    record: RecordId([7; 16]),
                    time_ms: n,
                    joint: None,
                    form: Sound::OggOpus,
                    sound: Bytes::new(vec![7; 100]).unwrap(),
                },
                _ => PostBody::Message { answers: None, text },
            };
            self.at(Step::Write(device, about, body));
        }
        for _ in 0..self.rng.u32(0..6) {
            let purpose = self.rng.choice(Purpose::ALL).unwrap();
            let body = PostBody::Consent { purpose, text_version: 1, given: self.rng.f32() < 0.4 };
            self.at(Step::Write(0, A, body));
            let body =
                PostBody::Consent { purpose: Purpose::Movements, text_version: 1, given: self.rng.bool() };
            self.at(Step::Write(2, B, body));
        }
        for _ in 0..self.rng.u32(4..16) {
            let device = self.rng.usize(3..5);
            let person = if self.rng.f32() < 0.7 { A } else { B };
            let record = RecordId([self.rng.choice([0, 10, 1, 2]).unwrap(); 16]);
            let request = match self.rng.u8(0..3) {
                0 => Request::ListRecords { person, after: None },
                1 => Request::ReadPosts { person, after: 0, most: 32 },
                _ => Request::ReadChunk { person, record, index: self.rng.u32(0..3) },
            };
            self.at(Step::Ask(device, request));
        }
        if self.rng.f32() < 0.1 {
            let device = self.devices[1].id;
            self.at(Step::Write(0, A, PostBody::RevokeDevice { device }));
        }
        if self.rng.f32() < 0.1 {
            self.at(Step::Write(0, A, PostBody::Erase));
        }
    }

    pub(super) fn plan_faults(&mut self) {
        for _ in 0..self.rng.u32(0..5) {
            let device = self.rng.usize(0..5);
            self.at(Step::KillDevice(device));
        }
        for _ in 0..self.rng.u32(0..4) {
            self.at(Step::KillServer);
        }
        for _ in 0..self.rng.u32(0..3) {
            let (device, server) = (self.rng.usize(0..4), self.rng.bool());
            let full = |on| if server { Step::ServerDisk(on) } else { Step::DeviceDisk(device, on) };
            let from = self.rng.u64(0..ACTIVE_MS);
            let for_ms = self.rng.u64(1_000..20_000);
            self.later(from, Happens::Script(full(true)));
            self.later(from + for_ms, Happens::Script(full(false)));
        }
        for _ in 0..self.rng.u32(2..14) {
            let (device, link) = (self.rng.usize(0..5), self.rng.choice(Link::LADDER).unwrap());
            self.at(Step::Link(device, link));
        }
        for _ in 0..self.rng.u32(0..3) {
            let jump_ms = self.rng.i64(-3_600_000..3_600_000);
            self.at(Step::Jump(jump_ms));
        }
        for _ in 0..self.rng.u32(0..6) {
            let device = self.rng.usize(0..5);
            let step = if self.rng.bool() { Step::TryNow(device) } else { Step::Break(device) };
            self.at(step);
        }
    }
}
