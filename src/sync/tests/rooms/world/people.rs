//! What people and their programs do, and what reaches them.

use super::*;

impl World {
    pub(super) fn begin(&mut self, human: usize) -> Verdict {
        self.humans[human].online = true;
        self.guest(human, GuestInput::Online)
    }

    pub(super) fn reaches(&self, human: usize, visit: u64) -> bool {
        self.humans[human].online && self.humans[human].visit == visit
    }

    pub(super) fn guest(&mut self, human: usize, input: GuestInput) -> Verdict {
        let now = self.humans[human].here(self.now);
        let Some(guest) = self.humans[human].guest.as_mut() else { return Ok(()) };
        let actions = guest.handle(now, input);
        if let Some(at) = guest.wake_at() {
            self.later(at.0 - now.0, Step::GuestTick(human));
        }
        for action in actions {
            match action {
                GuestAction::Enter(request) => {
                    self.next_visit += 1;
                    self.humans[human].visit = self.next_visit;
                    self.visits.insert(self.next_visit, (human, 0, 0));
                    self.up(human, encode(&request, Version::V3).unwrap(), true);
                }
                GuestAction::Say(ask) => self.up(human, encode(&ask, Version::V3).unwrap(), false),
                GuestAction::Entered { time_ms, .. } => {
                    self.humans[human].receiver.enter(now, time_ms);
                    self.humans[human].encoder.renew();
                    let shape = RoomAsk::Shape { shape: Bytes::new(vec![human as u8]).unwrap() };
                    self.guest(human, GuestInput::Ask(shape))?;
                }
                GuestAction::Happened { what: Happening::Said { text, .. }, .. } => {
                    self.seen.one("words heard");
                    self.humans[human].heard.push(text.parse().unwrap());
                }
                GuestAction::Happened { .. } => {}
                GuestAction::Hidden(slot) => {
                    self.humans[human].receiver.hidden(slot);
                    self.humans[human].drawn.remove(&slot);
                }
                GuestAction::Elsewhere(_) | GuestAction::Nodes(_) => return Err("there is one server".into()),
                GuestAction::SignIn => return Err("there is no sign-in here".into()),
                GuestAction::Refused(_) => self.seen.one("refused"),
                GuestAction::Over(_) => self.humans[human].guest = None,
            }
        }
        Ok(())
    }

    pub(super) fn up(&mut self, human: usize, frame: Vec<u8>, first: bool) {
        let Human { link, visit, online, .. } = self.humans[human];
        let in_ms = link.stream_ms(&mut self.rng);
        let Some((_, up_at, _)) = self.visits.get_mut(&visit).filter(|_| online) else { return };
        // A stream keeps its order.
        *up_at = (*up_at).max(self.now + in_ms);
        let in_ms = *up_at - self.now;
        self.later(in_ms, Step::ToServer(visit, Bytes::new(frame).unwrap(), first));
    }

    pub(super) fn down(&mut self, visit: u64, step: impl FnOnce(usize) -> Step) {
        let Some((human, _, down_at)) = self.visits.get_mut(&visit) else { return };
        let human = *human;
        let in_ms = self.humans[human].link.stream_ms(&mut self.rng);
        *down_at = (*down_at).max(self.now + in_ms);
        let in_ms = *down_at - self.now;
        self.later(in_ms, step(human));
    }

    pub(super) fn breaks(&mut self, human: usize, for_ms: u64) -> Verdict {
        if !self.humans[human].online {
            return Ok(());
        }
        self.seen.one("breaks");
        self.humans[human].online = false;
        self.humans[human].life += 1;
        let life = self.humans[human].life;
        self.later(for_ms, Step::Online(human, life));
        // The server notices later, perhaps after they are back.
        let (visit, in_ms) = (self.humans[human].visit, self.rng.u64(0..3_000));
        self.later(in_ms, Step::Lost(visit));
        self.guest(human, GuestInput::Offline)
    }

    pub(super) fn moves(&mut self, human: usize) {
        self.later(TICK_MS, Step::Move(human));
        let active = self.now < crate::script::ACTIVE_MS || self.now > self.heals_at;
        let inside = self.humans[human].guest.as_ref().is_some_and(baro_sync::room::Guest::is_inside);
        if !active || !inside || !self.humans[human].online {
            return;
        }
        let blob = if self.humans[human].moves { self.humans[human].blob(self.now) } else { Vec::new() };
        let here = self.humans[human].here(self.now);
        let mut bytes = Vec::new();
        self.humans[human].receiver.up(here, blob).write(&mut bytes);
        let (link, visit) = (self.humans[human].link, self.humans[human].visit);
        for in_ms in link.datagram_ms(self.now, &mut self.rng) {
            self.later(in_ms, Step::DatagramUp(visit, bytes.clone()));
        }
        // Everybody's microphone sends, whatever they turned off: the server decides.
        bytes.clear();
        let opus = vec![self.humans[human].actor.person.0[0]];
        Speech { number: (self.now / 20) as u16, opus }.write_up(&mut bytes);
        for in_ms in link.datagram_ms(self.now, &mut self.rng) {
            self.later(in_ms, Step::DatagramUp(visit, bytes.clone()));
        }
        self.humans[human].draw(self.now);
    }

    pub(super) fn receives(&mut self, human: usize, bytes: &[u8]) -> Verdict {
        let mut down = Down::read(bytes).map_err(|error| error.to_string())?;
        let kinds: Vec<_> =
            down.entries.iter().map(|(slot, blob)| (*slot, Head::read(blob).map(|head| head.kind))).collect();
        for (at, (slot, kind)) in kinds.iter().enumerate() {
            if let Ok(Kind::Delta(_)) = kind {
                let with = at > 0 && kinds[at - 1].0 == *slot;
                self.seen.one(if with { "deltas with keys" } else { "deltas alone" });
            }
        }
        if self.is(Bug::DeltaWithoutKey) {
            let doubled: Vec<bool> = kinds
                .iter()
                .enumerate()
                .map(|(at, (slot, _))| kinds.get(at + 1).is_some_and(|next| next.0 == *slot))
                .collect();
            let mut at = 0;
            down.entries.retain(|_| {
                at += 1;
                !doubled[at - 1]
            });
        }
        let here = self.humans[human].here(self.now);
        for key in self.humans[human].receiver.came(here, &down) {
            self.humans[human].encoder.acknowledged(key);
        }
        let unread = self.humans[human].receiver.unread();
        if unread > 0 { Err(format!("{unread} figures could not be read by {human}")) } else { Ok(()) }
    }
}
