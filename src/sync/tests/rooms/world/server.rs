//! The server around the room: lets in, tells, dies and starts again.

use super::*;

impl World {
    pub(super) fn at_server(&mut self, visit: u64, frame: &[u8], first: bool) -> Verdict {
        if !first {
            let ask: RoomAsk = decode(&frame[4..], Version::V3).unwrap();
            let Some(person) = self.in_room.get(&visit).copied() else { return Ok(()) };
            return self.asked(visit, person, ask);
        }
        let Request::EnterRoom { door, called, shows } = decode(&frame[4..], Version::V3).unwrap() else {
            panic!()
        };
        let human = self.visits[&visit].0;
        let actor = self.humans[human].actor;
        let truly = self.oracle.consents[&actor.person];
        let consents = if self.is(Bug::NoConsentCheck) { Consents::every().last().unwrap() } else { truly };
        let may = may(Standing::As(actor.role), door.ask(), Relation::Own, consents);
        let refusal = match (may, &door, &self.room) {
            (Decision::Allowed, Door::Open { title }, None) if self.kept.is_none() => {
                let (id, code) = (RoomId([5; 16]), self.code.clone());
                let opening =
                    Opening { id, organisation: HOME, title: title.clone(), code, by: actor.person };
                self.room = Some(Room::new(Millis(self.now), opening));
                let life = self.life;
                self.later(0, Step::Keep(life));
                self.later(TICK_MS, Step::RoomTick(life));
                None
            }
            (Decision::Allowed, _, None) => Some(Refusal::Busy { wait_ms: 500 }),
            (Decision::Allowed, Door::Invited { code }, Some(room)) if **code != *room.code() => {
                Some(Refusal::NotFound)
            }
            (Decision::Allowed, ..) => None,
            (Decision::Consent(purpose), ..) => Some(Refusal::ConsentMissing { purpose }),
            _ => Some(Refusal::NotFound),
        };
        if let Some(refusal) = refusal {
            let reply = encode(&Reply::Refused { refusal }, Version::V3).unwrap();
            self.down(visit, |human| Step::ToGuest(human, visit, reply, true));
            return Ok(());
        }
        let seen = match door {
            Door::Back { seen, .. } if self.is(Bug::SkipsOnReturn) => Some(seen + 1),
            Door::Back { seen, .. } => Some(seen),
            Door::Open { .. } | Door::Invited { .. } => None,
        };
        // What they show counts from the moment they are in; of who is not let in, nothing is told anyway.
        let before = self.oracle.known.shows.insert(actor.person, shows);
        let fresh = self.oracle.since_start.insert(actor.person);
        let is_new = seen.is_none();
        let entrant = Entrant { visit: Visit(visit), actor, consents, called, shows, seen, path: 1_150 };
        self.room(Input::Enter(Box::new(entrant)))?;
        if is_new && self.in_room.contains_key(&visit) {
            self.oracle.from.insert(actor.person, self.oracle.known.said.len());
        }
        if !self.in_room.contains_key(&visit) {
            if let Some(shows) = before {
                self.oracle.known.shows.insert(actor.person, shows);
            }
            if fresh {
                self.oracle.since_start.remove(&actor.person);
            }
        }
        Ok(())
    }

