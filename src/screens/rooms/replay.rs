//! A recorded set once more: over the room, in which the body moves as it did, stand the repetition, what was said, and the time.

use crate::{
    Look, Texts, Type,
    flow::Frame,
    hud::{body_label, clock},
    layout::{GAP, MARGIN},
    result, text,
    widgets::{self, Trace, Weight, card_in, small_button, small_button_width},
};
use baro_coach::{CUE_PRAISE, Rep};
use egui::{
    Align, Key, Pos2, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, WidgetType,
    pos2, vec2,
};

/// Width of a panel beside the bodies, design units at text scale 1.
const PANEL: f32 = 320.0;
/// One press of an arrow key, seconds.
const STEP_S: f64 = 0.5;
/// Height of the bar of time.
const BAR: f32 = 44.0;
/// Between two lines of buttons.
const BETWEEN: f32 = 8.0;
/// Height of a measure over time, design units.
const TRACE: f32 = 90.0;

/// A film that is shown.
#[derive(Debug, Clone, Copy)]
pub struct FilmView<'a> {
    /// Key of the exercise's name.
    pub exercise: &'a str,
    /// Seconds from the beginning.
    pub time_s: f64,
    /// How long it is, seconds.
    pub length_s: f64,
    /// Does it go on by itself?
    pub playing: bool,
    /// Slower than it was?
    pub slow: bool,
    /// The repetitions.
    pub reps: &'a [Rep],
    /// Index of the one that is shown.
    pub rep: Option<usize>,
    /// What the coach said, and when: seconds, and the cue's id.
    pub cues: &'a [(f64, std::sync::Arc<str>)],
    /// Names under the bodies.
    pub labels: &'a [(Pos2, &'static str)],
    /// What the therapist wrote on this moment; empty where they wrote nothing.
    pub note: &'a str,
    /// What the therapist drew on it, where that is in the window.
    pub strokes: &'a [Vec<Pos2>],
    /// What is shown to who treats.
    pub more: Option<FilmMore<'a>>,
}

/// What is shown to who treats.
#[derive(Debug, Clone, Copy)]
pub struct FilmMore<'a> {
    /// Index of the repetition to look at first.
    pub worst: Option<usize>,
    /// What was measured, over the time of the film.
    pub traces: &'a [Trace],
    /// Who moves beside the person; `None` where there is nobody to choose.
    pub beside: Option<&'a str>,
    /// Who the others are whose movement is drawn behind the traces, or why there are none; `None` where they are not asked for.
    pub others: Option<&'a str>,
}

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub enum ReplayView<'a> {
    /// It is being read.
    Reading,
    /// It can't be shown, for this reason (English).
    Failed(&'a str),
    /// It is shown.
    Film(FilmView<'a>),
}

/// What was pressed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum ReplayPress {
    /// Leave; also Esc and the left hand.
    Close,
    /// Go on, or stand still; also Space and the right hand.
    Play(bool),
    /// To this time, seconds; also the arrow keys.
    Seek(f64),
    /// Show this repetition; W shows the worst one to who treats.
    Rep(usize),
    /// Slower, or as it was.
    Slow(bool),
    /// Turn the bodies on, to see them from the next side; also T.
    Turn,
    /// Comment this moment; also C.
    Comment,
    /// Show the next set of the same exercise beside it, after the last one the trainer; also B.
    Beside,
    /// Show how others do it, or no more; also O.
    Others,
}

/// Draws the screen; gives back what was pressed.
pub fn replay(ui: &mut Ui, frame: Frame, view: &ReplayView) -> Option<ReplayPress> {
    match view {
        ReplayView::Film(film) => show(ui, frame, film),
        ReplayView::Reading => message(ui, frame, &frame.texts.text("replay-reading")),
        ReplayView::Failed(reason) => {
            message(ui, frame, &frame.texts.with("replay-failed", [("reason", (*reason).into())]))
        }
    }
}

fn message(ui: &mut Ui, frame: Frame, sentence: &str) -> Option<ReplayPress> {
    let Frame { texts, look, hands } = frame;
    let (title, close) = (texts.text("replay-title"), texts.text("rooms-close"));
    let page = crate::Page::new(&title).sentence(sentence).main(&close, ReplayPress::Close);
    page.show(ui, look, hands, |_| None)
}

