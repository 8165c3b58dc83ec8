//! The screens of a visit's steps.

use super::{Shown, direct};
use crate::{
    class::{ClassAction, Classroom},
    coaching::{Action, Status},
    replay::Pinned,
    visit::{Visiting, rooms, words},
};
use baro_coach::safety::{StopRule, Urgency};
use baro_home::{Event, Purpose, Settings, Step, visit::Room};
use baro_screens::{
    explain::{self, ExplainPress, ExplainView},
    failure::FailurePress,
    flow::{self, Frame, PainView, SummaryView, TodayView, UnlockPress, WelcomePress},
    hud::{Asked, HudPress, Tempo},
    paused::{self, PausedPress, PausedView},
    rest::{self, RestPress, RestView},
    rooms::{
        self as screens, ClinicPress, ClinicView, HistoryPress, HistoryView, LibraryPress, LockPress,
        MessagesPress, MessagesView, QuestionsPress, ReplayPress, SettingsPress, SettingsView,
    },
    set_up::{self, SetUpPress, SetUpView},
};
use bevy_egui::egui::{Pos2, Ui};

/// What was pressed on a screen of the visit.
#[derive(Debug, Clone, PartialEq)]
pub enum Press {
    /// For the visit.
    Visit(Event),
    /// For the window.
    Window(Action),
    /// Other settings from now on.
    Settings(Settings),
    /// Something with the clinic.
    Clinic(ClinicPress),
    /// At the door of a class, or in it.
    Class(ClassAction),
    /// Where the passphrase is asked.
    Unlock(UnlockPress),
    /// Other locks.
    Lock(LockPress),
    /// Write everything about the person into a folder.
    Export,
    /// Delete everything about the person.
    Delete,
    /// Play this game, by id, at this level, from 0.
    Play(String, usize),
    /// Show this record of the person; at what was pinned to it, where something was.
    Replay(String, Option<Pinned>),
    /// Play this spoken note, by its place among what was written.
    Hear(usize),
    /// Write this appointment as a calendar file, by its place among what was written.
    Calendar(usize),
    /// In a questionnaire.
    Question(QuestionsPress),
    /// Write this to the clinic.
    Say(String),
    /// For the record that is shown.
    Film(ReplayPress),
}

/// Draws the screen of the step that the visit is at; gives back what was pressed.
pub fn show(
    ui: &mut Ui,
    shown: &mut Shown,
    visiting: &mut Visiting,
    classroom: &mut Classroom,
    names: &[(Pos2, u8)],
) -> Option<Press> {
    if visiting.lock.is_in_the_way() {
        let (told, busy) = visiting.lock.told(shown.texts);
        return flow::unlock(ui, frame(shown), &mut visiting.lock.draft, &told, busy).map(Press::Unlock);
    }
    let step = visiting.visit.step();
    match step {
        Step::Explain => explain(ui, shown, visiting).map(Press::Visit),
        Step::SetUp => set_up(ui, shown, visiting),
        Step::Exercise => exercise(ui, shown, visiting),
        Step::Rest => rest(ui, shown, visiting).map(Press::Visit),
        Step::Paused => paused(ui, shown, visiting).map(Press::Visit),
        Step::Welcome => {
            let frame = frame(shown);
            flow::welcome(ui, frame, &visiting.people).map(|press| match press {
                WelcomePress::Language(language) => Press::Window(Action::SetLanguage(language)),
                WelcomePress::Visit(event) => Press::Visit(event),
            })
        }
        Step::Today => today(ui, shown, visiting).map(Press::Visit),
        Step::Settings => settings(ui, shown, visiting),
        Step::Library => library(ui, shown, visiting),
        Step::Class => super::class::show(ui, frame(shown), shown, visiting, classroom, names),
        Step::Messages => messages(ui, shown, visiting),
        Step::Questions => visiting.clinic.questions.show(ui, frame(shown), shown.texts).map(Press::Question),
        Step::History => history(ui, shown, visiting),
        Step::Replay => super::replay::show(ui, frame(shown), shown, None).map(|press| match press {
            ReplayPress::Close => Press::Visit(Event::Back),
            press => Press::Film(press),
        }),
        _ => between(ui, shown, visiting).map(Press::Visit),
    }
}

