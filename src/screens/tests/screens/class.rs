//! The door to a class, and the class.

use crate::support::{Got, Shown, check, check_in, drafted, language, named, tight};
use baro_home::{Event, Purpose, visit::Room};
use baro_screens::{
    Hands, Language, Look, Preview, Texts,
    class::{
        self, DoorDraft, DoorPress, DoorView, HallDraft, HallPress, HallView, Lack, Moment, Own, OwnVoice,
        Panel, Somebody,
    },
    flow::Frame,
};
use baro_wire::room::{Aspect, Offence, Phrase, PlayKind, Reaction, Shows};
use egui::{Event as Input, Modifiers, PointerButton, TextureId, pos2};
use egui_kittest::kittest::Queryable as _;

const fn frame<'a>(texts: &'a Texts, look: &'a Look) -> Frame<'a> {
    Frame { texts, look, hands: Hands { right: Some(0.4), left: Some(0.0), chose: None } }
}

fn toggles<P>(texts: &Texts, got: impl Fn(Shows) -> P) -> Vec<(String, P)> {
    [(Aspect::Avatar, "avatar"), (Aspect::Repetitions, "repetitions"), (Aspect::Score, "score")]
        .into_iter()
        .map(|(aspect, id)| {
            let [name, note] = ["", "-note"].map(|end| texts.text(&format!("class-show-{id}{end}")));
            (format!("{name}. {note}"), got(Shows::NOTHING.with(aspect, true)))
        })
        .collect()
}

#[test]
fn the_door() {
    let told = "The clinic's server can't be reached. 병원 서버에 연결할 수 없어요.";
    let open = DoorView { connected: true, agreed: true, leads: false, told, busy: false };
    let base = DoorDraft {
        code: "K7QM2WXP".into(),
        title: "수요일 무릎 교실".into(),
        digits: "123456".into(),
        called: "순희".into(),
        shows: Shows::NOTHING,
    };
    let views = [
        (DoorView::default(), ("flow-settings", DoorPress::Visit(Event::Open(Room::Settings)))),
        (
            DoorView { connected: true, ..DoorView::default() },
            ("flow-agree", DoorPress::Visit(Event::Consent(vec![(Purpose::Class, true)]))),
        ),
        (open, ("class-enter", DoorPress::Enter)),
        (DoorView { leads: true, ..open }, ("class-open", DoorPress::Open)),
    ];
    for (view, (key, press)) in views {
        let controls = |texts: &Texts| {
            let back = Got::Press(DoorPress::Visit(Event::Back));
            let mut all = named(texts, [(key, Got::Press(press.clone())), ("rooms-close", back)]);
            if view.agreed {
                all.extend(toggles(texts, |shows| Got::Draft(DoorDraft { shows, ..base.clone() })));
            }
            all
        };
        check(&format!("door, {view:?}"), controls, |ui, texts, look| {
            drafted(&base, |draft| class::door(ui, frame(texts, look), &view, draft))
        });
    }
}

fn people(texts: &Texts) -> Vec<Somebody> {
    let somebody = |slot, name: &str, note: &str, needs| Somebody {
        slot,
        name: name.into(),
        note: texts.text(note),
        count: "12".into(),
        needs,
        own: slot == 0,
        muted: slot == 2,
        ready: slot > 2,
        speaks: slot == 2,
    };
    let mut all = vec![
        somebody(1, "Bartholomew Featherstonehaugh-Cholmondeley", "class-note-pain", true),
        somebody(0, "순희", "class-note-you", false),
        somebody(2, "Daniel", "class-note-unseen", false),
    ];
    all.extend((3..9).map(|slot| somebody(slot, &format!("영희 {slot}"), "class-note-ready", false)));
    all
}

/// A class as somebody sees it; `then` is called with all that is borrowed.
fn with_hall<R>(texts: &Texts, own: Own, moment: Moment, then: impl FnOnce(&HallView) -> R) -> R {
    let pairs = |keys: [&str; 2]| keys.map(|key| (key.to_owned(), texts.text(key))).to_vec();
    let people = people(texts);
    let talk = ["Daniel: 안녕하세요!", "순희: Well done, everybody!"].map(String::from);
    let names = [(pos2(640.0, 500.0), "순희".to_owned(), own.voice.on)];
    let (line, caption) = (texts.with("class-people", [("count", 9.into())]), texts.text("class-stopped"));
    then(&HallView {
        title: "수요일 아침 무릎과 허리 교실",
        line: &line,
        people: &people,
        own,
        count: if own.seen.is_some() { "7" } else { "" },
        moment,
        play: own.ball.then_some(PlayKind::PassBall),
        caption: &caption,
        invitation: if own.leads { "K7QM2WXP" } else { "" },
        exercises: &pairs(["exercise-squat", "exercise-shoulder-abduction"]),
        cues: &pairs(["cue-squat-deeper", "room-phrase-slower"]),
        variants: &pairs(["exercise-bridge", "exercise-bird-dog"]),
        talk: &talk,
        names: &names,
        preview: Some(Preview {
            texture: TextureId::default(),
            aspect: 16.0 / 9.0,
            mirror: true,
            body: None,
        }),
    })
}

