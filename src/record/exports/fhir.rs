//! A record as a bundle of FHIR R4 resources, shaped by HL7's Physical Activity guide: who, what was prescribed, what was done, what was
//! measured and said, and where it all comes from. Consent and the log of accesses are no part of a record: the server adds them.

use crate::{Entry, RecordId, Recording, ReplayError, Signed, replay};
use baro_coach::{
    Exercise, ExerciseError, Rep, RepSide, Report,
    safety::{Nprs, RedFlag, Rpe, SafetyEvent, SafetyNote},
};
use baro_motion::Claim;
use jiff::Timestamp;
use serde_json::{Value, json};

const SNOMED: &str = "http://snomed.info/sct";
const LOINC: &str = "http://loinc.org";
const UCUM: &str = "http://unitsofmeasure.org";
const URI: &str = "urn:ietf:rfc:3986";
const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";

/// A record can't be told as FHIR.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum FhirError {
    #[error("the record is of a format that nobody signed: whose it is can't be told")]
    Unsigned,
    #[error("the record's start is no time that can be told")]
    Time,
    #[error(transparent)]
    Replay(#[from] ReplayError),
    #[error("the exercise stored in the record can't be read by this version: {0}")]
    Exercise(#[from] ExerciseError),
}

/// The bundle (type `collection`). The person is known by their `did:key` alone, never by a name. Numbers that the coach would not
/// tell a person, from where it saw them, are absent with the reason.
///
/// # Errors
/// Where the record is not signed, or can't be scored again.
pub fn fhir_bundle(recording: &Recording) -> Result<Value, FhirError> {
    let signed = recording.signed.ok_or(FhirError::Unsigned)?;
    let replayed = replay(recording)?;
    let exercise = Exercise::from_toml(&recording.header.exercise_toml)?;
    let set = Set { recording, signed, exercise: &exercise, report: &replayed.report };
    let mut all =
        vec![set.patient(), set.device(), set.care_plan(), set.procedure()?, set.duration()?, set.count()?];
    for (n, rep) in replayed.report.reps.iter().enumerate() {
        all.push(set.repetition(n, rep)?);
    }
    for (n, note) in recording.safety().enumerate() {
        set.said(n, note, &mut all)?;
    }
    all.push(set.provenance(&all)?);
    let entries: Vec<Value> = all
        .into_iter()
        .map(|resource| {
            let url = format!("urn:baro:{}", resource["id"].as_str().unwrap_or_default());
            json!({ "fullUrl": url, "resource": resource })
        })
        .collect();
    Ok(json!({
        "resourceType": "Bundle",
        "id": signed.id.to_string(),
        "identifier": { "system": URI, "value": format!("urn:uuid:{}", signed.id) },
        "type": "collection",
        "timestamp": set.at(set.seconds())?,
        "entry": entries,
    }))
}

struct Set<'a> {
    recording: &'a Recording,
    signed: Signed,
    exercise: &'a Exercise,
    report: &'a Report,
}