fn show(ui: &mut Ui, frame: Frame, view: &FilmView) -> Option<ReplayPress> {
    let Frame { texts, look, hands } = frame;
    for (place, key) in view.labels {
        body_label(ui, look, *place, &texts.text(key));
    }
    for stroke in view.strokes {
        let pen = Stroke::new(5.0 * look.scale().sqrt(), look.palette().adjust);
        ui.painter().line(stroke.clone(), pen);
    }
    let window = ui.max_rect().shrink(MARGIN);
    let button = (look.size(Type::Small) * 1.25 + 16.0).max(48.0);
    let lines = lines(ui, view, texts, look, window.width() - 36.0) as f32;
    let buttons = lines * button + (lines - 1.0) * BETWEEN;
    let bar = Rect::from_min_max(pos2(window.min.x, window.max.y - buttons - BAR - 3.0 * GAP), window.max);
    let width = (PANEL * look.scale().sqrt()).min(window.width() * 0.4);
    let size = vec2(width, bar.min.y - GAP - window.min.y);
    panel(ui, look, Rect::from_min_size(window.min, size), "rep", |ui| repetition(ui, view, texts, look));
    let right = Rect::from_min_size(pos2(window.max.x - width, window.min.y), size);
    let said = panel(ui, look, right, "said", |ui| said(ui, view, texts, look));
    card_in(ui, look, bar, look.palette().paper);
    let inner = text::inset(bar, 18.0, GAP);
    let sought = time_bar(ui, view, texts, look, Rect::from_min_size(inner.min, vec2(inner.width(), BAR)));
    let row = Rect::from_min_max(pos2(inner.min.x, inner.max.y - buttons), inner.max);
    let pressed = controls(ui, view, texts, look, row);
    said.or(sought).or(pressed).or_else(|| keys(ui, view)).or(match hands.chose {
        Some(crate::Hand::Right) => Some(ReplayPress::Play(!view.playing)),
        Some(crate::Hand::Left) => Some(ReplayPress::Close),
        None => None,
    })
}

/// A card beside the bodies, no larger than `most`; what does not fit scrolls.
fn panel<R>(
    ui: &mut Ui,
    look: &Look,
    most: Rect,
    salt: &str,
    add: impl FnOnce(&mut Ui) -> Option<R>,
) -> Option<R> {
    let mut child = ui.new_child(UiBuilder::new().id_salt(salt).max_rect(most));
    let card = widgets::card(&mut child, look, |ui| {
        let scroll = ScrollArea::vertical().auto_shrink([false, true]).max_height(most.height() - 36.0);
        let shown = scroll.show(ui, |ui| {
            ui.set_max_width(ui.available_width() - 8.0);
            ui.spacing_mut().item_spacing.y = 8.0;
            add(ui)
        });
        shown.inner
    });
    card.inner
}

/// The repetition that is shown: its score, and what cost points.
fn repetition(ui: &mut Ui, view: &FilmView, texts: &Texts, look: &Look) -> Option<ReplayPress> {
    text::heading(ui, look, &texts.text(view.exercise));
    if !view.note.is_empty() {
        text::note(ui, look, &texts.text("replay-note"));
        text::body(ui, look, view.note);
    }
    if let Some(who) = beside(view) {
        text::note(ui, look, &texts.with("desk-beside-who", [("who", who.into())]));
    }
    let Some((number, rep)) = view.rep.and_then(|at| Some((at + 1, view.reps.get(at)?))) else {
        text::body(ui, look, &texts.text("replay-no-rep"));
        return None;
    };
    result::repetition(ui, number, rep, texts, look);
    if let Some(others) = view.more.and_then(|more| more.others) {
        text::note(ui, look, others);
    }
    for trace in view.more.iter().flat_map(|more| more.traces) {
        trace.show(ui, look, TRACE, view.time_s);
    }
    None
}