type Done = Got<HallPress, HallDraft>;

fn opens(base: &HallDraft, panel: Option<Panel>) -> Done {
    Got::Draft(HallDraft { panel, ..base.clone() })
}

#[test]
fn the_class() {
    let own = Own { seen: Some(true), ..Own::default() };
    let lead = Own { leads: true, ..own };
    let on = OwnVoice { on: true, ..OwnVoice::default() };
    let base = HallDraft::default();
    let press = |press| Got::Press(press);
    for (own, moment, key, got) in [
        (own, Moment::Rest, "class-ready", press(HallPress::Ready(true))),
        (Own { ready: true, ..own }, Moment::Stopped, "class-not-ready", press(HallPress::Ready(false))),
        (own, Moment::Moving, "class-hand-up", press(HallPress::Hand(true))),
        (
            Own { hand: true, alarm: true, ..own },
            Moment::Starting,
            "class-hand-down",
            press(HallPress::Hand(false)),
        ),
        (Own { offered: true, ..own }, Moment::Rest, "class-take-over", press(HallPress::TakeOver(true))),
        (lead, Moment::Rest, "class-choose", opens(&base, Some(Panel::Exercises))),
        (lead, Moment::Moving, "class-stop-all", press(HallPress::StopAll)),
        (Own { ball: true, ..lead }, Moment::Moving, "class-throw", opens(&base, Some(Panel::Throw))),
        (Own { ball: true, ..lead }, Moment::Rest, "class-throw", opens(&base, Some(Panel::Throw))),
        (
            Own { ball: true, seen: Some(false), ..own },
            Moment::Moving,
            "class-throw",
            opens(&base, Some(Panel::Throw)),
        ),
        (Own { voice: on, ..own }, Moment::Moving, "class-hand-up", press(HallPress::Hand(true))),
        (
            Own { voice: OwnVoice { open: true, ..on }, ..lead },
            Moment::Moving,
            "class-stop-all",
            press(HallPress::StopAll),
        ),
        (Own { voice: on, muted: true, ..own }, Moment::Rest, "class-ready", press(HallPress::Ready(true))),
    ] {
        let controls = |texts: &Texts| {
            let wrong =
                if own.alarm { ("class-fine", HallPress::Fine) } else { ("button-wrong", HallPress::Alarm) };
            let end = if own.leads { "class-end" } else { "class-leave" };
            let mut all = named(
                texts,
                [
                    (key, got.clone()),
                    (wrong.0, press(wrong.1)),
                    ("class-talk", opens(&base, Some(Panel::Talk))),
                    ("class-show", opens(&base, Some(Panel::Shows))),
                    (end, opens(&base, Some(Panel::Leave))),
                ],
            );
            if own.voice.on && !own.muted {
                let (key, opens) =
                    if own.voice.open { ("class-voice-shut", false) } else { ("class-voice-hold", true) };
                all.extend(named(texts, [(key, press(HallPress::Microphone(opens)))]));
            }
            if own.offered {
                all.extend(named(texts, [("class-decline", press(HallPress::TakeOver(false)))]));
            }
            match moment {
                Moment::Rest if own.leads && own.ball => {
                    all.extend(named(texts, [("class-end-play", press(HallPress::EndPlay))]));
                }
                Moment::Moving if own.leads && own.ball => {
                    all.extend(named(texts, [("class-stop-all", press(HallPress::StopAll))]));
                }
                _ => {}
            }
            let daniel = format!("Daniel. {}. 12", texts.text("class-note-unseen"));
            all.push((daniel, opens(&base, Some(Panel::Person(2)))));
            all
        };
        check_in(&tight(), &format!("class, {own:?} {moment:?}"), controls, |ui, texts, look| {
            with_hall(texts, own, moment, |view| {
                drafted(&base, |draft| class::hall(ui, frame(texts, look), view, draft))
            })
        });
    }
}

