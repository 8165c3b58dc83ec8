//! The desk of who treats.

use crate::support::{Got, check, drafted, named};
use baro_screens::{
    Hands, Look, Texts,
    desk::{self, BoardView, CommentView, DeskPress, PatientView, RowView, SignInView, TakenView},
    flow::Frame,
    rooms::SaidView,
};

const fn frame<'a>(texts: &'a Texts, look: &'a Look) -> Frame<'a> {
    Frame { texts, look, hands: Hands::NONE }
}

#[test]
fn digits_are_asked() {
    let controls = |texts: &Texts| {
        named(
            texts,
            [
                ("desk-sign-in", Got::Press(DeskPress::SignIn(12_345))),
                ("button-quit", Got::Press(DeskPress::Back)),
            ],
        )
    };
    check("desk, digits", controls, |ui, texts, look| {
        let told = texts.text("web-wrong-digits");
        let view = SignInView { told: &told, busy: false };
        drafted(&"012345".to_owned(), |draft| desk::sign_in(ui, frame(texts, look), &view, draft))
    });
}

#[test]
fn who_needs_help_comes_first() {
    let why = ["Pain before the session rose from 2 to 6.", "답하지 않은 메시지 1개, 오늘 왔어요."]
        .map(String::from);
    let row = |name: &str, why: &[String], hidden| RowView {
        name: name.into(),
        why: why.to_vec(),
        strength: if why.is_empty() { String::new() } else { "High".into() },
        hidden,
    };
    let rows =
        [row("Patient 1f2e3d4c", &why, false), row("환자 9a8b7c6d", &[], false), row("Patient 0", &[], true)];
    let controls = |texts: &Texts| {
        let mut all = named(texts, [("desk-look", DeskPress::Look), ("button-quit", DeskPress::Back)]);
        all.push((format!("Patient 1f2e3d4c. {}. High", why.join("\n")), DeskPress::Patient(0)));
        all.push((format!("환자 9a8b7c6d. {}", texts.text("web-no-reason")), DeskPress::Patient(1)));
        all
    };
    check("desk, board", controls, |ui, texts, look| {
        desk::board(ui, frame(texts, look), &BoardView { rows: &rows, told: "", waits: false })
    });
    let close = |texts: &Texts| named(texts, [("button-quit", DeskPress::Back)]);
    check("desk, board, nobody yet", close, |ui, texts, look| {
        desk::board(ui, frame(texts, look), &BoardView { rows: &[], told: "Offline", waits: true })
    });
}

#[test]
fn a_patient() {
    let set = |name: &str, shows| TakenView {
        name: name.into(),
        done: "2026-11-22 · 10 repetitions".into(),
        score: "86".into(),
        shows,
    };
    let (sets, why) = ([set("Squat", true), set("브리지", false)], ["Pain rose".to_owned()]);
    let said =
        SaidView {
            who: "Patient · 14:05".into(), text: "무릎이 조금 당겨요".into(), ..SaidView::default()
        };
    let controls = |texts: &Texts| {
        let mut all = named(
            texts,
            [
                ("rooms-messages-send", Got::Press(DeskPress::Say("Hello".into()))),
                ("flow-back", Got::Press(DeskPress::Back)),
            ],
        );
        all.push(("Squat. 2026-11-22 · 10 repetitions. 86".into(), Got::Press(DeskPress::Set(0))));
        all
    };
    check("desk, patient", controls, |ui, texts, look| {
        let view = PatientView {
            name: "Patient 1f2e3d4c",
            why: &why,
            sets: &sets,
            said: std::slice::from_ref(&said),
            told: "Written.",
        };
        drafted(&"Hello".to_owned(), |draft| desk::patient(ui, frame(texts, look), &view, draft))
    });
}

#[test]
fn a_comment() {
    let controls = |texts: &Texts| {
        named(
            texts,
            [
                ("rooms-messages-send", Got::Press(DeskPress::Comment("천천히".into()))),
                ("flow-back", Got::Press(DeskPress::Back)),
            ],
        )
    };
    check("desk, comment", controls, |ui, texts, look| {
        let view = CommentView { about: "Squat, at 0:07", told: "" };
        drafted(&"천천히".to_owned(), |draft| desk::comment(ui, frame(texts, look), &view, draft))
    });
}