impl Set<'_> {
    fn id(&self, what: &str) -> String {
        resource_id(self.signed.id, what)
    }

    fn link(&self, what: &str) -> Value {
        json!({ "reference": format!("urn:baro:{}", self.id(what)) })
    }

    /// How long it was, seconds.
    fn seconds(&self) -> f64 {
        self.recording.frames().last().map_or(0.0, |frame| frame.time_s)
    }

    /// A moment of the set.
    fn at(&self, time_s: f64) -> Result<String, FhirError> {
        moment(self.recording.header.started_unix_ms.saturating_add((time_s.max(0.0) * 1e3) as u64))
    }

    fn patient(&self) -> Value {
        json!({
            "resourceType": "Patient",
            "id": self.id("patient"),
            "identifier": [{ "system": URI, "value": self.signed.author.to_string() }],
            "active": true,
        })
    }

    fn device(&self) -> Value {
        let header = &self.recording.header;
        let mut versions = vec![json!({ "value": header.program })];
        if !header.model_sha256.is_empty() {
            let model = format!("{} {}", header.model, header.model_sha256);
            versions.push(json!({ "type": { "text": "pose model, SHA-256" }, "value": model }));
        }
        let mut device = json!({
            "resourceType": "Device",
            "id": self.id("device"),
            "deviceName": [{ "name": "Baro", "type": "manufacturer-name" }],
            "version": versions,
        });
        if let Some(digest) = self.signed.device {
            device["identifier"] =
                json!([{ "system": "urn:baro:device-sha256", "value": digest.to_string() }]);
        }
        device
    }

    fn care_plan(&self) -> Value {
        let dose = &self.recording.header.dose;
        let mut detail = json!({
            "kind": "ServiceRequest",
            "code": self.exercise_code(),
            "status": "completed",
        });
        if let Some(minutes) = dose.minutes {
            detail["scheduledTiming"] =
                json!({ "repeat": { "duration": minutes, "durationUnit": "min", "frequency": 1 } });
        } else if let Some(hold_s) = dose.hold_s {
            detail["quantity"] = quantity(hold_s, "s", "s");
        }
        json!({
            "resourceType": "CarePlan",
            "id": self.id("plan"),
            "status": "completed",
            "intent": "plan",
            "subject": self.link("patient"),
            "activity": [{ "detail": detail }],
        })
    }

    fn exercise_code(&self) -> Value {
        json!({
            "coding": [
                { "system": SNOMED, "code": "229065009", "display": "Exercise therapy" },
                { "system": "urn:baro:exercise", "code": self.exercise.id },
            ],
            "text": self.exercise.id,
        })
    }

    fn procedure(&self) -> Result<Value, FhirError> {
        let ended = self.recording.entries.iter().any(|entry| matches!(entry, Entry::End(_)));
        Ok(json!({
            "resourceType": "Procedure",
            "id": self.id("exercise"),
            "basedOn": [self.link("plan")],
            "status": if ended { "completed" } else { "stopped" },
            "code": self.exercise_code(),
            "subject": self.link("patient"),
            "performedPeriod": { "start": self.at(0.0)?, "end": self.at(self.seconds())? },
            "usedReference": [self.link("device")],
        }))
    }

    /// An observation without its value.
    fn observed(&self, what: &str, category: &str, code: Value, at: String) -> Value {
        json!({
            "resourceType": "Observation",
            "id": self.id(what),
            "partOf": [self.link("exercise")],
            "status": "final",
            "category": [{ "coding": [{ "system": CATEGORY, "code": category }] }],
            "code": code,
            "subject": self.link("patient"),
            "effectiveDateTime": at,
            "performer": [self.link("patient")],
        })
    }

    fn duration(&self) -> Result<Value, FhirError> {
        let code =
            json!({ "coding": [{ "system": LOINC, "code": "55411-3", "display": "Exercise duration" }] });
        let mut duration = self.observed("duration", "activity", code, self.at(0.0)?);
        duration["valueQuantity"] = quantity(self.seconds() / 60.0, "min", "min");
        Ok(duration)
    }

    fn count(&self) -> Result<Value, FhirError> {
        let mut count =
            self.observed("repetitions", "activity", local("repetitions"), self.at(self.seconds())?);
        count["device"] = self.link("device");
        count["valueInteger"] = self.report.count.into();
        let mut parts =
            vec![json!({ "code": local("repetitions-partial"), "valueInteger": self.report.partial })];
        if let Some(score) = self.report.score {
            parts.push(json!({ "code": local("score"), "valueQuantity": quantity(score, "score of 100", "{score}") }));
        }
        count["component"] = parts.into();
        Ok(count)
    }

    fn repetition(&self, n: usize, rep: &Rep) -> Result<Value, FhirError> {
        let mut seen = self.observed(
            &format!("repetition-{}", n + 1),
            "exam",
            local("repetition"),
            self.at(rep.peak_s)?,
        );
        seen["device"] = self.link("device");
        let mut parts = vec![
            json!({ "code": local("complete"), "valueBoolean": rep.complete }),
            json!({ "code": local("side"), "valueString": side_name(rep.side) }),
            json!({ "code": local("score"), "valueQuantity": quantity(rep.score, "score of 100", "{score}") }),
            json!({ "code": local("duration"), "valueQuantity": quantity(rep.end_s - rep.start_s, "s", "s") }),
        ];
        if let Some(signal) = &rep.signal {
            let code = measured(&signal.measure, rep.side);
            let unit = if signal.unit == "deg" { "deg" } else { "1" };
            if signal.claim == Claim::Refused {
                let reason = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
                let reason = json!({ "coding": [{ "system": reason, "code": "error" }] });
                parts.push(json!({ "code": code, "dataAbsentReason": reason }));
            } else {
                parts.push(json!({ "code": code, "valueQuantity": quantity(signal.peak, unit, unit) }));
                let code = local("standard-deviation");
                parts.push(json!({ "code": code, "valueQuantity": quantity(signal.sd, unit, unit) }));
            }
        }
        seen["component"] = parts.into();
        Ok(seen)
    }

    /// What was said about pain, effort and health.
    fn said(&self, n: usize, note: &SafetyNote, all: &mut Vec<Value>) -> Result<(), FhirError> {
        let at = moment(note.unix_ms)?;
        let mut answer = |what: &str, code: Value, key: &str, value: Value| {
            let mut said = self.observed(&format!("{what}-{}", n + 1), "survey", code, at.clone());
            said[key] = value;
            all.push(said);
        };
        let pain_code = || json!({ "coding": [{ "system": LOINC, "code": "72514-3" }] });
        let pain = |pain: &Nprs| quantity(f64::from(pain.get()), "score of 10", "{score}");
        let effort = |rpe: &Rpe| quantity(f64::from(rpe.get()), "Borg CR10", "{score}");
        match &note.event {
            SafetyEvent::PainBefore { pain: score, .. } | SafetyEvent::PainNextMorning { pain: score } => {
                answer("pain", pain_code(), "valueQuantity", pain(score));
            }
            SafetyEvent::AfterSet { pain: score, rpe, .. } => {
                if let Some(score) = score {
                    answer("pain", pain_code(), "valueQuantity", pain(score));
                }
                if let Some(rpe) = rpe {
                    answer("effort", local("exertion"), "valueQuantity", effort(rpe));
                }
            }
            SafetyEvent::Symptom { symptom } => {
                answer("symptom", local("stop-symptom"), "valueString", symptom.id().into());
            }
            SafetyEvent::FlagCleared { flag } => {
                answer("cleared", local("red-flag-cleared"), "valueString", flag.id().into());
            }
            SafetyEvent::Screened { flags, .. } => {
                let questionnaire = self.id("red-flags");
                if !all.iter().any(|known| known["id"] == questionnaire.as_str()) {
                    all.push(self.red_flags());
                }
                all.push(self.answers(n, flags, &at));
            }
        }
        Ok(())
    }

    /// The questions that are asked before a plan, by their keys: their texts are the program's, in the person's language.
    fn red_flags(&self) -> Value {
        let item = |flag: RedFlag| json!({ "linkId": flag.id(), "type": "boolean" });
        json!({
            "resourceType": "Questionnaire",
            "id": self.id("red-flags"),
            "url": "urn:baro:questionnaire:red-flags",
            "status": "active",
            "item": RedFlag::ALL.map(item),
        })
    }

    fn answers(&self, n: usize, flags: &[RedFlag], at: &str) -> Value {
        let item = |flag: RedFlag| json!({ "linkId": flag.id(), "answer": [{ "valueBoolean": flags.contains(&flag) }] });
        json!({
            "resourceType": "QuestionnaireResponse",
            "id": self.id(&format!("screened-{}", n + 1)),
            "questionnaire": "urn:baro:questionnaire:red-flags",
            "status": "completed",
            "subject": self.link("patient"),
            "authored": at,
            "author": self.link("patient"),
            "item": RedFlag::ALL.map(item),
        })
    }

    fn provenance(&self, all: &[Value]) -> Result<Value, FhirError> {
        let target: Vec<Value> = all
            .iter()
            .map(|resource| json!({ "reference": format!("urn:baro:{}", resource["id"].as_str().unwrap_or_default()) }))
            .collect();
        let record = json!({ "system": URI, "value": format!("urn:uuid:{}", self.signed.id) });
        Ok(json!({
            "resourceType": "Provenance",
            "id": self.id("provenance"),
            "target": target,
            "recorded": self.at(self.seconds())?,
            "agent": [{ "who": self.link("patient") }, { "who": self.link("device") }],
            "entity": [{ "role": "source", "what": { "identifier": record } }],
        }))
    }
}

