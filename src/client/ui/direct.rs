//! The screens of exercises that were asked for one by one, without a visit.

use super::Shown;
use crate::coaching::{Action, Failure, Outcome, Status};
use baro_screens::{
    failure::{self, FailurePress, FailureView},
    hud::{self, HudPress, HudView},
    result::{self, ResultPress, ResultView},
};
use bevy_egui::egui::Ui;

/// Draws the screen of the set under way or over; gives back what was pressed.
pub fn show(ui: &mut Ui, shown: &Shown) -> Option<Action> {
    match &shown.live.status {
        Status::Ended(outcome) => over(ui, shown, outcome),
        Status::Failed(failure) => failed(ui, shown, failure, "button-quit").map(|press| match press {
            FailurePress::Retry => Action::Again,
            FailurePress::Close => Action::Quit,
        }),
        status => {
            let paused = matches!(status, Status::Paused);
            let press = hud(ui, shown)?;
            Some(match press {
                HudPress::Pause => Action::Pause,
                HudPress::Resume => Action::Resume,
                HudPress::SomethingWrong if paused => Action::Finish,
                HudPress::SomethingWrong => Action::Pause,
                HudPress::Finish => Action::Finish,
                HudPress::ToggleSound => Action::ToggleSound,
                HudPress::TogglePicture => Action::TogglePicture,
                HudPress::ToggleWhy => Action::ToggleWhy,
            })
        }
    }
}

/// The screen during a set.
pub fn hud(ui: &mut Ui, shown: &Shown) -> Option<HudPress> {
    let view = HudView {
        stage: super::view::stage(&shown.live.status)?,
        cue: shown.caption.cue.as_deref(),
        asked: shown.asked,
        set: shown.set,
        clock_s: shown.live.clock_s,
        tempo: shown.tempo,
        last_rep: shown.live.last_rep.as_ref(),
        why: shown.view.why,
        source: shown.live.source.as_ref().map(super::view::source),
        not_saved: shown.live.not_saved.as_deref(),
        sound: super::view::sound(shown.voice),
        preview: shown.preview(),
        labels: shown.labels,
        hands: shown.hands,
        ..HudView::new(shown.exercise, &shown.live.feedback)
    };
    hud::show(ui, &view, shown.texts, &shown.look)
}

fn over(ui: &mut Ui, shown: &Shown, outcome: &Outcome) -> Option<Action> {
    let path = outcome.saved.as_ref().map(|path| path.as_deref().map(|path| path.to_string_lossy()));
    let saved = match &path {
        Ok(path) => Ok(path.as_deref().unwrap_or_default()),
        Err(reason) => Err(&***reason),
    };
    let view = ResultView {
        exercise: shown.exercise,
        report: &outcome.report,
        saved,
        next: shown.next.map(|next| next.name_key.as_str()),
        hands: shown.hands,
    };
    result::show(ui, &view, shown.texts, &shown.look).map(|press| match press {
        ResultPress::Again => Action::Again,
        ResultPress::Next => Action::Next,
        ResultPress::Close => Action::Quit,
    })
}

/// What failed, and what to do; `close` is the key of the other button's name.
pub fn failed(ui: &mut Ui, shown: &Shown, failure: &Failure, close: &str) -> Option<FailurePress> {
    let view = FailureView {
        advice: failure.kind.key(),
        detail: &failure.detail,
        close,
        kept: failure.outcome.is_some(),
        hands: shown.hands,
    };
    failure::show(ui, &view, shown.texts, &shown.look)
}
