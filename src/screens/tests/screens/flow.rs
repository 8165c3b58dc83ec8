//! The screens between exercises: who it is, consent, health, goals, today, pain and effort, summary.

use crate::support::{Got, cases, check, check_in, control_places, drafted, language, named, tight};
use baro_coach::{
    Avoid, Equipment, Region,
    safety::{BeforeSession, HealthChange, Nprs, RedFlag, Rpe, ScreeningDue, StopRule, StopSymptom, Urgency},
};
use baro_home::{
    Body, Event, Goal, PersonId, Purpose,
    visit::{Asks, Goals, Profile, Room},
};
use baro_screens::{
    Hands, Language, Look, Texts,
    flow::{
        self, Asked, DoneRow, Drafts, Frame, PainView, SummaryView, TodayRow, TodayView, UnlockDraft,
        UnlockPress, WelcomePress,
    },
};
use egui::Key;

const fn frame<'a>(texts: &'a Texts, look: &'a Look) -> Frame<'a> {
    Frame { texts, look, hands: Hands { right: Some(0.4), left: Some(0.0), chose: None } }
}

fn drafts() -> Drafts {
    Drafts { goals: Goals { days_a_week: 3, minutes: 20, ..Goals::default() }, ..Drafts::default() }
}

/// The drafts after a change.
fn changed(base: &Drafts, change: impl FnOnce(&mut Drafts)) -> Got<Event, Drafts> {
    let mut drafts = base.clone();
    change(&mut drafts);
    Got::Draft(drafts)
}

/// Controls that give presses, by the keys of their texts.
fn presses(texts: &Texts, all: &[(&str, Event)]) -> Vec<(String, Got<Event, Drafts>)> {
    all.iter().map(|(key, event)| (texts.text(key), Got::Press(event.clone()))).collect()
}

#[test]
fn welcome() {
    use WelcomePress::Visit;
    let languages = [Language::English, Language::Korean].map(WelcomePress::Language);
    let people: Vec<_> = ["순희", "Bartholomew Featherstonehaugh-Cholmondeley", ""]
        .map(|name| (PersonId::random(), name.to_owned()))
        .into();
    for people in [&people[..0], &people] {
        let controls = |texts: &Texts| {
            let [english, korean] = languages.clone();
            let mut all = vec![("English".to_owned(), english), ("한국어".to_owned(), korean)];
            let begin = people.first().map_or(Event::NewPerson, |(id, _)| Event::Who(id.clone()));
            all.push((texts.text("flow-begin"), Visit(begin)));
            if !people.is_empty() {
                all.push((texts.text("flow-new-person"), Visit(Event::NewPerson)));
            }
            for (id, name) in people {
                let name = if name.is_empty() { texts.text("flow-nameless") } else { name.clone() };
                all.push((name, Visit(Event::Who(id.clone()))));
            }
            all
        };
        check("welcome", controls, |ui, texts, look| flow::welcome(ui, frame(texts, look), people));
    }
}

#[test]
fn the_passphrase() {
    for shown in [false, true] {
        let base = UnlockDraft { passphrase: "correct horse".into(), shown };
        for busy in [false, true] {
            let controls = |texts: &Texts| {
                let mut all = named(texts, [("flow-unlock-without", Got::Press(UnlockPress::Without))]);
                if !busy {
                    let open = UnlockPress::Try(base.passphrase.clone());
                    all.extend(named(texts, [("flow-unlock-open", Got::Press(open))]));
                }
                let show = Got::Draft(UnlockDraft { shown: !shown, ..base.clone() });
                all.extend(named(texts, [("flow-unlock-show", show)]));
                all
            };
            check("unlock", controls, |ui, texts, look| {
                let told = texts.text(if busy { "flow-unlock-busy" } else { "flow-unlock-wrong" });
                drafted(&base, |draft| flow::unlock(ui, frame(texts, look), draft, &told, busy))
            });
        }
    }
}

