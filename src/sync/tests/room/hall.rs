//! A room, and what each connection is told.

pub use baro_sync::room::{
    Action, COUNTDOWN_MS, Entrant, Input, KEEP_MS, LEADER_GONE_MS, Opening, QUEUE, Room, Snapshot,
    TICKS_A_SECOND, VOICES, Visit,
};
pub use baro_sync::{Actor, Millis};
pub use baro_wire::pose::{Encoder, Figure, Head, Kind};
pub use baro_wire::room::{
    Activity, Alarm, Aspect, Ball, Doing, DoingView, Down, Ending, Happening, Held, MemberView, Offence,
    Phase, Phrase, Play, PlayKind, RoomView, Shows, Slot, Speech, Up,
};
pub use baro_wire::*;
pub use std::collections::BTreeMap;

pub const HOME: OrganisationId = OrganisationId([9; 16]);
pub const LEADER: u8 = 1;
pub const THERAPIST: u8 = 2;
pub const ANNA: u8 = 10;
pub const BEN: u8 = 11;
pub const PATH: usize = 1_150;

pub const fn person(byte: u8) -> PersonId {
    PersonId([byte; 16])
}

pub fn role(byte: u8) -> Role {
    match byte {
        LEADER => Role::Leader,
        THERAPIST => Role::Therapist,
        _ => Role::Patient,
    }
}

pub fn consents(of: &[Purpose]) -> Consents {
    of.iter().fold(Consents::NONE, |all, purpose| all.with(*purpose, true))
}

pub fn shows(of: &[Aspect]) -> Shows {
    of.iter().fold(Shows::NOTHING, |all, aspect| all.with(*aspect, true))
}

pub fn text<const MOST: usize>(text: &str) -> Text<MOST> {
    Text::new(text).unwrap()
}

/// What one connection was told.
#[derive(Default)]
pub struct Ear {
    pub answer: Option<Result<(Slot, u64, bool), Refusal>>,
    pub room: Option<RoomView>,
    pub members: BTreeMap<Slot, MemberView>,
    pub doing: BTreeMap<Slot, DoingView>,
    pub shapes: BTreeMap<Slot, Option<Bytes<{ limits::SHAPE_BYTES }>>>,
    pub heard: Vec<(u64, u64, Happening)>,
    pub refused: Vec<Refusal>,
    pub over: Option<Ending>,
    pub downs: Vec<Down>,
    pub voices: Vec<(Slot, Speech)>,
}

pub struct Hall {
    pub now: Millis,
    pub room: Room,
    pub ears: BTreeMap<Visit, Ear>,
    pub relates: Vec<(PersonId, PersonId, Option<Relation>)>,
    pub looks: Vec<PersonId>,
    pub reports: Vec<(PersonId, Offence)>,
    pub ended: bool,
    pub visits: u64,
}

impl Hall {
    pub fn open() -> Self {
        let opening = Opening {
            id: RoomId([7; 16]),
            organisation: HOME,
            title: text("무릎"),
            code: text("K7QM2XWP"),
            by: person(LEADER),
        };
        let now = Millis(1_000);
        Self {
            now,
            room: Room::new(now, opening),
            ears: BTreeMap::new(),
            relates: Vec::new(),
            looks: Vec::new(),
            reports: Vec::new(),
            ended: false,
            visits: 0,
        }
    }

    pub fn input(&mut self, input: Input) {
        for action in self.room.handle(self.now, input) {
            match action {
                Action::Welcome(visit, Reply::InRoom { slot, heard, back, .. }) => {
                    self.ear(visit).answer = Some(Ok((slot, heard, back)));
                }
                Action::Welcome(_, other) => panic!("{other:?}"),
                Action::Refuse(visit, refusal) => self.ear(visit).answer = Some(Err(refusal)),
                Action::Tell(visit, told) => {
                    self.ear(visit).hear(told);
                    // The network takes everything at once here.
                    let _ = self.room.handle(self.now, Input::Sent(visit, 1));
                }
                Action::Datagram(visit, bytes) => match Speech::read_down(&bytes) {
                    Ok(heard) => self.ear(visit).voices.push(heard),
                    Err(_) => self.ear(visit).downs.push(Down::read(&bytes).unwrap()),
                },
                Action::Close(_) | Action::NewInvitation => {}
                Action::Relate { viewer, of, known } => self.relates.push((viewer.person, of, known)),
                Action::Look(actor) => self.looks.push(actor.person),
                Action::Report(_, of, offence) => self.reports.push((of, offence)),
                Action::End => self.ended = true,
            }
        }
    }

    pub fn ear(&mut self, visit: Visit) -> &mut Ear {
        self.ears.entry(visit).or_default()
    }

    pub fn enters(&mut self, who: u8, agreed: &[Purpose], shown: &[Aspect], seen: Option<u64>) -> Visit {
        self.visits += 1;
        let visit = Visit(self.visits);
        let actor =
            Actor { organisation: HOME, person: person(who), device: DeviceId([who; 16]), role: role(who) };
        let (consents, shows) = (consents(agreed), shows(shown));
        let entrant = Entrant { visit, actor, consents, called: text("지수"), shows, seen, path: PATH };
        self.input(Input::Enter(Box::new(entrant)));
        visit
    }

    /// A patient who agrees to classes.
    pub fn patient(&mut self, who: u8, shown: &[Aspect]) -> Visit {
        self.enters(who, &[Purpose::Class], shown, None)
    }

    pub fn leader(&mut self) -> Visit {
        self.enters(LEADER, &[], &[Aspect::Avatar], None)
    }

    pub fn answer(&self, visit: Visit) -> Result<(Slot, u64, bool), Refusal> {
        self.ears[&visit].answer.unwrap()
    }

    pub fn slot(&self, visit: Visit) -> Slot {
        self.answer(visit).unwrap().0
    }

    pub fn asks(&mut self, visit: Visit, ask: RoomAsk) {
        self.input(Input::Ask(visit, ask));
    }

    pub fn passes(&mut self, ms: u64) {
        let end = self.now.after(ms);
        while self.now < end {
            self.now = self.now.after(1_000 / TICKS_A_SECOND);
            self.input(Input::Tick);
        }
    }
}

impl Ear {
    pub fn hear(&mut self, told: RoomTold) {
        match told {
            RoomTold::Room { room } => self.room = Some(room),
            RoomTold::Member { member } => drop(self.members.insert(member.slot, member)),
            RoomTold::Gone { slot } => {
                self.members.remove(&slot);
                self.doing.remove(&slot);
                self.shapes.remove(&slot);
            }
            RoomTold::Doing { doing } => drop(self.doing.insert(doing.slot, doing)),
            RoomTold::Shape { slot, shape } => drop(self.shapes.insert(slot, shape)),
            RoomTold::Happened { number, after, what } => self.heard.push((number, after, what)),
            RoomTold::Not { why, .. } => self.refused.push(why),
            RoomTold::Over { why } => self.over = Some(why),
            RoomTold::Nodes { .. } => {}
        }
    }
}

pub fn doing() -> RoomAsk {
    let faults = List::new(vec![text("knee-in")]).unwrap();
    let (score, heart_rate) = (Some(88), Some(120));
    RoomAsk::Doing {
        doing: Doing { phase: Phase::Going, repetitions: 7, score, heart_rate, faults, seen: true },
    }
}
