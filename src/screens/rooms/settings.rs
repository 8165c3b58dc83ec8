//! The settings of this device, and what the person agreed to.

use super::{
    clinic::{ClinicDraft, ClinicPress, ClinicView, clinic},
    lock::{LockDraft, LockPress, LockView, lock},
};
use crate::{
    Language, Page,
    flow::{Frame, consent_row},
    page::Ground,
    text,
    widgets::{self, Weight, choices, stepper, toggle_row},
};
use baro_coach::safety::HealthChange;
use baro_home::{Palette, Purpose, Quality, Settings, visit::Event};
use egui::Ui;

/// What else there is to know.
#[derive(Debug, Clone, Copy)]
pub struct SettingsView<'a> {
    /// Given now, in the order of [`Purpose::ASKED`].
    pub consents: [bool; Purpose::ASKED.len()],
    /// Names of the cameras.
    pub cameras: &'a [String],
    /// The connection with a clinic.
    pub clinic: ClinicView<'a>,
    /// What the records are locked with.
    pub lock: LockView<'a>,
    /// Where the last export went; empty where there was none.
    pub exported: &'a str,
    /// Version of the program.
    pub version: &'a str,
}

/// What is being decided on the screen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettingsDraft {
    /// "Delete everything about me" was pressed once.
    pub sure: bool,
    /// Is it asked what has changed in the person's health?
    pub health: bool,
    /// The connection with a clinic.
    pub clinic: ClinicDraft,
    /// What the records are locked with.
    pub lock: LockDraft,
}

/// What was pressed.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingsPress {
    /// These settings from now on.
    Change(Settings),
    /// Something for the visit.
    Visit(Event),
    /// Something with the clinic.
    Clinic(ClinicPress),
    /// Other locks.
    Lock(LockPress),
    /// Write everything about the person into a folder.
    Export,
    /// Delete everything about the person.
    Delete,
}

/// The settings; each takes effect at once.
pub fn settings(
    ui: &mut Ui,
    frame: Frame,
    now: &Settings,
    view: &SettingsView,
    draft: &mut SettingsDraft,
) -> Option<SettingsPress> {
    let Frame { texts, look, hands } = frame;
    let (title, back) = (texts.text("flow-settings"), texts.text("rooms-close"));
    let walk = texts.text("hands-walk");
    let page =
        Page::new(&title).main(&back, SettingsPress::Visit(Event::Back)).walk(&walk).ground(Ground::Plain);
    page.show(ui, look, hands, |ui| {
        let mut changed = now.clone();
        seen(ui, frame, &mut changed);
        heard(ui, frame, &mut changed);
        device(ui, frame, &mut changed, view.cameras);
        if changed != *now {
            return Some(SettingsPress::Change(changed));
        }
        let pressed = health(ui, frame, draft);
        let pressed = pressed.or_else(|| agreed(ui, frame, view));
        let shared = || clinic(ui, frame, &view.clinic, &mut draft.clinic).map(SettingsPress::Clinic);
        let pressed = pressed.or_else(shared);
        let locked = || lock(ui, frame, &view.lock, &mut draft.lock).map(SettingsPress::Lock);
        let pressed = pressed.or_else(locked);
        pressed.or_else(|| own_data(ui, frame, view, draft))
    })
}

/// One of several, by its texts.
fn one<T: Copy + PartialEq>(ui: &mut Ui, frame: Frame, title: &str, all: &[(T, &str)], chosen: &mut T) {
    text::heading(ui, frame.look, &frame.texts.text(title));
    let names: Vec<String> = all.iter().map(|(_, key)| frame.texts.text(key)).collect();
    let items = names.iter().zip(all).map(|(name, (one, _))| (name.as_str(), "", one == chosen));
    let pressed = ui.push_id(title, |ui| choices(ui, frame.look, 4, false, items)).inner;
    if let Some((one, _)) = pressed.and_then(|i| all.get(i)) {
        *chosen = *one;
    }
}

fn toggle(ui: &mut Ui, frame: Frame, key: &str, on: &mut bool) {
    let (name, note) = (frame.texts.text(key), frame.texts.text(&format!("{key}-note")));
    if toggle_row(ui, frame.look, &name, &note, *on).clicked() {
        *on = !*on;
    }
}

fn percent(ui: &mut Ui, frame: Frame, key: &str, value: &mut f32, [least, most, step]: [f32; 3]) {
    let Frame { texts, look, .. } = frame;
    let shown = texts.with("rooms-percent", [("value", format!("{:.0}", *value * 100.0).into())]);
    let (less, more) = (texts.text("flow-less"), texts.text("flow-more"));
    let can = (*value > least + 1e-3, *value < most - 1e-3);
    if let Some(way) = stepper(ui, look, &texts.text(key), &shown, (&less, &more), can) {
        *value = (*value + step * f32::from(way)).clamp(least, most);
    }
}

