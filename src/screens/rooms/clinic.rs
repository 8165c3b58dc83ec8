//! The connection with a clinic: its code, what is sent, and how far that is.

use crate::{
    Preview,
    flow::{Frame, consent_row},
    preview, text,
    widgets::{self, Weight, text_field},
};
use baro_home::Purpose;
use egui::{Sense, Ui, vec2};

/// Characters of a connection code at most: a long server name and its pin.
const CODE_CHARS: usize = 400;

/// How it stands with the clinic.
#[derive(Debug, Clone, Copy, Default)]
pub struct ClinicView<'a> {
    /// "Connected with ..."; empty where no clinic is connected.
    pub server: &'a str,
    /// How far sending is, or why it can't be connected; empty where there is nothing to say.
    pub state: &'a str,
    /// A code is being tried.
    pub busy: bool,
    /// There is a camera that may be looked through.
    pub camera: bool,
    /// A code is to be held before it.
    pub reading: bool,
    /// What it sees.
    pub preview: Option<Preview<'a>>,
    /// Given now, in the order of [`Purpose::SHARED`].
    pub agreed: [bool; Purpose::SHARED.len()],
}

/// What is being typed, and what was pressed once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClinicDraft {
    /// The connection code.
    pub code: String,
    /// What has to be pressed twice.
    pub sure: Option<Sure>,
}

/// What has to be pressed twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sure {
    /// The connection ends.
    Disconnect,
    /// What the clinic has is destroyed.
    Erase,
}

/// What was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClinicPress {
    /// Try this code.
    Connect(String),
    /// Read the code that is held before the camera, or no more.
    Read(bool),
    /// Agreed to, or withdrawn.
    Agree(Purpose, bool),
    /// Send at once.
    TryNow,
    /// End the connection.
    Disconnect,
    /// Have everything destroyed that the clinic has.
    Erase,
}

/// A part of the settings.
pub(super) fn clinic(
    ui: &mut Ui,
    frame: Frame,
    view: &ClinicView,
    draft: &mut ClinicDraft,
) -> Option<ClinicPress> {
    text::heading(ui, frame.look, &frame.texts.text("sync-clinic"));
    if view.server.is_empty() {
        not_connected(ui, frame, view, draft)
    } else {
        connected(ui, frame, view, draft)
    }
}

fn not_connected(
    ui: &mut Ui,
    frame: Frame,
    view: &ClinicView,
    draft: &mut ClinicDraft,
) -> Option<ClinicPress> {
    let Frame { texts, look, .. } = frame;
    text::body(ui, look, &texts.text("sync-not-connected"));
    text_field(ui, look, &texts.text("sync-code"), &mut draft.code, CODE_CHARS);
    if view.camera {
        if view.reading {
            text::body(ui, look, &texts.text("sync-read-how"));
        }
        if let Some(preview) = view.preview.filter(|_| view.reading) {
            picture(ui, frame, &preview);
        }
        let read = texts.text(if view.reading { "sync-read-stop" } else { "sync-read" });
        if widgets::button(ui, look, &read, Weight::Plain, None).clicked() {
            return Some(ClinicPress::Read(!view.reading));
        }
    }
    let (hint, busy) = (texts.text("sync-code-hint"), texts.text("sync-connecting"));
    let told = match view.state {
        _ if view.busy => &busy,
        "" => &hint,
        state => state,
    };
    text::note(ui, look, told);
    let pressed = widgets::button(ui, look, &texts.text("sync-connect"), Weight::Plain, None).clicked();
    (pressed && !view.busy).then(|| ClinicPress::Connect(draft.code.clone()))
}

/// What the camera sees, so that the code can be held where it is read.
fn picture(ui: &mut Ui, frame: Frame, preview: &Preview) {
    let Frame { texts, look, .. } = frame;
    let width = ui.available_width().min(480.0);
    let (rect, _) = ui.allocate_exact_size(vec2(width, width / preview.aspect), Sense::hover());
    preview::show(ui, look, rect.shrink(4.0), preview, &texts.text("sync-read-picture"));
}

fn connected(ui: &mut Ui, frame: Frame, view: &ClinicView, draft: &mut ClinicDraft) -> Option<ClinicPress> {
    let Frame { texts, look, .. } = frame;
    if !view.state.is_empty() {
        text::body(ui, look, view.state);
    }
    text::note(ui, look, view.server);
    let mut pressed = None;
    if widgets::button(ui, look, &texts.text("sync-try-now"), Weight::Plain, None).clicked() {
        pressed = Some(ClinicPress::TryNow);
    }
    text::body(ui, look, &texts.text("sync-agree"));
    for (purpose, given) in Purpose::SHARED.into_iter().zip(view.agreed) {
        if consent_row(ui, frame, purpose, given) {
            pressed = Some(ClinicPress::Agree(purpose, !given));
        }
    }
    for (sure, key, press) in [
        (Sure::Erase, "sync-erase", ClinicPress::Erase),
        (Sure::Disconnect, "sync-disconnect", ClinicPress::Disconnect),
    ] {
        if twice(ui, frame, key, sure, &mut draft.sure) {
            pressed = Some(press);
        }
    }
    pressed
}

/// A button that asks once more.
fn twice(ui: &mut Ui, frame: Frame, key: &str, what: Sure, sure: &mut Option<Sure>) -> bool {
    let Frame { texts, look, .. } = frame;
    let asked = *sure == Some(what);
    let name = if asked { texts.text(&format!("{key}-sure")) } else { texts.text(key) };
    let weight = if asked { Weight::Stop } else { Weight::Plain };
    let clicked = widgets::button(ui, look, &name, weight, None).clicked();
    if asked {
        text::note(ui, look, &texts.text(&format!("{key}-note")));
    }
    if clicked {
        *sure = (!asked).then_some(what);
    }
    clicked && asked
}
