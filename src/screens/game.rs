//! The screens of a game: while it is played, and what it came to.

use crate::{
    Hands, Look, Page, Texts, Type,
    layout::{GAP, MARGIN, fit},
    preview,
    result::score,
    text::{self, inset, label_at, live_label_at, text_in},
    view::Preview,
    widgets::{self, Weight, button_in},
};
use baro_coach::game::{Game, GameReport, GameView, Happened, SideReport, Stage};
use baro_motion::Side;
use egui::{Align, Rect, Ui, Vec2, pos2, vec2};

/// What is shown while a game is played.
#[derive(Debug, Clone, Copy)]
pub struct PlayView<'a> {
    /// The game.
    pub game: &'a Game,
    /// Where it is.
    pub view: GameView,
    /// The cue that was said last, while it still matters.
    pub cue: Option<&'a str>,
    /// Has the person paused it?
    pub paused: bool,
    /// The camera picture, where it is to be shown.
    pub preview: Option<Preview<'a>>,
}

/// What was pressed while a game is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlayPress {
    /// Pause.
    Pause,
    /// Go on.
    Resume,
    /// End the game.
    End,
}

/// Draws the screen; gives back what was pressed.
pub fn show(ui: &mut Ui, view: &PlayView, texts: &Texts, look: &Look) -> Option<PlayPress> {
    let p = look.palette();
    let layout = Layout::new(ui.max_rect().size(), view.preview.map(|preview| preview.aspect));
    if view.paused {
        ui.painter().rect_filled(ui.max_rect(), 0, p.dim);
    }
    title(ui, layout.title, view, texts, look);
    if let Some(shown) = &view.preview {
        preview::show(ui, look, layout.picture, shown, &texts.text("label-picture"));
    }
    let (sight, seen) = (if view.view.seen { "sight-clear" } else { "sight-lost" }, view.view.seen);
    widgets::sight(ui, look, layout.sight, &texts.text(sight), seen);
    counter(ui, layout.counter, view, texts, look);
    hint(ui, layout.cue, view, texts, look);
    let (key, press) =
        if view.paused { ("button-resume", PlayPress::Resume) } else { ("button-pause", PlayPress::Pause) };
    let mut pressed = None;
    if button_in(ui, look, layout.pause, &texts.text(key), Weight::Main, None).clicked() {
        pressed = Some(press);
    }
    if button_in(ui, look, layout.finish, &texts.text("game-button-end"), Weight::Plain, None).clicked() {
        pressed = Some(PlayPress::End);
    }
    pressed
}

/// The game's name, and how nobody falls.
fn title(ui: &Ui, rect: Rect, view: &PlayView, texts: &Texts, look: &Look) {
    let p = look.palette();
    widgets::card_in(ui, look, rect, p.paper);
    let (name, rest) = inset(rect, 20.0, 10.0).split_top_bottom_at_fraction(0.32);
    let key = &view.game.name_key;
    text_in(ui, name, &texts.text(key), look.bold(Type::Heading), p.ink, Align::Min);
    let safe = texts.attribute(key, "safe");
    text_in(ui, rest, &safe, look.regular(Type::Small), p.soft_ink, Align::Min);
    label_at(ui, rest, "safe", &safe);
}