pub fn frame<'a>(shown: &'a Shown) -> Frame<'a> {
    Frame { texts: shown.texts, look: &shown.look, hands: shown.hands }
}

/// The questions, and what stands in the way.
fn between(ui: &mut Ui, shown: &Shown, visiting: &mut Visiting) -> Option<Event> {
    if visiting.visit.step() == Step::Summary {
        return summary(ui, shown, visiting);
    }
    let (frame, visit, drafts) = (frame(shown), &visiting.visit, &mut visiting.drafts);
    match visit.step() {
        Step::Profile => flow::profile(ui, frame, drafts),
        Step::Consent => flow::consent(ui, frame, drafts),
        Step::Screening => flow::screening(ui, frame, drafts, visit.due()),
        Step::SeeDoctor => {
            let texts = shown.texts;
            let (urgency, reasons) =
                visiting.made.of(texts).blocked.get_or_insert_with(|| words::blocked(visit, texts));
            flow::see_doctor(ui, frame, *urgency, reasons)
        }
        Step::Goals => flow::goals(ui, frame, drafts),
        Step::PainMorning => flow::pain(ui, frame, drafts, PainView::Morning),
        Step::PainBefore => flow::pain(ui, frame, drafts, PainView::Before),
        Step::RestToday => flow::rest_today(ui, frame, visit.before_session()),
        Step::SetCheck => {
            let done = visit.checked().map(|set| words::set_done(set, shown.texts)).unwrap_or_default();
            let asked = flow::Asked { asks: visit.asks(), done: &done };
            flow::set_check(ui, frame, drafts, &asked)
        }
        Step::Symptoms => flow::symptoms(ui, frame),
        Step::Stopped => flow::stopped(ui, frame, visit.stopped_by(), urgency(visit.stopped_by())),
        _ => None,
    }
}

fn urgency(rule: Option<StopRule>) -> Urgency {
    match rule {
        Some(StopRule::Symptom(symptom)) => symptom.urgency(),
        _ => Urgency::Doctor,
    }
}

fn today(ui: &mut Ui, shown: &Shown, visiting: &mut Visiting) -> Option<Event> {
    let (visit, catalogue, texts) = (&visiting.visit, &visiting.catalogue, shown.texts);
    let made = visiting.made.of(texts).today.get_or_insert_with(|| words::today(visit, catalogue, texts));
    let notice = visiting.notices.first().map(|notice| notice.key()).or(visiting.clinic.news);
    let notice = notice.map(|key| texts.text(key)).unwrap_or_default();
    let asked = visiting.clinic.questions.sentence(texts);
    let appointment = visiting.clinic.appointment(texts);
    let view = TodayView {
        greeting: &made.greeting,
        name: &made.name,
        minutes: visit.today().minutes,
        rows: &made.rows,
        left_out: &made.left_out,
        done: made.done,
        chosen: visit.choice().is_some(),
        writes: visiting.clinic.is_connected(),
        appointment: &appointment,
        asked: &asked,
        notice: &notice,
    };
    flow::today(ui, frame(shown), &view)
}

fn settings(ui: &mut Ui, shown: &Shown, visiting: &mut Visiting) -> Option<Press> {
    let clinic = visiting.clinic.words(shown.texts);
    let clinic = ClinicView {
        camera: !visiting.demo && visiting.visit.known().consents.given(Purpose::Camera),
        reading: visiting.clinic.read,
        preview: shown.camera(),
        ..clinic.view(rooms::shared(visiting))
    };
    let (told, busy) = visiting.lock.told(shown.texts);
    let view = SettingsView {
        consents: rooms::consents(visiting),
        clinic,
        cameras: &visiting.cameras,
        lock: visiting.lock.view(&told, busy),
        exported: &visiting.exported,
        version: env!("CARGO_PKG_VERSION"),
    };
    let press = screens::settings(ui, frame(shown), &visiting.settings, &view, &mut visiting.rooms.settings);
    press.map(|press| match press {
        SettingsPress::Change(settings) => Press::Settings(settings),
        SettingsPress::Visit(event) => Press::Visit(event),
        SettingsPress::Clinic(press) => Press::Clinic(press),
        SettingsPress::Lock(press) => Press::Lock(press),
        SettingsPress::Export => Press::Export,
        SettingsPress::Delete => Press::Delete,
    })
}

