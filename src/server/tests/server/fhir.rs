//! FHIR, read by a program with an access key.

use crate::{
    device::{Paired, Proof, agree, digits_now, paired, post, send},
    running::Running,
    set,
};
use baro_coach::safety::{Nprs, RedFlag, SafetyEvent, SafetyNote, Urgency};
use baro_net::Link;
use baro_record::{Event, Header, Recorder};
use baro_wire::*;
use serde_json::Value;
use std::{collections::BTreeSet, fs, path::Path, process::Command};

/// A patient with a record, and a therapist to whom they are assigned, with a key.
struct Clinic {
    server: Running,
    patient: Paired,
    link: Link,
    therapist: String,
    /// The therapist's own device, signed in.
    at_work: Link,
    key: String,
}

fn clinic() -> Clinic {
    let server = Running::start();
    let patient = paired(&Running::invitation(&server.said), 1);
    let link = patient.online(Role::Patient);
    agree(&link, patient.is.person);
    let path = server.folder.path().join("set.baro");
    record(&path);
    send(&link, &path);
    let said = server.done(&["invite", "--role", "therapist"]);
    let device = paired(&Running::invitation(&said), 2);
    let therapist = device.is.person.to_string();
    server.done(&["assign", &therapist, &patient.is.person.to_string()]);
    let url = Running::word(&server.done(&["factor", &therapist]), "factor");
    let at_work = device.with(Proof::Factor(digits_now(&url))).online(Role::Therapist);
    let key = Running::word(&server.done(&["access-key", "add", &therapist, "--label", "practice"]), "key");
    Clinic { server, patient, link, therapist, at_work, key }
}

/// A set before which questions were asked, and after it.
fn record(path: &Path) {
    let header = Header { started_unix_ms: 1_790_000_000_000, ..set::header() };
    let mut coach = header.coach().unwrap();
    let mut recorder = Recorder::create(path, header, set::keys()).unwrap();
    for event in [
        SafetyEvent::Screened { flags: vec![RedFlag::Fever], urgency: Some(Urgency::Doctor) },
        SafetyEvent::PainNextMorning { pain: Nprs::new(2).unwrap() },
    ] {
        recorder.event(Event::Safety(SafetyNote { unix_ms: 1_790_000_000_000, event })).unwrap();
    }
    for frame in set::session() {
        let ended = coach.step(&frame).ended_rep.is_some();
        recorder.frame(&frame).unwrap();
        if ended {
            recorder.rep_ended(frame.time_s, coach.report()).unwrap();
        }
    }
    recorder.finish(coach.finish()).unwrap();
}

impl Clinic {
    fn get(&self, path: &str) -> (u16, Value) {
        self.server.fhir(path, Some(&self.key))
    }

    /// A plan of so many repetitions.
    fn assign(&self, number: u8, reps: u32) {
        let dose = format!(
            "exercise = 'squat'\nsets = 2\nreps = {reps}\nrest_s = 60\ntempo_s = [2, 1, 2, 0]\n\
            days_a_week = 3\nrpe_target = 5\npain_limit = 4"
        );
        let plan = format!("format = 1\n[[doses]]\n{dose}\n[limits]\nmax_reps = 12\nforbidden = ['lunge']");
        let body = PostBody::Plan { routine: Text::new(plan).unwrap() };
        let reply = post(&self.at_work, number, self.patient.is.person, body);
        assert!(matches!(reply, Reply::Posted { .. }), "{reply:?}");
    }

    /// All pages of a search.
    fn all(&self, query: &str) -> Vec<Value> {
        let (mut next, mut all) = (Some(format!("/fhir/{query}")), Vec::new());
        while let Some(path) = next {
            let (status, page) = self.get(&path);
            assert_eq!(status, 200, "{path}: {page}");
            assert_eq!(page["type"], "searchset");
            let entries = page["entry"].as_array().cloned().unwrap_or_default();
            all.extend(entries.into_iter().map(|entry| entry["resource"].clone()));
            let links = page["link"].as_array().unwrap();
            let link = links.iter().find(|link| link["relation"] == "next");
            next = link.map(|link| link["url"].as_str().unwrap().to_owned());
        }
        all
    }
}