#[test]
fn profile() {
    let profile = Profile { name: "순희".into(), body: Body::Woman, seated: false };
    let base = Drafts { profile: profile.clone(), ..drafts() };
    let controls = |texts: &Texts| {
        let mut all =
            presses(texts, &[("flow-next", Event::Profile(profile.clone())), ("flow-back", Event::Back)]);
        let man = changed(&base, |drafts| drafts.profile.body = Body::Man);
        all.push((texts.text("home-body-man"), man));
        let seated = changed(&base, |drafts| drafts.profile.seated = true);
        let note = texts.text("flow-profile-seated-note");
        all.push((format!("{}. {note}", texts.text("flow-profile-seated")), seated));
        all
    };
    check("profile", controls, |ui, texts, look| {
        drafted(&base, |drafts| flow::profile(ui, frame(texts, look), drafts))
    });
}

#[test]
fn consent() {
    for given in [true, false] {
        let base = Drafts { consent: [given; Purpose::ASKED.len()], ..drafts() };
        let controls = |texts: &Texts| {
            let mut all = presses(texts, &[("flow-back", Event::Back)]);
            if given {
                let words = Purpose::ASKED.map(|purpose| (purpose, true)).into();
                all.extend(presses(texts, &[("flow-agree", Event::Consent(words))]));
            }
            for (index, purpose) in Purpose::ASKED.into_iter().enumerate() {
                let key = format!("home-consent-{}", purpose.id());
                let name = format!("{}. {}", texts.text(&key), texts.attribute(&key, "why"));
                all.push((name, changed(&base, |drafts| drafts.consent[index] = !given)));
            }
            all
        };
        check("consent", controls, |ui, texts, look| {
            drafted(&base, |drafts| flow::consent(ui, frame(texts, look), drafts))
        });
    }
}

#[test]
fn health_questions() {
    let pain = |pain| Nprs::new(pain).unwrap();
    let dues = [
        ScreeningDue::First,
        ScreeningDue::Changed(HealthChange::ALL[0]),
        ScreeningDue::PainRose { from: pain(2), to: pain(6) },
        ScreeningDue::LongBreak { days: 40 },
    ];
    for (at, flag) in RedFlag::ALL.into_iter().enumerate() {
        let answers = RedFlag::ALL[..at].iter().map(|flag| (*flag, false)).collect();
        let base = Drafts { answers, ..drafts() };
        let last = at + 1 == RedFlag::ALL.len();
        let answer = |yes: bool| {
            let mut given = base.clone();
            given.answers.insert(flag, yes);
            if last { Got::Press(Event::Screening(given.answers)) } else { Got::Draft(given) }
        };
        let controls = |texts: &Texts| {
            let mut all =
                named(texts, [("safety-answer-yes", answer(true)), ("safety-answer-no", answer(false))]);
            if let Some(before) = at.checked_sub(1) {
                let back = changed(&base, |drafts| {
                    drafts.answers.remove(&RedFlag::ALL[before]);
                });
                all.push((texts.text("flow-question-back"), back));
            }
            all
        };
        let due = dues.get(at).copied();
        let cases = if last { cases() } else { tight() };
        check_in(&cases, &format!("question {flag:?}"), controls, |ui, texts, look| {
            drafted(&base, |drafts| flow::screening(ui, frame(texts, look), drafts, due))
        });
    }
}

