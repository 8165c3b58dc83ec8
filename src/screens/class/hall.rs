//! In a class: the others in the room, who they are and how they stand, and one thing to do next.

use super::panel::{self, HallDraft, HallPress, Panel};
use crate::{
    Look, Type,
    flow::Frame,
    hud::body_label,
    layout::{GAP, MARGIN, fit},
    preview,
    text::{self, inset, label_at, live_label_at, text_in},
    view::Preview,
    widgets::{self, Weight, button_height, button_in, list_row, small_button, small_button_width},
};
use baro_wire::room::{PlayKind, Shows, Slot};
use egui::{Align, CornerRadius, PointerButton, Pos2, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

const LEFT: f32 = 340.0;
const SIDE: f32 = 300.0;
const TOOLS: f32 = 48.0;
/// Least height of the camera picture.
const PICTURE: f32 = 130.0;

/// Somebody in the class, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Somebody {
    /// Their place in its lists.
    pub slot: Slot,
    /// What they are called.
    pub name: String,
    /// "Ready", "needs help", "connection lost".
    pub note: String,
    /// How often they did it, where they show that; may be empty.
    pub count: String,
    /// They need somebody now.
    pub needs: bool,
    /// It is the person themselves.
    pub own: bool,
    /// Others don't hear them.
    pub muted: bool,
    /// They are ready.
    pub ready: bool,
    /// They are heard now.
    pub speaks: bool,
}

/// The person's own voice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OwnVoice {
    /// They hear the others, and can be heard.
    pub on: bool,
    /// They are heard whenever they speak, without holding anything.
    pub open: bool,
    /// What this computer lacks for it.
    pub lacks: Option<Lack>,
}

/// What a computer may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// The others can't hear them.
    Microphone,
    /// They can't hear the others.
    Loudspeaker,
}

/// What the class does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Moment {
    /// It waits.
    #[default]
    Rest,
    /// It is about to begin.
    Starting,
    /// It exercises.
    Moving,
    /// Everybody was stopped.
    Stopped,
}

/// The person themselves.
#[derive(Debug, Clone, Copy, Default)]
pub struct Own {
    /// They lead it.
    pub leads: bool,
    /// The lead is offered to them.
    pub offered: bool,
    /// They are ready.
    pub ready: bool,
    /// Their hand is up.
    pub hand: bool,
    /// Others don't hear them.
    pub muted: bool,
    /// They said that they need help.
    pub alarm: bool,
    /// What the others see.
    pub shows: Shows,
    /// Does the camera see them? `None` while nobody looks.
    pub seen: Option<bool>,
    /// Whether the ball is theirs to throw, or to catch.
    pub ball: bool,
    /// Their voice.
    pub voice: OwnVoice,
}

/// What is shown.
#[derive(Debug, Clone, Copy, Default)]
pub struct HallView<'a> {
    /// What the class is called.
    pub title: &'a str,
    /// "4 people", or that the connection is lost.
    pub line: &'a str,
    /// Everybody; who needs somebody first.
    pub people: &'a [Somebody],
    /// The person themselves.
    pub own: Own,
    /// Their count, in words; empty where nothing is counted.
    pub count: &'a str,
    /// What the class does.
    pub moment: Moment,
    /// What is played.
    pub play: Option<PlayKind>,
    /// What stands below: what to do, who said something, a cue.
    pub caption: &'a str,
    /// The code with which others come in; empty where the person may not know it.
    pub invitation: &'a str,
    /// What can be done together: ids and names.
    pub exercises: &'a [(String, String)],
    /// What can be said to one person about the exercise: ids and texts.
    pub cues: &'a [(String, String)],
    /// Other ways to do the exercise: ids and names.
    pub variants: &'a [(String, String)],
    /// What was said lately.
    pub talk: &'a [String],
    /// Names under the bodies: where (design units), and whether they are heard now.
    pub names: &'a [(Pos2, String, bool)],
    /// The camera picture, where it is to be shown.
    pub preview: Option<Preview<'a>>,
}

