//! Each page and each form for each who, and that none is forgotten.

use super::{browser::Browser, pages::fields, whos::Whos};
use std::collections::BTreeSet;

const WHO: [&str; 9] = [
    "nobody",
    "treats them",
    "treats them, without movements",
    "treats them, without consent",
    "of the same clinic",
    "of another clinic",
    "leads their class",
    "administers",
    "administers another clinic",
];

/// A page, or a form by what a good one is answered with; then what each who is answered.
type Row = (&'static str, &'static str, [u16; 9]);

/// What the therapist may see and write.
const fn care(good: u16) -> [u16; 9] {
    [303, good, good, 403, 404, 404, 403, 404, 404]
}

/// The same for what was measured.
const fn movements(good: u16) -> [u16; 9] {
    [303, good, 403, 403, 404, 404, 403, 404, 404]
}

/// What an administrator of theirs may do.
const fn administers(good: u16) -> [u16; 9] {
    [303, 403, 403, 403, 403, 403, 403, good, 404]
}

const OWN: [u16; 9] = [303, 200, 200, 200, 200, 200, 200, 200, 200];
/// It only leads back to the list.
const BACK: [u16; 9] = [303; 9];

const ROWS: &[Row] = &[
    ("GET", "/", [303, 200, 200, 200, 200, 200, 200, 303, 303]),
    ("GET", "/log", OWN),
    ("GET", "/thresholds", [303, 200, 200, 200, 200, 200, 200, 403, 403]),
    ("POST", "/thresholds", [303, 303, 303, 303, 303, 303, 303, 403, 403]),
    ("GET", "/patient/{person}", care(200)),
    ("POST", "/patient/{person}/message", [303, 303, 303, 403, 404, 404, 303, 404, 404]),
    ("GET", "/patient/{person}/plan", care(200)),
    ("POST", "/patient/{person}/plan", care(303)),
    ("GET", "/patient/{person}/plan/history", care(200)),
    ("GET", "/patient/{person}/appointments", care(200)),
    ("POST", "/patient/{person}/appointments", care(303)),
    ("GET", "/patient/{person}/appointments/{first}/baro.ics", care(200)),
    ("POST", "/patient/{person}/appointments/{first}/code", care(303)),
    ("POST", "/patient/{person}/summary", care(303)),
    ("GET", "/calendar", [303, 200, 200, 200, 200, 200, 200, 403, 403]),
    ("GET", "/patient/{person}/log", [303, 403, 403, 403, 404, 404, 403, 200, 404]),
    ("GET", "/patient/{person}/session/{record}", movements(200)),
    ("POST", "/patient/{person}/session/{record}/comment", movements(303)),
    ("POST", "/patient/{person}/session/{record}/spoken", movements(204)),
    // Nobody said anything under this name.
    ("GET", "/patient/{person}/session/{record}/spoken/{post}", care(404)),
    ("GET", "/patient/{person}/session/{record}/film/{index}", movements(200)),
    ("GET", "/patient/{person}/session/{record}/shown", movements(200)),
    // What has no name is not taught; and the clinic has taught none under this one.
    ("GET", "/patient/{person}/session/{record}/teach", movements(200)),
    ("POST", "/patient/{person}/session/{record}/teach", movements(422)),
    ("GET", "/exercises", [303, 200, 200, 200, 200, 200, 200, 403, 403]),
    ("GET", "/exercises/{exercise}", [303, 404, 404, 404, 404, 404, 404, 403, 403]),
    ("GET", "/exercises/{exercise}/shown", [303, 404, 404, 404, 404, 404, 404, 403, 403]),
    ("POST", "/exercises/{exercise}/remove", [303, 404, 404, 404, 404, 404, 404, 403, 403]),
    ("GET", "/patient/{person}/report", care(200)),
    ("GET", "/patient/{person}/report.pdf", care(200)),
    ("GET", "/patient/{person}/report.json", care(200)),
    ("GET", "/patient/{person}/questionnaires", care(200)),
    ("POST", "/patient/{person}/questionnaires", care(303)),
    // Nothing of it was asked, or asks for safety.
    ("POST", "/patient/{person}/questionnaires/withdraw", care(404)),
    ("POST", "/patient/{person}/questionnaires/dealt", care(404)),
    ("GET", "/administration", [303, 403, 403, 403, 403, 403, 403, 200, 200]),
    ("GET", "/administration/invite", BACK),
    ("POST", "/administration/invite", [303, 403, 403, 403, 403, 403, 403, 200, 200]),
    ("GET", "/administration/{person}", administers(200)),
    ("GET", "/administration/{person}/invite", BACK),
    ("POST", "/administration/{person}/invite", administers(200)),
    ("POST", "/administration/{person}/assign", administers(303)),
    // A device of somebody else; a patient signs in with no second factor; digits and a code that are wrong.
    ("POST", "/administration/{person}/device", administers(404)),
    ("GET", "/administration/{person}/factor", BACK),
    ("POST", "/administration/{person}/factor", administers(404)),
    ("GET", "/administration/{person}/web-access", BACK),
    ("POST", "/administration/{person}/web-access", administers(422)),
    ("POST", "/administration/{person}/end-sessions", administers(303)),
    ("POST", "/administration/{person}/export", administers(422)),
    ("GET", "/administration/{person}/erase", administers(200)),
    ("POST", "/administration/{person}/erase", administers(422)),
];