/// How many were done, how long the one that is asked still waits, and the score.
fn counter(ui: &Ui, rect: Rect, view: &PlayView, texts: &Texts, look: &Look) {
    let p = look.palette();
    widgets::card_in(ui, look, rect, p.paper);
    let inner = inset(rect, 24.0, 18.0);
    let row = |top: f32, height: f32| {
        Rect::from_min_size(pos2(inner.min.x, inner.min.y + top), vec2(inner.width(), height))
    };
    let game = view.view;
    let done = texts.text("game-label-done");
    text_in(ui, row(6.0, 30.0), &done, look.bold(Type::Lead), p.soft_ink, Align::Center);
    let number = row(38.0, look.size(Type::Count).min(152.0));
    let count = game.done.to_string();
    let font = text::fitting_size(ui, &count, look.bold(Type::Count), inner.width());
    text_in(ui, number, &count, font, p.ink, Align::Center);
    let of = texts.with("game-label-of", [("tasks", game.tasks.into())]);
    text_in(ui, row(200.0, 28.0), &of, look.regular(Type::Small), p.soft_ink, Align::Center);
    live_label_at(ui, number, "count", &format!("{done}: {count} {of}"));
    let waits = texts.text("game-label-waits");
    text_in(ui, row(246.0, 28.0), &waits, look.regular(Type::Small), p.soft_ink, Align::Min);
    let bar = row(278.0, 26.0);
    widgets::bar(ui, look, bar, game.left, &waits);
    let score = game.score.map_or_else(|| texts.text("label-score-none"), |score| format!("{score:.0}"));
    let below = Rect::from_min_max(pos2(inner.min.x, bar.max.y + 24.0), inner.max);
    ui.painter().hline(below.x_range(), below.min.y, egui::Stroke::new(1.5, p.quiet));
    let (left, right) = inset(below, 0.0, 4.0).split_left_right_at_fraction(0.5);
    let score_name = texts.text("label-score");
    text_in(ui, left, &score_name, look.bold(Type::Lead), p.soft_ink, Align::Min);
    text_in(ui, right, &score, look.bold(Type::Number), p.ink, Align::Max);
    label_at(ui, below, "score", &format!("{score_name}: {score}"));
}

/// The one thing to do now.
fn hint(ui: &Ui, rect: Rect, view: &PlayView, texts: &Texts, look: &Look) {
    let p = look.palette();
    let text = hint_line(view, texts);
    let (fill, ink) = if view.view.seen { (p.paper, p.ink) } else { (p.adjust_faint, p.adjust) };
    widgets::card_in(ui, look, rect, fill);
    text_in(ui, inset(rect, 28.0, 8.0), &text, look.bold(Type::Cue), ink, Align::Center);
    live_label_at(ui, rect, "cue", &text);
}

fn hint_line(view: &PlayView, texts: &Texts) -> String {
    if view.paused {
        return texts.text("state-paused");
    }
    if !view.view.seen {
        return texts.text("game-state-blind");
    }
    match (view.view.stage, view.cue) {
        (Stage::Passing(task), _) => texts.text(match task.side {
            Side::Left => "game-state-pass-left",
            Side::Right => "game-state-pass-right",
        }),
        (_, Some(cue)) => texts.caption(cue),
        (Stage::Asking(task), None) => {
            Happened::Asked(task.side).cue(view.game.kind).map(|cue| texts.caption(cue)).unwrap_or_default()
        }
        (Stage::Ready(_), None) => texts.text("game-state-ready"),
        (Stage::Resting(_) | Stage::Over, None) => texts.text("game-state-rest"),
    }
}

/// What is shown of a game that has ended.
#[derive(Debug, Clone, Copy)]
pub struct GameResultView<'a> {
    /// The game.
    pub game: &'a Game,
    /// What it came to.
    pub report: &'a GameReport,
    /// Raised hands.
    pub hands: Hands,
}

/// What was pressed after a game.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GameResultPress {
    /// The same once more.
    Again,
    /// Leave.
    Close,
}

/// Draws the screen; gives back what was pressed.
pub fn show_result(
    ui: &mut Ui,
    view: &GameResultView,
    texts: &Texts,
    look: &Look,
) -> Option<GameResultPress> {
    let report = view.report;
    let heading = texts.text(if report.finished { "game-result-title" } else { "game-result-early" });
    let title = format!("{heading} · {}", texts.text(&view.game.name_key));
    let level = texts.with("game-result-level", [("level", report.level.into())]);
    let position = texts.text(if report.seated { "game-result-seated" } else { "game-result-standing" });
    let sentence = format!("{level}, {position}");
    let [again, close] = ["game-button-again", "game-button-close"].map(|key| texts.text(key));
    let page = Page::new(&title).sentence(&sentence);
    page.main(&again, GameResultPress::Again).other(&close, GameResultPress::Close).show(
        ui,
        look,
        view.hands,
        |ui| {
            let wide = ui.available_width() > 900.0 * look.scale();
            if wide {
                ui.horizontal_top(|ui| {
                    let layout = egui::Layout::top_down(Align::Min);
                    ui.allocate_ui_with_layout(vec2(340.0, 0.0), layout, |ui| {
                        summary(ui, report, texts, look);
                    });
                    ui.allocate_ui_with_layout(vec2(ui.available_width(), 0.0), layout, |ui| {
                        details(ui, report, texts, look);
                    });
                });
            } else {
                summary(ui, report, texts, look);
                details(ui, report, texts, look);
            }
            None
        },
    )
}

