//! Settings, library and history.

use crate::support::{Got, assets, cases, check, check_in, drafted, named, tight};
use baro_coach::{CUE_PRAISE, Position, Region, safety::HealthChange};
use baro_home::{
    Catalogue, Choice, Event, Filter, KeptIn, Palette, Purpose, Quality, Settings, history::Week,
};
use baro_screens::{
    Hands, Language, Look, Preview, Texts,
    flow::Frame,
    rooms::{
        self, Answers, Chosen, ClinicDraft, ClinicPress, ClinicView, DayView, FilmMore, FilmView,
        HistoryPress, HistoryTab, HistoryView, LibraryDraft, LibraryPress, LockDraft, LockPress, LockView,
        MessagesPress, MessagesView, QuestionView, QuestionsPress, QuestionsView, ReplayPress, ReplayView,
        SaidView, SetView, SettingsDraft, SettingsPress, SettingsView, Shelf, Sure, TrendView, WeekView,
    },
    widgets::{Point, Trace},
};
use egui::TextureId;

const fn frame<'a>(texts: &'a Texts, look: &'a Look) -> Frame<'a> {
    Frame { texts, look, hands: Hands { right: Some(0.4), left: Some(0.0), chose: None } }
}

fn week(monday: &str, done: u32) -> Week {
    Week { monday: monday.parse().unwrap(), done, planned: 3 }
}

fn calendar(texts: &Texts) -> Vec<WeekView> {
    let day = |number: u32| DayView {
        number: number.to_string(),
        said: if number.is_multiple_of(3) { format!("{number}: 3 sets") } else { String::new() },
        done: number.is_multiple_of(3),
        today: number == 21,
        later: number > 21,
    };
    [9, 16]
        .map(|monday: u32| WeekView {
            month: texts.with("rooms-month", [("month", 9.into())]),
            days: std::array::from_fn(|i| day(monday + i as u32)),
        })
        .into()
}

#[test]
fn history() {
    let weeks = [week("2026-11-09", 3), week("2026-11-16", 1)];
    let points = [(1.0, 61.0), (3.0, 74.5), (8.0, 88.0)].map(|(x, y)| Point { x, y, off: Some(4.0) });
    let tabs = [
        (HistoryTab::Days, "rooms-days"),
        (HistoryTab::Trends, "rooms-trends"),
        (HistoryTab::Sets, "rooms-sets"),
    ];
    for (tab, _) in tabs {
        let controls = |texts: &Texts| {
            let close = Got::Press(HistoryPress::Visit(Event::Back));
            let mut all =
                named(texts, [("rooms-close", close), ("rooms-export", Got::Press(HistoryPress::Export))]);
            all.extend(
                tabs.into_iter()
                    .filter(|(other, _)| *other != tab)
                    .map(|(other, key)| (texts.text(key), Got::Draft(other))),
            );
            if tab == HistoryTab::Sets {
                let name = format!("Squat. 12 of 12. {}", texts.text("rooms-see-again"));
                all.push((name, Got::Press(HistoryPress::Replay("7-1.baro".into()))));
            }
            all
        };
        check(&format!("history, {tab:?}"), controls, |ui, texts, look| {
            let weeks = weeks.map(|week| {
                let day = week.monday.to_string();
                (week, texts.with("rooms-week-of", [("day", day.into())]))
            });
            let exercise = ("exercise", texts.text("exercise-squat").into());
            let trends = [TrendView {
                name: texts.with("rooms-trend-range", [exercise, ("side", "left".into())]),
                points: points.to_vec(),
                ends: ["61°".into(), "88°".into()],
                range: [61.0, 88.0],
                dates: ["2026-11-01".into(), "2026-11-08".into()],
                verdict: texts.text("home-trend-not-yet"),
            }];
            let set = |name: &str, record: Option<&str>| SetView {
                name: name.into(),
                done: "12 of 12".into(),
                record: record.map(String::from),
            };
            let sets = [set("Squat", Some("7-1.baro")), set("의자에서 일어서기", None)];
            let sentence = texts.with("home-weeks-in-a-row", [("weeks", 3.into())]);
            let view = HistoryView {
                sentence: &sentence,
                calendar: &calendar(texts),
                weeks: &weeks,
                trends: &trends,
                sets: &sets,
            };
            drafted(&tab, |tab| rooms::history(ui, frame(texts, look), &view, tab))
        });
    }
}