    pub(super) fn asked(&mut self, visit: u64, person: PersonId, ask: RoomAsk) -> Verdict {
        match &ask {
            RoomAsk::Show { shows } => {
                self.oracle.known.shows.insert(person, *shows);
            }
            RoomAsk::Doing { doing } => drop(self.oracle.known.doing.insert(person, doing.clone())),
            RoomAsk::Cue { to, cue } => {
                if let Some(to) = self.oracle.known.slots.get(to) {
                    self.oracle.cues.insert(cue.to_string(), *to);
                }
            }
            _ => {}
        }
        let mutes = match &ask {
            RoomAsk::Mute { slot, muted } => self.oracle.known.slots.get(slot).map(|of| (*of, *muted)),
            _ => None,
        };
        let voice = if let RoomAsk::Voice { on } = &ask { Some(*on) } else { None };
        let word = if let RoomAsk::Say { text } = &ask { Some(text.parse::<u64>().unwrap()) } else { None };
        let before = self.seen.0.get("nots").copied();
        let said = self.oracle.known.said.len();
        self.oracle.known.said.extend(word);
        let leads =
            self.oracle.leaders.get(&person).is_some_and(|leader| *leader == self.oracle.slot(person))
                && self.oracle.roles[&person].is_staff();
        let forgets = self.is(Bug::HearsMuted) && leads && matches!(ask, RoomAsk::Mute { muted: true, .. });
        let ask = if forgets { RoomAsk::Fine } else { ask };
        self.room(Input::Ask(Visit(visit), ask))?;
        if self.seen.0.get("nots").copied() != before {
            self.oracle.known.said.truncate(said);
            return Ok(());
        }
        match voice {
            Some(true) => drop(self.oracle.voices.insert(person)),
            Some(false) => drop(self.oracle.voices.remove(&person)),
            None => {}
        }
        match mutes {
            Some((of, true)) => {
                self.seen.one("muted");
                self.oracle.known.muted.insert(of);
            }
            Some((of, false)) => drop(self.oracle.known.muted.remove(&of)),
            None => {}
        }
        Ok(())
    }

    pub(super) fn consent(&mut self, person: PersonId, consents: Consents) -> Verdict {
        self.oracle.consents.insert(person, consents);
        if self.is(Bug::NoConsentCheck) { Ok(()) } else { self.room(Input::Consents(person, consents)) }
    }

    pub(super) fn kill(&mut self) -> Verdict {
        if self.room.take().is_none() {
            return Ok(());
        }
        self.seen.one("kills");
        self.life += 1;
        self.in_room.clear();
        let in_ms = self.rng.u64(200..2_000);
        self.later(in_ms, Step::Restart);
        for human in 0..PEOPLE {
            let in_ms = self.rng.u64(300..2_500);
            self.breaks(human, in_ms)?;
        }
        Ok(())
    }

    pub(super) fn restart(&mut self) {
        let Some((bytes, known)) = self.kept.clone().filter(|_| self.room.is_none()) else { return };
        let snapshot: Snapshot = postcard::from_bytes(&bytes).unwrap();
        self.room = Some(Room::restore(Millis(self.now), snapshot));
        self.oracle.known = known;
        self.oracle.since_start.clear();
        let said = self.oracle.known.said.len();
        self.oracle.from.values_mut().for_each(|from| *from = said.min(*from));
        self.oracle.known.doing.clear();
        let life = self.life;
        self.later(0, Step::RoomTick(life));
        self.later(0, Step::Keep(life));
    }

    pub(super) fn room(&mut self, input: Input) -> Verdict {
        let Some(room) = &mut self.room else { return Ok(()) };
        let actions = room.handle(Millis(self.now), input);
        for action in actions {
            self.act(action)?;
        }
        Ok(())
    }

    pub(super) fn act(&mut self, action: Action) -> Verdict {
        match action {
            Action::Welcome(visit, reply) => self.welcome(visit.0, &reply)?,
            Action::Refuse(visit, refusal) => {
                let reply = encode(&Reply::Refused { refusal }, Version::V3).unwrap();
                self.down(visit.0, |human| Step::ToGuest(human, visit.0, reply, true));
            }
            Action::Tell(visit, told) => self.tell(visit.0, &told)?,
            Action::Datagram(visit, bytes) => self.send(visit.0, bytes)?,
            Action::Close(visit) => self.down(visit.0, |human| Step::Closed(human, visit.0)),
            Action::Look(actor) => {
                let consents = self.oracle.consents[&actor.person];
                self.consent(actor.person, consents)?;
            }
            Action::Relate { viewer, of, .. } => {
                let (life, in_ms) = (self.life, self.rng.u64(1..60));
                self.later(in_ms, Step::Related(life, viewer.person, of));
            }
            Action::NewInvitation => {
                self.words += 1;
                let code = Text::new(format!("CODE{}", self.words)).unwrap();
                self.room(Input::Invitation(code))?;
            }
            Action::Report(..) => {}
            Action::End => return Err("the room ended, and people were in it".into()),
        }
        Ok(())
    }

