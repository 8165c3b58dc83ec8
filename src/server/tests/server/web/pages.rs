//! From the list of patients to a repetition, and back to the patient.

use super::clinic::Clinic;
use crate::restored::until;
use baro_agent::SaidWhat;
use baro_home::Assigned;

/// The fields of a page's form that has this address, as a browser would send them unchanged.
pub fn fields(body: &str, action: &str) -> Vec<(String, String)> {
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
    for part in [
        "<svg",
        "Lost points",
        "Lost the most points: ",
        "What happened when",
        "bit for bit",
        "as numbers",
        "±",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let film = browser.get(server, &format!("{session}/film/0"));
    assert_eq!((film.status, film.header("content-type")), (200, Some("application/json")));
    let film: baro_review::session::Replay = serde_json::from_str(&film.body).unwrap();
    assert_eq!((film.frames, film.rate_hz, film.points.len() > 20), (13 * 15, 15.0, true));
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
    let sent = page.fields(&plan);
    let why = ("why", "무릎이 더 잘 굽혀집니다");
    let wrong = browser.post_fields(server, &plan, &sent.clone().with(&[("sets-0", "99"), why]));
    assert_eq!(wrong.status, 422);
    let page =
        browser.post_fields(server, &plan, &sent.clone().with(&[("sets-0", "3"), ("reps-0", "10"), why]));
    assert_eq!(page.status, 303, "{}", page.body);
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
fn what_is_drawn_and_said_is_pinned_to_its_moment() {
    let mut clinic = Clinic::new();
    let session = clinic.session();
    let Clinic { server, browser, .. } = &mut clinic;
    let page = browser.get(server, &session);
    let allowed = |page: &super::browser::Page| page.header("permissions-policy").unwrap().to_owned();
    assert!(allowed(&page).contains("microphone=(self)"));
    assert!(allowed(&browser.get(server, "/")).contains("microphone=()"), "only there");

    let comment = format!("{session}/comment");
    let sent = fields(&page.body, &comment);
    let strokes = "0 500 100,50 520 100;-10 0 0";
    for (bad, why) in [("strokes", "1 2"), ("joint", "99")] {
        let drawn = with(&sent, &[("time", "5"), ("text", "x"), (bad, why)]);
        assert_eq!(browser.post(server, &comment, &drawn).status, 422, "{bad}");
    }
    let drawn =
        with(&sent, &[("time", "5"), ("joint", "25"), ("strokes", strokes), ("text", "Keep it here")]);
    assert_eq!(browser.post(server, &comment, &drawn).status, 303);

    let (form, origin) = (page.form(), format!("https://{}", server.web));
    let mut say = |once: &str, form: &str, sound: &str| {
        let path = format!("{session}/spoken?once={once}&time=5.5&joint=26");
        browser.send(server, "POST", &path, &[("Origin", &origin), ("X-Baro-Form", form)], sound).status
    };
    let (once, sound) = ("ab".repeat(16), "OggS, and then a voice");
    assert_eq!(say(&once, "guessed", sound), 403);
    assert_eq!(say(&once, &form, "<html>"), 422, "no voice");
    assert_eq!(say(&once, &form, &format!("OggS{}", "x".repeat(128 * 1024))), 413);
    assert_eq!([(); 2].map(|()| say(&once, &form, sound)), [204, 204]);

    let shown = browser.get(server, &session).body;
    assert!(
        shown.contains(&format!("data-lines=\"{strokes}\"")) && shown.contains("Keep it here"),
        "{shown}"
    );
    assert!(shown.contains("left knee") && shown.contains("Drawing, 2 lines"), "{shown}");
    assert_eq!(shown.matches("<audio controls preload").count(), 1, "sent twice, kept once");
    let heard = browser.get(server, &format!("{session}/spoken/{once}"));
    assert_eq!((heard.status, &*heard.body, heard.header("content-type")), (200, sound, Some("audio/ogg")));
    assert_eq!(heard.header("x-content-type-options"), Some("nosniff"));
    let elsewhere = session.rsplit_once('/').unwrap().0;
    assert_eq!(browser.get(server, &format!("{elsewhere}/{once}/spoken/{once}")).status, 404);
    clinic.server.done(&["check"]);
}

#[test]
fn a_set_stands_beside_another_day_and_no_norm_is_made_of_few() {
    let mut clinic = Clinic::new();
    let session = clinic.session();
    let Clinic { server, browser, .. } = &mut clinic;
    let page = browser.get(server, &session);
    assert!(page.body.contains("data-beside-from=\"") && page.body.contains("/shown\""), "the trainer");
    let shown = browser.get(server, &format!("{session}/shown"));
    let shown: baro_review::session::Replay = serde_json::from_str(&shown.body).unwrap();
    assert!(shown.frames > 15, "{shown:?}");
    let days = page.body.split("<select id=\"beside\"").nth(1).unwrap().split("</select>").next().unwrap();
    assert_eq!(days.matches("<option").count(), 2 + 4, "four days before: {days}");
    let day = days.split("value=\"").nth(2).unwrap().split('"').next().unwrap();
    let page = browser.get(server, &format!("{session}?beside={day}&others=1"));
    assert_eq!(page.status, 200);
    for part in
        [&*format!("{day}/film\""), "The mean repetition", "A norm takes 5 people or more; there are 0"]
    {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    // The same squats on both days: nothing is called a change.
    assert!(
        page.body.contains("beyond the error of both") && !page.body.contains("more than on"),
        "{}",
        page.body
    );
    let page = browser.get(server, &format!("{session}?beside=nothing"));
    assert!(!page.body.contains("data-beside-from"), "nothing");
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