#[test]
fn what_stands_in_the_way() {
    let rule = StopRule::PainSevere { pain: 8 };
    for urgency in Urgency::ALL {
        let controls = |texts: &Texts| {
            named(texts, [("flow-leave", Event::Stop), ("flow-doctor-cleared", Event::DoctorCleared)])
        };
        check("see a doctor", controls, |ui, texts, look| {
            let reasons = ["safety-reason-red-flag", "safety-flag-minor-trauma-weak-bone"];
            let reasons = reasons.map(|key| texts.text(key));
            flow::see_doctor(ui, frame(texts, look), urgency, &reasons)
        });
        let rule =
            [rule, StopRule::Symptom(StopSymptom::JointGivesWay)][usize::from(urgency == Urgency::Now)];
        let controls = |texts: &Texts| named(texts, [("flow-to-summary", Event::Next)]);
        check_in(&tight(), "stopped", controls, |ui, texts, look| {
            flow::stopped(ui, frame(texts, look), Some(rule), urgency)
        });
    }
    for decided in [BeforeSession::RestToday(rule), BeforeSession::Blocked(rule)] {
        let controls =
            |texts: &Texts| named(texts, [("flow-leave", Event::Next), ("flow-back", Event::Back)]);
        check_in(&tight(), "rest today", controls, |ui, texts, look| {
            flow::rest_today(ui, frame(texts, look), Some(decided))
        });
    }
}

#[test]
fn something_is_wrong() {
    let controls = |texts: &Texts| {
        let symptom = |symptom: StopSymptom| {
            (texts.text(&format!("safety-symptom-{}", symptom.id())), Event::Symptom(symptom))
        };
        let mut all: Vec<_> = StopSymptom::ALL.into_iter().map(symptom).collect();
        all.extend(named(texts, [("flow-symptoms-none", Event::NoSymptom)]));
        all
    };
    check("symptoms", controls, |ui, texts, look| flow::symptoms(ui, frame(texts, look)));
}

#[test]
fn goals() {
    let chosen = Goals { regions: vec![Region::ALL[0]], ..drafts().goals };
    let base = Drafts { goals: chosen.clone(), ..drafts() };
    let goals = |change: &dyn Fn(&mut Goals)| changed(&base, |drafts| change(&mut drafts.goals));
    let controls = |texts: &Texts| {
        let mut all =
            presses(texts, &[("flow-next", Event::Goals(chosen.clone())), ("flow-back", Event::Back)]);
        let mut add = |key: String, got| all.push((texts.text(&key), got));
        add(format!("body-{}", Region::ALL[0].name()), goals(&|goals| goals.regions.clear()));
        for region in &Region::ALL[1..] {
            add(format!("body-{}", region.name()), goals(&|goals| goals.regions.push(*region)));
        }
        for goal in Goal::ALL {
            add(format!("home-goal-{}", goal.id()), goals(&|goals| goals.goals.push(goal)));
        }
        for thing in Equipment::ALL {
            add(format!("equipment-{}", thing.name()), goals(&|goals| goals.equipment.push(*thing)));
        }
        for avoid in Avoid::ALL {
            add(format!("avoid-{}", avoid.name()), goals(&|goals| goals.conditions.push(*avoid)));
        }
        for (name, step, got) in [
            ("flow-days-name", "flow-less", goals(&|goals| goals.days_a_week = 2)),
            ("flow-days-name", "flow-more", goals(&|goals| goals.days_a_week = 4)),
            ("flow-minutes-name", "flow-less", goals(&|goals| goals.minutes = 10)),
            ("flow-minutes-name", "flow-more", goals(&|goals| goals.minutes = 30)),
        ] {
            all.push((format!("{}: {}", texts.text(name), texts.text(step)), got));
        }
        all
    };
    check("goals", controls, |ui, texts, look| {
        drafted(&base, |drafts| flow::goals(ui, frame(texts, look), drafts))
    });
}

const ASKED: &str = "Your clinic asks you a few questions: PHQ-9. 2분쯤 걸려요.";

