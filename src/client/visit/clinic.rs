//! The connection with a clinic: opened, tried and ended on threads of its own, since keys and networks take their time.

use super::{Hands, VisitEvent, Visiting, job::Job, messages::Messages, questions::Questions, words};
use crate::{
    coaching::{Command, Session},
    locale::Texts,
};
use baro_agent::{Agent, AgentError, Entry, Pairer, RoomLink, State, unpair};
use baro_home::{
    Event, PersonFolder, Purpose, Step,
    appointments::{self, Appointment},
};
use baro_record::KeyRing;
use baro_screens::rooms::{ClinicPress, ClinicView, QuestionsPress};
use baro_wire::PostId;
use bevy::prelude::*;
use jiff::{Timestamp, Zoned, tz::TimeZone};
use std::{
    path::Path,
    time::{Duration, Instant},
};

/// How often it is looked how far everything is.
const LOOK: Duration = Duration::from_millis(500);
/// What was withdrawn is to reach the clinic before the connection ends, if that is possible so soon.
const FAREWELL: Duration = Duration::from_secs(8);

/// The connection of the person who is here.
pub struct Clinic {
    folder: PersonFolder,
    agent: Option<Agent>,
    job: Job<Done>,
    /// Kept for the next try.
    pairer: Option<Pairer>,
    /// Fluent key of why it can't be opened or connected.
    trouble: Option<&'static str>,
    state: State,
    looked: Option<Instant>,
    /// The code is to be read with the camera.
    pub read: bool,
    /// It is being looked for; was the eye opened for that?
    reading: Option<bool>,
    /// Ended by the person; what they withdrew is written first.
    leaving: bool,
    /// Fluent key of what came and was not seen yet.
    pub news: Option<&'static str>,
    /// What was written to each other.
    pub messages: Messages,
    /// What the clinic asks.
    pub questions: Questions,
    /// When they meet.
    appointments: Vec<Appointment>,
}

/// How a job ended.
#[derive(Default)]
struct Done {
    agent: Option<Agent>,
    pairer: Option<Pairer>,
    trouble: Option<&'static str>,
}

impl Clinic {
    /// Goes on with the connection of this person, where there is one.
    pub fn open(folder: &PersonFolder) -> Self {
        let mut clinic = Self {
            folder: folder.clone(),
            agent: None,
            job: Job::default(),
            pairer: None,
            trouble: None,
            state: State::default(),
            looked: None,
            read: false,
            reading: None,
            leaving: false,
            news: None,
            messages: Messages::default(),
            questions: Questions::of(folder.clone()),
            appointments: Vec::new(),
        };
        if folder.clinic().exists() {
            let folder = folder.clone();
            clinic.job.begin("clinic", move || started(&folder));
        }
        clinic
    }

    /// Takes in how far everything is; the plan that came, where one did. `reads`: the person sees what was written.
    pub fn look(&mut self, reads: bool) -> Option<Event> {
        if let Some(Done { agent, pairer, trouble }) = self.job.take() {
            (self.agent, self.pairer, self.trouble) = (agent, pairer, trouble);
        }
        if self.leaving && !self.job.is_on() {
            self.leave();
        }
        let agent = self.agent.as_ref()?;
        if self.looked.is_some_and(|looked| looked.elapsed() < LOOK) {
            return None;
        }
        let first = self.looked.replace(Instant::now()).is_none();
        let state = agent.state();
        let came = state.came > self.state.came;
        if came {
            self.news = Some("sync-message");
        }
        if came || first {
            self.questions.read(agent);
            match agent.appointments() {
                Ok(all) => self.appointments = all,
                Err(error) => warn!("{error}"),
            }
        }
        self.state = state;
        if reads {
            self.news = None;
            self.messages.read(agent);
        }
        if !agent.take_new_plan() {
            return None;
        }
        self.news = Some("sync-new-plan");
        let plan = self.folder.assigned().map_err(|error| warn!("{error}")).ok()??;
        Some(Event::PlanCame(plan))
    }

