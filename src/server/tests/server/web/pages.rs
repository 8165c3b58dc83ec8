//! From the list of patients to a repetition, and back to the patient.

use super::clinic::Clinic;
use crate::restored::until;
use baro_agent::SaidWhat;
use baro_home::Assigned;

/// The fields of a page's form that has this address, as a browser would send them unchanged.
fn fields(body: &str, action: &str) -> Vec<(String, String)> {
    let form = body.split("<form").find(|form| form.contains(&format!("action=\"{action}\""))).unwrap();
    let form = form.split("</form>").next().unwrap();
    let value = |tag: &str, name: &str| {
        let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
        Some(rest.split('"').next()?.to_owned())
    };
    let inputs = form.split("<input").skip(1).map(|tag| tag.split('>').next().unwrap());
    inputs.filter_map(|tag| Some((value(tag, "name")?, value(tag, "value").unwrap_or_default()))).collect()
}

fn with<'a>(fields: &'a [(String, String)], changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = fields.iter().filter(|(name, _)| changed.iter().all(|(other, _)| name != other));
    kept.map(|(name, value)| (&**name, &**value)).chain(changed.iter().copied()).collect()
}

#[test]
fn what_is_written_reaches_the_patient_once() {
    let mut clinic = Clinic::new();
    // The patient's program is off meanwhile.
    drop(clinic.agent.take());
    let session = clinic.session();
    let Clinic { server, browser, patient, .. } = &mut clinic;
    let board = browser.get(server, "/");
    assert!(board.body.contains(&format!("/patient/{patient}")), "{}", board.body);
    let reason = "Pain before exercise is 6 of 10; 2 is usual.";
    assert!(board.body.contains(reason) && board.body.contains("Today"), "{}", board.body);
    let page = browser.get(server, &format!("/patient/{patient}"));
    for part in ["Squat: 3", "<svg", "Pain before", "Change the plan", "No plan was written"] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }

    let page = browser.get(server, &session);
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(
        page.body.contains("id=\"rep-3\"") && page.body.contains("href=\"#rep-2\""),
        "the second is the weakest"
    );
    assert!(page.body.contains("<svg") && page.body.contains("Lost points"), "{}", page.body);
    let film = browser.get(server, &format!("{session}/film/0"));
    assert_eq!((film.status, film.header("content-type")), (200, Some("application/octet-stream")));
    assert_eq!(browser.get(server, &format!("{session}/film/1")).status, 404);

    let comment = format!("{session}/comment");
    let sent = fields(&page.body, &comment);
    let far = browser.post(server, &comment, &with(&sent, &[("time", "500"), ("text", "x")]));
    assert!(far.status == 422 && far.body.contains("no such moment"), "{}", far.body);
    let text = "여기서 더 깊이 <b>앉으세요</b>";
    for _ in 0..2 {
        let page = browser.post(server, &comment, &with(&sent, &[("time", "5.5"), ("text", text)]));
        assert_eq!(page.status, 303, "{}", page.body);
    }
    let shown = browser.get(server, &session).body;
    assert_eq!(shown.matches("앉으세요").count(), 1, "sent twice, written once");
    assert!(shown.contains("&lt;b&gt;"), "only text");

    let plan = format!("/patient/{patient}/plan");
    let page = browser.get(server, &plan);
    let sent = fields(&page.body, &plan);
    let why = ("why", "무릎이 더 잘 굽혀집니다");
    let wrong = browser.post(server, &plan, &with(&sent, &[("sets-0", "99"), why]));
    assert_eq!(wrong.status, 422);
    let page = browser.post(server, &plan, &with(&sent, &[("sets-0", "3"), ("reps-0", "10"), why]));
    assert_eq!(page.status, 303, "{}", page.body);
    let stale = with(&sent, &[("sets-0", "4"), ("once", "00112233445566778899aabbccddeeff"), why]);
    assert!(browser.post(server, &plan, &stale).body.contains("has changed since"));
    let message = format!("/patient/{patient}/message");
    let page = browser.get(server, &format!("/patient/{patient}"));
    assert!(page.body.contains("Squat: 3 sets of 10, 3 days a week"), "{}", page.body);
    let sent = fields(&page.body, &message);
    assert_eq!(browser.post(server, &message, &with(&sent, &[("text", "\r\n ")])).status, 422);
    assert_eq!(browser.post(server, &message, &with(&sent, &[("text", "잘하고 계세요")])).status, 303);

    // And is there when their program is on again.
    clinic.connect();
    let agent = clinic.agent.as_ref().unwrap();
    until("all comes", agent, || agent.talk().unwrap().len() == 3);
    let said = agent.talk().unwrap();
    assert!(
        matches!(&said[0].what, SaidWhat::Note { time_ms: 5_500, text: noted, .. } if noted == text),
        "{said:?}"
    );
    let SaidWhat::Plan(plan) = &said[1].what else { panic!("{said:?}") };
    let plan = Assigned::from_toml(plan).unwrap();
    assert_eq!((plan.doses[0].sets, plan.doses[0].reps, plan.why.as_deref()), (3, 10, Some(why.1)));
    assert_eq!(said[2].what, SaidWhat::Message("잘하고 계세요".into()));
    until("it is a new plan", agent, || agent.take_new_plan());
    assert_eq!(clinic.files.folder().assigned().unwrap().unwrap().unwrap(), plan);
    clinic.server.done(&["check"]);
}

#[test]
fn what_a_patient_writes_is_only_text() {
    let mut clinic = Clinic::new();
    let evil = "<script>alert(1)</script>\"'&";
    clinic.agent.as_ref().unwrap().say(evil, None).unwrap();
    let agent = clinic.agent.as_ref().unwrap();
    until("it is sent", agent, || agent.talk().unwrap().iter().any(|said| !said.waits));
    let page = clinic.browser.get(&clinic.server, &format!("/patient/{}", clinic.patient));
    assert!(page.body.contains("&lt;script&gt;alert(1)") && !page.body.contains("<script>"), "{}", page.body);
}
