//! Appointments: made, moved by one of two, cancelled, summed up; and what the patient's program knows of them.

use super::{browser::Page, clinic::Clinic};
use crate::restored::until;
use baro_home::appointments::{changed, ics};

fn send(clinic: &mut Clinic, path: &str, fields: &super::browser::Fields) -> Page {
    clinic.browser.post_fields(&clinic.server, path, fields)
}

#[test]
fn an_appointment_is_made_moved_and_cancelled() {
    let mut clinic = Clinic::new();
    let path = format!("/patient/{}/appointments", clinic.patient);
    let get = |clinic: &mut Clinic, path: &str| clinic.browser.get(&clinic.server, path);
    let page = get(&mut clinic, &path);
    assert!(page.body.contains("There is no appointment."), "{}", page.body);
    let typed = [
        ("day", "2098-12-03"),
        ("time", "25:61"),
        ("minutes", "45"),
        ("live", "on"),
        ("text", "Bring <shoes>"),
    ];
    let fields = page.fields(&path).with(&typed);
    let page = send(&mut clinic, &path, &fields);
    assert!(page.status == 422 && page.body.contains("Please write the day and the time."), "{}", page.body);
    let fields = page.fields(&path);
    assert_eq!(
        (fields.get("day"), fields.get("minutes"), fields.get("live"), fields.get("text")),
        ("2098-12-03", "45", "on", "Bring <shoes>")
    );
    let fields = fields.with(&[("time", "10:00")]);
    for _ in 0..2 {
        let page = send(&mut clinic, &path, &fields);
        assert_eq!(page.status, 303, "{}", page.body);
    }
    let page = get(&mut clinic, &path);
    assert_eq!(
        page.body.matches("3 Dec 2098, 10:00 to 10:45").count(),
        1,
        "sent twice, made once: {}",
        page.body
    );
    assert!(page.body.contains("Bring &lt;shoes&gt;") && page.body.contains("live visit"), "{}", page.body);
    let week = get(&mut clinic, "/calendar?of=2098-12-05").body;
    assert!(week.contains("10:00 to 10:45") && week.contains("Wednesday, 3 Dec 2098"), "{week}");
    assert!(!get(&mut clinic, "/calendar?of=2098-12-08").body.contains("10:45"));

    // Two move it: the second is told, and nothing that they typed is lost.
    let old = page.fields(&path).with(&[
        ("day", "2098-12-04"),
        ("time", "11:30"),
        ("minutes", "30"),
        ("text", "Later"),
    ]);
    assert_eq!(send(&mut clinic, &path, &old).status, 303);
    let other = old.clone().with(&[("once", "0a1b2c3d4e5f60718293a4b5c6d7e8f9"), ("time", "12:00")]);
    let page = send(&mut clinic, &path, &other);
    assert!(page.status == 409 && page.body.contains("has changed since"), "{}", page.body);

    let page = get(&mut clinic, &path);
    let file = page.body.split(".ics\"").next().unwrap().rsplit('"').next().unwrap().to_owned() + ".ics";
    let calendar = get(&mut clinic, &file);
    assert_eq!(calendar.header("content-type"), Some("text/calendar; charset=utf-8"));
    assert!(
        calendar.body.contains("SEQUENCE:1\r\n") && !calendar.body.contains("Later"),
        "{}",
        calendar.body
    );
    // The patient's program knows it, and writes the same file.
    let agent = clinic.agent.as_ref().unwrap();
    until("it comes", agent, || agent.appointments().unwrap().iter().any(|one| one.changes == 1));
    let [one] = &agent.appointments().unwrap()[..] else { panic!("{:?}", agent.appointments()) };
    assert_eq!((&*one.now.text, one.was_ms.is_some(), one.now.live), ("Later", true, true));
    assert_eq!(ics(one, "Baro"), calendar.body);

    // A server that was started anew, and has read what there is, shows it in the week, too.
    clinic.server.kill_and_start();
    std::thread::sleep(std::time::Duration::from_secs(2));
    clinic.browser = clinic.therapist.browser(&clinic.server);
    let week = get(&mut clinic, "/calendar?of=2098-12-05").body;
    assert!(week.contains("11:30 to 12:00"), "{week}");

    let page = get(&mut clinic, &path);
    let cancel = page.fields(&path).with(&[("do", "cancel"), ("once", "1a1b2c3d4e5f60718293a4b5c6d7e8f9")]);
    assert_eq!(send(&mut clinic, &path, &cancel).status, 303);
    let agent = clinic.agent.as_ref().unwrap();
    until("it is cancelled", agent, || agent.appointments().unwrap().iter().any(|one| one.now.cancelled));
    let all = agent.appointments().unwrap();
    assert_eq!(changed(&all, one.now.stored_ms, one.now.stored_ms).count(), 1, "they are told of it");
    assert!(get(&mut clinic, &file).body.contains("STATUS:CANCELLED"));
    assert!(get(&mut clinic, &path).body.contains("cancelled"));
}