/// Draws the class over the room; gives back what was pressed.
pub fn hall(ui: &mut Ui, frame: Frame, view: &HallView, draft: &mut HallDraft) -> Option<HallPress> {
    let look = frame.look;
    for (place, name, speaks) in view.names {
        let label = body_label(ui, look, *place, name);
        if *speaks {
            voice_mark(ui, look, label);
        }
    }
    draft.talks = false;
    let window = ui.max_rect();
    let (right, bottom) = (window.max.x - MARGIN, window.max.y - MARGIN);
    let side = right - SIDE * look.scale().powf(0.6);
    let left = window.min.x + MARGIN;
    let left_width = LEFT * look.scale().powf(0.4);
    let tools_bottom = window.min.y + 20.0 + (look.size(Type::Small) * 1.25 + 16.0).max(TOOLS);

    let caption = Rect::from_min_max(pos2(left, bottom - 96.0), pos2(side - MARGIN, bottom));
    let column =
        Rect::from_min_max(pos2(left, window.min.y + 20.0), pos2(left + left_width, caption.min.y - GAP));
    let mut pressed = column_of(ui, frame, view, draft, column);
    let tools_left = column.max.x + GAP;
    let bar = Rect::from_min_max(pos2(tools_left, window.min.y + 20.0), pos2(right, tools_bottom));
    tools(ui, frame, view, draft, bar);
    let below = Rect::from_min_max(pos2(side, tools_bottom + GAP), pos2(right, bottom));
    let (list, buttons) = buttons(ui, frame, view, below);
    people(ui, frame, view, draft, list);
    cue(ui, look, caption, view.caption);
    for Button { at, text, weight, does } in buttons.into_iter().rev() {
        let response = button_in(ui, look, at, &text, weight, None);
        // Held with the pointer; who can't hold opens the microphone with it, by keyboard or screen reader.
        let holds = does == Ok(HallPress::Microphone(true));
        draft.talks |= holds && response.is_pointer_button_down_on();
        if response.clicked() && !(holds && response.clicked_by(PointerButton::Primary)) {
            match does {
                Ok(press) => pressed = Some(press),
                Err(panel) => draft.panel = Some(panel),
            }
        }
    }
    pressed
}

/// What a button does, or what it opens.
type Does = Result<HallPress, Panel>;

/// A large button, laid out.
struct Button {
    at: Rect,
    text: String,
    weight: Weight,
    does: Does,
}

/// What is left above the large buttons, and these from below: the next thing, what is wrong, what else there is.
fn buttons(ui: &Ui, frame: Frame, view: &HallView, mut rect: Rect) -> (Rect, Vec<Button>) {
    let (main, does) = next(view);
    let (wrong, weight, press) = if view.own.alarm {
        ("class-fine", Weight::Plain, HallPress::Fine)
    } else {
        ("button-wrong", Weight::Careful, HallPress::Alarm)
    };
    let other = other(view).map(|(key, press)| (key, Weight::Plain, Ok(press)));
    let all =
        [(main, Weight::Main, does), (wrong, weight, Ok(press))].into_iter().chain(other).chain(voice(view));
    let buttons = all.map(|(key, weight, does)| {
        let text = frame.texts.text(key);
        let top = rect.max.y - button_height(ui, frame.look, &text, rect.width(), None);
        let at = Rect::from_min_max(pos2(rect.min.x, top), rect.max);
        rect.max.y = top - GAP;
        Button { at, text, weight, does }
    });
    let buttons = buttons.collect();
    (rect, buttons)
}

/// The one thing to do next: its text, and what it means or opens.
fn next(view: &HallView) -> (&'static str, Does) {
    let own = &view.own;
    match view.moment {
        _ if own.offered => ("class-take-over", Ok(HallPress::TakeOver(true))),
        _ if own.ball => ("class-throw", Err(Panel::Throw)),
        _ if view.play.is_some() && own.leads => ("class-end-play", Ok(HallPress::EndPlay)),
        Moment::Starting | Moment::Moving if own.leads => ("class-stop-all", Ok(HallPress::StopAll)),
        Moment::Rest | Moment::Stopped if own.leads => ("class-choose", Err(Panel::Exercises)),
        Moment::Rest | Moment::Stopped if own.ready => ("class-not-ready", Ok(HallPress::Ready(false))),
        Moment::Rest | Moment::Stopped => ("class-ready", Ok(HallPress::Ready(true))),
        _ if own.hand => ("class-hand-down", Ok(HallPress::Hand(false))),
        _ => ("class-hand-up", Ok(HallPress::Hand(true))),
    }
}

/// Name, picture and sight; or the panel that is open.
fn column_of(
    ui: &mut Ui,
    frame: Frame,
    view: &HallView,
    draft: &mut HallDraft,
    mut rect: Rect,
) -> Option<HallPress> {
    let Frame { texts, look, .. } = frame;
    let height = look.size(Type::Heading) * 1.3 + look.size(Type::Small) * 1.3 + 28.0;
    let top = text::take_top(&mut rect, height, GAP);
    title(ui, look, top, view);
    if draft.panel.is_some() {
        return panel::show(ui, frame, view, draft, rect);
    }
    if !view.count.is_empty() {
        let card = text::take_top(&mut rect, look.size(Type::Title) * 1.25 + 24.0, GAP);
        widgets::card_in(ui, look, card, look.palette().paper);
        text_in(
            ui,
            inset(card, 20.0, 8.0),
            view.count,
            look.bold(Type::Title),
            look.palette().ink,
            Align::Center,
        );
        live_label_at(ui, card, "count", view.count);
    }
    let sight_height = 54.0 * look.scale().sqrt();
    if let Some(shown) = &view.preview {
        let room = vec2(rect.width() - 8.0, (rect.height() - sight_height - 2.0 * GAP).min(220.0));
        if room.y >= PICTURE {
            let size = fit(room, shown.aspect);
            let at = text::take_top(&mut rect, size.y + 8.0, GAP);
            let picture = Rect::from_min_size(at.min + vec2(4.0, 4.0), size);
            preview::show(ui, look, picture, shown, &texts.text("label-picture"));
        }
    }
    if let Some(seen) = view.own.seen.filter(|_| rect.height() >= sight_height) {
        let words = texts.text(if seen { "sight-clear" } else { "sight-lost" });
        widgets::sight(ui, look, text::take_top(&mut rect, sight_height, GAP), &words, seen);
    }
    None
}