#[test]
fn today() {
    let rows = ["Sit to stand from a high chair", "의자에서 일어서기"].map(|name| TodayRow {
        name: name.into(),
        dose: "2 sets of 8, right side".into(),
        change: "지난번보다 두 번 더 해요. 3번 연속으로 빠짐없이 잘 해내셨어요.".into(),
    });
    for done in [false, true] {
        let controls = |texts: &Texts| {
            let begin = if done { "flow-today-again" } else { "flow-begin" };
            let mut all = named(
                texts,
                [
                    (begin, Event::Next),
                    ("flow-library", Event::Open(Room::Library)),
                    ("flow-own-plan", Event::ChoosePlan),
                    ("rooms-messages", Event::Open(Room::Messages)),
                    ("flow-class", Event::Open(Room::Class)),
                    ("flow-history", Event::Open(Room::History)),
                    ("flow-settings", Event::Open(Room::Settings)),
                    ("flow-someone-else", Event::Back),
                ],
            );
            let door = format!("{}. {ASKED}", texts.text("rooms-questions-door"));
            all.push((door, Event::Open(Room::Questions)));
            all
        };
        check("today", controls, |ui, texts, look| {
            let left_out = [texts.with(
                "flow-left-out",
                [("name", "Bird dog".into()), ("why", texts.text("home-left-out-time").into())],
            )];
            let view = TodayView {
                greeting: "Bartholomew 님, 안녕하세요",
                name: "Knees and hips, gently",
                minutes: 20,
                rows: &rows,
                left_out: &left_out,
                done,
                chosen: true,
                writes: true,
                appointment: &texts.with("rooms-appointment-live", [("when", "2026-11-24 15:30".into())]),
                asked: ASKED,
                notice: &texts.text("home-notice-settings"),
            };
            flow::today(ui, frame(texts, look), &view)
        });
    }
    let empty = TodayView {
        greeting: "Hello",
        name: "Knees",
        minutes: 0,
        rows: &[],
        left_out: &[],
        done: false,
        chosen: false,
        writes: false,
        appointment: "",
        asked: "",
        notice: "",
    };
    let controls = |texts: &Texts| named(texts, [("flow-library", Event::Open(Room::Library))]);
    check_in(&tight(), "nothing today", controls, |ui, texts, look| {
        flow::today(ui, frame(texts, look), &empty)
    });
}

/// The name of a number on a scale.
fn number(texts: &Texts, scale: &str, number: u8) -> String {
    let (name, word) = (texts.text(&format!("flow-{scale}-name")), format!("safety-{scale}-{number}"));
    if texts.has(texts.language(), &word) {
        format!("{name} {number}: {}", texts.text(&word))
    } else {
        format!("{name} {number}")
    }
}

#[test]
fn pain() {
    for (when, answer) in [(PainView::Before, None), (PainView::Morning, Some(7))] {
        let base = Drafts { pain: answer, ..drafts() };
        let controls = |texts: &Texts| {
            let mut all = presses(texts, &[("flow-back", Event::Back)]);
            if let Some(pain) = answer {
                all.extend(presses(texts, &[("flow-next", Event::Pain(Nprs::new(pain).unwrap()))]));
            }
            for pain in (0..=10).filter(|pain| answer != Some(*pain)) {
                all.push((number(texts, "pain", pain), changed(&base, |drafts| drafts.pain = Some(pain))));
            }
            all
        };
        check("pain", controls, |ui, texts, look| {
            drafted(&base, |drafts| flow::pain(ui, frame(texts, look), drafts, when))
        });
    }
}

