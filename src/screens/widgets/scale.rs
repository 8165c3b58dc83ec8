//! The 0 to 10 scale: large numbers and words, no faces.

use super::{control, focus_ring};
use crate::{
    look::{BIG, Look, Type, bold},
    text, walk,
};
use egui::{Align, Id, Key, Modifiers, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, vec2};

/// After a 1, a 0 within this time makes it 10, seconds.
const TEN_S: f64 = 1.0;

/// Eleven numbers to press or to type, the words of the first and the last below, and those of the chosen one large. `name`:
/// of what, in a word. `word` gives the words of a number, empty where it has none. Gives back the number that was chosen.
pub fn scale(
    ui: &mut Ui,
    look: &Look,
    name: &str,
    chosen: Option<u8>,
    word: impl Fn(u8) -> String,
) -> Option<u8> {
    let p = look.palette();
    let gap = 8.0;
    let width = (ui.available_width() - 10.0 * gap) / 11.0;
    let height = BIG.max(width.min(88.0));
    let mut pressed = None;
    walk::group(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for number in 0..=10 {
            let is_chosen = chosen == Some(number);
            let name = said(&format!("{name} {number}"), ": ", &word(number));
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
    ui.add_space(8.0);
    chosen_words(ui, look, chosen, &word);
    let pressed = pressed.or_else(|| typed(ui, name, chosen));
    if pressed.is_some() {
        ui.data_mut(|data| data.insert_temp(last_answered(), ui.id().with(name)));
    }
    pressed
}

fn said(number: &str, between: &str, word: &str) -> String {
    if word.is_empty() { number.to_owned() } else { format!("{number}{between}{word}") }
}

/// The chosen number with its words. Their room is there before, so that nothing moves when one is chosen.
fn chosen_words(ui: &mut Ui, look: &Look, chosen: Option<u8>, word: &impl Fn(u8) -> String) {
    let ink = look.palette().ink;
    let width = ui.available_width();
    let galley = |number: u8| {
        let words = said(&number.to_string(), " – ", &word(number));
        (text::wrapped(ui, &words, look.bold(Type::Heading), ink, width, Align::Min), words)
    };
    let height = (0..=10).map(|number| galley(number).0.size().y).fold(0.0, f32::max);
    let shown = chosen.map(galley);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    if let Some((galley, words)) = shown {
        ui.painter().galley(rect.min, galley, ink);
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &words));
    }
}

/// Where it is kept which scale was answered last.
fn last_answered() -> Id {
    Id::new("the scale that was answered last")
}

/// Where it is kept in which frame a scale without an answer stood.
fn waiting() -> Id {
    Id::new("a scale without an answer")
}

/// The number that was typed for this scale: for the first one without an answer, else for the one that was answered last.
fn typed(ui: &Ui, name: &str, chosen: Option<u8>) -> Option<u8> {
    const KEYS: [Key; 10] = [
        Key::Num0,
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    if ui.ctx().text_edit_focused() {
        return None;
    }
    let id = ui.id().with(name);
    let (frame, now_s) = (ui.ctx().cumulative_frame_nr(), ui.input(|input| input.time));
    if chosen.is_none() {
        ui.data_mut(|data| data.insert_temp(waiting(), frame));
    }
    let one_s = ui.data(|data| data.get_temp(id)).unwrap_or(f64::NEG_INFINITY);
    let can_be_ten = chosen == Some(1) && now_s - one_s <= TEN_S;
    if can_be_ten && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Num0)) {
        return Some(10);
    }
    let (last, waited) = ui.data(|data| (data.get_temp(last_answered()), data.get_temp::<u64>(waiting())));
    let others_wait = waited.is_some_and(|waited| waited + 1 >= frame);
    if chosen.is_some() && (others_wait || last != Some(id)) {
        return None;
    }
    let key = ui.input_mut(|input| KEYS.iter().position(|key| input.consume_key(Modifiers::NONE, *key)))?;
    let number = u8::try_from(key).ok()?;
    if number == 1 {
        ui.data_mut(|data| data.insert_temp(id, now_s));
    }
    Some(number)
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
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    ui.painter().galley(rect.min, low, p.soft_ink);
    ui.painter().galley(rect.right_top(), high, p.soft_ink);
}