/// What the coach said, each with its time: a press goes there.
fn said(ui: &mut Ui, view: &FilmView, texts: &Texts, look: &Look) -> Option<ReplayPress> {
    text::heading(ui, look, &texts.text("replay-said"));
    if view.cues.is_empty() {
        text::note(ui, look, &texts.text("replay-nothing-said"));
    }
    let mut pressed = None;
    let now = view.cues.iter().rposition(|(said_s, _)| *said_s <= view.time_s + 0.05);
    for (i, (said_s, cue)) in view.cues.iter().enumerate() {
        let mark = if &**cue == CUE_PRAISE { widgets::Mark::Good } else { widgets::Mark::Adjust };
        let row = cue_row(ui, look, &over(*said_s), &texts.caption(cue), mark, now == Some(i));
        if row.clicked() {
            pressed = Some(ReplayPress::Seek(*said_s));
        }
    }
    pressed
}

fn cue_row(
    ui: &mut Ui,
    look: &Look,
    time: &str,
    words: &str,
    mark: widgets::Mark,
    now: bool,
) -> egui::Response {
    let p = look.palette();
    let (pad, sign) = (8.0, 30.0);
    let width = ui.available_width();
    let text_width = width - 2.0 * pad - sign;
    let time_galley = text::line(ui, time, look.bold(Type::Small), p.soft_ink);
    let galley = text::wrapped(ui, words, look.regular(Type::Small), p.ink, text_width, Align::Min);
    let height = time_galley.size().y + galley.size().y + 2.0 * pad;
    let name = format!("{time} {words}");
    let (rect, response) = widgets::control(ui, vec2(width, height), || {
        WidgetInfo::selected(WidgetType::Button, true, now, &name)
    });
    if now || response.hovered() {
        ui.painter().rect_filled(rect, look.corners(), p.now_faint);
    }
    let left = rect.min + vec2(pad, pad);
    widgets::mark(ui.painter(), look, left + vec2(11.0, time_galley.size().y / 2.0), 9.0, mark);
    let below = time_galley.size().y;
    ui.painter().galley(left + vec2(sign, 0.0), time_galley, p.soft_ink);
    ui.painter().galley(left + vec2(sign, below), galley, p.ink);
    widgets::focus_ring(ui, look, &response);
    response
}

/// The whole film as a bar with its repetitions; a press or a pull goes to that time.
fn time_bar(ui: &Ui, view: &FilmView, texts: &Texts, look: &Look, rect: Rect) -> Option<ReplayPress> {
    let p = look.palette();
    let response = ui.interact(rect, ui.id().with("time"), Sense::click_and_drag());
    let name = texts.text("replay-time");
    response.widget_info(|| WidgetInfo::slider(true, view.time_s, &name));
    let length_s = view.length_s.max(0.1);
    let x = |time_s: f64| rect.min.x + rect.width() * (time_s / length_s).clamp(0.0, 1.0) as f32;
    let track = Rect::from_center_size(rect.center(), vec2(rect.width(), 10.0));
    ui.painter().rect_filled(track, 5, p.quiet);
    for (i, rep) in view.reps.iter().enumerate() {
        let part = Rect::from_min_max(
            pos2(x(rep.start_s), rect.center().y - 12.0),
            pos2(x(rep.end_s) - 2.0, rect.center().y + 12.0),
        );
        let fill = if view.rep == Some(i) { p.now } else { p.now_faint };
        let edge = Stroke::new(look.edge_width(), if rep.complete { p.now } else { p.adjust });
        ui.painter().rect(part, 6, fill, edge, StrokeKind::Inside);
    }
    for (said_s, _) in view.cues.iter().filter(|(_, cue)| &**cue != CUE_PRAISE) {
        ui.painter().circle_filled(pos2(x(*said_s), rect.min.y + 4.0), 4.0, p.adjust);
    }
    let at = pos2(x(view.time_s), rect.center().y);
    ui.painter().vline(at.x, rect.y_range(), Stroke::new(4.0, p.ink));
    ui.painter().circle(at, 11.0, p.paper, Stroke::new(4.0, p.ink));
    widgets::focus_ring(ui, look, &response);
    let to = response.interact_pointer_pos().filter(|_| response.clicked() || response.dragged())?;
    let share = f64::from((to.x - rect.min.x) / rect.width()).clamp(0.0, 1.0);
    Some(ReplayPress::Seek(share * length_s))
}