fn library(ui: &mut Ui, shown: &Shown, visiting: &mut Visiting) -> Option<Press> {
    let visit = &visiting.visit;
    let may_play = *visiting.made.of(shown.texts).may_play.get_or_insert_with(|| visit.may_play());
    let draft = &mut visiting.rooms.library;
    let press = screens::library(ui, frame(shown), &visiting.catalogue, may_play, draft);
    press.map(|press| match press {
        LibraryPress::Take(choice) => Press::Visit(Event::Choose(choice)),
        LibraryPress::Play(game, level) => Press::Play(game, level),
        LibraryPress::Visit(event) => Press::Visit(event),
    })
}

fn history(ui: &mut Ui, shown: &Shown, visiting: &mut Visiting) -> Option<Press> {
    let (visit, catalogue, texts) = (&visiting.visit, &visiting.catalogue, shown.texts);
    let made = visiting.made.of(texts);
    let words = made.history.get_or_insert_with(|| rooms::history(visit.known(), catalogue, texts));
    let view = HistoryView {
        sentence: &words.sentence,
        calendar: &words.calendar,
        weeks: &words.weeks,
        trends: &words.trends,
        sets: &words.sets,
    };
    screens::history(ui, frame(shown), &view, &mut visiting.rooms.history).map(|press| match press {
        HistoryPress::Visit(event) => Press::Visit(event),
        HistoryPress::Export => Press::Export,
        HistoryPress::Replay(record) => Press::Replay(record, None),
    })
}

fn messages(ui: &mut Ui, shown: &Shown, visiting: &mut Visiting) -> Option<Press> {
    let due = |post| visiting.clinic.questions.is_due(post);
    let kept = |post| visiting.clinic.has_appointment(post);
    let known = visiting.visit.known();
    let all = visiting.clinic.messages.words(known, &visiting.catalogue, shown.texts, due, kept);
    let told = visiting.clinic.messages.told.clone();
    let view = MessagesView { connected: visiting.clinic.is_connected(), all: &all, told: &told };
    let messages = &mut visiting.clinic.messages;
    match screens::messages(ui, frame(shown), &view, &mut messages.draft)? {
        MessagesPress::Visit(event) => Some(Press::Visit(event)),
        MessagesPress::Send(text) => Some(Press::Say(text)),
        MessagesPress::Show(at) => {
            messages.about(at).map(|(record, pinned)| Press::Replay(record, Some(pinned)))
        }
        MessagesPress::Hear(at) => Some(Press::Hear(at)),
        MessagesPress::Keep(at) => Some(Press::Calendar(at)),
    }
}

fn summary(ui: &mut Ui, shown: &Shown, visiting: &mut Visiting) -> Option<Event> {
    let kept = visiting.kept();
    let (visit, catalogue, texts) = (&visiting.visit, &visiting.catalogue, shown.texts);
    let clinic = visiting.clinic.sentence(texts);
    let made = visiting.made.of(texts).summary.get_or_insert_with(|| words::summary(visit, catalogue, texts));
    let view = SummaryView {
        title: &made.title,
        sentence: &made.sentence,
        rows: &made.rows,
        next: &made.next,
        kept,
        clinic: &clinic,
    };
    flow::summary(ui, frame(shown), &view)
}

fn explain(ui: &mut Ui, shown: &Shown, visiting: &Visiting) -> Option<Event> {
    let visit = &visiting.visit;
    let item = visit.item()?;
    let dose = &item.dose;
    let count = u32::try_from(visit.items().len()).unwrap_or(u32::MAX);
    let reason = words::change(&item.today.planned, shown.texts);
    let view = ExplainView {
        exercise: visit.exercise()?,
        place: (u32::try_from(visit.at()).unwrap_or(0) + 1, count),
        sets: dose.sets,
        reps: dose.reps,
        hold_s: dose.hold_s,
        minutes: dose.minutes,
        side: dose.side,
        reason: &reason,
        easier: visit.can_ease(),
        harder: visit.can_harden(),
        hands: shown.hands,
    };
    explain::show(ui, &view, shown.texts, &shown.look).map(|press| match press {
        ExplainPress::Next => Event::Next,
        ExplainPress::Again => Event::ExplainAgain,
        ExplainPress::Easier => Event::Easier,
        ExplainPress::Harder => Event::Harder,
        ExplainPress::Skip => Event::Skip,
        ExplainPress::Pause => Event::Pause,
    })
}

