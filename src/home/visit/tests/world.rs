//! A host for visits: keeps what is to be kept as text, as the disk would, and plays the coach.

use crate::{
    Catalogue, Consents, Effect, Event, Known, Moment, Person, PersonId, Screenings, Visit,
    visit::{Goals, Profile, SetEnd, Start},
};
use crate::{Purpose, Step};
use baro_coach::{
    Region, Report,
    safety::{Answers, Nprs, RedFlag, Rpe},
};
use jiff::civil::Date;
use std::{
    collections::BTreeSet,
    path::Path,
    sync::{Arc, LazyLock},
};

pub static CATALOGUE: LazyLock<Arc<Catalogue>> = LazyLock::new(|| {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    let (catalogue, faults) = Catalogue::load(&assets).unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    Arc::new(catalogue)
});

/// Noon of a day of November 2026, and some seconds.
pub fn at(day: i8, second: i64) -> Moment {
    let noon = Date::constant(2026, 11, day).at(12, 0, 0, 0).in_tz("UTC").unwrap().timestamp();
    Moment { at: noon + jiff::SignedDuration::from_secs(second), day: Date::constant(2026, 11, day) }
}

pub struct World {
    pub visit: Visit,
    pub now: Moment,
    id: PersonId,
    person: Option<Person>,
    consents: Vec<String>,
    screenings: Vec<String>,
    pub diary: Vec<String>,
    /// Sets that were started and have not ended.
    pub live: Vec<Start>,
    pub said: Vec<&'static str>,
    pub effects: Vec<Effect>,
    /// Every step that the visit came by.
    pub reached: BTreeSet<Step>,
    assigned: Option<Result<crate::Assigned, String>>,
}

impl World {
    /// Someone who opens the window for the first time.
    pub fn new() -> Self {
        Self::with(None)
    }

    pub fn with(assigned: Option<Result<crate::Assigned, String>>) -> Self {
        let now = at(2, 0);
        let known = Known { assigned: assigned.clone(), ..Known::new(PersonId::random()) };
        let id = known.id.clone();
        let (visit, effects) = Visit::open(known, CATALOGUE.clone(), "baro test", now);
        let mut world = Self {
            visit,
            now,
            id,
            person: None,
            consents: Vec::new(),
            screenings: Vec::new(),
            diary: Vec::new(),
            live: Vec::new(),
            said: Vec::new(),
            effects: Vec::new(),
            reached: BTreeSet::new(),
            assigned,
        };
        world.carry_out(effects);
        world
    }

    /// Someone whose knee hurts, at today's plan for the first time.
    pub fn at_today() -> Self {
        let mut world = Self::new();
        world.introduce();
        world
    }

    pub fn introduce(&mut self) {
        self.go(Event::NewPerson);
        self.go(Event::Profile(Profile { name: "Kim".into(), ..Profile::default() }));
        self.go(Event::Consent(Purpose::ASKED.map(|purpose| (purpose, true)).into()));
        self.go(Event::Screening(answers(&[])));
        self.go(Event::Goals(goals()));
        assert_eq!(self.visit.step(), Step::Today);
    }

    /// ... and at the explanation of the first exercise.
    pub fn at_first() -> Self {
        let mut world = Self::at_today();
        world.go(Event::Next);
        world.go(pain(1));
        assert_eq!(world.visit.step(), Step::Explain);
        world
    }

    /// An event a second later.
    pub fn go(&mut self, event: Event) {
        self.now.at += jiff::SignedDuration::from_secs(1);
        let effects = self.visit.apply(event, self.now);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        self.reached.insert(self.visit.step());
        for effect in &effects {
            match effect {
                Effect::Write(entry) => self.diary.push(serde_json::to_string(entry).unwrap()),
                Effect::WriteConsent(consent) => self.consents.push(serde_json::to_string(consent).unwrap()),
                Effect::WriteScreening(screening) => {
                    self.screenings.push(serde_json::to_string(screening).unwrap());
                }
                Effect::SavePerson(person) => self.person = Some(person.clone()),
                Effect::StartSet(start) => self.live.push(start.clone()),
                Effect::Say(key) => self.said.push(key),
                _ => {}
            }
        }
        self.effects = effects;
    }

    /// What a new window would read from the disk.
    pub fn known(&self) -> Known {
        fn read<T: serde::de::DeserializeOwned>(lines: &[String]) -> Vec<T> {
            lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect()
        }
        Known {
            id: self.id.clone(),
            person: self.person.clone(),
            consents: Consents::new(read(&self.consents)),
            screenings: Screenings::new(read(&self.screenings)),
            diary: read(&self.diary),
            assigned: self.assigned.clone(),
        }
    }

    /// The window is closed without a word, and opened again at another time.
    pub fn reopen(&mut self, now: Moment) {
        self.live.clear();
        self.now = now;
        let (visit, effects) = Visit::open(self.known(), CATALOGUE.clone(), "baro test", now);
        self.visit = visit;
        self.carry_out(effects);
    }

    /// The coach ends the oldest set that it has, with so many repetitions.
    pub fn end_set(&mut self, count: u32, failed: bool) -> bool {
        if self.live.is_empty() {
            return false;
        }
        let start = self.live.remove(0);
        let report = Report {
            exercise: start.dose.exercise,
            count,
            partial: 0,
            score: (count > 0).then_some(90.0),
            test: None,
            symmetry: None,
            reps: Vec::new(),
            cues: Vec::new(),
        };
        self.go(Event::SetEnded(SetEnd { run: start.run, report: Arc::new(report), record: None, failed }));
        true
    }

    /// Goes on with everything as asked, until the summary.
    pub fn finish(&mut self, after: Event) {
        for _ in 0..400 {
            match self.visit.step() {
                Step::Summary => return,
                Step::Exercise => {
                    let reps = self.visit.item().unwrap().dose.reps;
                    assert!(self.end_set(reps, false), "a set is under way");
                }
                Step::SetCheck => self.go(after.clone()),
                Step::Today | Step::Explain | Step::SetUp | Step::Rest => self.go(Event::Next),
                Step::PainMorning | Step::PainBefore => self.go(pain(1)),
                step => panic!("stuck at {step:?}"),
            }
        }
        panic!("no end");
    }
}

pub fn answers(yes: &[RedFlag]) -> Answers {
    RedFlag::ALL.into_iter().map(|flag| (flag, yes.contains(&flag))).collect()
}

pub fn goals() -> Goals {
    let equipment = baro_coach::Equipment::ALL.to_vec();
    Goals { regions: vec![Region::Knee], equipment, days_a_week: 3, minutes: 45, ..Goals::default() }
}

pub fn pain(score: u8) -> Event {
    Event::Pain(Nprs::new(score).unwrap())
}

pub fn after_set(pain: u8, effort: f32) -> Event {
    Event::SetCheck { pain: Some(Nprs::new(pain).unwrap()), effort: Some(Rpe::new(effort).unwrap()) }
}