/// The buttons below the bar of time: their names' keys, what they mean, and are they there.
fn buttons(view: &FilmView) -> impl Iterator<Item = (&'static str, ReplayPress)> {
    let play = if view.playing { "replay-pause" } else { "replay-play" };
    let slow = if view.slow { "replay-normal" } else { "replay-slow" };
    let before = view.rep.and_then(|rep| rep.checked_sub(1));
    let after = view.rep.map_or(0, |rep| rep + 1);
    let worst = view.more.and_then(|more| more.worst);
    let others =
        if view.more.is_some_and(|more| more.others.is_some()) { "desk-alone" } else { "desk-others" };
    [
        ("replay-before", ReplayPress::Rep(before.unwrap_or(0)), before.is_some()),
        (play, ReplayPress::Play(!view.playing), true),
        ("replay-after", ReplayPress::Rep(after), after < view.reps.len()),
        ("desk-worst", ReplayPress::Rep(worst.unwrap_or(0)), worst.is_some()),
        (slow, ReplayPress::Slow(!view.slow), true),
        ("replay-turn", ReplayPress::Turn, true),
        ("desk-beside", ReplayPress::Beside, beside(view).is_some()),
        (others, ReplayPress::Others, view.more.is_some_and(|more| !more.traces.is_empty())),
        ("desk-comment", ReplayPress::Comment, view.more.is_some()),
        ("rooms-close", ReplayPress::Close, true),
    ]
    .into_iter()
    .filter_map(|(key, press, there)| there.then_some((key, press)))
}

fn beside<'a>(view: &FilmView<'a>) -> Option<&'a str> {
    view.more.and_then(|more| more.beside)
}

fn time_words(view: &FilmView) -> String {
    format!("{} / {}", over(view.time_s), over(view.length_s))
}

/// On how many lines the buttons and the time go.
fn lines(ui: &Ui, view: &FilmView, texts: &Texts, look: &Look, width: f32) -> usize {
    let time = text::line(ui, &time_words(view), look.regular(Type::Body), look.palette().ink).size().x;
    let buttons = buttons(view).map(|(key, _)| small_button_width(ui, look, &texts.text(key)));
    let (mut lines, mut used) = (1, 0.0);
    for each in std::iter::once(time).chain(buttons) {
        if used > 0.0 && used + each > width {
            (lines, used) = (lines + 1, 0.0);
        }
        used += each + GAP;
    }
    lines
}

fn controls(ui: &mut Ui, view: &FilmView, texts: &Texts, look: &Look, rows: Rect) -> Option<ReplayPress> {
    let mut pressed = None;
    let mut child = ui.new_child(UiBuilder::new().id_salt("controls").max_rect(rows));
    child.spacing_mut().item_spacing = vec2(GAP, BETWEEN);
    child.horizontal_wrapped(|ui| {
        ui.set_max_width(rows.width());
        for (key, press) in buttons(view) {
            let weight = if matches!(press, ReplayPress::Play(_)) { Weight::Main } else { Weight::Plain };
            if small_button(ui, look, &texts.text(key), weight).clicked() {
                pressed = Some(press);
            }
        }
        text::body(ui, look, &time_words(view));
    });
    pressed
}

/// With a button in focus, Space presses that button.
fn keys(ui: &Ui, view: &FilmView) -> Option<ReplayPress> {
    let free = ui.memory(|memory| memory.focused().is_none());
    let key = |key| ui.input(|input| input.key_pressed(key));
    if key(Key::Escape) {
        return Some(ReplayPress::Close);
    }
    let worst = view.more.and_then(|more| more.worst);
    [
        (Key::Space, Some(ReplayPress::Play(!view.playing))),
        (Key::ArrowLeft, Some(ReplayPress::Seek(view.time_s - STEP_S))),
        (Key::ArrowRight, Some(ReplayPress::Seek(view.time_s + STEP_S))),
        (Key::T, Some(ReplayPress::Turn)),
        (Key::W, worst.map(ReplayPress::Rep)),
        (Key::C, view.more.map(|_| ReplayPress::Comment)),
        (Key::B, beside(view).map(|_| ReplayPress::Beside)),
        (Key::O, view.more.filter(|more| !more.traces.is_empty()).map(|_| ReplayPress::Others)),
    ]
    .into_iter()
    .find_map(|(pressed, press)| press.filter(|_| free && key(pressed)))
}

/// Whole minutes and seconds that are over.
fn over(time_s: f64) -> String {
    clock(time_s.floor())
}
