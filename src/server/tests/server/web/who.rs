//! Each page for each who.

use super::{
    browser::{Browser, Staff},
    clinic::Clinic,
};
use crate::running::Running;
use baro_home::Purpose;
use baro_wire::Role;
use std::sync::atomic::{AtomicU8, Ordering::SeqCst};

/// Who asks, and what each page answers them: the list, the patient, the plan, a set, its film, their access log; then
/// a message, a comment, a plan that they send.
type Row = (&'static str, [u16; 9]);

static WROTE: AtomicU8 = AtomicU8::new(0);

const ROWS: [Row; 9] = [
    ("nobody", [303; 9]),
    ("treats them", [200, 200, 200, 200, 200, 403, 303, 303, 303]),
    ("treats them, without movements", [200, 200, 200, 403, 403, 403, 303, 403, 303]),
    ("treats them, without consent", [200, 403, 403, 403, 403, 403, 403, 403, 403]),
    ("of the same clinic", [200, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("of another clinic", [200, 404, 404, 404, 404, 404, 404, 404, 404]),
    ("leads their class", [200, 403, 403, 403, 403, 403, 303, 403, 403]),
    ("administers", [303, 404, 404, 404, 404, 200, 404, 404, 404]),
    ("administers another clinic", [303, 404, 404, 404, 404, 404, 404, 404, 404]),
];

fn statuses(server: &Running, browser: &mut Browser, patient: &str, session: &str) -> [u16; 9] {
    let form = match browser.get(server, "/log") {
        page if page.status == 200 => page.form(),
        _ => String::new(),
    };
    let of = format!("/patient/{patient}");
    let pages =
        ["/", &of, &format!("{of}/plan"), session, &format!("{session}/film/0"), &format!("{of}/log")]
            .map(|path| browser.get(server, path));
    let plan = &pages[2].body;
    let at = plan.split("name=\"at\" value=\"").nth(1).map_or("0", |rest| rest.split('"').next().unwrap());
    let once = |n: u8| format!("{n:02x}").repeat(16);
    // What belongs to a set is as its film.
    for more in ["/shown", "?others=1&beside=nothing"] {
        assert_eq!(browser.get(server, &format!("{session}{more}")).status, pages[4].status, "{more}");
    }
    let hidden = format!("{session}/spoken/{}", once(0xee));
    assert!([303, 403, 404].contains(&browser.get(server, &hidden).status));
    // Each writes something of their own.
    let number = WROTE.fetch_add(10, SeqCst);
    let mut send = |n: u8, path: String, more: &[(&str, &str)]| {
        let once = once(number.wrapping_add(n));
        let mut fields = vec![("form", &*form), ("once", &*once)];
        fields.extend(more);
        browser.post(server, &path, &fields).status
    };
    let message = send(1, format!("{of}/message"), &[("text", "hello")]);
    let comment = send(2, format!("{session}/comment"), &[("time", "1"), ("text", "hello")]);
    let doses = [("sets-0", "2"), ("reps-0", "3"), ("days-0", "3"), ("why", "so"), ("at", at)];
    let plan = send(3, format!("{of}/plan"), &doses);
    let voice = format!("{session}/spoken?time=1&once={}", once(number.wrapping_add(4)));
    let origin = format!("https://{}", server.web);
    let spoken =
        browser.send(server, "POST", &voice, &[("Origin", &origin), ("X-Baro-Form", &form)], "OggS").status;
    assert!(spoken == comment || (spoken, comment) == (204, 303), "{spoken} {comment}");
    let [a, b, c, d, e, f] = pages.map(|page| page.status);
    [a, b, c, d, e, f, message, comment, plan]
}

#[test]
fn each_page_for_each_who() {
    let mut clinic = Clinic::new();
    let session = clinic.session();
    let patient = clinic.patient.clone();
    let other = Running::word(&clinic.server.done(&["organisation", "add", "Other"]), "organisation");
    let first = clinic.server.done(&["organisation", "list"]);
    let first = first
        .lines()
        .find(|line| !line.contains(&other))
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();
    let staff =
        |role, number, organisation: &str| Staff::new(&clinic.server, role, number, Some(organisation));
    let (mut colleague, mut stranger) =
        (staff(Role::Therapist, 10, &first), staff(Role::Therapist, 11, &other));
    let mut leader = staff(Role::Leader, 12, &first);
    let (mut admin, mut far) = (staff(Role::Admin, 13, &first), staff(Role::Admin, 14, &other));
    clinic.server.done(&["assign", &leader.id, &patient]);
    for (who, expected) in ROWS {
        let mut browser = match who {
            "nobody" => Browser::default(),
            "of the same clinic" => colleague.browser(&clinic.server),
            "of another clinic" => stranger.browser(&clinic.server),
            "leads their class" => leader.browser(&clinic.server),
            "administers" => admin.browser(&clinic.server),
            "administers another clinic" => far.browser(&clinic.server),
            _ => clinic.browser.clone(),
        };
        let consents: &[(Purpose, bool)] = match who {
            "treats them, without movements" => &[(Purpose::TherapistMovements, false)],
            "treats them, without consent" => &[(Purpose::Therapist, false)],
            "of the same clinic" => &[(Purpose::Therapist, true), (Purpose::TherapistMovements, true)],
            _ => &[],
        };
        for (purpose, given) in consents {
            clinic.consent(*purpose, *given);
            clinic.send();
        }
        let found = statuses(&clinic.server, &mut browser, &patient, &session);
        assert_eq!(found, expected, "{who}");
        // Who is hidden looks like nobody.
        let nobody = "0123456789abcdef".repeat(2);
        let [hidden, none] =
            [&patient, &nobody].map(|of| browser.get(&clinic.server, &format!("/patient/{of}")));
        if hidden.status == 404 {
            assert_eq!(hidden.body.replace(&patient, ""), none.body.replace(&nobody, ""), "{who}");
        }
    }
    // Who looked stands in the log, with what they looked through.
    let mut browser = admin.browser(&clinic.server);
    let log = browser.get(&clinic.server, &format!("/patient/{patient}/log"));
    let therapist = &clinic.therapist.name;
    assert!(log.body.contains(therapist) && log.body.contains("Recorded movements"), "{}", log.body);
    assert!(log.body.contains(&colleague.name), "also who saw nothing");
}
