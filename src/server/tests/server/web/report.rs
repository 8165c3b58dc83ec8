//! The report of a course: the page, the PDF, the file of FHIR, and for whom.

use super::clinic::Clinic;
use crate::fhir::others_find_it_valid;
use serde_json::Value;
use std::process::Command;

#[test]
fn a_course_is_handed_over_as_a_page_and_as_fhir() {
    let mut clinic = Clinic::new();
    let of = format!("/patient/{}/report", clinic.patient);
    let today = jiff::Zoned::now().date();
    let page = clinic.browser.get(&clinic.server, &of);
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(
        page.body.contains("5 sessions on 5 days") && page.body.contains("PDF in Korean"),
        "{}",
        page.body
    );

    for (language, title) in [("en", "Course of home exercise"), ("ko", "가정 운동 경과 보고서")] {
        let page = clinic.browser.get(&clinic.server, &format!("{of}.pdf?lang={language}"));
        assert_eq!((page.status, page.header("content-type")), (200, Some("application/pdf")));
        let short: String = clinic.patient.chars().take(8).collect();
        let named = format!("attachment; filename=\"baro-{short}-{today}.pdf\"");
        assert_eq!(page.header("content-disposition"), Some(&*named));
        assert_eq!(page.header("cache-control"), Some("no-store"));
        let file = clinic.server.folder.path().join("page.pdf");
        std::fs::write(&file, &page.bytes).unwrap();
        match Command::new("pdftotext").arg(&file).arg("-").output() {
            Ok(out) => {
                let text = String::from_utf8_lossy(&out.stdout).into_owned();
                for part in [title, &short, &clinic.therapist.name] {
                    assert!(text.contains(part), "{part}: {text}");
                }
            }
            Err(_) => eprintln!("skipped: pdftotext (poppler-utils) is not installed"),
        }
    }

    let page = clinic.browser.get(&clinic.server, &format!("{of}.json"));
    assert_eq!(
        (page.status, page.header("content-type")),
        (200, Some("application/fhir+json; charset=utf-8"))
    );
    let bundle: Value = serde_json::from_str(&page.body).unwrap();
    let all: Vec<Value> =
        bundle["entry"].as_array().unwrap().iter().map(|entry| entry["resource"].clone()).collect();
    let of_kind = |kind: &str| all.iter().filter(|one| one["resourceType"] == kind).count();
    assert_eq!([of_kind("Patient"), of_kind("Procedure"), of_kind("Provenance")], [1, 5, 1]);
    // What the camera can tell stands there with its error.
    let bend = all.iter().find(|one| one["code"]["text"] == "knee_flexion-both (squat)").unwrap();
    let [value, sd] = [bend, &bend["component"][0]].map(|of| of["valueQuantity"]["value"].as_f64().unwrap());
    assert!((60.0..150.0).contains(&value) && sd > 1.0, "{bend}");
    let score = all.iter().find(|one| one["code"]["text"] == "score (squat)").unwrap();
    assert!(score["valueQuantity"]["value"].as_f64().unwrap() > 0.0, "{score}");
    let change = all.iter().find(|one| one["code"]["text"] == "pain-change").unwrap();
    assert_eq!(change["interpretation"][0]["text"], "changed: more than at the start");
    let paper = all.iter().find(|one| one["resourceType"] == "DocumentReference").unwrap();
    let data = data_encoding::BASE64
        .decode(paper["content"][0]["attachment"]["data"].as_str().unwrap().as_bytes())
        .unwrap();
    assert!(data.starts_with(b"%PDF"));
    others_find_it_valid(clinic.server.folder.path(), &[vec![bundle], all].concat());

    for bad in ["from=2026-02-02&to=2026-02-01", "from=x", "from=1990-01-01"] {
        assert_eq!(clinic.browser.get(&clinic.server, &format!("{of}?{bad}")).status, 422, "{bad}");
    }
    let early = clinic.browser.get(&clinic.server, &format!("{of}?from=2025-01-01&to=2025-03-01"));
    assert!(early.body.contains("0 sessions on 0 days"), "{}", early.body);
}