#[test]
fn a_set_once_more() {
    let rep = |start_s: f64| {
        serde_json::from_value(serde_json::json!({
            "start_s": start_s, "peak_s": start_s + 1.0, "end_s": start_s + 2.0, "complete": true, "side": "both",
            "score": 88.0, "sub": { "range": 100.0, "form": 88.0, "tempo": 100.0 },
            "faults": [{ "rule": "depth", "from_s": 1.0, "to_s": 2.0, "value": 71.0, "limit": 90.0, "unit": "deg",
                "points": 12.0, "claim": "cautious" }],
        }))
    };
    let reps = [0.5, 3.0, 6.0].map(|start_s| rep(start_s).unwrap());
    let cues = [(1.5, "cue-squat-deeper".into()), (3.9, CUE_PRAISE.into())];
    let film = FilmView {
        exercise: "exercise-squat",
        time_s: 3.4,
        length_s: 9.0,
        playing: true,
        slow: false,
        reps: &reps,
        rep: Some(1),
        cues: &cues,
        labels: &[],
        note: "무릎을 조금 더 바깥으로. Keep the heel down.",
        strokes: &[vec![egui::pos2(500.0, 300.0), egui::pos2(560.0, 330.0)]],
        more: None,
    };
    let controls = |texts: &Texts| {
        let mut all = named(
            texts,
            [
                ("replay-before", ReplayPress::Rep(0)),
                ("replay-pause", ReplayPress::Play(false)),
                ("replay-after", ReplayPress::Rep(2)),
                ("replay-slow", ReplayPress::Slow(true)),
                ("replay-turn", ReplayPress::Turn),
                ("rooms-close", ReplayPress::Close),
            ],
        );
        all.push((format!("0:01 {}", texts.caption("cue-squat-deeper")), ReplayPress::Seek(1.5)));
        all
    };
    check("replay", controls, |ui, texts, look| {
        rooms::replay(ui, frame(texts, look), &ReplayView::Film(film))
    });
    let traces = ["Bend of the knee, left", "무릎 굽힘, 오른쪽"].map(|name| Trace {
        name: name.into(),
        rate_hz: 10.0,
        samples: (0..90).map(|i| (i % 30 > 2).then(|| [f64::from(i).sin() * 40.0 + 50.0, 6.0])).collect(),
        others: (0..90).map(|i| (i % 30 > 2).then_some([20.0, 40.0, 60.0])).collect(),
        now: "71° ± 6°".into(),
    });
    let treats = FilmView {
        more: Some(FilmMore {
            worst: Some(2),
            traces: &traces,
            beside: Some("2026-11-20 · 12"),
            others: Some("7 people, anonymous: median and the middle half"),
        }),
        ..film
    };
    let more = |texts: &Texts| {
        let mut all = controls(texts);
        all.extend(named(
            texts,
            [
                ("desk-worst", ReplayPress::Rep(2)),
                ("desk-beside", ReplayPress::Beside),
                ("desk-alone", ReplayPress::Others),
                ("desk-comment", ReplayPress::Comment),
            ],
        ));
        all
    };
    check("replay, for who treats", more, |ui, texts, look| {
        rooms::replay(ui, frame(texts, look), &ReplayView::Film(treats))
    });
    let close = |texts: &Texts| named(texts, [("rooms-close", ReplayPress::Close)]);
    for view in [ReplayView::Reading, ReplayView::Failed("the file ends in the middle")] {
        check_in(&tight(), "replay, none", close, |ui, texts, look| {
            rooms::replay(ui, frame(texts, look), &view)
        });
    }
}

/// The draft after a change.
fn changed(base: &LibraryDraft, change: impl FnOnce(&mut LibraryDraft)) -> Got<LibraryPress, LibraryDraft> {
    let mut draft = base.clone();
    change(&mut draft);
    Got::Draft(draft)
}