fn summary(ui: &mut Ui, report: &GameReport, texts: &Texts, look: &Look) {
    widgets::card(ui, look, |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        let done = [("done", report.done.into()), ("asked", report.asked.into())];
        let done = texts.with("game-result-done", done);
        text::paragraph(ui, &done, look.bold(Type::Heading), look.palette().ink);
        score(ui, report.score, "game-result-none", texts, look);
    });
}

/// Each side, and where points were lost.
fn details(ui: &mut Ui, report: &GameReport, texts: &Texts, look: &Look) {
    widgets::card(ui, look, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 6.0);
        for (key, side) in [("game-result-left", report.left), ("game-result-right", report.right)] {
            text::body(ui, look, &side_line(key, side, texts));
            if let Some(farthest) = side.farthest {
                let value = texts.value(farthest, &report.unit);
                let key = format!("game-result-farthest-{}", report.kind.name());
                text::note(ui, look, &texts.with(&key, [("value", value.into())]));
            }
        }
        widgets::separator(ui, look);
        text::heading(ui, look, &texts.text("game-result-why"));
        // What rounds to no points is no advice.
        let reasons: Vec<_> = report.reasons().into_iter().filter(|(_, points, _)| *points >= 0.5).collect();
        if reasons.is_empty() {
            text::body(ui, look, &texts.text("game-result-nothing-lost"));
        }
        for (rule, points, _) in reasons {
            let reason = texts.text(&format!("game-rule-{}", rule.name()));
            let points = format!("{points:.0}");
            let line = texts.with("game-result-lost", [("reason", reason.into()), ("points", points.into())]);
            text::body(ui, look, &line);
        }
    });
}

fn side_line(key: &str, side: SideReport, texts: &Texts) -> String {
    texts.with(key, [("done", side.done.into()), ("asked", side.asked.into())])
}

/// Where everything stands during a game, design units.
struct Layout {
    title: Rect,
    picture: Rect,
    sight: Rect,
    counter: Rect,
    cue: Rect,
    pause: Rect,
    finish: Rect,
}

const SIDE: f32 = 292.0;
const PICTURE: Vec2 = vec2(336.0, 300.0);
const TITLE: Vec2 = vec2(430.0, 140.0);
const BIG_BUTTON: f32 = 64.0;
const CUE: f32 = 96.0;
const SIGHT: f32 = 54.0;

impl Layout {
    fn new(size: Vec2, picture_aspect: Option<f32>) -> Self {
        let (right, bottom) = (size.x - MARGIN, size.y - MARGIN);
        let side = right - SIDE;
        let finish = Rect::from_min_max(pos2(side, bottom - BIG_BUTTON), pos2(right, bottom));
        let pause = finish.translate(vec2(0.0, -BIG_BUTTON - GAP));
        let counter = Rect::from_min_max(pos2(side, 20.0), pos2(right, pause.min.y - GAP));
        let title = Rect::from_min_size(pos2(MARGIN, 20.0), TITLE);
        let picture_at = pos2(MARGIN, title.max.y + GAP);
        let picture_size = picture_aspect.map_or(Vec2::ZERO, |aspect| fit(PICTURE, aspect));
        let picture = Rect::from_min_size(picture_at, picture_size);
        let below = if picture_aspect.is_some() { picture.max.y + GAP } else { picture_at.y };
        let sight = Rect::from_min_size(pos2(MARGIN, below), vec2(PICTURE.x, SIGHT));
        let cue = Rect::from_min_max(pos2(MARGIN, bottom - CUE), pos2(side - MARGIN, bottom));
        Self { title, picture, sight, counter, cue, pause, finish }
    }
}