fn set_up(ui: &mut Ui, shown: &Shown, visiting: &Visiting) -> Option<Press> {
    let exercise = visiting.visit.exercise()?;
    if let Status::Failed(failure) = &shown.live.status {
        // Nobody can watch: one can do it all the same, and say so.
        return direct::failed(ui, shown, failure, "failure-done-unseen").map(|press| match press {
            FailurePress::Retry => Press::Visit(Event::Back),
            FailurePress::Close => Press::Visit(Event::DoneUnseen),
        });
    }
    let countdown = visiting.visit.countdown_s().map(|left_s| left_s.ceil().max(1.0) as u32);
    let guide = &shown.live.guide;
    let view = SetUpView { exercise, guide, preview: shown.preview(), countdown, hands: shown.hands };
    set_up::show(ui, &view, shown.texts, &shown.look).map(|press| match press {
        SetUpPress::Begin => Press::Visit(Event::Next),
        SetUpPress::Back => Press::Visit(Event::Back),
        SetUpPress::Camera => Press::Visit(Event::Open(Room::Settings)),
    })
}

fn exercise(ui: &mut Ui, shown: &mut Shown, visiting: &Visiting) -> Option<Press> {
    let visit = &visiting.visit;
    let dose = &visit.item()?.dose;
    let given = dose.dose();
    shown.asked = Asked { reps: Some(dose.reps), hold_s: given.hold_s, minutes: given.minutes };
    shown.set = Some((visit.set(), dose.sets));
    shown.tempo = dose.tempo_s.map(|seconds| Tempo { seconds, phase_s: shown.live.phase_s });
    Some(match direct::hud(ui, shown)? {
        HudPress::Pause => Press::Visit(Event::Pause),
        HudPress::Resume => Press::Visit(Event::Resume),
        HudPress::SomethingWrong => Press::Visit(Event::SomethingWrong),
        HudPress::Finish => Press::Visit(Event::Next),
        HudPress::ToggleWhy => Press::Window(Action::ToggleWhy),
        HudPress::ToggleSound => Press::Window(Action::ToggleSound),
        HudPress::TogglePicture => Press::Window(Action::TogglePicture),
    })
}

fn rest(ui: &mut Ui, shown: &Shown, visiting: &Visiting) -> Option<Event> {
    let visit = &visiting.visit;
    let item = visit.item()?;
    let view = RestView {
        left_s: visit.rest_left_s(),
        rest_s: item.dose.rest_s.max(1).into(),
        next: visit.exercise().map_or("", |exercise| exercise.name_key.as_str()),
        set: (visit.set(), item.dose.sets),
        easier: visit.can_ease(),
        harder: visit.can_harden(),
        hands: shown.hands,
    };
    rest::show(ui, &view, shown.texts, &shown.look).map(|press| match press {
        RestPress::Next => Event::Next,
        RestPress::Pause => Event::Pause,
        RestPress::Easier => Event::Easier,
        RestPress::Harder => Event::Harder,
        RestPress::Skip => Event::Skip,
        RestPress::SomethingWrong => Event::SomethingWrong,
    })
}

fn paused(ui: &mut Ui, shown: &Shown, visiting: &Visiting) -> Option<Event> {
    let visit = &visiting.visit;
    let view = PausedView {
        exercise: visit.exercise().map(|exercise| exercise.name_key.as_str()),
        easier: visit.can_ease(),
        harder: visit.can_harden(),
        kept: true,
        hands: shown.hands,
    };
    paused::show(ui, &view, shown.texts, &shown.look).map(|press| match press {
        PausedPress::Resume => Event::Resume,
        PausedPress::ExplainAgain => Event::ExplainAgain,
        PausedPress::Easier => Event::Easier,
        PausedPress::Harder => Event::Harder,
        PausedPress::Skip => Event::Skip,
        PausedPress::SomethingWrong => Event::SomethingWrong,
        PausedPress::Stop => Event::Stop,
    })
}