    pub(super) fn welcome(&mut self, visit: u64, reply: &Reply) -> Verdict {
        let &Reply::InRoom { slot, back, .. } = reply else { return Err(format!("{reply:?}")) };
        let actor = self.humans[self.visits[&visit].0].actor;
        let (person, known) = (actor.person, &mut self.oracle.known);
        if actor.organisation != HOME {
            return Err("somebody of another organisation is in".into());
        }
        let before = known.slots.iter().find(|(_, of)| **of == person).map(|(slot, _)| *slot);
        if back && before != Some(slot) {
            return Err(format!("{person} had slot {before:?} and comes back as {slot}"));
        }
        if back {
            self.seen.one("backs");
        } else {
            known.slots.retain(|_, of| *of != person);
            known.doing.remove(&person);
            known.muted.remove(&person);
        }
        self.oracle.voices.remove(&person);
        known.slots.insert(slot, person);
        self.in_room.insert(visit, person);
        let frame = encode(reply, Version::V3).unwrap();
        self.down(visit, |human| Step::ToGuest(human, visit, frame, true));
        Ok(())
    }

    pub(super) fn tell(&mut self, visit: u64, told: &RoomTold) -> Verdict {
        match told {
            RoomTold::Over { why } => {
                let person = self.in_room.remove(&visit);
                match why {
                    Ending::Elsewhere => {}
                    Ending::TooMuch => return Err("somebody was sent away for nothing".into()),
                    _ => self.oracle.known.slots.retain(|_, of| Some(*of) != person),
                }
                match why {
                    Ending::NotAgreed => self.seen.one("not agreed"),
                    Ending::Removed => self.seen.one("sent away"),
                    _ => {}
                }
            }
            RoomTold::Not { .. } => self.seen.one("nots"),
            told => {
                let Some(person) = self.in_room.get(&visit).copied() else {
                    return Err(format!("told to who is not in the room: {told:?}"));
                };
                if let RoomTold::Gone { slot } = told {
                    self.oracle.known.slots.remove(slot);
                }
                let leader = |world: &Self| world.oracle.leaders.get(&person).copied();
                let before = leader(self);
                self.oracle.told(person, told)?;
                if before.is_some() && leader(self) != before {
                    self.seen.one("new leaders");
                }
            }
        }
        let frame = encode(told, Version::V3).unwrap();
        self.down(visit, |human| Step::ToGuest(human, visit, frame, false));
        Ok(())
    }

    pub(super) fn send(&mut self, visit: u64, mut bytes: Vec<u8>) -> Verdict {
        let Some(person) = self.in_room.get(&visit).copied() else {
            return Err("movement to who is gone".into());
        };
        if let Ok((by, speech)) = Speech::read_down(&bytes) {
            self.seen.one("voices heard");
            return self.oracle.spoken(person, by, &speech);
        }
        let mut down = Down::read(&bytes).map_err(|error| error.to_string())?;
        if self.is(Bug::NotRedacted) {
            for (slot, blob) in &mut down.entries {
                let of = self.oracle.known.slots.get(slot);
                of.and_then(|of| self.blobs.get(of)).into_iter().for_each(|whole| blob.clone_from(whole));
            }
            bytes.clear();
            down.write(&mut bytes);
        }
        self.oracle.sent(person, &down)?;
        let human = self.visits[&visit].0;
        for in_ms in self.humans[human].link.datagram_ms(self.now, &mut self.rng) {
            self.later(in_ms, Step::DatagramDown(human, visit, bytes.clone()));
        }
        Ok(())
    }
}
