//! The screen during a set.

use super::{
    Shown,
    layout::{CoachLayout, GAP, in_picture},
    theme::{self, Weight, bold, regular},
    words::{self, Tone},
};
use crate::coaching::{Action, Status};
use baro_motion::{LandmarkId, Landmarks};
use bevy_egui::egui::{
    Align, Color32, CornerRadius, Pos2, Rect, Stroke, Ui, WidgetInfo, WidgetType, epaint::RectShape, pos2,
    vec2,
};

/// Height of the large number, design units: its digits are about 15 % of the window's height.
const COUNT_SIZE: f32 = 152.0;
/// A landmark less visible than this is not drawn.
const VISIBLE: f32 = 0.5;

/// Draws the screen; gives back what was pressed.
pub fn show(ui: &mut Ui, shown: &Shown) -> Option<Action> {
    let live = shown.live;
    let aspect = live.preview.aspect().filter(|_| shown.view.picture);
    let layout = CoachLayout::new(ui.max_rect().size(), aspect);
    let paused = matches!(live.status, Status::Paused);
    if paused {
        ui.painter().rect_filled(ui.max_rect(), 0, Color32::from_rgba_unmultiplied(18, 43, 42, 90));
    }
    for (place, key) in shown.labels {
        body_label(ui, *place, &shown.texts.text(key));
    }
    title(ui, layout.title, shown);
    if aspect.is_some() {
        picture(ui, layout.picture, shown);
    }
    sight(ui, layout.sight, shown);
    counter(ui, layout.counter, shown);
    cue(ui, layout.cue, shown);
    let mut action = tools(ui, layout.tools, shown);
    let (key, press) =
        if paused { ("button-resume", Action::Resume) } else { ("button-pause", Action::Pause) };
    if theme::button(ui, layout.pause, &shown.texts.text(key), Weight::Main, 24.0).clicked() {
        action = Some(press);
    }
    if theme::button(ui, layout.finish, &shown.texts.text("button-finish"), Weight::Plain, 24.0).clicked() {
        action = Some(Action::Finish);
    }
    action
}

/// Exercise, source, and what else there is to know.
fn title(ui: &Ui, rect: Rect, shown: &Shown) {
    theme::card(ui, rect, theme::PAPER);
    let inner = theme::inset(rect, 20.0, 12.0);
    let (name, rest) = inner.split_top_bottom_at_y(inner.min.y + 38.0);
    theme::text_in(ui, name, &shown.texts.text(&shown.exercise.name_key), bold(30.0), theme::INK, Align::Min);
    let source = words::source_line(shown.live.source.as_ref(), shown.texts);
    let notice = words::notice_line(shown.live, shown.voice, shown.reduced, shown.texts);
    let source_rect = Rect::from_min_size(rest.min, vec2(rest.width(), 24.0));
    theme::text_in(ui, source_rect, &source, regular(18.0), theme::SOFT_INK, Align::Min);
    if let Some(notice) = notice {
        let rect = source_rect.translate(vec2(0.0, 23.0));
        theme::text_in(ui, rect, &notice, regular(16.0), theme::SOFT_INK, Align::Min);
    }
}

/// The small buttons, from the right.
fn tools(ui: &mut Ui, rect: Rect, shown: &Shown) -> Option<Action> {
    let picture = if shown.view.picture { "button-picture-hide" } else { "button-picture-show" };
    let sound = if shown.voice.muted() { "button-sound-on" } else { "button-sound-off" };
    let mut right = rect.max.x;
    let mut pressed = None;
    for (key, action) in [
        ("button-language", Action::SwitchLanguage),
        (sound, Action::ToggleSound),
        (picture, Action::TogglePicture),
    ] {
        let text = shown.texts.text(key);
        let width = theme::button_width(ui, &text, 18.0);
        let at = Rect::from_min_max(pos2(right - width, rect.min.y), pos2(right, rect.max.y));
        if theme::button(ui, at, &text, Weight::Plain, 18.0).clicked() {
            pressed = Some(action);
        }
        right -= width + GAP;
    }
    pressed
}

/// The camera picture with the skeleton over it.
fn picture(ui: &Ui, rect: Rect, shown: &Shown) {
    theme::card(ui, rect.expand(4.0), theme::PAPER);
    let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    let radius = CornerRadius::same(theme::RADIUS - 4);
    ui.painter()
        .add(RectShape::filled(rect, radius, Color32::WHITE).with_texture(shown.preview_texture, whole));
    if let Some(pose) = &shown.live.pose {
        skeleton(ui, rect, &pose.image, shown.live.mirror);
    }
}

fn skeleton(ui: &Ui, rect: Rect, image: &Landmarks, mirror: bool) {
    let painter = ui.painter().with_clip_rect(rect);
    let at = |id: LandmarkId| {
        let landmark = image[id];
        let p = landmark.position;
        let x = if mirror { 1.0 - p.x } else { p.x };
        (landmark.visibility >= VISIBLE && p.is_finite()).then(|| in_picture(rect, x, p.y))
    };
    for (width, color) in [(6.0, Color32::from_white_alpha(235)), (3.2, theme::TEAL)] {
        for (a, b) in LandmarkId::BONES {
            if let (Some(a), Some(b)) = (at(a), at(b)) {
                painter.line_segment([a, b], Stroke::new(width, color));
            }
        }
    }
    for point in LandmarkId::ALL.into_iter().skip(LandmarkId::LeftShoulder.index()).filter_map(at) {
        painter.circle(point, 3.6, Color32::WHITE, Stroke::new(2.0, theme::TEAL_DARK));
    }
}

