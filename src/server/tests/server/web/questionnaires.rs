//! Questionnaires: asked by the therapist, answered by the patient, seen with what matters.

use super::{browser::Page, clinic::Clinic, pages::fields};
use crate::{
    device::{paired, post},
    running::Running,
};
use baro_review::measures::{Answer, Filled, Questionnaire};
use baro_wire::{PostBody, Reply, Text};
use jiff::{ToSpan as _, civil::Date};
use std::time::{Duration, Instant};

/// All questions of PHQ-9 answered with the choice that counts so much, the ninth with another.
fn phq9(day: Date, each: f64, ninth: f64) -> Filled {
    let which = Questionnaire::shipped().unwrap().into_iter().find(|which| which.id == "phq-9").unwrap();
    let safety = which.safety[0].item.clone();
    let asked = which.items.iter().filter(|item| !item.choices.is_empty());
    let answers = asked.map(|item| {
        let wanted = if item.link_id == safety { ninth } else { each };
        let choice =
            item.choices.iter().find(|choice| choice.score == Some(wanted)).unwrap_or(&item.choices[0]);
        (item.link_id.clone(), Answer::Code(choice.code.clone()))
    });
    which.fill(day, answers.collect()).unwrap()
}

/// Sent by another device of the patient.
fn answer(clinic: &Clinic, number: u8, all: &[Filled]) {
    let said = clinic.server.done(&["invite", "--person", &clinic.patient]);
    let device = paired(&Running::invitation(&said), number);
    let link = device.link();
    let begun = Instant::now();
    while link.role().is_none() {
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", link.fault());
        std::thread::sleep(Duration::from_millis(10));
    }
    for (n, filled) in all.iter().enumerate() {
        let text = Text::new(serde_json::to_string(filled).unwrap()).unwrap();
        let reply = post(
            &link,
            80 + number + n as u8,
            device.is.person,
            PostBody::Answered { asked: None, filled: text },
        );
        assert!(matches!(reply, Reply::Posted { .. }), "{reply:?}");
    }
}

fn today() -> Date {
    jiff::Zoned::now().date()
}

/// Two weeks ago fewer complaints; today thoughts that ask for safety.
pub fn answer_that_asks_for_safety(clinic: &Clinic) {
    let before = today().checked_sub(14.days()).unwrap();
    answer(clinic, 70, &[phq9(before, 1.0, 0.0), phq9(today(), 2.0, 1.0)]);
}

#[test]
fn what_is_asked_reaches_the_patient_and_what_is_answered_the_board() {
    let mut clinic = Clinic::new();
    let of = format!("/patient/{}/questionnaires", clinic.patient);
    let page = clinic.browser.get(&clinic.server, &of);
    assert!(page.status == 200 && page.body.contains("No questionnaire is asked now"), "{}", page.body);
    let send = |clinic: &mut Clinic, path: &str, page: &Page, changed: &[(&str, &str)]| {
        let sent = fields(&page.body, path);
        let mut all: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (&**name, &**value)).collect();
        all.retain(|(name, _)| changed.iter().all(|(other, _)| other != name));
        all.extend(changed);
        clinic.browser.post(&clinic.server, path, &all)
    };
    // One that ships, every two weeks; the same form sent again asks once.
    let phq = [("which", "phq-9"), ("days", "14")];
    for _ in 0..2 {
        assert_eq!(send(&mut clinic, &of, &page, &phq).status, 303);
    }
    let page = clinic.browser.get(&clinic.server, &of);
    assert!(page.body.matches("every 14 days").count() == 1, "{}", page.body);
    // One of their own; nonsense, and one under the name of another, are refused.
    let own = r#"{"resourceType":"Questionnaire","id":"own","url":"urn:clinic:own","title":"How was your <b>week</b>?","copyright":"ours",
        "status":"active","item":[{"linkId":"1","type":"boolean","text":"Good?"}]}"#;
    for (text, words) in [
        ("{}", "no questionnaire that can be used"),
        ("x", "no questionnaire that can be used"),
        (&*own.replace("\"own\"", "\"phq-9\""), "comes with the program"),
    ] {
        let page = send(&mut clinic, &of, &page, &[("which", ""), ("days", ""), ("text", text)]);
        assert!(page.status == 422 && page.body.contains(words), "{text}: {}", page.body);
    }
    assert_eq!(send(&mut clinic, &of, &page, &[("which", ""), ("days", ""), ("text", own)]).status, 303);
    let page = clinic.browser.get(&clinic.server, &of);
    assert!(page.body.contains("How was your &lt;b&gt;week&lt;/b&gt;?"), "{}", page.body);
    assert_eq!(send(&mut clinic, &of, &page, &[("days", "0")]).status, 422);
    // Asked no more.
    let withdraw = format!("{of}/withdraw");
    assert_eq!(send(&mut clinic, &withdraw, &page, &[("which", "own")]).status, 303);
    let page = clinic.browser.get(&clinic.server, &of);
    assert!(!page.body.contains("How was your"), "{}", page.body);

    // What is answered: on the board at once, with what matters.
    answer_that_asks_for_safety(&clinic);
    let board = clinic.browser.get(&clinic.server, "/");
    assert!(board.body.contains("urgent") && board.body.contains("Now"), "{}", board.body);
    let page = clinic.browser.get(&clinic.server, &of);
    for part in [
        "Please talk with them now",
        "Worse by as much as matters",
        "from 5 points on",
        "<svg",
        "asks for safety",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    // Dealt with, up to these answers; what would be said of later ones is not taken.
    let dealt = format!("{of}/dealt");
    let up_to = fields(&page.body, &dealt).into_iter().find(|(name, _)| name == "up_to").unwrap().1;
    let far = (up_to.parse::<u64>().unwrap() + 1).to_string();
    assert_eq!(send(&mut clinic, &dealt, &page, &[("up_to", &far)]).status, 404);
    assert_eq!(send(&mut clinic, &dealt, &page, &[]).status, 303);
    let page = clinic.browser.get(&clinic.server, &of);
    assert!(!page.body.contains("Please talk with them now"), "{}", page.body);
    let board = clinic.browser.get(&clinic.server, "/");
    assert!(!board.body.contains("card urgent"), "{}", board.body);
    // Once more on the same day, and not whole: it asks again.
    let mut again = phq9(today(), 1.0, 2.0);
    again.answers.pop_first();
    again.totals.clear();
    answer(&clinic, 75, &[again]);
    let page = clinic.browser.get(&clinic.server, &of);
    assert!(page.body.contains("Please talk with them now"), "{}", page.body);
    let board = clinic.browser.get(&clinic.server, "/");
    assert!(board.body.contains("card urgent"), "{}", board.body);
    assert_eq!(send(&mut clinic, &dealt, &page, &[]).status, 303);
    assert!(!clinic.browser.get(&clinic.server, "/").body.contains("card urgent"));
    // And the report has it.
    let report = clinic.browser.get(&clinic.server, &format!("/patient/{}/report.json", clinic.patient));
    assert!(
        report.body.contains("QuestionnaireResponse") && report.body.contains("44261-6"),
        "{}",
        report.body
    );
    clinic.server.done(&["check"]);
}
