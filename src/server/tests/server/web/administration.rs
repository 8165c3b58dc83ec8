//! What who administers an organisation can do with its pages.

use super::{
    browser::{Browser, Page},
    whos::Whos,
};
use crate::{device::paired, restored::until};
use baro_wire::Role;
use std::process::Command;

/// What stands behind a text up to the next `<`.
fn after<'a>(page: &'a Page, text: &str) -> &'a str {
    let rest = page.body.split(text).nth(1).unwrap_or_else(|| panic!("{text}: {}", page.body));
    rest.split('<').next().unwrap()
}

/// The pairing texts and authenticator addresses that a page shows.
fn long(page: &Page) -> Vec<String> {
    page.body
        .split("<code class=\"long\">")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().replace("&amp;", "&"))
        .collect()
}

#[test]
fn somebody_is_invited_given_into_care_and_erased() {
    let mut whos = Whos::new();
    let mut admin: Browser = whos.browser("administers");
    let (server, patient) = (&whos.clinic.server, whos.clinic.patient.clone());
    let start = admin.get(server, "/");
    assert_eq!(start.header("location"), Some("/administration"));
    let people = admin.get(server, "/administration");
    assert!(
        people.status == 200 && people.body.contains(&format!("/administration/{patient}")),
        "{}",
        people.body
    );
    let form = people.form();

    // A patient and a therapist, each with their own computer.
    let invite = |admin: &mut Browser, role: &str| {
        let page = admin.post(server, "/administration/invite", &[("form", &form), ("role", role)]);
        assert_eq!(page.status, 200, "{}", page.body);
        page
    };
    let page = invite(&mut admin, "patient");
    let texts = long(&page);
    assert!(texts.len() == 1 && page.body.matches("<svg").count() == 1, "{}", page.body);
    let new = paired(&texts[0].parse().unwrap(), 60);
    let new_id = new.is.person.to_string();
    drop(new.online(Role::Patient));
    let page = invite(&mut admin, "therapist");
    let texts = long(&page);
    assert!(texts.len() == 2 && texts[1].starts_with("otpauth://totp/Baro:"), "{texts:?}");
    let therapist = paired(&texts[0].parse().unwrap(), 61).is.person.to_string();
    assert_eq!(
        admin.post(server, "/administration/invite", &[("form", &form), ("role", "device")]).status,
        404
    );

    // Into their care, and no longer.
    let assign = format!("/administration/{new_id}/assign");
    let of = format!("/administration/{new_id}");
    let page = admin.post(server, &assign, &[("form", &form), ("staff", &therapist)]);
    assert_eq!((page.status, page.header("location")), (303, Some(&*of)));
    assert!(admin.get(server, &of).body.contains(&format!("name=\"staff\" value=\"{therapist}\"")));
    let ends = [("form", &*form), ("staff", &therapist), ("ends", "yes")];
    assert_eq!(admin.post(server, &assign, &ends).status, 303);
    assert!(admin.get(server, &of).body.contains("Nobody yet"));
    let wrong = admin.post(server, &assign, &[("form", &form), ("staff", &patient)]);
    assert_eq!(wrong.status, 422, "a patient treats nobody");

    // What a patient agrees to, since when, and to which text.
    let page = admin.get(server, &format!("/administration/{patient}"));
    assert!(
        page.body.contains("My therapist sees my measured movements") && page.body.contains("Since"),
        "{}",
        page.body
    );
    assert!(page.body.matches(">yes<").count() >= 3, "{}", page.body);
    for secret in ["Squat", "Pain", "knee"] {
        assert!(!page.body.contains(secret), "nothing clinical: {secret}");
    }

    // A link to sign in with; the second factor once more.
    let page = admin.post(server, &format!("/administration/{therapist}/web-access"), &[("form", &form)]);
    let link = long(&page).remove(0);
    let path = link.strip_prefix(&format!("https://{}", server.web)).unwrap_or_else(|| panic!("{link}"));
    assert_eq!(Browser::default().get(server, path).status, 200);
    let page = admin.post(server, &format!("/administration/{therapist}/factor"), &[("form", &form)]);
    assert_ne!(long(&page)[0], texts[1], "a new one: {}", page.body);
    assert_eq!(
        admin.post(server, &format!("/administration/{patient}/factor"), &[("form", &form)]).status,
        404
    );

    // Sessions end.
    let own = whos.clinic.therapist.id.clone();
    let mut treats = whos.clinic.browser.clone();
    assert_eq!(treats.get(server, "/").status, 200);
    assert_eq!(
        admin.post(server, &format!("/administration/{own}/end-sessions"), &[("form", &form)]).status,
        303
    );
    assert_eq!(treats.get(server, "/").status, 303);

    // A device is over.
    let page = admin.get(server, &of);
    let device = after(&page, "name=\"device\" value=\"");
    let device = device.split('"').next().unwrap();
    let link = new.online(Role::Patient);
    assert_eq!(
        admin.post(server, &format!("{of}/device"), &[("form", &form), ("device", device)]).status,
        303
    );
    let begun = std::time::Instant::now();
    while link.role() == Some(Role::Patient) {
        assert!(begun.elapsed() < std::time::Duration::from_secs(10), "an open connection ends");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let far = "00".repeat(16);
    assert_eq!(admin.post(server, &format!("{of}/device"), &[("form", &form), ("device", &far)]).status, 404);

    // Erased in two steps, with a receipt that is signed.
    let erase = format!("{of}/erase");
    assert_eq!(admin.get(server, &erase).status, 200);
    assert_eq!(admin.post(server, &erase, &[("form", &form), ("code", "nobody")]).status, 422);
    let short: String = new_id.chars().take(8).collect();
    let page = admin.post(server, &erase, &[("form", &form), ("code", &short)]);
    assert!(page.status == 200 && page.body.contains("be undone"), "{}", page.body);
    assert!(server.done(&["people"]).lines().all(|line| !line.contains("erased")), "not yet");
    let page = admin.post(server, &erase, &[("form", &form), ("code", &short), ("confirmed", "yes")]);
    assert!(page.body.contains("&quot;signature&quot;") && page.body.contains(&new_id), "{}", page.body);
    assert_eq!(admin.get(server, &of).status, 404);
    let people = server.done(&["people"]);
    assert!(people.lines().any(|line| line.contains(&new_id) && line.contains("erased")), "{people}");
    let admins = whos.admin.id.clone();
    let short: String = admins.chars().take(8).collect();
    let own = format!("/administration/{admins}/erase");
    assert_eq!(
        admin.post(server, &own, &[("form", &form), ("code", &short), ("confirmed", "yes")]).status,
        422
    );

    // All of it stands in the log, under their name.
    let log = admin.get(server, &format!("/patient/{patient}/log"));
    assert!(log.body.contains("Consent") && log.body.contains(&whos.admin.name), "{}", log.body);
    server.done(&["check"]);
}

/// The second export is a look more than the first.
fn but_looks(bundle: &[u8]) -> Vec<serde_json::Value> {
    let bundle: serde_json::Value = serde_json::from_slice(bundle).unwrap();
    let resources = bundle["entry"].as_array().unwrap().iter().map(|entry| entry["resource"].clone());
    let all: Vec<_> = resources.collect();
    let rest = all.iter().filter(|one| one["resourceType"] != "AuditEvent").cloned().collect::<Vec<_>>();
    assert!(rest.len() < all.len(), "who looked is told, too");
    rest
}

#[test]
fn everything_of_a_patient_is_handed_out_after_the_digits() {
    let mut whos = Whos::new();
    let mut admin: Browser = whos.browser("administers");
    let patient = whos.clinic.patient.clone();
    let export = format!("/administration/{patient}/export");
    let form = admin.get(&whos.clinic.server, "/administration").form();
    let wrong = admin.post(&whos.clinic.server, &export, &[("form", &form), ("digits", "12345x")]);
    assert_eq!(wrong.status, 422);
    let digits = whos.admin.digits();
    let server = &whos.clinic.server;
    let page = admin.post(server, &export, &[("form", &form), ("digits", &digits)]);
    assert_eq!((page.status, page.header("content-type")), (200, Some("application/x-tar")), "{}", page.body);
    let place = tempfile::tempdir().unwrap();
    let archive = place.path().join("all.tar");
    std::fs::write(&archive, &page.bytes).unwrap();
    let out = Command::new("tar").arg("-xf").arg(&archive).arg("-C").arg(place.path()).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    // The same as the operator's own command writes.
    let folder = place.path().join("operator");
    server.done(&["export", &patient, "--out", folder.to_str().unwrap()]);
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name()).collect();
    files.sort();
    assert_eq!(files.len(), 7, "five records, fhir.json, posts.jsonl: {files:?}");
    for name in files {
        let read = |folder: &std::path::Path| std::fs::read(folder.join(&name)).unwrap();
        let both = [read(place.path()), read(&folder)];
        if name == "fhir.json" {
            let [first, then] = both.map(|bytes| but_looks(&bytes));
            assert_eq!(first, then);
        } else {
            assert!(both[0] == both[1], "{name:?}");
        }
    }
    // Nobody goes on reading as them.
    let devices = server.done(&["devices", &patient]);
    let exports: Vec<_> = devices.lines().filter(|line| line.contains("an export")).collect();
    assert!(exports.len() == 2 && exports.iter().all(|line| line.ends_with("revoked")), "{devices}");
    let log = admin.get(server, &format!("/patient/{patient}/log"));
    assert!(log.body.contains("Recorded movements") && log.body.contains(&whos.admin.name), "{}", log.body);
    until("the patient's own program goes on", whos.clinic.agent.as_ref().unwrap(), || {
        whos.clinic.agent.as_ref().unwrap().is_sent()
    });
}