/// "I can see you", always there.
fn sight(ui: &Ui, rect: Rect, shown: &Shown) {
    let (text, seen) = words::sight_line(shown.live, shown.texts);
    let (fill, ink) =
        if seen { (theme::TEAL_FAINT, theme::TEAL_DARK) } else { (theme::AMBER_FAINT, theme::AMBER) };
    theme::card(ui, rect, fill);
    let centre = pos2(rect.min.x + 30.0, rect.center().y);
    // Two shapes, so that it does not rest on colour alone.
    if seen {
        ui.painter().circle_filled(centre, 11.0, ink);
        let tick = [vec2(-5.0, 0.5), vec2(-1.5, 4.0), vec2(5.0, -4.0)].map(|d| centre + d);
        ui.painter().line(tick.to_vec(), Stroke::new(2.6, fill));
    } else {
        ui.painter().circle_stroke(centre, 10.0, Stroke::new(3.0, ink));
        ui.painter().line_segment([centre - vec2(0.0, 5.0), centre + vec2(0.0, 1.0)], Stroke::new(3.0, ink));
        ui.painter().circle_filled(centre + vec2(0.0, 5.0), 1.8, ink);
    }
    let text_rect = Rect::from_min_max(pos2(rect.min.x + 54.0, rect.min.y), rect.max - vec2(12.0, 0.0));
    theme::text_in(ui, text_rect, &text, bold(21.0), ink, Align::Min);
}

/// Count, way to the target, score.
fn counter(ui: &mut Ui, rect: Rect, shown: &Shown) {
    theme::card(ui, rect, theme::PAPER);
    let inner = theme::inset(rect, 24.0, 18.0);
    let feedback = &shown.live.feedback;
    let row = |top: f32, height: f32| {
        Rect::from_min_size(pos2(inner.min.x, inner.min.y + top), vec2(inner.width(), height))
    };
    theme::text_in(
        ui,
        row(6.0, 30.0),
        &shown.texts.text("label-reps"),
        bold(24.0),
        theme::SOFT_INK,
        Align::Center,
    );
    let count = feedback.count.to_string();
    let number = row(38.0, COUNT_SIZE);
    let font = theme::fitting_size(ui, &count, bold(COUNT_SIZE), inner.width());
    let galley = theme::line(ui, &count, font, theme::INK);
    ui.painter().galley(number.center() - galley.size() / 2.0, galley, theme::INK);
    let label = shown.texts.with("result-reps", [("count", feedback.count.into())]);
    let response = ui.interact(number, ui.id().with("count"), bevy_egui::egui::Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &label));

    if feedback.partial > 0 {
        let partial = shown.texts.with("label-partial", [("count", feedback.partial.into())]);
        theme::text_in(ui, row(200.0, 26.0), &partial, regular(18.0), theme::SOFT_INK, Align::Center);
    }
    let bar = row(278.0, 26.0);
    theme::text_in(
        ui,
        row(246.0, 28.0),
        &shown.texts.text("label-progress"),
        regular(18.0),
        theme::SOFT_INK,
        Align::Min,
    );
    progress(ui, bar, feedback.progress);
    let score = feedback.score.map_or_else(|| shown.texts.text("label-score-none"), |s| format!("{s:.0}"));
    let below = Rect::from_min_max(pos2(inner.min.x, bar.max.y + 24.0), inner.max);
    ui.painter().hline(below.x_range(), below.min.y, Stroke::new(1.5, theme::QUIET));
    let line = theme::inset(below, 0.0, 4.0);
    theme::text_in(ui, line, &shown.texts.text("label-score"), bold(24.0), theme::SOFT_INK, Align::Min);
    theme::text_in(ui, line, &score, bold(60.0), theme::INK, Align::Max);
}

/// A bar that is full at the target.
fn progress(ui: &Ui, rect: Rect, progress: f32) {
    let radius = CornerRadius::same(12);
    ui.painter().rect_filled(rect, radius, theme::QUIET);
    let share = if progress.is_finite() { progress.clamp(0.0, 1.0) } else { 0.0 };
    if share > 0.04 {
        let width = (rect.width() * share).max(rect.height());
        let filled = Rect::from_min_size(rect.min, vec2(width, rect.height()));
        ui.painter().rect_filled(filled, radius, theme::TEAL);
    }
    if share >= 1.0 {
        let centre = pos2(rect.max.x - 15.0, rect.center().y);
        let tick = [vec2(-6.0, 0.5), vec2(-2.0, 4.5), vec2(6.0, -5.0)].map(|d| centre + d);
        ui.painter().line(tick.to_vec(), Stroke::new(3.0, Color32::WHITE));
    }
}

/// The one thing to do now.
fn cue(ui: &mut Ui, rect: Rect, shown: &Shown) {
    let (text, tone) = words::cue_line(shown.live, shown.caption, &shown.exercise.id, shown.texts);
    let (fill, ink) = match tone {
        Tone::Calm => (theme::PAPER, theme::INK),
        Tone::Adjust => (theme::AMBER_FAINT, theme::AMBER),
    };
    theme::card(ui, rect, fill);
    theme::text_in(ui, theme::inset(rect, 28.0, 8.0), &text, bold(44.0), ink, Align::Center);
    // Read out by a screen reader when it changes.
    let response = ui.interact(rect, ui.id().with("cue"), bevy_egui::egui::Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &text));
}

/// A name under a body in the room.
fn body_label(ui: &Ui, at: Pos2, text: &str) {
    let galley = theme::line(ui, text, bold(17.0), theme::INK);
    let rect = Rect::from_center_size(at, galley.size() + vec2(24.0, 8.0));
    ui.painter().rect_filled(
        rect,
        CornerRadius::same(14),
        Color32::from_rgba_unmultiplied(250, 250, 248, 205),
    );
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, theme::INK);
}
