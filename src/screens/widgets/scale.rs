//! The 0 to 10 scale: large numbers and words, no faces.

use super::{control, focus_ring};
use crate::{
    look::{BIG, Look, Type, bold},
    text,
};
use egui::{Align, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, vec2};

/// Eleven numbers to press, the words of some of them below, and the word of the chosen one large. `word` gives the words of
/// a number, empty where it has none. Gives back the number that was pressed.
pub fn scale(ui: &mut Ui, look: &Look, chosen: Option<u8>, word: impl Fn(u8) -> String) -> Option<u8> {
    let p = look.palette();
    let gap = 8.0;
    let width = (ui.available_width() - 10.0 * gap) / 11.0;
    let height = BIG.max(width.min(88.0));
    let mut pressed = None;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for number in 0..=10 {
            let is_chosen = chosen == Some(number);
            let word = word(number);
            let name = if word.is_empty() { number.to_string() } else { format!("{number}: {word}") };
            let (rect, response) = control(ui, vec2(width, height), || {
                WidgetInfo::selected(WidgetType::RadioButton, true, is_chosen, &name)
            });
            let (fill, ink, edge) = match (is_chosen, response.hovered()) {
                (true, _) => (p.now, p.on_now, Stroke::new(3.0, p.now)),
                (false, true) => (p.now_faint, p.ink, Stroke::new(look.edge_width(), p.now)),
                (false, false) => (p.paper, p.ink, look.edge()),
            };
            ui.painter().rect(rect, look.corners(), fill, edge, StrokeKind::Inside);
            let size = (look.size(Type::Title)).min(height * 0.72);
            let shown = number.to_string();
            let font = text::fitting_size(ui, &shown, bold(size), width - 12.0);
            text::put(ui, rect, text::wrapped(ui, &shown, font, ink, width, Align::Center), Align::Center);
            focus_ring(ui, look, &response);
            if response.clicked() {
                pressed = Some(number);
            }
        }
    });
    ends(ui, look, &word);
    if let Some(number) = chosen {
        let word = word(number);
        let said = if word.is_empty() { number.to_string() } else { format!("{number} – {word}") };
        ui.add_space(8.0);
        text::paragraph(ui, &said, look.bold(Type::Heading), p.ink);
    }
    pressed
}

/// The words of 0 and 10 below their numbers.
fn ends(ui: &mut Ui, look: &Look, word: &impl Fn(u8) -> String) {
    let p = look.palette();
    let width = ui.available_width();
    let half = width / 2.0 - 12.0;
    let font = look.regular(Type::Small);
    let low = text::wrapped(ui, &word(0), font.clone(), p.soft_ink, half, Align::Min);
    let high = text::wrapped(ui, &word(10), font, p.soft_ink, half, Align::Max);
    let height = low.size().y.max(high.size().y);
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), egui::Sense::hover());
    ui.painter().galley(rect.min, low, p.soft_ink);
    ui.painter().galley(rect.right_top(), high, p.soft_ink);
}
