//! What is told of people themselves: that they are there, what they agree to, and who looked.

use baro_wire::{Ask, AuditEntry, ConsentState, PersonId, Purpose};
use jiff::Timestamp;
use serde_json::{Value, json};

const DCM: &str = "http://dicom.nema.org/resources/ontology/DCM";
const AUDIT_TYPE: &str = "http://terminology.hl7.org/CodeSystem/audit-event-type";

/// A patient is known by a random id alone.
pub fn patient(person: PersonId) -> Value {
    json!({
        "resourceType": "Patient",
        "id": person.to_string(),
        "identifier": [{ "system": "urn:baro:person", "value": person.to_string() }],
        "active": true,
    })
}

fn link(person: PersonId) -> Value {
    json!({ "reference": format!("Patient/{person}") })
}

/// Each purpose that can be agreed to.
pub fn consents(person: PersonId, state: &ConsentState) -> Vec<Value> {
    Purpose::ALL.into_iter().map(|purpose| consent(person, state, purpose)).collect()
}

fn consent(person: PersonId, state: &ConsentState, purpose: Purpose) -> Value {
    let given = state.consents.has(purpose);
    let (id, text) = match purpose {
        Purpose::Keep => ("keep", "the server keeps what my devices send"),
        Purpose::Therapist => ("therapist", "my therapist reads my diary and messages and writes to me"),
        Purpose::Movements => ("movements", "my therapist sees my measured movements"),
        Purpose::Class => ("class", "the leader of my class writes to me and reads my messages"),
    };
    let mut consent = json!({
        "resourceType": "Consent",
        "id": format!("{person}.{id}"),
        "status": if given { "active" } else { "inactive" },
        "scope": { "coding": [{ "system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy" }] },
        "category": [{
            "coding": [{ "system": "http://loinc.org", "code": "59284-0" }, { "system": "urn:baro:purpose", "code": id }],
            "text": text,
        }],
        "patient": link(person),
        "provision": { "type": if given { "permit" } else { "deny" } },
    });
    // FHIR wants the policy; until something was agreed to, no text was shown.
    let version =
        if state.text_version == 0 { String::from("none shown yet") } else { state.text_version.to_string() };
    consent["policyRule"] = json!({ "text": format!("Baro's consent text, version {version}") });
    consent
}

/// A line of the audit log.
pub fn audit_event(entry: &AuditEntry) -> Value {
    let ask = format!("{:?}", entry.ask);
    let who = |system: &str, id: String| json!({ "identifier": { "system": system, "value": id } });
    json!({
        "resourceType": "AuditEvent",
        "id": format!("{}.{}", entry.about, entry.number),
        "type": { "system": AUDIT_TYPE, "code": "rest" },
        "subtype": [{ "system": "urn:baro:ask", "code": ask }],
        "action": action(entry.ask),
        "recorded": Timestamp::from_millisecond(entry.at_ms).unwrap_or_default().to_string(),
        "agent": [{
            "type": { "coding": [{ "system": DCM, "code": "110153", "display": "Source Role ID" }] },
            "who": who("urn:baro:person", entry.actor.to_string()),
            "altId": entry.device.to_string(),
            "requestor": true,
        }],
        "source": { "observer": who("urn:baro:program", "baro-server".into()) },
        "entity": [{
            "what": link(entry.about),
            "detail": [{ "type": "digest", "valueString": entry.digest.to_string() }],
        }],
    })
}

/// Created, read, updated, deleted, or something else that is done.
const fn action(ask: Ask) -> &'static str {
    match ask {
        Ask::Pair
        | Ask::OfferRecord
        | Ask::PutChunk
        | Ask::PostMessage
        | Ask::PostNote
        | Ask::PostPlan
        | Ask::PostDiary
        | Ask::InvitePatient
        | Ask::InviteStaff
        | Ask::OpenRoom
        | Ask::ReportPerson
        | Ask::ReportInsulting
        | Ask::ReportDisturbing
        | Ask::ReportNotWhoTheySay => "C",
        Ask::Have
        | Ask::Feed
        | Ask::SeeMessage
        | Ask::SeeNote
        | Ask::SeePlan
        | Ask::SeeDiary
        | Ask::ReadConsents
        | Ask::ListDevices
        | Ask::ListPatients
        | Ask::ListRecords
        | Ask::ReadChunk
        | Ask::ReadPosts
        | Ask::ReadAudit
        | Ask::SeeAvatar
        | Ask::SeeRepetitions
        | Ask::SeeScore
        | Ask::SeeHeartRate
        | Ask::SeeForm
        | Ask::SeeAlarm => "R",
        Ask::SealRecord | Ask::GiveConsent | Ask::WithdrawConsent | Ask::RevokeDevice => "U",
        Ask::Erase => "D",
        Ask::SignIn | Ask::Resume | Ask::EnterRoom | Ask::LeadRoom | Ask::Nonsense => "E",
    }
}
