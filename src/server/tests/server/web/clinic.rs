//! A clinic with a patient whose own program sends what they do.

use super::browser::{Browser, Staff};
use crate::{restored::until, running::Running, set};
use baro_agent::{Agent, Pairer};
use baro_coach::{
    Report,
    plan::{Change, Prescription},
    safety::{BeforeSession, Nprs, SafetyEvent, SetVerdict},
};
use baro_home::{
    CONSENT_TEXT, Consent, Effect, Home, Moment, Person, PersonFiles, Purpose, SetDone, What,
    diary::{Ending, Entry, Planned, Source},
};
use baro_motion::{LandmarkId, PoseFrame};
use baro_record::{Header, KeyRing, Keys, Recorder};
use baro_wire::Role;
use jiff::ToSpan as _;
use std::fs;

pub struct Clinic {
    pub server: Running,
    pub files: PersonFiles,
    pub ring: KeyRing,
    pub agent: Option<Agent>,
    pub patient: String,
    pub therapist: Staff,
    /// The therapist's, signed in.
    pub browser: Browser,
    _place: tempfile::TempDir,
}

/// Three squats; the second does not go far enough.
fn frames() -> Vec<PoseFrame> {
    squats(13 * 30, 30.0, |time_s| if (4.0..8.0).contains(&time_s) { 1.35 } else { 1.8 })
}

/// A squat each 4 s, so deep (radians of the knee).
pub fn squats(frames: u32, fps: f64, depth: impl Fn(f64) -> f64) -> Vec<PoseFrame> {
    let frame = |i: u32| {
        let time_s = f64::from(i) / fps;
        let moving = (time_s % 4.0 - 1.0).max(0.0) / 3.0;
        let knee = (0.5 - 0.5 * (moving * std::f64::consts::TAU).cos()) * depth(time_s);
        baro_record::snap(&from_the_side(set::squatting(time_s, knee as f32)))
    };
    (0..frames).map(frame).collect()
}

/// As a camera at their side sees it, where the bend of a knee may be told.
fn from_the_side(mut frame: PoseFrame) -> PoseFrame {
    if let Some(pose) = &mut frame.pose {
        for id in LandmarkId::ALL {
            let at = &mut pose.world[id].position;
            (at.x, at.z) = (at.z, -at.x);
            pose.image[id].position.x = 0.5 + at.x / 3.0;
        }
    }
    frame
}

/// What is prescribed.
pub fn dose() -> Prescription {
    serde_json::from_value(serde_json::json!({
        "exercise": "squat", "sets": 1, "reps": 3, "rest_s": 60, "days_a_week": 3, "rpe_target": 5, "pain_limit": 4
    }))
    .unwrap()
}

/// A visit with one set, as the program tells it in the diary.
pub fn told(
    [begin, end]: [Moment; 2],
    visit: u32,
    dose: &Prescription,
    report: &Report,
    record: String,
    pain: u8,
) -> [Entry; 5] {
    let planned = Planned {
        course: "squat".into(),
        base: dose.clone(),
        dose: dose.clone(),
        change: Change::Same,
        reasons: Vec::new(),
    };
    let pain = Nprs::new(pain).unwrap();
    let began = What::Began {
        format: 1,
        program: "test".into(),
        source: Source::Routine("knee".into()),
        items: vec![planned],
    };
    let before = SafetyEvent::PainBefore { pain, verdict: BeforeSession::GoOn };
    let after = SafetyEvent::AfterSet {
        exercise: "squat".into(),
        set: 1,
        pain: Some(pain),
        rpe: None,
        verdict: SetVerdict::GoOn,
    };
    [
        (begin, began),
        (begin, What::Safety { event: before }),
        (end, What::Set(SetDone::seen(0, 1, dose, report, Some(record), false))),
        (end, What::Safety { event: after }),
        (end, What::Ended { how: Ending::Finished }),
    ]
    .map(|(when, what)| Entry { when, visit, what })
}

