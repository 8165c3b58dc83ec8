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
    widgets::{self, Mark, Weight, button_height, button_in, list_row, small_button, small_button_width},
};
use baro_wire::room::{PlayKind, Shows, Slot};
use egui::{Align, Pos2, Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

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
pub struct Own<'a> {
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
    /// Their count, in words; empty where nothing is counted.
    pub count: &'a str,
    /// Does the camera see them? `None` while nobody looks.
    pub seen: Option<bool>,
    /// Whether the ball is theirs to throw, or to catch.
    pub ball: bool,
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
    pub own: Own<'a>,
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
    /// Names under the bodies: where (design units).
    pub names: &'a [(Pos2, String)],
    /// The camera picture, where it is to be shown.
    pub preview: Option<Preview<'a>>,
}

/// Draws the class over the room; gives back what was pressed.
pub fn hall(ui: &mut Ui, frame: Frame, view: &HallView, draft: &mut HallDraft) -> Option<HallPress> {
    let Frame { texts, look, .. } = frame;
    for (place, name) in view.names {
        body_label(ui, look, *place, name);
    }
    let window = ui.max_rect();
    let (right, bottom) = (window.max.x - MARGIN, window.max.y - MARGIN);
    let side = right - SIDE * look.scale().powf(0.6);
    let left = window.min.x + MARGIN;
    let left_width = LEFT * look.scale().powf(0.4);
    let (main, press) = next(view);
    let (main, wrong) =
        (texts.text(main), texts.text(if view.own.alarm { "class-fine" } else { "button-wrong" }));
    let main_top = bottom - button_height(ui, look, &main, right - side, None);
    let wrong_top = main_top - GAP - button_height(ui, look, &wrong, right - side, None);
    let tools_bottom = window.min.y + 20.0 + (look.size(Type::Small) * 1.25 + 16.0).max(TOOLS);

    let caption = Rect::from_min_max(pos2(left, bottom - 96.0), pos2(side - MARGIN, bottom));
    let column =
        Rect::from_min_max(pos2(left, window.min.y + 20.0), pos2(left + left_width, caption.min.y - GAP));
    let mut pressed = column_of(ui, frame, view, draft, column);
    let tools_left = column.max.x + GAP;
    let bar = Rect::from_min_max(pos2(tools_left, window.min.y + 20.0), pos2(right, tools_bottom));
    tools(ui, frame, view, draft, bar);
    let list = Rect::from_min_max(pos2(side, tools_bottom + GAP), pos2(right, wrong_top - GAP));
    people(ui, frame, view, draft, list);
    cue(ui, look, caption, view.caption);
    let wrong_in = Rect::from_min_max(pos2(side, wrong_top), pos2(right, main_top - GAP));
    let weight = if view.own.alarm { Weight::Plain } else { Weight::Careful };
    if button_in(ui, look, wrong_in, &wrong, weight, None).clicked() {
        pressed = Some(if view.own.alarm { HallPress::Fine } else { HallPress::Alarm });
    }
    let main_in = Rect::from_min_max(pos2(side, main_top), pos2(right, bottom));
    if button_in(ui, look, main_in, &main, Weight::Main, None).clicked() {
        match press {
            Ok(press) => pressed = Some(press),
            Err(panel) => draft.panel = Some(panel),
        }
    }
    pressed
}

/// The one thing to do next: its text, and what it means or opens.
fn next(view: &HallView) -> (&'static str, Result<HallPress, Panel>) {
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
    if !view.own.count.is_empty() {
        let card = text::take_top(&mut rect, look.size(Type::Title) * 1.25 + 24.0, GAP);
        widgets::card_in(ui, look, card, look.palette().paper);
        text_in(
            ui,
            inset(card, 20.0, 8.0),
            view.own.count,
            look.bold(Type::Title),
            look.palette().ink,
            Align::Center,
        );
        live_label_at(ui, card, "count", view.own.count);
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
        sight(ui, frame, text::take_top(&mut rect, sight_height, GAP), seen);
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

/// "I can see you", always there while somebody looks.
fn sight(ui: &Ui, frame: Frame, rect: Rect, seen: bool) {
    let (look, p) = (frame.look, frame.look.palette());
    let (key, fill, ink, mark) = if seen {
        ("sight-clear", p.now_faint, p.now_strong, Mark::Good)
    } else {
        ("sight-lost", p.adjust_faint, p.adjust, Mark::Adjust)
    };
    widgets::card_in(ui, look, rect, fill);
    widgets::mark(ui.painter(), look, pos2(rect.min.x + 30.0, rect.center().y), 11.0, mark);
    let inner = Rect::from_min_max(pos2(rect.min.x + 54.0, rect.min.y), rect.max - vec2(12.0, 0.0));
    let text = frame.texts.text(key);
    text_in(ui, inner, &text, look.bold(Type::Body), ink, Align::Min);
    live_label_at(ui, rect, "sight", &text);
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