#[test]
fn a_therapist_s_program_reads_what_they_may_see() {
    let clinic = clinic();
    let person = clinic.patient.is.person.to_string();
    let (status, metadata) = clinic.server.fhir("/fhir/metadata", None);
    assert_eq!((status, &metadata["fhirVersion"]), (200, &"4.0.1".into()));
    clinic.assign(60, 8);
    clinic.assign(61, 10);
    let patients = clinic.all("Patient");
    assert_eq!((patients.len(), &patients[0]["id"]), (1, &person.as_str().into()));

    let mut everything = vec![metadata];
    for (kind, least) in [
        ("Observation", 4),
        ("Procedure", 1),
        ("CarePlan", 3),
        ("Device", 1),
        ("Questionnaire", 1),
        ("QuestionnaireResponse", 1),
        ("Provenance", 1),
        ("Consent", 4),
        ("Patient", 1),
    ] {
        let found = clinic.all(&format!("{kind}?patient={person}"));
        assert!(found.len() >= least, "{kind}: {}", found.len());
        for resource in &found {
            assert_eq!(resource["resourceType"], kind);
            let id = resource["id"].as_str().unwrap();
            assert_eq!(clinic.get(&format!("/fhir/{kind}/{id}")), (200, resource.clone()), "found again");
        }
        everything.extend(found);
    }
    let paged = clinic.all(&format!("Observation?subject=Patient/{person}&_count=1"));
    assert_eq!(paged, clinic.all(&format!("Observation?patient={person}")), "page by page it is the same");
    // Every reference leads somewhere.
    let text = serde_json::to_string(&everything).unwrap();
    let links: BTreeSet<&str> =
        text.split("\"reference\":\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    for link in links {
        assert_eq!(clinic.get(&format!("/fhir/{link}")).0, 200, "{link}");
    }
    let (_, page) = clinic.get(&format!("/fhir/Observation?patient={person}&_count=3"));
    everything.push(page);

    let admin = clinic.server.done(&["invite", "--role", "admin"]);
    let admin = paired(&Running::invitation(&admin), 4).is.person.to_string();
    let admin = Running::word(&clinic.server.done(&["access-key", "add", &admin]), "key");
    let (status, log) =
        clinic.server.fhir(&format!("/fhir/AuditEvent?patient={person}&_count=200"), Some(&admin));
    assert_eq!(status, 200);
    let lines = log["entry"].as_array().unwrap();
    let by = |who: &str, ask: &str| {
        lines.iter().any(|line| {
            let line = &line["resource"];
            line["agent"][0]["who"]["identifier"]["value"] == who && line["subtype"][0]["code"] == ask
        })
    };
    assert!(by(&clinic.therapist, "ReadChunk") && by(&clinic.therapist, "ReadConsents"), "{log}");
    let clinical = clinic.server.fhir(&format!("/fhir/Observation?patient={person}"), Some(&admin));
    assert!(clinical.1.get("entry").is_none(), "an administrator sees nothing clinical");
    everything.extend(lines.iter().map(|line| line["resource"].clone()));
    everything.push(log.clone());
    others_find_it_valid(clinic.server.folder.path(), &everything);
    let (_, metrics) = clinic.server.get("/metrics");
    assert!(metrics.contains("baro_fhir_requests_total{kind=\"search\",outcome=\"answered\"}"), "{metrics}");
    clinic.server.done(&["check"]);
}

#[test]
fn what_was_assigned_is_a_care_plan() {
    let clinic = clinic();
    let person = clinic.patient.is.person.to_string();
    let plans = || {
        let all = clinic.all(&format!("CarePlan?patient={person}&_count=1"));
        all.into_iter().filter(|plan| plan["id"].as_str().unwrap().contains(".plan.")).collect::<Vec<_>>()
    };
    assert_eq!(plans(), [] as [Value; 0]);
    clinic.assign(60, 8);
    let first = plans();
    assert_eq!((first.len(), &first[0]["status"]), (1, &"active".into()));
    clinic.assign(61, 10);
    let both = plans();
    let status: Vec<_> = both.iter().map(|plan| plan["status"].as_str().unwrap()).collect();
    assert_eq!(status, ["revoked", "active"]);
    assert_eq!(both[0]["id"], first[0]["id"]);
    let words = both[1]["activity"][0]["detail"]["description"].as_str().unwrap();
    assert!(words.starts_with("2 sets of 10,"), "{words}");
    assert_eq!(both[1]["author"]["identifier"]["value"], clinic.therapist.as_str());
    others_find_it_valid(clinic.server.folder.path(), &both);
    clinic.server.done(&["export", &person, "--out", "out"]);
    let exported = fs::read_to_string(clinic.server.folder.path().join("out/fhir.json")).unwrap();
    assert!(exported.contains(both[1]["id"].as_str().unwrap()), "in the export, too");
    // With what they agreed to, and who looked.
    let bundle: Value = serde_json::from_str(&exported).unwrap();
    let all: Vec<Value> =
        bundle["entry"].as_array().unwrap().iter().map(|entry| entry["resource"].clone()).collect();
    let of = |kind: &str| all.iter().filter(|one| one["resourceType"] == kind).collect::<Vec<_>>();
    assert_eq!(of("Consent").len(), Purpose::ALL.len());
    let looked = |line: &&Value| line["agent"][0]["who"]["identifier"]["value"] == clinic.therapist.as_str();
    assert!(of("AuditEvent").iter().any(looked), "{exported}");
    others_find_it_valid(clinic.server.folder.path(), &[vec![bundle], all].concat());

    // Its purpose is another one than that of the measured movements.
    let id = both[1]["id"].as_str().unwrap();
    let withdraw = |number, purpose| {
        let withdrawn = PostBody::Consent { purpose, text_version: 1, given: false };
        post(&clinic.link, number, clinic.patient.is.person, withdrawn);
    };
    withdraw(50, Purpose::Movements);
    assert_eq!(plans(), both);
    withdraw(51, Purpose::Therapist);
    assert_eq!(clinic.get(&format!("/fhir/CarePlan/{id}")).0, 404);
    clinic.server.done(&["assign", &clinic.therapist, &person, "--end"]);
    assert!(clinic.all(&format!("CarePlan?patient={person}")).is_empty());
}