/// The rows of a shelf: their names and what they choose.
fn shelf(texts: &Texts, catalogue: &Catalogue, shelf: Shelf) -> Vec<(String, Chosen)> {
    let minutes = |minutes: u32| texts.with("rooms-minutes", [("minutes", minutes.into())]);
    match shelf {
        Shelf::Routines => {
            let row = |routine: &std::sync::Arc<baro_coach::Routine>| {
                let name = format!("{}. {}", texts.text(&routine.name_key), minutes(routine.minutes()));
                (name, Chosen::Plan(Choice::Routine(routine.id.clone())))
            };
            catalogue.routines.iter().map(row).collect()
        }
        Shelf::Exercises => {
            let exercise = &catalogue.exercise("squat").unwrap().exercise;
            let minutes = minutes(baro_home::catalogue::minutes(exercise));
            let position = texts.text(&format!("position-{}", exercise.about.position.name()));
            let name = format!("{}. {minutes} · {position}", texts.text("exercise-squat"));
            vec![(name, Chosen::Plan(Choice::Exercise("squat".into())))]
        }
        Shelf::Games => {
            let row = |game: &std::sync::Arc<baro_coach::game::Game>| {
                let name =
                    format!("{}. {}", texts.text(&game.name_key), texts.attribute(&game.name_key, "about"));
                (name, Chosen::Game(game.id.clone(), 0))
            };
            catalogue.games.iter().map(row).collect()
        }
    }
}

