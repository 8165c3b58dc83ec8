//! What a person agreed to as FHIR R4, for a program that takes their data over. Who looked at it is told by the clinic whose server it
//! lies on: nobody else can look, and nothing of that is on this device.

use crate::{Consent, Consents, Moment, PersonId, Purpose};
use serde_json::{Value, json};

/// The bundle (type `collection`): the person, known by a random id alone, and the last word on each purpose.
pub fn bundle(person: &PersonId, consents: &Consents, now: Moment) -> Value {
    let own = json!({
        "resourceType": "Patient",
        "id": person.as_str(),
        "identifier": [{ "system": "urn:baro:person-on-device", "value": person.as_str() }],
        "active": true,
    });
    let words = Purpose::ALL.into_iter().filter_map(|purpose| consents.last(purpose));
    let all = std::iter::once(own).chain(words.map(|word| consent(person, word)));
    let entry = |resource: Value| {
        let [kind, id] = ["resourceType", "id"].map(|key| resource[key].as_str().unwrap_or_default());
        // References are relative, so each needs an address; there is no server behind this one.
        json!({ "fullUrl": format!("https://baro.invalid/fhir/{kind}/{id}"), "resource": resource })
    };
    let entries: Vec<Value> = all.map(entry).collect();
    json!({ "resourceType": "Bundle", "type": "collection", "timestamp": now.at.to_string(), "entry": entries })
}

fn consent(person: &PersonId, word: &Consent) -> Value {
    let Consent { when, purpose, text, given } = word;
    json!({
        "resourceType": "Consent",
        "id": format!("{}.{}", person.as_str(), purpose.id()),
        "status": if *given { "active" } else { "inactive" },
        "scope": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy" }] },
        "category": [{
            "coding": [{ "system": "http://loinc.org", "code": "59284-0" }, { "system": "urn:baro:purpose", "code": purpose.id() }],
            "text": words(*purpose),
        }],
        "patient": { "reference": format!("Patient/{}", person.as_str()) },
        "dateTime": when.at.to_string(),
        "policyRule": { "text": format!("Baro's consent text, version {text}") },
        "provision": { "type": if *given { "permit" } else { "deny" } },
    })
}

const fn words(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Camera => "the camera measures me; no picture is kept",
        Purpose::Diary => "answers, pain and what I did are kept on this device",
        Purpose::Movements => "my measured movements are kept on this device",
        Purpose::CrashReports => "a report is kept on this device when the program fails",
        Purpose::Clinic => "the clinic's server keeps what my devices send",
        Purpose::Therapist => "my therapist reads my diary and messages and writes to me",
        Purpose::TherapistMovements => "my therapist sees my measured movements",
        Purpose::Class => "I take part in classes, and their leader looks after me",
    }
}