#[test]
fn what_is_hidden_looks_like_nothing() {
    let clinic = clinic();
    let person = clinic.patient.is.person.to_string();
    let stranger = paired(&Running::invitation(&clinic.server.done(&["invite", "--role", "patient"])), 5);
    let (stranger, nobody) = (stranger.is.person.to_string(), "00".repeat(16));
    for kind in ["Observation", "Consent", "Patient", "AuditEvent"] {
        let shown = |of: &str| {
            let (status, page) = clinic.get(&format!("/fhir/{kind}?patient={of}"));
            (status, page.to_string().replace(of, "X"))
        };
        assert_eq!(shown(&stranger), shown(&nobody), "{kind}");
        assert_eq!(shown(&stranger).0, 200);
    }
    for path in [
        format!("Patient/{stranger}"),
        format!("Patient/{nobody}"),
        "Patient/x".into(),
        "Observation/x".into(),
    ] {
        let (status, problem) = clinic.get(&format!("/fhir/{path}"));
        assert_eq!((status, &problem["issue"][0]["code"]), (404, &"not-found".into()), "{path}");
    }
    for (path, status) in [
        ("Observation", 400),
        ("Observation?patient=x&code=1", 400),
        ("Medication?patient=x", 404),
        ("Observation?patient=x&_format=xml", 400),
    ] {
        let (is, problem) = clinic.get(&format!("/fhir/{path}"));
        assert_eq!((is, &problem["resourceType"]), (status, &"OperationOutcome".into()), "{path}");
    }

    // Withdrawn is withdrawn at once; who treats somebody is told that they do not agree.
    let observations = format!("/fhir/Observation?patient={person}");
    let id = clinic.get(&observations).1["entry"][0]["resource"]["id"].as_str().unwrap().to_owned();
    let withdrawn = PostBody::Consent { purpose: Purpose::Movements, text_version: 1, given: false };
    post(&clinic.link, 50, clinic.patient.is.person, withdrawn);
    assert_eq!(clinic.get(&observations).0, 403);
    assert_eq!(clinic.get(&format!("/fhir/Observation/{id}")).0, 403);
    clinic.server.done(&["assign", &clinic.therapist, &person, "--end"]);
    assert_eq!(clinic.get(&format!("/fhir/Observation/{id}")).0, 404);
    assert!(clinic.get("/fhir/Patient").1.get("entry").is_none());
}

#[test]
fn keys_end_and_can_t_be_guessed() {
    let clinic = clinic();
    let list = clinic.server.done(&["access-key", "list"]);
    assert!(list.contains("good") && list.contains("practice") && !list.contains(&clinic.key), "{list}");
    assert_eq!(clinic.get("/fhir/Patient").0, 200);
    let patient = clinic.patient.is.person.to_string();
    assert!(clinic.server.refused(&["access-key", "add", &patient]).contains("for staff"));
    let hash = list.split_whitespace().next().unwrap();
    clinic.server.done(&["access-key", "revoke", &hash[..12]]);
    assert_eq!(clinic.get("/fhir/Patient").0, 401, "at once");
    assert!(clinic.server.done(&["access-key", "list"]).contains("revoked"));
    // One was that; the others are free until they are too many.
    let guesses: Vec<u16> =
        (0..8).map(|_| clinic.server.fhir("/fhir/Patient", Some("baro-key-x")).0).collect();
    assert!(guesses.contains(&401) && guesses.ends_with(&[429, 429]), "{guesses:?}");
    assert_eq!(clinic.server.fhir("/fhir/metadata", None).0, 200);
}