#[test]
fn library() {
    let (catalogue, problems) = Catalogue::load(&assets()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    let tabs = [
        (Shelf::Routines, "rooms-routines"),
        (Shelf::Exercises, "rooms-exercises"),
        (Shelf::Games, "rooms-games"),
    ];
    for (now, _) in tabs {
        let base = LibraryDraft { shelf: now, ..LibraryDraft::default() };
        let controls = |texts: &Texts| {
            let mut all = vec![(texts.text("rooms-close"), Got::Press(LibraryPress::Visit(Event::Back)))];
            for (other, key) in tabs.into_iter().filter(|(other, _)| *other != now) {
                all.push((texts.text(key), changed(&base, |draft| draft.shelf = other)));
            }
            if now != Shelf::Games {
                let filter = texts.with("rooms-filter", [("set", 0.into())]);
                all.push((filter, changed(&base, |draft| draft.filtering = true)));
            }
            let rows = shelf(texts, &catalogue, now).into_iter();
            all.extend(rows.map(|(name, row)| (name, changed(&base, |draft| draft.chosen = Some(row)))));
            all
        };
        let cases = if now == Shelf::Routines { cases() } else { tight() };
        check_in(&cases, &format!("library, {now:?}"), controls, |ui, texts, look| {
            drafted(&base, |draft| rooms::library(ui, frame(texts, look), &catalogue, true, draft))
        });
    }
}

#[test]
fn filters_of_the_library() {
    let (catalogue, _) = Catalogue::load(&assets()).unwrap();
    let base = LibraryDraft { shelf: Shelf::Exercises, filtering: true, ..LibraryDraft::default() };
    let controls = |texts: &Texts| {
        let mut all = Vec::new();
        let mut add = |title: &str, name: String, change: &dyn Fn(&mut Filter)| {
            let got = changed(&base, |draft| change(&mut draft.filter));
            all.push((format!("{}: {name}", texts.text(title)), got));
        };
        for region in Region::ALL {
            let name = texts.text(&format!("body-{}", region.name()));
            add("rooms-region", name, &|filter| filter.region = Some(*region));
        }
        for position in Position::ALL {
            let name = texts.text(&format!("position-{}", position.name()));
            add("rooms-position", name, &|filter| filter.position = Some(*position));
        }
        for minutes in [5, 20] {
            let name = texts.with("rooms-up-to", [("minutes", minutes.into())]);
            add("rooms-time", name, &|filter| filter.minutes = Some(minutes));
        }
        add("rooms-needs", texts.text("rooms-nothing"), &|filter| filter.at_hand = Some(Vec::new()));
        all
    };
    check("filters", controls, |ui, texts, look| {
        drafted(&base, |draft| rooms::library(ui, frame(texts, look), &catalogue, true, draft))
    });
}

#[test]
fn something_in_the_library() {
    let (catalogue, _) = Catalogue::load(&assets()).unwrap();
    let exercises = ["squat", "bird_dog", "paced_breathing"].map(|id| Choice::Exercise(id.into()));
    let routines = catalogue.routines.iter().map(|routine| Choice::Routine(routine.id.clone()));
    for choice in exercises.into_iter().chain(routines.take(2)) {
        let base = LibraryDraft { chosen: Some(Chosen::Plan(choice.clone())), ..LibraryDraft::default() };
        let controls = |texts: &Texts| {
            let back = changed(&base, |draft| draft.chosen = None);
            let take = Got::Press(LibraryPress::Take(choice.clone()));
            named(texts, [("rooms-take", take), ("flow-back", back)])
        };
        check_in(&tight(), &format!("{choice:?}"), controls, |ui, texts, look| {
            drafted(&base, |draft| rooms::library(ui, frame(texts, look), &catalogue, true, draft))
        });
    }
    for (game, may_play) in [("balloon", true), ("hurdles", false)] {
        let base = LibraryDraft { chosen: Some(Chosen::Game(game.into(), 0)), ..LibraryDraft::default() };
        let controls = |texts: &Texts| {
            let back = changed(&base, |draft| draft.chosen = None);
            let mut all = named(texts, [("flow-back", back)]);
            if may_play {
                let play = Got::Press(LibraryPress::Play(game.into(), 0));
                all.extend(named(texts, [("rooms-play", play)]));
            }
            let harder = changed(&base, |draft| draft.chosen = Some(Chosen::Game(game.into(), 1)));
            all.push((texts.with("rooms-level-of", [("level", 2.into())]), harder));
            all
        };
        check_in(&tight(), game, controls, |ui, texts, look| {
            drafted(&base, |draft| rooms::library(ui, frame(texts, look), &catalogue, may_play, draft))
        });
    }
}

type Settled = Got<SettingsPress, SettingsDraft>;

fn settled(change: impl FnOnce(&mut Settings)) -> Settled {
    let mut settings = now();
    change(&mut settings);
    Got::Press(SettingsPress::Change(settings))
}

/// Settings of which each can still be changed both ways.
fn now() -> Settings {
    Settings {
        text_scale: 1.5,
        volume: 0.5,
        palette: Palette::Dark,
        quality: Quality::Low,
        ..Settings::default()
    }
}

fn device(texts: &Texts) -> Vec<(String, Settled)> {
    let toggle = |key: &str| format!("{}. {}", texts.text(key), texts.text(&format!("{key}-note")));
    let step = |key: &str, step: &str| format!("{}: {}", texts.text(key), texts.text(step));
    let mut all = vec![("English".to_owned(), Language::English), ("한국어".to_owned(), Language::Korean)];
    all.retain(|(_, language)| *language != texts.language());
    let mut all: Vec<_> = all
        .into_iter()
        .map(|(name, language)| (name, settled(|settings| settings.language = Some(language))))
        .collect();
    all.extend([
        (step("rooms-text-size", "flow-less"), settled(|settings| settings.text_scale = 1.25)),
        (step("rooms-text-size", "flow-more"), settled(|settings| settings.text_scale = 1.75)),
        (texts.text("rooms-light"), settled(|settings| settings.palette = Palette::Light)),
        (texts.text("rooms-high-contrast"), settled(|settings| settings.palette = Palette::HighContrast)),
        (toggle("rooms-still"), settled(|settings| settings.reduced_motion = !settings.reduced_motion)),
        (toggle("rooms-voice"), settled(|settings| settings.voice = !settings.voice)),
        (step("rooms-volume", "flow-less"), settled(|settings| settings.volume -= 0.1)),
        (step("rooms-volume", "flow-more"), settled(|settings| settings.volume += 0.1)),
        (
            "HD Pro Webcam C920 (046d:082d)".into(),
            settled(|settings| {
                settings.camera = Some("HD Pro Webcam C920 (046d:082d)".into());
            }),
        ),
        (toggle("rooms-mirror"), settled(|settings| settings.mirror = !settings.mirror)),
        (toggle("rooms-trainer-over"), settled(|settings| settings.trainer_over = !settings.trainer_over)),
        (toggle("rooms-hands"), settled(|settings| settings.hands_free = !settings.hands_free)),
        (texts.text("rooms-quality-auto"), settled(|settings| settings.quality = Quality::Auto)),
        (texts.text("rooms-quality-medium"), settled(|settings| settings.quality = Quality::Medium)),
        (texts.text("rooms-quality-high"), settled(|settings| settings.quality = Quality::High)),
        (toggle("rooms-full-screen"), settled(|settings| settings.full_screen = !settings.full_screen)),
    ]);
    all
}

/// What can be pressed about the clinic.
fn clinic_controls(texts: &Texts, base: &SettingsDraft, agreed: [bool; 4]) -> Vec<(String, Settled)> {
    let press = |press| Got::Press(SettingsPress::Clinic(press));
    if !base.sure {
        let connect = ClinicPress::Connect(base.clinic.code.clone());
        return named(
            texts,
            [("sync-connect", press(connect)), ("sync-read-stop", press(ClinicPress::Read(false)))],
        );
    }
    let mut all = vec![
        (texts.text("sync-try-now"), press(ClinicPress::TryNow)),
        (texts.text("sync-erase-sure"), press(ClinicPress::Erase)),
    ];
    for (purpose, given) in Purpose::SHARED.into_iter().zip(agreed) {
        let key = format!("home-consent-{}", purpose.id());
        let name = format!("{}. {}", texts.text(&key), texts.attribute(&key, "why"));
        all.push((name, press(ClinicPress::Agree(purpose, !given))));
    }
    let asks = ClinicDraft { sure: Some(Sure::Disconnect), ..base.clinic.clone() };
    all.push((texts.text("sync-disconnect"), Got::Draft(SettingsDraft { clinic: asks, ..base.clone() })));
    all
}

/// What can be pressed about the lock.
fn lock_controls(texts: &Texts, base: &SettingsDraft) -> Vec<(String, Settled)> {
    let draft = |lock| Got::Draft(SettingsDraft { lock, ..base.clone() });
    if base.lock.setting {
        let set = LockPress::Set(base.lock.passphrase.clone());
        return named(
            texts,
            [
                ("rooms-lock-save", Got::Press(SettingsPress::Lock(set))),
                ("rooms-lock-keep", draft(LockDraft::default())),
            ],
        );
    }
    let setting = draft(LockDraft { setting: true, ..LockDraft::default() });
    let remove = Got::Press(SettingsPress::Lock(LockPress::Remove));
    named(texts, [("rooms-lock-change", setting), ("rooms-lock-remove", remove)])
}

#[test]
fn settings() {
    let cameras = ["Integrated Camera: Integrated C", "HD Pro Webcam C920 (046d:082d)"].map(String::from);
    for sure in [false, true] {
        let clinic = ClinicDraft { code: "baro://clinic".into(), sure: sure.then_some(Sure::Erase) };
        let passphrase = if sure { "correct horse".into() } else { String::new() };
        let lock = LockDraft { setting: sure, passphrase };
        let base = SettingsDraft { sure, health: sure, clinic, lock };
        let view = SettingsView {
            consents: [true, true, false, false],
            cameras: &cameras,
            clinic: ClinicView {
                server: if sure { "clinic.example:4433" } else { "" },
                state: if sure { "Everything is at your clinic." } else { "" },
                busy: false,
                camera: true,
                reading: true,
                preview: Some(Preview {
                    texture: TextureId::default(),
                    aspect: 16.0 / 9.0,
                    mirror: true,
                    body: None,
                }),
                agreed: [true, false, true, false],
            },
            lock: LockView {
                kept: Some(KeptIn::Passphrase),
                told: if sure { "That didn't work. Your records are locked as they were." } else { "" },
                busy: false,
            },
            exported: "/home/someone/.local/share/baro/exports/2026-11-22-14-03",
            version: "0.1.0",
        };
        let controls = |texts: &Texts| {
            let mut all = if sure { Vec::new() } else { device(texts) };
            for (purpose, given) in Purpose::ASKED.into_iter().zip(view.consents) {
                let key = format!("home-consent-{}", purpose.id());
                let name = format!("{}. {}", texts.text(&key), texts.attribute(&key, "why"));
                let event = Event::Consent(vec![(purpose, !given)]);
                all.push((name, Got::Press(SettingsPress::Visit(event))));
            }
            all.extend(clinic_controls(texts, &base, view.clinic.agreed));
            all.extend(lock_controls(texts, &base));
            let delete = if sure {
                ("rooms-delete-sure", Got::Press(SettingsPress::Delete))
            } else {
                ("rooms-delete", Got::Draft(SettingsDraft { sure: true, ..base.clone() }))
            };
            let asks = Got::Draft(SettingsDraft { health: !base.health, ..base.clone() });
            all.push((texts.text("rooms-health-changed"), asks));
            for change in HealthChange::ALL.into_iter().filter(|_| base.health) {
                let event = Event::HealthChange(change);
                let name = texts.text(&format!("safety-news-{}", change.id()));
                all.push((name, Got::Press(SettingsPress::Visit(event))));
            }
            let close = Got::Press(SettingsPress::Visit(Event::Back));
            all.extend(named(
                texts,
                [delete, ("rooms-close", close), ("rooms-export", Got::Press(SettingsPress::Export))],
            ));
            all
        };
        let cases = if sure { tight() } else { cases() };
        check_in(&cases, "settings", controls, |ui, texts, look| {
            drafted(&base, |draft| rooms::settings(ui, frame(texts, look), &now(), &view, draft))
        });
    }
}

#[test]
fn messages() {
    let said = |who: &str, text: &str, about: &str| SaidView {
        who: who.into(),
        text: text.into(),
        about: about.into(),
        shows: !about.is_empty(),
        sounds: !about.is_empty(),
        asks: !about.is_empty(),
        keeps: !about.is_empty(),
    };
    let all = [
        said("Me, 22 November, 14:05. Not sent yet", "Thank you! 무릎이 훨씬 좋아졌어요.", ""),
        said(
            "내 병원, 11월 21일 09:12",
            "천천히 내려가세요. Keep your heels on the floor.",
            "Squat, at 0:12",
        ),
    ];
    let empty: &[SaidView] = &[];
    for (connected, all, draft) in
        [(true, &all[..], "Hello"), (true, empty, "안녕하세요"), (false, empty, "")]
    {
        let controls = |texts: &Texts| {
            let visit = |event| Got::Press(MessagesPress::Visit(event));
            let mut wanted = vec![("rooms-close", visit(Event::Back))];
            if connected {
                wanted.push(("rooms-messages-send", Got::Press(MessagesPress::Send(draft.into()))));
            } else {
                wanted.push(("flow-settings", visit(Event::Open(baro_home::visit::Room::Settings))));
            }
            if !all.is_empty() {
                wanted.push(("rooms-messages-see", Got::Press(MessagesPress::Show(1))));
                wanted.push(("rooms-messages-hear", Got::Press(MessagesPress::Hear(1))));
                wanted.push(("rooms-appointment-keep", Got::Press(MessagesPress::Keep(1))));
                wanted.push(("rooms-questions-door", visit(Event::Open(baro_home::visit::Room::Questions))));
            }
            named(texts, wanted)
        };
        let view = MessagesView { connected, all, told: "" };
        check(&format!("messages, {connected} {draft}"), controls, |ui, texts, look| {
            drafted(&draft.to_owned(), |draft| rooms::messages(ui, frame(texts, look), &view, draft))
        });
    }
}

#[test]
fn questions() {
    let names: Vec<String> =
        ["Not at all", "Several days", "일주일 이상 그랬어요", "거의 매일 그랬어요"].map(String::from).into();
    let asked = |answers, at, optional| QuestionView {
        title: "Patient Health Questionnaire (PHQ-9)",
        intro: "지난 2주 동안 다음 문제들 때문에 얼마나 자주 시달렸나요?",
        text: "Little interest or pleasure in doing things",
        place: (at, 9),
        answers,
        optional,
        copyright: "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues.",
    };
    let cases = [
        ("one of several", Answers::OneOf(&names, None), 1, false, ""),
        ("one was chosen", Answers::OneOf(&names, Some(2)), 4, false, ""),
        ("a number", Answers::Number, 2, false, "12.5"),
        ("words", Answers::Words, 2, true, ""),
        ("only told", Answers::Told, 2, false, ""),
    ];
    for (name, answers, at, optional, draft) in cases {
        let controls = |texts: &Texts| {
            let mut all = vec![("rooms-questions-later", Got::Press(QuestionsPress::Close))];
            if !matches!(answers, Answers::OneOf(_, None)) {
                all.push(("flow-next", Got::Press(QuestionsPress::Next)));
            }
            if at > 1 {
                all.push(("flow-question-back", Got::Press(QuestionsPress::Before)));
            }
            let mut all = named(texts, all);
            if let Answers::OneOf(names, chosen) = answers {
                let cards = names.iter().enumerate().filter(|(at, _)| Some(*at) != chosen);
                all.extend(cards.map(|(at, name)| (name.clone(), Got::Press(QuestionsPress::Choose(at)))));
            }
            all
        };
        check(name, controls, |ui, texts, look| {
            let view = QuestionsView::Question(asked(answers, at, optional));
            drafted(&draft.to_owned(), |draft| rooms::questions(ui, frame(texts, look), &view, draft))
        });
    }
    for (view, close) in [
        (QuestionsView::Nothing, "rooms-close"),
        (QuestionsView::Failed, "rooms-close"),
        (QuestionsView::Done(false), "rooms-close"),
        (QuestionsView::Done(true), "rooms-crisis-read"),
    ] {
        let controls = |texts: &Texts| named(texts, [(close, QuestionsPress::Close)]);
        check(&format!("{view:?}"), controls, |ui, texts, look| {
            rooms::questions(ui, frame(texts, look), &view, &mut String::new())
        });
    }
}