    /// Writes to the clinic.
    pub fn say(&mut self, text: &str, texts: &Texts) {
        if let Some(agent) = &self.agent {
            self.messages.send(agent, text, texts);
        }
    }

    /// Something was written in the person's folder.
    pub fn wrote(&self) {
        if let Some(agent) = &self.agent {
            agent.look();
        }
    }

    /// When the two meet next; empty where nothing is agreed.
    pub fn appointment(&self, texts: &Texts) -> String {
        let now = Zoned::now();
        let coming = appointments::coming(&self.appointments, now.timestamp().as_millisecond());
        let Some(next) = coming.map(|one| &one.now).find(|next| !next.cancelled) else {
            return String::new();
        };
        let key = if next.live { "rooms-appointment-live" } else { "rooms-appointment" };
        texts.with(key, [("when", words::when(next.starts_ms, &now, texts).into())])
    }

    /// Does this post say how an appointment is now?
    pub fn has_appointment(&self, post: PostId) -> bool {
        self.appointments.iter().any(|one| one.now.id == post.0)
    }

    /// The appointment that this post made, moved or cancelled, as it is now, as a calendar file.
    pub fn calendar(&self, post: PostId, texts: &Texts) -> Option<(String, String)> {
        let one = self.appointments.iter().find(|one| one.now.id == post.0)?;
        let day = Timestamp::from_millisecond(one.now.starts_ms).ok()?.to_zoned(TimeZone::system()).date();
        Some((format!("baro-{day}.ics"), appointments::ics(one, &texts.text("rooms-appointment-title"))))
    }

    /// Is a clinic connected?
    pub const fn is_connected(&self) -> bool {
        self.agent.is_some()
    }

    /// May the person open a class?
    pub fn leads(&self) -> bool {
        self.agent.as_ref().is_some_and(Agent::leads)
    }

    /// Into a class; none where no clinic is connected.
    pub fn enter(&self, entry: Entry) -> Option<Result<RoomLink, AgentError>> {
        self.agent.as_ref().map(|agent| agent.enter(entry))
    }

    /// Ends it when what the person withdrew was sent, or can't be now.
    fn leave(&mut self) {
        self.leaving = false;
        let (folder, agent) = (self.folder.clone(), self.agent.take());
        self.state = State::default();
        self.job.begin("clinic", move || {
            let left = match agent {
                Some(agent) => agent.leave(FAREWELL),
                None => unpair(&folder, &KeyRing::of_system()).map(|()| false),
            };
            let trouble = match left {
                Ok(true) => None,
                Ok(false) => Some("sync-left-untold"),
                Err(error) => Some(told(&error)),
            };
            Done { trouble, ..Done::default() }
        });
    }

    fn connect(&mut self, code: String) {
        if self.job.is_on() || self.agent.is_some() {
            return;
        }
        let (folder, pairer) = (self.folder.clone(), self.pairer.take());
        self.job.begin("clinic", move || {
            let pairer = match pairer.map_or_else(|| Pairer::new(folder.clone()), Ok) {
                Ok(pairer) => pairer,
                Err(error) => return Done { trouble: Some(error.key()), ..Done::default() },
            };
            match pairer.pair(&code, super::start::PROGRAM, &KeyRing::of_system()) {
                Ok(()) => started(&folder),
                Err(error) => {
                    warn!("not connected: {error}");
                    Done { trouble: Some(error.key()), pairer: Some(pairer), ..Done::default() }
                }
            }
        });
    }