/// What a program takes along from the patient's own computer.
#[test]
fn what_was_agreed_to_at_home_is_valid() {
    let place = tempfile::tempdir().unwrap();
    let (mut files, _) = baro_home::Home::open(place.path()).unwrap().new_person();
    let person = baro_home::Person { name: "순희".into(), ..baro_home::Person::default() };
    files.keep(&baro_home::Effect::SavePerson(person)).unwrap();
    let when = baro_home::Moment::of(&jiff::Zoned::now());
    for (purpose, given) in baro_home::Purpose::ALL.into_iter().zip([true, false].into_iter().cycle()) {
        let consent = baro_home::Consent { when, purpose, text: baro_home::CONSENT_TEXT, given };
        files.keep(&baro_home::Effect::WriteConsent(consent)).unwrap();
    }
    let (_, known, _) = baro_home::Home::open(place.path()).unwrap().person(files.id()).unwrap();
    let exported = baro_home::export(&files, &known, &place.path().join("out"), when).unwrap();
    let bundle: Value =
        serde_json::from_slice(&fs::read(exported.folder.join("fhir.json")).unwrap()).unwrap();
    let all: Vec<Value> =
        bundle["entry"].as_array().unwrap().iter().map(|entry| entry["resource"].clone()).collect();
    assert_eq!(all.len(), 1 + baro_home::Purpose::ALL.len());
    others_find_it_valid(place.path(), &[vec![bundle], all].concat());
}

/// Other people's readers, where they are installed: PyPI `fhir.resources` for the Python in `BARO_CHECK_PYTHON` (else `python3`), npm
/// `fhir` below the folder in `BARO_CHECK_NODE`. `cargo xtask test` gets both and names them; what is named must be there.
pub fn others_find_it_valid(folder: &Path, all: &[Value]) {
    fs::write(folder.join("all.json"), serde_json::to_string(all).unwrap()).unwrap();
    let python = std::env::var("BARO_CHECK_PYTHON").unwrap_or_else(|_| "python3".into());
    let named = |name: &str| std::env::var_os(name).is_some();
    check(
        &python,
        "fhir.resources",
        named("BARO_CHECK_PYTHON"),
        folder,
        &["-c", "import fhir.resources.R4B"],
        &["-c", PYTHON],
    );
    let node = std::env::var("BARO_CHECK_NODE").unwrap_or_else(|_| ".".into());
    let [there, run] =
        ["", NODE].map(|script| format!("const {{ Fhir }} = require('{node}/node_modules/fhir');{script}"));
    check("node", "npm fhir", named("BARO_CHECK_NODE"), folder, &["-e", &there], &["-e", &run]);
}

fn check(program: &str, name: &str, must: bool, folder: &Path, there: &[&str], run: &[&str]) {
    let command = |arguments: &[&str]| Command::new(program).args(arguments).current_dir(folder).output();
    if !command(there).is_ok_and(|out| out.status.success()) {
        assert!(!must, "{name} is named, and not there");
        eprintln!("skipped: {name} is not installed");
        return;
    }
    let out = command(run).unwrap();
    let said = [out.stdout, out.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    assert!(out.status.success(), "{name}: {said}");
    eprintln!("{name}: {}", said.trim());
}

const PYTHON: &str = "
import json, importlib
all = json.load(open('all.json'))
for one in all:
    kind = one['resourceType']
    module = importlib.import_module('fhir.resources.R4B.' + kind.lower())
    getattr(module, kind).model_validate(one)
print('valid:', len(all), 'resources of', len({one['resourceType'] for one in all}), 'types')
";

const NODE: &str = "
const all = JSON.parse(require('fs').readFileSync('all.json'));
const bad = all.flatMap(r => new Fhir().validate(r, { errorOnUnexpected: true }).messages
    .filter(m => m.severity === 'error' || m.severity === 'fatal').map(m => r.resourceType + ': ' + m.message + ' ' + m.location));
if (bad.length) { console.error(bad.join('\\n')); process.exit(1); }
console.log('valid:', all.length, 'resources of', new Set(all.map(r => r.resourceType)).size, 'types');
";
