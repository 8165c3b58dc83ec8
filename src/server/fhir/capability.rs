//! `/fhir/metadata`: what there is, so that other programs need not guess.

use serde_json::{Value, json};

/// The types that are told, and whether a search for them must name a patient.
pub const TYPES: [(&str, bool); 10] = [
    ("Patient", false),
    ("Observation", true),
    ("Procedure", true),
    ("CarePlan", true),
    ("Questionnaire", true),
    ("QuestionnaireResponse", true),
    ("Device", true),
    ("Provenance", true),
    ("Consent", true),
    ("AuditEvent", true),
];

/// Anybody may read this one.
pub fn statement() -> Value {
    let resource = |(kind, by_patient): (&str, bool)| {
        let mut resource =
            json!({ "type": kind, "interaction": [{ "code": "read" }, { "code": "search-type" }] });
        if by_patient {
            resource["searchParam"] = json!([{ "name": "patient", "type": "reference" }]);
        }
        resource
    };
    json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": "2026-11-22",
        "kind": "instance",
        "software": { "name": "baro-server", "version": env!("CARGO_PKG_VERSION") },
        "implementation": { "description": "What a clinic's patients did at home, read-only" },
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [{
            "mode": "server",
            "security": { "cors": false, "description": "Authorization: Bearer KEY; the key is made by the server's operator for one member of staff, and shows what they may see" },
            "resource": TYPES.map(resource),
        }],
    })
}