/// For everybody; `enter.rs` has what they do.
const OPEN: [(&str, &str); 6] = [
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("POST", "/sign-out"),
    ("GET", "/welcome/{link}"),
    ("POST", "/welcome/{link}"),
    ("GET", "/static/{file}"),
];

/// As the router has them.
fn routes() -> BTreeSet<(&'static str, &'static str)> {
    let source = include_str!("../../../review/mod.rs");
    let mut all = BTreeSet::new();
    for route in source.split(".route(").skip(1) {
        let mut depth = 1;
        let end = route.find(|letter| {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            depth == 0
        });
        let route = &route[..end.unwrap()];
        let path = route.split('"').nth(1).unwrap();
        let before = all.len();
        for (call, method) in [("get(", "GET"), ("post(", "POST")] {
            let called =
                |(at, _)| !route[..at].ends_with(|letter: char| letter.is_alphanumeric() || letter == '_');
            if route.match_indices(call).any(called) {
                all.insert((method, path));
            }
        }
        assert!(all.len() > before, "by which method? {route}");
    }
    all
}

#[test]
fn no_route_is_forgotten() {
    let told = ROWS.iter().map(|(method, path, _)| (*method, *path)).chain(OPEN);
    let (routes, told) = (routes(), told.collect::<BTreeSet<_>>());
    assert!(routes.len() > 40, "{routes:?}");
    assert_eq!(routes, told, "each route of `review/mod.rs` belongs into the matrix, and nothing else does");
    // A router of another file would be none of these.
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/review");
    let mut open = vec![std::path::PathBuf::from(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else if entry.extension().is_some_and(|end| end == "rs") && !entry.ends_with("review/mod.rs") {
                let source = std::fs::read_to_string(&entry).unwrap();
                assert!(!source.contains(".route("), "{} has routes of its own", entry.display());
            }
        }
    }
}

/// One visitor to one patient's pages.
struct Visit<'a> {
    whos: &'a Whos,
    browser: Browser,
    form: String,
    /// Of what is written here.
    once: String,
    /// Of the last record.
    record: String,
    /// The appointment that the first who may has made.
    first: String,
}

