//! The screen during a set: the body is the hero; one cue, the count, "I can see you", and how to pause or say that something
//! is wrong.

mod counter;
mod layout;
mod panels;
mod tempo;

pub use counter::{Counter, clock, counter};
pub use tempo::Tempo;

use crate::{
    Hands, Look, Texts, Type, preview,
    text::{self, inset, live_label_at, text_in},
    view::{Preview, Sound, Source},
    widgets::{self, Weight, button_in},
    words::{self, Tone},
};
use baro_coach::{Exercise, Feedback, Rep};
use egui::{Align, CornerRadius, Key, Pos2, Rect, Ui, UiBuilder, pos2, vec2};
use layout::Layout;

/// Where a set is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Opening source and model.
    Starting,
    /// Frames are scored.
    Running,
    /// The person paused.
    Paused,
    /// The camera went away; it is being looked for.
    CameraLost,
}

/// What is asked of this set; `None` for as the exercise file says, or as many as one likes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Asked {
    /// Repetitions or holds.
    pub reps: Option<u32>,
    /// How long each hold lasts, seconds.
    pub hold_s: Option<f64>,
    /// How long a pace goes on, minutes.
    pub minutes: Option<f64>,
}

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct HudView<'a> {
    /// Where the set is.
    pub stage: Stage,
    /// The exercise.
    pub exercise: &'a Exercise,
    /// What the coach said about the newest frame.
    pub feedback: &'a Feedback,
    /// The cue that stands now.
    pub cue: Option<&'a str>,
    /// What is asked of this set.
    pub asked: Asked,
    /// Which set this is (from 1), and of how many.
    pub set: Option<(u32, u32)>,
    /// How long the test's or pace's own clock has been running, seconds; `None` before the first movement or breath.
    pub clock_s: Option<f64>,
    /// The tempo asked for, where there is one.
    pub tempo: Option<Tempo>,
    /// The repetition that ended last: the reason of its score.
    pub last_rep: Option<&'a Rep>,
    /// Is the reason of the score shown?
    pub why: bool,
    /// Where the picture comes from, once that is known.
    pub source: Option<Source<'a>>,
    /// Why nothing can be saved at the moment.
    pub not_saved: Option<&'a str>,
    /// Can cues be heard?
    pub sound: Sound,
    /// The camera picture, where it is to be shown.
    pub preview: Option<Preview<'a>>,
    /// Names under the bodies in the room: where (design units), and their keys.
    pub labels: &'a [(Pos2, &'static str)],
    /// Raised hands: the right one pauses or goes on.
    pub hands: Hands,
}

impl<'a> HudView<'a> {
    /// A running set of which no more is known than this.
    pub const fn new(exercise: &'a Exercise, feedback: &'a Feedback) -> Self {
        Self {
            stage: Stage::Running,
            exercise,
            feedback,
            cue: None,
            asked: Asked { reps: None, hold_s: None, minutes: None },
            set: None,
            clock_s: None,
            tempo: None,
            last_rep: None,
            why: false,
            source: None,
            not_saved: None,
            sound: Sound::On,
            preview: None,
            labels: &[],
            hands: Hands::NONE,
        }
    }
}

/// What was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HudPress {
    /// Pause; also Space and the right hand.
    Pause,
    /// Go on; also Space and the right hand.
    Resume,
    /// Something hurts or is not right.
    SomethingWrong,
    /// End the set; also Esc and the left hand.
    Finish,
    /// Show or hide the reason of the score.
    ToggleWhy,
    /// Sound on or off.
    ToggleSound,
    /// Camera picture on or off.
    TogglePicture,
}

/// Draws the screen over the room; gives back what was pressed.
pub fn show(ui: &mut Ui, view: &HudView, texts: &Texts, look: &Look) -> Option<HudPress> {
    let words = Words::new(view, texts, look);
    let layout = Layout::new(ui, view, look, &words);
    let paused = view.stage == Stage::Paused;
    if paused {
        ui.painter().rect_filled(ui.max_rect(), 0, look.palette().dim);
    }
    for (place, key) in view.labels {
        body_label(ui, look, *place, &texts.text(key));
    }
    if view.why {
        panels::why(ui, layout.why, view, texts, look);
    } else {
        panels::title(ui, layout.title, &words, look);
        if let (Some(shown), Some(rect)) = (&view.preview, layout.picture) {
            preview::show(ui, look, rect, shown, &texts.text("label-picture"));
        }
    }
    widgets::sight(ui, look, layout.sight, &words.sight, words.seen);
    let mut pressed = tools(ui, layout.tools, view, texts, look);
    let card = panels::counter(ui, layout.counter, view, texts, look);
    cue(ui, layout.cue, &words, look);
    pressed = pressed.or(card);
    pressed.or_else(|| buttons(ui, &layout, view, &words, look))
}

/// What stands on the screen, in words.
struct Words {
    name: String,
    below_name: String,
    sight: String,
    seen: bool,
    cue: String,
    tone: Tone,
    pause: String,
    wrong: String,
}