fn seen(ui: &mut Ui, frame: Frame, settings: &mut Settings) {
    let mut language = settings.language.unwrap_or_else(|| frame.texts.language());
    let before = language;
    let languages = [(Language::English, "rooms-english"), (Language::Korean, "rooms-korean")];
    one(ui, frame, "rooms-language", &languages, &mut language);
    if language != before {
        settings.language = Some(language);
    }
    percent(ui, frame, "rooms-text-size", &mut settings.text_scale, [1.0, 2.0, 0.25]);
    let palettes = [
        (Palette::Light, "rooms-light"),
        (Palette::Dark, "rooms-dark"),
        (Palette::HighContrast, "rooms-high-contrast"),
    ];
    one(ui, frame, "rooms-colours", &palettes, &mut settings.palette);
    toggle(ui, frame, "rooms-still", &mut settings.reduced_motion);
}

fn heard(ui: &mut Ui, frame: Frame, settings: &mut Settings) {
    text::heading(ui, frame.look, &frame.texts.text("rooms-sound"));
    toggle(ui, frame, "rooms-voice", &mut settings.voice);
    percent(ui, frame, "rooms-volume", &mut settings.volume, [0.1, 1.0, 0.1]);
}

fn device(ui: &mut Ui, frame: Frame, settings: &mut Settings, cameras: &[String]) {
    text::heading(ui, frame.look, &frame.texts.text("rooms-camera"));
    let auto = frame.texts.text("rooms-camera-auto");
    let names = std::iter::once(&auto).chain(cameras);
    let chosen = |name: &String| match &settings.camera {
        Some(camera) => camera == name,
        None => *name == auto,
    };
    let items: Vec<_> = names.clone().map(|name| (name.as_str(), "", chosen(name))).collect();
    let pressed = ui.push_id("cameras", |ui| choices(ui, frame.look, 2, false, items)).inner;
    if let Some(name) = pressed.and_then(|i| names.clone().nth(i)) {
        settings.camera = (*name != auto).then(|| name.clone());
    }
    toggle(ui, frame, "rooms-mirror", &mut settings.mirror);
    toggle(ui, frame, "rooms-trainer-over", &mut settings.trainer_over);
    toggle(ui, frame, "rooms-hands", &mut settings.hands_free);
    let qualities = [
        (Quality::Auto, "rooms-quality-auto"),
        (Quality::Low, "rooms-quality-low"),
        (Quality::Medium, "rooms-quality-medium"),
        (Quality::High, "rooms-quality-high"),
    ];
    one(ui, frame, "rooms-quality", &qualities, &mut settings.quality);
    toggle(ui, frame, "rooms-full-screen", &mut settings.full_screen);
}

/// "Something has changed": the health questions are asked again.
fn health(ui: &mut Ui, frame: Frame, draft: &mut SettingsDraft) -> Option<SettingsPress> {
    let Frame { texts, look, .. } = frame;
    text::heading(ui, look, &texts.text("rooms-health"));
    if widgets::button(ui, look, &texts.text("rooms-health-changed"), Weight::Plain, None).clicked() {
        draft.health = !draft.health;
    }
    if !draft.health {
        return None;
    }
    text::body(ui, look, &texts.text("rooms-health-what"));
    let changes = HealthChange::ALL.map(|change| texts.text(&format!("safety-news-{}", change.id())));
    let pressed = widgets::button_grid(ui, look, 2, &changes.each_ref().map(String::as_str))?;
    Some(SettingsPress::Visit(Event::HealthChange(HealthChange::ALL[pressed])))
}

fn agreed(ui: &mut Ui, frame: Frame, view: &SettingsView) -> Option<SettingsPress> {
    let Frame { texts, look, .. } = frame;
    text::heading(ui, look, &texts.text("flow-consent"));
    let mut pressed = None;
    for (purpose, given) in Purpose::ASKED.into_iter().zip(view.consents) {
        if consent_row(ui, frame, purpose, given) {
            pressed = Some(SettingsPress::Visit(Event::Consent(vec![(purpose, !given)])));
        }
    }
    pressed
}

fn own_data(
    ui: &mut Ui,
    frame: Frame,
    view: &SettingsView,
    draft: &mut SettingsDraft,
) -> Option<SettingsPress> {
    let Frame { texts, look, .. } = frame;
    text::heading(ui, look, &texts.text("rooms-data"));
    let mut pressed = None;
    if widgets::button(ui, look, &texts.text("rooms-export"), Weight::Plain, None).clicked() {
        pressed = Some(SettingsPress::Export);
    }
    if !view.exported.is_empty() {
        text::note(ui, look, &texts.with("rooms-exported", [("folder", view.exported.into())]));
    }
    let delete = texts.text(if draft.sure { "rooms-delete-sure" } else { "rooms-delete" });
    let weight = if draft.sure { Weight::Stop } else { Weight::Plain };
    if widgets::button(ui, look, &delete, weight, None).clicked() {
        if draft.sure {
            pressed = Some(SettingsPress::Delete);
        }
        draft.sure = !draft.sure;
    }
    if draft.sure {
        text::note(ui, look, &texts.text("rooms-delete-note"));
    }
    text::note(ui, look, &texts.with("rooms-about", [("version", view.version.into())]));
    pressed
}