impl Visit<'_> {
    fn address(&self, path: &str, person: &str) -> String {
        let path = path
            .replace("{person}", person)
            .replace("{record}", &self.record)
            .replace("{exercise}", "own-000000");
        path.replace("{first}", &self.first).replace("{index}", "0").replace("{post}", &"ee".repeat(16))
    }

    fn get(&mut self, path: &str, person: &str) -> (u16, String) {
        let page = self.browser.get(&self.whos.clinic.server, &self.address(path, person));
        (page.status, page.body)
    }

    /// A good form, but for the words in brackets above.
    fn post(&mut self, path: &str, form: &str) -> u16 {
        let server = &self.whos.clinic.server;
        let patient = self.whos.clinic.patient.clone();
        let address = self.address(path, &patient);
        if path.ends_with("/spoken") {
            let voice = format!("{address}?time=1&once={}", self.once);
            let origin = format!("https://{}", server.web);
            let headers = [("Origin", &*origin), ("X-Baro-Form", form)];
            return self.browser.send(server, "POST", &voice, &headers, "OggS").status;
        }
        // The plan as it is; thresholds as they are.
        let page = self.browser.get(server, &format!("/patient/{patient}/plan"));
        let plan =
            if page.status == 200 { page.fields(&format!("/patient/{patient}/plan")).0 } else { Vec::new() };
        let mut own = self.whos.clinic.browser.clone();
        let thresholds = fields(&own.get(server, "/thresholds").body, "/thresholds");
        let mut all: Vec<(&str, &str)> = vec![("form", form)];
        match path.rsplit('/').next().unwrap() {
            "thresholds" => {
                let rest = thresholds.iter().filter(|(name, _)| name != "form");
                all.extend(rest.map(|(name, value)| (&**name, &**value)));
            }
            "message" => all.extend([("text", "hello")]),
            "comment" => all.extend([("time", "1"), ("text", "hello")]),
            "plan" => {
                let rest = plan.iter().filter(|(name, _)| !matches!(&**name, "form" | "once" | "why"));
                all.extend(rest.map(|(name, value)| (&**name, &**value)));
                all.push(("why", "so"));
            }
            "appointments" => {
                all.extend([
                    ("day", "2099-03-02"),
                    ("time", "10:00"),
                    ("minutes", "30"),
                    ("live", "on"),
                    ("text", ""),
                ]);
            }
            "code" => all.extend([("appointment", &*self.first), ("text", "AB12")]),
            "summary" => all.extend([("appointment", &*self.first), ("text", "went well")]),
            "questionnaires" => all.extend([("which", "phq-9"), ("days", "")]),
            "withdraw" => all.extend([("which", "nothing")]),
            "dealt" => all.extend([("up_to", "1")]),
            "invite" => all.extend([("role", "patient")]),
            "assign" => all.extend([("staff", &*self.whos.clinic.therapist.id)]),
            "device" => all.extend([("device", "00000000000000000000000000000000")]),
            "export" => all.extend([("digits", "000000")]),
            "erase" => all.extend([("code", "x")]),
            _ => {}
        }
        all.push(("once", &self.once));
        self.browser.post(server, &address, &all).status
    }
}

#[test]
fn each_page_for_each_who() {
    let mut whos = Whos::new();
    let session = whos.clinic.session();
    let record = session.rsplit('/').next().unwrap().to_owned();
    let patient = whos.clinic.patient.clone();
    let nobody = "0123456789abcdef".repeat(2);
    let mut first = "ee".repeat(16);
    for (column, who) in WHO.into_iter().enumerate() {
        let mut browser = whos.browser(who);
        let page = browser.get(&whos.clinic.server, "/log");
        let form = if page.status == 200 { page.form() } else { String::new() };
        let once = format!("{:02x}", 200 + column).repeat(16);
        let mut visit =
            Visit { whos: &whos, browser, form, once, record: record.clone(), first: first.clone() };
        let mut wrong = Vec::new();
        for (n, (method, path, expected)) in ROWS.iter().enumerate() {
            let expected = expected[column];
            visit.once = format!("{:02x}{:02x}", 100 + n, column).repeat(8);
            if *method == "POST" {
                let form = visit.form.clone();
                let found = visit.post(path, &form);
                if found == 303 && path.ends_with("/appointments") && who == "treats them" {
                    first.clone_from(&visit.once);
                    visit.first.clone_from(&first);
                }
                if found != expected {
                    wrong.push(format!("POST {path}: {found}, not {expected}"));
                }
                // What another site's page sends does nothing, whoever is signed in.
                if who == "treats them" || who == "administers" {
                    assert_eq!(visit.post(path, "guessed"), 403, "{who}: a guessed form to {path}");
                }
                continue;
            }
            let (status, body) = visit.get(path, &patient);
            if status != expected {
                wrong.push(format!("GET {path}: {status}, not {expected}"));
            }
            // Who is hidden looks like nobody.
            if status == 404 && path.contains("{person}") {
                let (_, none) = visit.get(path, &nobody);
                assert_eq!(body.replace(&patient, ""), none.replace(&nobody, ""), "{who}: {path}");
            }
            if *path == "/administration" {
                assert_eq!(body.contains(&patient), who == "administers", "{who}: {path}");
            }
        }
        assert!(wrong.is_empty(), "{who}: {wrong:#?}");
        // What is beside a set is as its film.
        let film = visit.get("/patient/{person}/session/{record}/film/0", &patient).0;
        let beside = "/patient/{person}/session/{record}?others=1&beside=nothing";
        assert_eq!(visit.get(beside, &patient).0, film, "{who}");
    }
    // Who looked stands in the log, with what they looked through.
    let (therapist, colleague) = (whos.clinic.therapist.name.clone(), whos.colleague.name.clone());
    let mut browser = whos.browser("administers");
    let log = browser.get(&whos.clinic.server, &format!("/patient/{patient}/log"));
    assert!(log.body.contains(&therapist) && log.body.contains("Recorded movements"), "{}", log.body);
    assert!(log.body.contains(&colleague), "also who saw nothing");
}