impl Words {
    fn new(view: &HudView, texts: &Texts, look: &Look) -> Self {
        let (sight, seen) = words::sight_line(view.stage, view.feedback.sight, texts);
        let (cue, tone) = words::cue_line(view, texts);
        let set = view.set.map(|(set, of)| texts.with("hud-set", [("set", set.into()), ("of", of.into())]));
        let notice = words::notice_line(view, look.reduced_picture, texts);
        let source = notice.unwrap_or_else(|| words::source_line(view.source, texts));
        let below_name = set.into_iter().chain([source]).collect::<Vec<_>>().join(" · ");
        let pause = if view.stage == Stage::Paused { "button-resume" } else { "button-pause" };
        Self {
            name: texts.text(&view.exercise.name_key),
            below_name,
            sight,
            seen,
            cue,
            tone,
            pause: texts.text(pause),
            wrong: texts.text("button-wrong"),
        }
    }
}

/// The small buttons at the top, at its right end.
fn tools(ui: &mut Ui, rect: Rect, view: &HudView, texts: &Texts, look: &Look) -> Option<HudPress> {
    let picture = if view.preview.is_some() { "button-picture-hide" } else { "button-picture-show" };
    let sound = if view.sound == Sound::Muted { "button-sound-on" } else { "button-sound-off" };
    let mut pressed = None;
    let tools = [
        (picture, HudPress::TogglePicture),
        (sound, HudPress::ToggleSound),
        ("button-finish", HudPress::Finish),
    ];
    let tools = tools.map(|(key, press)| (texts.text(key), press));
    let gap = crate::layout::GAP;
    // Drawn from the left, so that Tab goes that way too.
    let widths = tools.iter().map(|(name, _)| widgets::small_button_width(ui, look, name) + gap);
    let rect = Rect::from_min_max(pos2(rect.max.x - widths.sum::<f32>() + gap, rect.min.y), rect.max);
    let layout = egui::Layout::left_to_right(Align::Min);
    let mut child = ui.new_child(UiBuilder::new().id_salt("tools").max_rect(rect).layout(layout));
    child.spacing_mut().item_spacing.x = gap;
    for (name, press) in tools {
        if widgets::small_button(&mut child, look, &name, Weight::Plain).clicked() {
            pressed = Some(press);
        }
    }
    pressed
}

/// Pause and "something is wrong"; and the keys and hands that mean the same.
fn buttons(ui: &Ui, layout: &Layout, view: &HudView, words: &Words, look: &Look) -> Option<HudPress> {
    let pause = if view.stage == Stage::Paused { HudPress::Resume } else { HudPress::Pause };
    let right = view.hands.right.map(|filled| (crate::Hand::Right, filled));
    let mut pressed = None;
    if button_in(ui, look, layout.wrong, &words.wrong, Weight::Careful, None).clicked() {
        pressed = Some(HudPress::SomethingWrong);
    }
    if button_in(ui, look, layout.pause, &words.pause, Weight::Main, right).clicked() {
        pressed = Some(pause);
    }
    // With a button in focus, Space and Enter press that button.
    let free = ui.memory(|memory| memory.focused().is_none());
    let key = |key| ui.input(|input| input.key_pressed(key));
    match view.hands.chose {
        Some(crate::Hand::Right) => pressed = pressed.or(Some(pause)),
        Some(crate::Hand::Left) => pressed = pressed.or(Some(HudPress::Finish)),
        None => {}
    }
    if free && key(Key::Space) {
        pressed = pressed.or(Some(pause));
    }
    if key(Key::Escape) {
        pressed = pressed.or(Some(HudPress::Finish));
    }
    pressed
}

/// The one thing to do now.
fn cue(ui: &Ui, rect: Rect, words: &Words, look: &Look) {
    let p = look.palette();
    let (fill, ink) = match words.tone {
        Tone::Calm => (p.paper, p.ink),
        Tone::Adjust => (p.adjust_faint, p.adjust),
    };
    widgets::card_in(ui, look, rect, fill);
    let mut inner = inset(rect, 28.0, 8.0);
    if words.tone == Tone::Adjust {
        let radius = 15.0 * look.scale().sqrt();
        let centre = pos2(inner.min.x + radius, rect.center().y);
        widgets::mark(ui.painter(), look, centre, radius, widgets::Mark::Adjust);
        inner.min.x += 2.0 * radius + 14.0;
    }
    text_in(ui, inner, &words.cue, look.bold(Type::Cue), ink, Align::Center);
    live_label_at(ui, rect, "cue", &words.cue);
}

/// A name under a body in the room.
pub(crate) fn body_label(ui: &Ui, look: &Look, at: Pos2, name: &str) -> Rect {
    let p = look.palette();
    let galley = text::line(ui, name, look.bold(Type::Small), p.ink);
    let rect = Rect::from_center_size(at, galley.size() + vec2(24.0, 8.0));
    ui.painter().rect_filled(rect, CornerRadius::same(14), p.paper);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, p.ink);
    rect
}