impl Clinic {
    pub fn new() -> Self {
        Self::of(Running::start())
    }

    /// At a server that runs already, and that nobody is at yet.
    pub fn of(server: Running) -> Self {
        let place = tempfile::tempdir().unwrap();
        let home = Home::open(place.path()).unwrap();
        let (mut files, _) = home.new_person();
        files.keep(&Effect::SavePerson(Person { name: "순희".into(), ..Person::default() })).unwrap();
        let ring = set::in_a_file();
        let mut clinic = Self {
            therapist: Staff::new(&server, Role::Therapist, 2, None),
            server,
            files,
            ring,
            agent: None,
            patient: String::new(),
            browser: Browser::default(),
            _place: place,
        };
        Purpose::SHARED.into_iter().for_each(|purpose| clinic.consent(purpose, true));
        let code = Running::invitation(&clinic.server.said).to_string();
        Pairer::new(clinic.files.folder().clone()).unwrap().pair(&code, "test", &clinic.ring).unwrap();
        let people = clinic.server.done(&["people"]);
        let line = people.lines().find(|line| line.contains("patient")).unwrap();
        clinic.patient = line.split_whitespace().next().unwrap().to_owned();
        clinic.server.done(&["assign", &clinic.therapist.id, &clinic.patient]);
        clinic.browser = clinic.therapist.browser(&clinic.server);
        clinic.connect();
        for (visit, pain) in [2, 2, 3, 2, 6].into_iter().enumerate() {
            clinic.exercise(visit as u32 + 1, 9 - 2 * visit as i64, pain);
        }
        clinic.send();
        clinic
    }

    pub fn consent(&mut self, purpose: Purpose, given: bool) {
        let when = Moment::of(&jiff::Zoned::now());
        let consent = Consent { when, purpose, text: CONSENT_TEXT, given };
        self.files.keep(&Effect::WriteConsent(consent)).unwrap();
    }

    /// The patient's program begins.
    pub fn connect(&mut self) {
        self.agent = Agent::start(self.files.folder(), &self.ring).unwrap();
    }

    /// All that was done is at the server.
    pub fn send(&self) {
        let agent = self.agent.as_ref().unwrap();
        agent.look();
        until("all is sent", agent, || agent.is_sent());
    }

    /// A visit so many days ago, as the program writes it.
    fn exercise(&mut self, visit: u32, days_ago: i64, pain: u8) {
        let now = jiff::Zoned::now().checked_sub(days_ago.days()).unwrap();
        let begin = Moment::of(&now);
        fs::create_dir_all(self.files.records()).unwrap();
        let (name, header) = (
            format!("{visit}.baro"),
            Header { started_unix_ms: begin.at.as_millisecond() as u64, ..set::header() },
        );
        let mut coach = header.coach().unwrap();
        let keys = Keys::of_folder(&self.files.records(), &self.ring).unwrap();
        let mut recorder = Recorder::create(&self.files.records().join(&name), header, keys).unwrap();
        for frame in frames() {
            let ended = coach.step(&frame).ended_rep.is_some();
            recorder.frame(&frame).unwrap();
            if ended {
                recorder.rep_ended(frame.time_s, coach.report()).unwrap();
            }
        }
        let report = coach.finish().clone();
        recorder.finish(&report).unwrap();
        let end = Moment::of(&now.checked_add(20.seconds()).unwrap());
        for line in told([begin, end], visit, &dose(), &report, name, pain) {
            self.files.keep(&Effect::Write(line)).unwrap();
        }
    }

    /// The address of the newest recorded set, as the patient's page leads to it.
    pub fn session(&mut self) -> String {
        let page = self.browser.get(&self.server, &format!("/patient/{}", self.patient));
        assert_eq!(page.status, 200, "{}", page.body);
        let from = format!("/patient/{}/session/", self.patient);
        let at = page.body.find(&from).unwrap_or_else(|| panic!("no set: {}", page.body));
        page.body[at..].split('"').next().unwrap().to_owned()
    }
}
