//! The cards at the sides: name and notice, "I can see you", the count, and the reason of the score.

use super::{Counter, HudPress, HudView, Tempo, Words, counter as count_of};
use crate::{
    Look, Texts, Type, hands,
    look::bold,
    result::charge,
    text::{self, inset, label_at, live_label_at, take_top, text_in},
    widgets::{self, Weight},
};
use egui::{Align, Rect, ScrollArea, Stroke, Ui, UiBuilder, pos2};

/// Diameter that the ring keeps before what is asked for and the tempo are shown, and before all else is, design units.
const LEAST_RING: f32 = 130.0;
const GOOD_RING: f32 = 190.0;

/// Exercise, set, and what else there is to know.
pub(super) fn title(ui: &Ui, rect: Rect, words: &Words, look: &Look) {
    let p = look.palette();
    widgets::card_in(ui, look, rect, p.paper);
    let mut inner = inset(rect, 20.0, 12.0);
    let wanted =
        text::wrapped(ui, &words.name, look.bold(Type::Heading), p.ink, inner.width(), Align::Min).size().y;
    let height = wanted.min(inner.height() * 0.6);
    let name = take_top(&mut inner, height, 4.0);
    text_in(ui, name, &words.name, look.bold(Type::Heading), p.ink, Align::Min);
    text_in(ui, inner, &words.below_name, look.regular(Type::Small), p.soft_ink, Align::Min);
    label_at(ui, rect, "title", &format!("{}. {}", words.name, words.below_name));
}

/// The ring with the count, what is asked for, the tempo, and the score.
pub(super) fn counter(ui: &Ui, rect: Rect, view: &HudView, texts: &Texts, look: &Look) -> Option<HudPress> {
    let p = look.palette();
    widgets::card_in(ui, look, rect, p.paper);
    let shown = count_of(view, texts);
    let mut inner = inset(rect, 20.0, 14.0);
    let line = |kind: Type| look.size(kind) * 1.25;
    let score = take_bottom(&mut inner, line(Type::Title).max(56.0), 10.0);
    // The ring needs its room first; then the lines, by how much they matter.
    let mut left = inner.height();
    let mut affords = |there: bool, height: f32, ring: f32| {
        let does = there && left - height >= ring;
        left -= if does { height } else { 0.0 };
        does
    };
    let below = affords(!shown.below.is_empty(), line(Type::Body) + 4.0, LEAST_RING);
    let tempo = view.tempo.filter(|_| affords(true, Tempo::height(look) + 8.0, LEAST_RING));
    let heading = affords(true, line(Type::Body) + 8.0, GOOD_RING);
    let note = affords(!shown.note.is_empty(), line(Type::Small) + 4.0, GOOD_RING);
    if heading {
        let rect = take_top(&mut inner, line(Type::Body), 8.0);
        text_in(ui, rect, &shown.heading, look.bold(Type::Body), p.soft_ink, Align::Center);
    }
    if let Some(tempo) = tempo {
        let rect = take_bottom(&mut inner, Tempo::height(look), 8.0);
        tempo.show(ui, look, texts, rect, view.feedback.phase);
    }
    for (there, text, kind) in [(note, &shown.note, Type::Small), (below, &shown.below, Type::Body)] {
        if there {
            let rect = take_bottom(&mut inner, line(kind), 4.0);
            text_in(ui, rect, text, look.regular(kind), p.soft_ink, Align::Center);
        }
    }
    ring(ui, look, inner, &shown);
    score_button(ui, score, view, texts, look)
}

fn take_bottom(rect: &mut Rect, height: f32, gap: f32) -> Rect {
    let strip = Rect::from_min_max(pos2(rect.min.x, rect.max.y - height), rect.max);
    rect.max.y = (strip.min.y - gap).max(rect.min.y);
    strip
}

/// The ring, and in it the number; for a pace, a disc that grows with the breath.
fn ring(ui: &Ui, look: &Look, rect: Rect, shown: &Counter) {
    let p = look.palette();
    let side = rect.width().min(rect.height());
    let width = (side * 0.07).clamp(6.0, 18.0);
    let radius = (side / 2.0 - width / 2.0).max(10.0);
    let centre = rect.center();
    ui.painter().circle_stroke(centre, radius, Stroke::new(width, p.quiet));
    hands::arc(ui.painter(), centre, radius, shown.share, Stroke::new(width, p.now));
    let inside = radius - width / 2.0 - 4.0;
    if let Some(breath) = shown.breath {
        let full = if look.reduced_motion { 0.6 } else { 0.32 + 0.68 * breath };
        ui.painter().circle_filled(centre, inside * full, p.now_faint);
    }
    let font = text::fitting_size(ui, &shown.inside, bold(radius * 1.15), inside * 1.55);
    let galley = text::line(ui, &shown.inside, font, p.ink);
    ui.painter().galley(centre - galley.size() / 2.0, galley, p.ink);
    live_label_at(ui, rect, "count", &shown.said);
}

/// The score; pressing it shows why.
fn score_button(ui: &Ui, rect: Rect, view: &HudView, texts: &Texts, look: &Look) -> Option<HudPress> {
    let p = look.palette();
    let name = texts.text("label-score");
    let Some(score) = view.feedback.score else {
        let (left, right) = rect.split_left_right_at_fraction(0.6);
        text_in(ui, left, &name, look.bold(Type::Body), p.soft_ink, Align::Min);
        text_in(ui, right, &texts.text("label-score-none"), look.bold(Type::Title), p.soft_ink, Align::Max);
        label_at(ui, rect, "score", &format!("{name}: {}", texts.text("label-score-none")));
        return None;
    };
    let key = if view.why { "hud-why-close" } else { "hud-why" };
    let said = texts.with(key, [("score", format!("{score:.0}").into())]);
    widgets::button_in(ui, look, rect, &said, Weight::Plain, None).clicked().then_some(HudPress::ToggleWhy)
}

/// Why the last repetition has the score that it has.
pub(super) fn why(ui: &mut Ui, rect: Rect, view: &HudView, texts: &Texts, look: &Look) {
    let p = look.palette();
    widgets::card_in(ui, look, rect, p.paper);
    let inner = inset(rect, 20.0, 14.0);
    let mut child = ui.new_child(UiBuilder::new().id_salt("why").max_rect(inner));
    ScrollArea::vertical().auto_shrink(false).show(&mut child, |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        text::heading(ui, look, &texts.text("hud-why-title"));
        let Some(rep) = view.last_rep else {
            text::body(ui, look, &texts.text("hud-why-none"));
            return;
        };
        if !rep.complete {
            text::body(ui, look, &texts.text("result-rep-partial"));
        }
        for (key, value) in [
            ("hud-part-range", rep.sub.range),
            ("hud-part-form", rep.sub.form),
            ("hud-part-tempo", rep.sub.tempo),
            ("hud-part-stability", rep.sub.stability),
            ("hud-part-symmetry", rep.sub.symmetry),
        ] {
            widgets::two_ends(
                ui,
                look,
                &texts.text(key),
                &format!("{value:.0}"),
                Type::Small,
                (p.ink, p.now_strong),
            );
        }
        let faults: Vec<_> = rep.faults.iter().filter(|fault| fault.points >= 0.5).collect();
        widgets::separator(ui, look);
        if faults.is_empty() {
            text::note(ui, look, &texts.text("result-rep-clean"));
        }
        for fault in faults {
            charge(ui, fault, texts, look);
        }
    });
}