/// 64 letters, digits, `-` and `.` at most, as FHIR wants it.
fn resource_id(record: RecordId, what: &str) -> String {
    format!("{record}-{what}")
}

fn moment(unix_ms: u64) -> Result<String, FhirError> {
    let ms = i64::try_from(unix_ms).map_err(|_| FhirError::Time)?;
    Timestamp::from_millisecond(ms).map(|at| format!("{at:.3}")).map_err(|_| FhirError::Time)
}

fn quantity(value: f64, unit: &str, code: &str) -> Value {
    json!({ "value": (value * 1e4).round() / 1e4, "unit": unit, "system": UCUM, "code": code })
}

/// A code of our own, where no common one is known to mean the same.
fn local(code: &str) -> Value {
    json!({ "coding": [{ "system": "urn:baro:observation", "code": code }], "text": code })
}

/// The code of a measured angle: LOINC's where it is one of those, always ours.
fn measured(measure: &str, side: RepSide) -> Value {
    let mut code = local(&format!("{measure}-{}", side_name(side)));
    if measure == "shoulder_abduction"
        && side == RepSide::Left
        && let Some(coding) = code["coding"].as_array_mut()
    {
        coding.push(json!({ "system": LOINC, "code": "41299-9" }));
    }
    code
}

const fn side_name(side: RepSide) -> &'static str {
    match side {
        RepSide::Left => "left",
        RepSide::Right => "right",
        RepSide::Both => "both",
    }
}
