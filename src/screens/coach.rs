//! The screen during a set.

use crate::{
    Hands, Look, Texts, Type,
    layout::{GAP, MARGIN, fit},
    preview,
    text::{self, inset, label_at, live_label_at, text_in},
    view::{Preview, Sound, Source},
    widgets::{self, Mark, Weight, button_in},
    words::{self, Tone},
};
use baro_coach::{Exercise, Feedback};
use egui::{Align, CornerRadius, Pos2, Rect, Stroke, Ui, UiBuilder, Vec2, pos2, vec2};

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

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct CoachView<'a> {
    /// Where the set is.
    pub stage: Stage,
    /// The exercise.
    pub exercise: &'a Exercise,
    /// What the coach said about the newest frame.
    pub feedback: &'a Feedback,
    /// The cue that stands now.
    pub cue: Option<&'a str>,
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
    /// Raised hands.
    pub hands: Hands,
}

impl<'a> CoachView<'a> {
    /// A running set of which no more is known than this.
    pub const fn new(exercise: &'a Exercise, feedback: &'a Feedback) -> Self {
        Self {
            stage: Stage::Running,
            exercise,
            feedback,
            cue: None,
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
pub enum CoachPress {
    /// Pause.
    Pause,
    /// Go on.
    Resume,
    /// End the set.
    Finish,
    /// Show the other language.
    SwitchLanguage,
    /// Sound on or off.
    ToggleSound,
    /// Camera picture on or off.
    TogglePicture,
}

/// Draws the screen; gives back what was pressed.
pub fn show(ui: &mut Ui, view: &CoachView, texts: &Texts, look: &Look) -> Option<CoachPress> {
    let layout = Layout::new(ui.max_rect().size(), view.preview.map(|preview| preview.aspect));
    let paused = view.stage == Stage::Paused;
    if paused {
        ui.painter().rect_filled(ui.max_rect(), 0, look.palette().dim);
    }
    for (place, key) in view.labels {
        body_label(ui, look, *place, &texts.text(key));
    }
    title(ui, layout.title, view, texts, look);
    if let Some(shown) = &view.preview {
        preview::show(ui, look, layout.picture, shown, &texts.text("label-picture"));
    }
    sight(ui, layout.sight, view, texts, look);
    counter(ui, layout.counter, view, texts, look);
    cue(ui, layout.cue, view, texts, look);
    let mut pressed = tools(ui, layout.tools, view, texts, look);
    let (key, press) =
        if paused { ("button-resume", CoachPress::Resume) } else { ("button-pause", CoachPress::Pause) };
    if button_in(ui, look, layout.pause, &texts.text(key), Weight::Main, None).clicked() {
        pressed = Some(press);
    }
    if button_in(ui, look, layout.finish, &texts.text("button-finish"), Weight::Plain, None).clicked() {
        pressed = Some(CoachPress::Finish);
    }
    pressed
}

/// Exercise, source, and what else there is to know.
fn title(ui: &Ui, rect: Rect, view: &CoachView, texts: &Texts, look: &Look) {
    let p = look.palette();
    widgets::card_in(ui, look, rect, p.paper);
    let (name, rest) = inset(rect, 20.0, 12.0).split_top_bottom_at_fraction(0.46);
    text_in(ui, name, &texts.text(&view.exercise.name_key), look.bold(Type::Heading), p.ink, Align::Min);
    let source = words::source_line(view.source, texts);
    let notice = words::notice_line(view, look.reduced_picture, texts);
    let (upper, lower) = rest.split_top_bottom_at_fraction(0.5);
    text_in(ui, upper, &source, look.regular(Type::Small), p.soft_ink, Align::Min);
    if let Some(notice) = notice {
        text_in(ui, lower, &notice, look.regular(Type::Small), p.soft_ink, Align::Min);
    }
}

/// The small buttons, from the right.
fn tools(ui: &mut Ui, rect: Rect, view: &CoachView, texts: &Texts, look: &Look) -> Option<CoachPress> {
    let picture = if view.preview.is_some() { "button-picture-hide" } else { "button-picture-show" };
    let sound = if view.sound == Sound::Muted { "button-sound-on" } else { "button-sound-off" };
    let mut pressed = None;
    let layout = egui::Layout::right_to_left(Align::Min);
    let mut child = ui.new_child(UiBuilder::new().id_salt("tools").max_rect(rect).layout(layout));
    child.spacing_mut().item_spacing.x = GAP;
    for (key, press) in [
        ("button-language", CoachPress::SwitchLanguage),
        (sound, CoachPress::ToggleSound),
        (picture, CoachPress::TogglePicture),
    ] {
        if widgets::small_button(&mut child, look, &texts.text(key), Weight::Plain).clicked() {
            pressed = Some(press);
        }
    }
    pressed
}

/// "I can see you", always there.
fn sight(ui: &Ui, rect: Rect, view: &CoachView, texts: &Texts, look: &Look) {
    let p = look.palette();
    let (text, seen) = words::sight_line(view.stage, view.feedback.sight, texts);
    let (fill, ink, mark) =
        if seen { (p.now_faint, p.now_strong, Mark::Good) } else { (p.adjust_faint, p.adjust, Mark::Adjust) };
    widgets::card_in(ui, look, rect, fill);
    widgets::mark(ui.painter(), look, pos2(rect.min.x + 30.0, rect.center().y), 11.0, mark);
    let text_rect = Rect::from_min_max(pos2(rect.min.x + 54.0, rect.min.y), rect.max - vec2(12.0, 0.0));
    text_in(ui, text_rect, &text, look.bold(Type::Body), ink, Align::Min);
    live_label_at(ui, rect, "sight", &text);
}

/// Count, way to the target, score.
fn counter(ui: &Ui, rect: Rect, view: &CoachView, texts: &Texts, look: &Look) {
    let p = look.palette();
    widgets::card_in(ui, look, rect, p.paper);
    let inner = inset(rect, 24.0, 18.0);
    let feedback = view.feedback;
    let row = |top: f32, height: f32| {
        Rect::from_min_size(pos2(inner.min.x, inner.min.y + top), vec2(inner.width(), height))
    };
    let reps = texts.text("label-reps");
    text_in(ui, row(6.0, 30.0), &reps, look.bold(Type::Lead), p.soft_ink, Align::Center);
    let number = row(38.0, look.size(Type::Count).min(152.0));
    let count = feedback.count.to_string();
    text_in(
        ui,
        number,
        &count,
        text::fitting_size(ui, &count, look.bold(Type::Count), inner.width()),
        p.ink,
        Align::Center,
    );
    live_label_at(ui, number, "count", &texts.with("result-reps", [("count", feedback.count.into())]));
    if feedback.partial > 0 {
        let partial = texts.with("label-partial", [("count", feedback.partial.into())]);
        text_in(ui, row(200.0, 26.0), &partial, look.regular(Type::Small), p.soft_ink, Align::Center);
    }
    let progress = texts.text("label-progress");
    text_in(ui, row(246.0, 28.0), &progress, look.regular(Type::Small), p.soft_ink, Align::Min);
    let bar = row(278.0, 26.0);
    widgets::bar(ui, look, bar, feedback.progress, &progress);
    let score = feedback.score.map_or_else(|| texts.text("label-score-none"), |s| format!("{s:.0}"));
    let below = Rect::from_min_max(pos2(inner.min.x, bar.max.y + 24.0), inner.max);
    ui.painter().hline(below.x_range(), below.min.y, Stroke::new(1.5, p.quiet));
    let (left, right) = inset(below, 0.0, 4.0).split_left_right_at_fraction(0.5);
    let score_name = texts.text("label-score");
    text_in(ui, left, &score_name, look.bold(Type::Lead), p.soft_ink, Align::Min);
    text_in(ui, right, &score, look.bold(Type::Number), p.ink, Align::Max);
    label_at(ui, below, "score", &format!("{score_name}: {score}"));
}

/// The one thing to do now.
fn cue(ui: &Ui, rect: Rect, view: &CoachView, texts: &Texts, look: &Look) {
    let p = look.palette();
    let (text, tone) = words::cue_line(view, texts);
    let (fill, ink) = match tone {
        Tone::Calm => (p.paper, p.ink),
        Tone::Adjust => (p.adjust_faint, p.adjust),
    };
    widgets::card_in(ui, look, rect, fill);
    text_in(ui, inset(rect, 28.0, 8.0), &text, look.bold(Type::Cue), ink, Align::Center);
    live_label_at(ui, rect, "cue", &text);
}

/// A name under a body in the room.
fn body_label(ui: &Ui, look: &Look, at: Pos2, name: &str) {
    let p = look.palette();
    let galley = text::line(ui, name, look.bold(Type::Small), p.ink);
    let rect = Rect::from_center_size(at, galley.size() + vec2(24.0, 8.0));
    ui.painter().rect_filled(rect, CornerRadius::same(14), p.paper);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, p.ink);
}

/// Where everything stands, design units.
struct Layout {
    title: Rect,
    tools: Rect,
    picture: Rect,
    sight: Rect,
    counter: Rect,
    cue: Rect,
    pause: Rect,
    finish: Rect,
}

const SIDE: f32 = 292.0;
const PICTURE: Vec2 = vec2(336.0, 330.0);
const TITLE: Vec2 = vec2(430.0, 104.0);
const BIG_BUTTON: f32 = 64.0;
const TOOLS: f32 = 48.0;
const CUE: f32 = 96.0;
const SIGHT: f32 = 54.0;

impl Layout {
    fn new(size: Vec2, picture_aspect: Option<f32>) -> Self {
        let (right, bottom) = (size.x - MARGIN, size.y - MARGIN);
        let side = right - SIDE;
        let finish = Rect::from_min_max(pos2(side, bottom - BIG_BUTTON), pos2(right, bottom));
        let pause = finish.translate(vec2(0.0, -BIG_BUTTON - GAP));
        let tools = Rect::from_min_max(pos2(size.x / 2.0, 20.0), pos2(right, 20.0 + TOOLS));
        let counter = Rect::from_min_max(pos2(side, tools.max.y + GAP), pos2(right, pause.min.y - GAP));
        let title = Rect::from_min_size(pos2(MARGIN, 20.0), TITLE);
        let picture_at = pos2(MARGIN, title.max.y + GAP);
        let picture_size = picture_aspect.map_or(Vec2::ZERO, |aspect| fit(PICTURE, aspect));
        let picture = Rect::from_min_size(picture_at, picture_size);
        let below = if picture_aspect.is_some() { picture.max.y + GAP } else { picture_at.y };
        let sight = Rect::from_min_size(pos2(MARGIN, below), vec2(PICTURE.x, SIGHT));
        let cue = Rect::from_min_max(pos2(MARGIN, bottom - CUE), pos2(side - MARGIN, bottom));
        Self { title, tools, picture, sight, counter, cue, pause, finish }
    }
}