    /// Looks for a code while that is wanted; `in_settings`: what is read can be seen.
    pub(super) fn mind_the_code(&mut self, in_settings: bool, hands: &mut Hands) {
        self.read &= in_settings && self.agent.is_none();
        match (self.read, self.reading) {
            (true, None) => {
                self.reading = Some(hands.session.is_asleep());
                hands.wake(Path::new(""));
                hands.session.command(Command::ReadCode(true));
            }
            (false, Some(opened)) => {
                self.reading = None;
                hands.session.command(Command::ReadCode(false));
                if opened {
                    *hands.session = Session::asleep();
                }
            }
            _ => {}
        }
    }

    /// How it stands, in the words of the settings.
    pub fn words(&self, texts: &Texts) -> ClinicWords {
        let server = self.agent.as_ref().map(|agent| agent.server());
        let connected = |server: &str| texts.with("sync-connected", [("server", server.into())]);
        let state = match self.trouble {
            Some(trouble) => texts.text(trouble),
            None => self.sentence(texts),
        };
        ClinicWords { server: server.map(connected).unwrap_or_default(), state, busy: self.job.is_on() }
    }

    /// How far sending is; empty where no clinic is connected, or it is not known yet.
    pub fn sentence(&self, texts: &Texts) -> String {
        if self.agent.is_some() { self.state.sentence(texts) } else { String::new() }
    }

    /// Lets go of the person's folder.
    pub fn close(&mut self) {
        (self.agent, self.job) = (None, Job::default());
    }
}

/// What the settings say about the clinic.
pub struct ClinicWords {
    server: String,
    state: String,
    busy: bool,
}

impl ClinicWords {
    /// As the screen takes it; the camera's part is the window's to fill in.
    pub fn view(&self, agreed: [bool; Purpose::SHARED.len()]) -> ClinicView<'_> {
        let Self { server, state, busy } = self;
        ClinicView { server, state, busy: *busy, agreed, ..ClinicView::default() }
    }
}

fn told(error: &AgentError) -> &'static str {
    warn!("{error}");
    match error {
        AgentError::Keys(_) | AgentError::Unsealed => "sync-pair-keys",
        _ => "sync-pair-disk",
    }
}

fn started(folder: &PersonFolder) -> Done {
    match Agent::start(folder, &KeyRing::of_system()) {
        Ok(agent) => Done { agent, ..Done::default() },
        Err(error) => Done { trouble: Some(told(&error)), ..Done::default() },
    }
}

impl Visiting {
    /// Does what was pressed in the room of questions; an event for the visit, where the room is left.
    pub fn question_pressed(&mut self, press: QuestionsPress) -> Option<VisitEvent> {
        let Clinic { questions, agent, .. } = &mut self.clinic;
        questions.pressed(press, agent.as_ref()).then_some(VisitEvent(Event::Back))
    }

    pub(super) fn look_at_the_clinic(&mut self) -> Option<Event> {
        self.clinic.look(self.visit.step() == Step::Messages)
    }

    /// Does what was pressed about the clinic; an event for the visit, where something was agreed to or withdrawn.
    pub fn clinic_pressed(&mut self, press: ClinicPress) -> Option<VisitEvent> {
        match press {
            ClinicPress::Connect(code) => self.clinic.connect(code),
            ClinicPress::Agree(purpose, given) => {
                // What is withdrawn shall be known there soon.
                if let Some(agent) = &self.clinic.agent {
                    agent.try_now();
                }
                return Some(VisitEvent(Event::Consent(vec![(purpose, given)])));
            }
            ClinicPress::Read(wanted) => self.clinic.read = wanted,
            ClinicPress::TryNow => {
                if let Some(agent) = &self.clinic.agent {
                    agent.try_now();
                }
            }
            ClinicPress::Erase => {
                let erased = self.clinic.agent.as_ref().map(Agent::erase);
                if let Some(Err(error)) = erased {
                    self.clinic.trouble = Some(told(&error));
                }
            }
            ClinicPress::Disconnect => {
                self.clinic.leaving = true;
                return Some(VisitEvent(Event::Consent(
                    Purpose::SHARED.map(|purpose| (purpose, false)).into(),
                )));
            }
        }
        None
    }
}