/// Held with the pointer it is a walkie-talkie; a click by keyboard or screen reader, who can't hold, opens the microphone.
#[test]
fn a_button_is_held_to_be_heard() {
    let voice = OwnVoice { on: true, ..OwnVoice::default() };
    let own = Own { voice, ..Own::default() };
    let mut shown = language(Language::English, move |ui, texts, look| {
        with_hall(texts, own, Moment::Rest, |view| {
            let mut draft = HallDraft::default();
            let press = class::hall(ui, frame(texts, look), view, &mut draft);
            Some((press, draft.talks))
        })
    });
    let at = shown.get_by_label("Hold to talk").rect().center();
    let now = |shown: &mut Shown<(Option<HallPress>, bool)>| {
        shown.state_mut().pressed.clear();
        shown.run_steps(2);
        shown.state().pressed.last().cloned().unwrap()
    };
    assert_eq!(now(&mut shown), (None, false));
    let button = |pressed| Input::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    shown.event(Input::PointerMoved(at));
    shown.event(button(true));
    assert_eq!(now(&mut shown), (None, true));
    assert_eq!(now(&mut shown), (None, true), "as long as it is held");
    shown.event(button(false));
    shown.state_mut().pressed.clear();
    shown.run_steps(3);
    assert!(shown.state().pressed.iter().all(|now| *now == (None, false)), "and a click is no switch");
}

type Opened = (Own, Panel, Vec<(&'static str, HallPress)>);

#[test]
fn the_panels_of_a_class() {
    let own = Own { seen: Some(true), ..Own::default() };
    let lead = Own { leads: true, ..own };
    let voiced = Own { voice: OwnVoice { on: true, ..OwnVoice::default() }, ..own };
    let lacking = Own { voice: OwnVoice { lacks: Some(Lack::Microphone), ..voiced.voice }, ..own };
    let panels: [Opened; 10] = [
        (own, Panel::Talk, vec![("class-voice", HallPress::Voice(true))]),
        (
            Own { muted: true, ..voiced },
            Panel::Talk,
            vec![("class-voice", HallPress::Voice(false)), ("class-voice-open", HallPress::Microphone(true))],
        ),
        (lacking, Panel::Talk, vec![("class-voice", HallPress::Voice(false))]),
        (
            own,
            Panel::Talk,
            vec![
                ("room-phrase-hello", HallPress::Phrase(Phrase::Hello)),
                ("room-phrase-good-bye", HallPress::Phrase(Phrase::GoodBye)),
                ("room-reaction-clap", HallPress::React(Reaction::Clap)),
                ("class-send", HallPress::Say("Bravo, 순희!".into())),
            ],
        ),
        (own, Panel::Leave, vec![("class-leave-yes", HallPress::Leave)]),
        (lead, Panel::Leave, vec![("class-end-yes", HallPress::End), ("class-leave-yes", HallPress::Leave)]),
        (
            lead,
            Panel::Exercises,
            vec![
                ("exercise-squat", HallPress::Start("exercise-squat".into())),
                ("class-play-ball", HallPress::Play(PlayKind::PassBall)),
                ("class-new-invitation", HallPress::NewInvitation),
            ],
        ),
        (
            lead,
            Panel::Person(1),
            vec![
                ("class-attend", HallPress::Attend(1)),
                ("cue-squat-deeper", HallPress::Cue(1, "cue-squat-deeper".into())),
                ("exercise-bridge", HallPress::Variant(1, Some("exercise-bridge".into()))),
                ("class-variant-none", HallPress::Variant(1, None)),
                ("class-mute", HallPress::Mute(1, true)),
                ("class-hand-over", HallPress::HandOver(1)),
                ("class-remove", HallPress::Remove(1)),
                ("class-report-other", HallPress::Report(1, Offence::Other)),
            ],
        ),
        (own, Panel::Person(2), vec![("class-report-insulting", HallPress::Report(2, Offence::Insulting))]),
        (own, Panel::Shows, vec![]),
    ];
    for (own, panel, presses) in panels {
        let base =
            HallDraft { panel: Some(panel), said: "Bravo, 순희!".into(), reporting: true, talks: false };
        let controls = |texts: &Texts| {
            let mut all: Vec<(String, Done)> =
                named(texts, presses.iter().map(|(key, press)| (*key, Got::Press(press.clone()))));
            for ((name, _), (key, _)) in all.iter_mut().zip(&presses) {
                if matches!(*key, "class-voice" | "class-voice-open") {
                    *name = format!("{name}. {}", texts.text(&format!("{key}-note")));
                }
            }
            if panel == Panel::Shows {
                all.extend(toggles(texts, |shows| Got::Press(HallPress::Show(shows))));
            }
            all
        };
        check_in(&tight(), &format!("{panel:?}, {own:?}"), controls, |ui, texts, look| {
            with_hall(texts, own, Moment::Rest, |view| {
                drafted(&base, |draft| class::hall(ui, frame(texts, look), view, draft))
            })
        });
    }
}