#[test]
fn after_a_set() {
    let both = Asks { pain: true, effort: true };
    for (asks, answer) in [(both, Some(4)), (both, None), (Asks { pain: false, effort: true }, Some(10))] {
        let base = Drafts { pain: answer.filter(|_| asks.pain), effort: answer, ..drafts() };
        let controls = |texts: &Texts| {
            let mut all = presses(texts, &[("button-wrong", Event::SomethingWrong)]);
            if let Some(answer) = answer {
                let pain = asks.pain.then(|| Nprs::new(answer).unwrap());
                let effort = Some(Rpe::new(answer.into()).unwrap());
                all.extend(presses(texts, &[("flow-next", Event::SetCheck { pain, effort })]));
            }
            for n in (0..=10).filter(|n| answer != Some(*n)) {
                if asks.pain {
                    all.push((number(texts, "pain", n), changed(&base, |drafts| drafts.pain = Some(n))));
                }
                all.push((number(texts, "effort", n), changed(&base, |drafts| drafts.effort = Some(n))));
            }
            all
        };
        let cases = if asks == both { cases() } else { tight() };
        check_in(&cases, "set check", controls, |ui, texts, look| {
            let done = texts.with("flow-set-done", [("done", 8.into()), ("asked", 10.into())]);
            let done = texts.with("flow-set-score", [("done", done.into()), ("score", "86".into())]);
            let asked = Asked { asks, done: &done };
            drafted(&base, |drafts| flow::set_check(ui, frame(texts, look), drafts, &asked))
        });
    }
}

#[test]
fn what_is_chosen_on_a_scale_moves_nothing() {
    let places = |answer: Option<u8>| {
        let base = Drafts { pain: answer, effort: answer, ..drafts() };
        let asked = Asked { asks: Asks { pain: true, effort: true }, done: "8 of 10" };
        let shown = language(Language::Korean, |ui, texts, look| {
            flow::set_check(ui, frame(texts, look), &mut base.clone(), &asked)
        });
        control_places(&shown)
    };
    assert_eq!(places(None), places(Some(10)));
}

#[test]
fn number_keys_choose_on_scales() {
    let drafts = std::cell::RefCell::new(drafts());
    let asked = Asked { asks: Asks { pain: true, effort: true }, done: "8 of 10" };
    let mut shown = language(Language::English, |ui, texts, look| {
        flow::set_check(ui, frame(texts, look), &mut drafts.borrow_mut(), &asked)
    });
    let mut type_keys = |keys: &[Key], pause_s: usize| {
        for key in keys {
            shown.key_press(*key);
            shown.run_steps(2);
        }
        // A step of the harness is a quarter of a second.
        shown.run_steps(pause_s * 4);
        (drafts.borrow().pain, drafts.borrow().effort)
    };
    // The first scale without an answer, then the next one; 1 and soon after it 0 is 10.
    assert_eq!(type_keys(&[Key::Num3], 2), (Some(3), None));
    assert_eq!(type_keys(&[Key::Num1, Key::Num0], 2), (Some(3), Some(10)));
    // Both are answered: the last one is corrected.
    assert_eq!(type_keys(&[Key::Num1], 2), (Some(3), Some(1)));
    assert_eq!(type_keys(&[Key::Num0], 2), (Some(3), Some(0)));
    shown.key_press(Key::Enter);
    shown.run_steps(2);
    let set_check =
        Event::SetCheck { pain: Some(Nprs::new(3).unwrap()), effort: Some(Rpe::new(0.0).unwrap()) };
    assert_eq!(shown.state().pressed.first(), Some(&set_check));
}

#[test]
fn summary() {
    let rows = [("Sit to stand", "16 of 16", "score 86"), ("까치발 들기", "카메라 없이 함", "")];
    let rows =
        rows.map(|(name, done, score)| DoneRow { name: name.into(), done: done.into(), score: score.into() });
    for kept in [true, false] {
        let controls = |texts: &Texts| {
            named(texts, [("flow-finish", Event::Next), ("flow-history", Event::Open(Room::History))])
        };
        check("summary", controls, |ui, texts, look| {
            let next = ["safety-change-more", "safety-reason-at-top"].map(|key| texts.text(key));
            let sentence = texts.with("flow-summary-sentence", [("sets", 2.into()), ("minutes", 14.into())]);
            let view = SummaryView {
                title: &texts.with("flow-summary-done", [("name", "순희".into())]),
                sentence: &sentence,
                rows: &rows,
                next: &next,
                kept,
                clinic: if kept { "Everything is at your clinic." } else { "" },
            };
            flow::summary(ui, frame(texts, look), &view)
        });
    }
}