fn title(ui: &Ui, look: &Look, rect: Rect, view: &HallView) {
    let p = look.palette();
    widgets::card_in(ui, look, rect, p.paper);
    let mut inner = inset(rect, 20.0, 12.0);
    let height = inner.height() * 0.58;
    let name = text::take_top(&mut inner, height, 2.0);
    text_in(ui, name, view.title, look.bold(Type::Heading), p.ink, Align::Min);
    text_in(ui, inner, view.line, look.regular(Type::Small), p.soft_ink, Align::Min);
    live_label_at(ui, rect, "title", &format!("{}. {}", view.title, view.line));
}

/// What else can be done about it.
fn other(view: &HallView) -> Option<(&'static str, HallPress)> {
    let (own, moves) = (&view.own, matches!(view.moment, Moment::Starting | Moment::Moving));
    match () {
        () if own.offered => Some(("class-decline", HallPress::TakeOver(false))),
        // In a game the next thing is its end, or the ball: what stops everybody is never out of reach.
        () if own.leads && view.play.is_some() && moves => Some(("class-stop-all", HallPress::StopAll)),
        () if own.leads && own.ball => Some(("class-end-play", HallPress::EndPlay)),
        () => None,
    }
}

/// To be heard, or no longer.
fn voice(view: &HallView) -> Option<(&'static str, Weight, Does)> {
    let OwnVoice { on, open, lacks } = view.own.voice;
    let can = on && !view.own.muted && lacks != Some(Lack::Microphone);
    let key = if open { "class-voice-shut" } else { "class-voice-hold" };
    can.then_some((key, Weight::Plain, Ok(HallPress::Microphone(!open))))
}

/// Three strokes over a name: its voice is heard.
fn voice_mark(ui: &Ui, look: &Look, label: Rect) {
    let p = look.palette();
    let card = Rect::from_center_size(label.center_top() - vec2(0.0, 10.0), vec2(34.0, 20.0));
    ui.painter().rect_filled(card, CornerRadius::same(10), p.now);
    for (x, height) in [(-7.0, 6.0), (0.0, 12.0), (7.0, 8.0)] {
        let stroke = Rect::from_center_size(card.center() + vec2(x, 0.0), vec2(3.5, height));
        ui.painter().rect_filled(stroke, CornerRadius::same(2), p.on_now);
    }
}

/// What is seldom needed, from the right.
fn tools(ui: &mut Ui, frame: Frame, view: &HallView, draft: &mut HallDraft, bar: Rect) {
    let Frame { texts, look, .. } = frame;
    let all = [
        ("class-talk", Panel::Talk),
        ("class-show", Panel::Shows),
        (if view.own.leads { "class-end" } else { "class-leave" }, Panel::Leave),
    ];
    let names: Vec<_> = all.iter().map(|(key, panel)| (texts.text(key), *panel)).collect();
    let widths: Vec<f32> = names.iter().map(|(name, _)| small_button_width(ui, look, name)).collect();
    let gap = 8.0;
    let whole = widths.iter().sum::<f32>() + gap * (widths.len() - 1) as f32;
    let start = (bar.max.x - whole).max(bar.min.x);
    let at = Rect::from_min_max(pos2(start, bar.min.y), bar.max);
    let mut child = ui.new_child(UiBuilder::new().id_salt("tools").max_rect(at));
    child.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for (name, panel) in names {
            if small_button(ui, look, &name, Weight::Plain).clicked() {
                draft.panel = (draft.panel != Some(panel)).then_some(panel);
            }
        }
    });
}

/// Everybody, a row each.
fn people(ui: &mut Ui, frame: Frame, view: &HallView, draft: &mut HallDraft, rect: Rect) {
    let look = frame.look;
    let mut child = ui.new_child(UiBuilder::new().id_salt("people").max_rect(rect));
    ScrollArea::vertical().auto_shrink(false).show(&mut child, |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        for somebody in view.people {
            let chosen = draft.panel == Some(Panel::Person(somebody.slot)) || somebody.needs;
            let row = list_row(ui, look, &somebody.name, &somebody.note, &somebody.count, chosen);
            if row.clicked() && !somebody.own {
                draft.panel = Some(Panel::Person(somebody.slot));
            }
        }
    });
}

fn cue(ui: &Ui, look: &Look, rect: Rect, caption: &str) {
    if caption.is_empty() {
        return;
    }
    let p = look.palette();
    widgets::card_in(ui, look, rect, p.paper);
    text_in(ui, inset(rect, 24.0, 10.0), caption, look.bold(Type::Cue), p.ink, Align::Center);
    live_label_at(ui, rect, "cue", caption);
    label_at(ui, rect, "caption", caption);
}
