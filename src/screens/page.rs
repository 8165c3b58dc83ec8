//! The frame of the screens between exercises: title, one short sentence, what there is to choose, and at the bottom one
//! main button (right) and at most one other (left). What does not fit scrolls; the buttons always stand.

use crate::{
    hands::{Hand, Hands},
    layout::{GAP, MARGIN},
    look::{Look, Type},
    text,
    widgets::{self, Weight, button_height, button_in},
};
use egui::{Key, Rect, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, WidgetType, pos2, vec2};

/// Width of a page's content, design units at text scale 1.
const WIDTH: f32 = 1040.0;

/// What is behind the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ground {
    /// The room, veiled.
    #[default]
    Room,
    /// Nothing but the ground colour.
    Plain,
    /// The page stands in the left part of the window; the room shows in the right one.
    Beside,
}

/// Share of the window's width that a page beside the room takes.
const BESIDE: f32 = 0.56;

/// The part of the window that a page with [`Ground::Beside`] leaves free.
pub fn free_part(window: Rect) -> Rect {
    Rect::from_min_max(pos2(window.min.x + window.width() * BESIDE, window.min.y), window.max)
}

/// A page. `P` is what a press on it means.
///
/// ```
/// # use baro_screens::{Hands, Look, Page};
/// # #[derive(Clone, Copy, PartialEq, Debug)] enum Press { Next, Back }
/// # let _ = |ui: &mut egui::Ui, look: &Look| -> Option<Press> {
/// Page::new("How are you?").sentence("Choose what fits.").main("Next", Press::Next).other("Back", Press::Back).show(
///     ui,
///     look,
///     Hands::NONE,
///     |_ui| None,
/// )
/// # };
/// ```
pub struct Page<'a, P> {
    title: &'a str,
    sentence: &'a str,
    progress: Option<(u32, u32)>,
    progress_name: &'a str,
    main: Option<(&'a str, P)>,
    main_enabled: bool,
    main_weight: Weight,
    other: Option<(&'a str, P)>,
    ground: Ground,
}

impl<'a, P: Clone> Page<'a, P> {
    /// A page with this title.
    pub const fn new(title: &'a str) -> Self {
        Self {
            title,
            sentence: "",
            progress: None,
            progress_name: "",
            main: None,
            main_enabled: true,
            main_weight: Weight::Main,
            other: None,
            ground: Ground::Room,
        }
    }

    /// One short sentence below the title.
    pub const fn sentence(mut self, sentence: &'a str) -> Self {
        self.sentence = sentence;
        self
    }

    /// How far the flow is: this is step `step` (from 1) of `of`; `name` says so to a screen reader.
    pub const fn progress(mut self, step: u32, of: u32, name: &'a str) -> Self {
        self.progress = Some((step, of));
        self.progress_name = name;
        self
    }

    /// The main button: also the right hand, and Enter while nothing has the focus.
    pub fn main(mut self, name: &'a str, press: P) -> Self {
        self.main = Some((name, press));
        self
    }

    /// The main button can't be pressed yet (an answer is missing).
    pub const fn main_enabled(mut self, enabled: bool) -> Self {
        self.main_enabled = enabled;
        self
    }

    /// The main button is one that stops.
    pub const fn main_stops(mut self) -> Self {
        self.main_weight = Weight::Stop;
        self
    }

    /// The other button: also the left hand, and Esc.
    pub fn other(mut self, name: &'a str, press: P) -> Self {
        self.other = Some((name, press));
        self
    }

    /// What is behind the page.
    pub const fn ground(mut self, ground: Ground) -> Self {
        self.ground = ground;
        self
    }

    /// Draws the page over the whole of `ui`, with what `body` puts into it. Gives back what was pressed there or below.
    pub fn show(
        self,
        ui: &mut Ui,
        look: &Look,
        hands: Hands,
        body: impl FnOnce(&mut Ui) -> Option<P>,
    ) -> Option<P> {
        let p = look.palette();
        let mut window = ui.max_rect();
        if self.ground == Ground::Beside {
            window.max.x = free_part(window).min.x;
        }
        let fill = if self.ground == Ground::Plain { p.ground } else { p.veil };
        ui.painter().rect_filled(window, 0, fill);
        let width = (WIDTH * look.scale().sqrt()).min(window.width() - 2.0 * MARGIN);
        let content = Rect::from_center_size(window.center(), vec2(width, window.height() - 2.0 * MARGIN));
        let footer = self.footer_height(ui, look, hands, content.width());
        let above = Rect::from_min_max(
            pos2(content.min.x, window.min.y),
            pos2(content.max.x + MARGIN, content.max.y - if footer > 0.0 { footer + GAP } else { 0.0 }),
        );
        let pressed = self.above(ui, look, above, body);
        let row = Rect::from_min_max(pos2(content.min.x, content.max.y - footer), content.max);
        let below = self.footer(ui, look, hands, row);
        pressed.or(below)
    }

    /// Title, sentence, progress and body; they scroll together where they don't fit.
    fn above(
        &self,
        ui: &mut Ui,
        look: &Look,
        rect: Rect,
        body: impl FnOnce(&mut Ui) -> Option<P>,
    ) -> Option<P> {
        let p = look.palette();
        let mut child = ui.new_child(UiBuilder::new().id_salt("page").max_rect(rect));
        let scroll = ScrollArea::vertical().auto_shrink(false);
        let output = scroll.show(&mut child, |ui| {
            // Room for the focus ring, which is drawn outside of what has the focus.
            ui.set_max_width(rect.width() - MARGIN);
            ui.spacing_mut().item_spacing = vec2(GAP, GAP);
            ui.add_space(MARGIN - 4.0);
            if let Some((step, of)) = self.progress {
                progress(ui, look, step, of, self.progress_name);
            }
            let title = text::paragraph(ui, self.title, look.bold(Type::Title), p.ink);
            ui.ctx().accesskit_node_builder(title.id, |node| {
                node.set_role(egui::accesskit::Role::Heading);
                node.set_label(self.title);
            });
            if !self.sentence.is_empty() {
                text::paragraph(ui, self.sentence, look.regular(Type::Lead), p.soft_ink);
            }
            ui.add_space(GAP / 2.0);
            let pressed = body(ui);
            ui.add_space(GAP);
            pressed
        });
        output.inner
    }

    fn hand(hands: Hands, hand: Hand) -> Option<(Hand, f32)> {
        hands.of(hand).map(|filled| (hand, filled))
    }

    /// Widths of the two buttons.
    fn widths(&self, ui: &Ui, look: &Look, hands: Hands, room: f32) -> (f32, f32) {
        let wanted = |button: &Option<(&str, P)>, hand: Hand| {
            button.as_ref().map_or(0.0, |(name, _)| {
                widgets::button_width(ui, look, name, Self::hand(hands, hand)).max(240.0)
            })
        };
        let (main, other) = (wanted(&self.main, Hand::Right), wanted(&self.other, Hand::Left));
        let both = room - if main > 0.0 && other > 0.0 { MARGIN } else { 0.0 };
        if main + other <= both {
            return (main, other);
        }
        // The wider one gives way first.
        let half = both / 2.0;
        if main <= half {
            (main, both - main)
        } else if other <= half {
            (both - other, other)
        } else {
            (half, half)
        }
    }

    fn footer_height(&self, ui: &Ui, look: &Look, hands: Hands, room: f32) -> f32 {
        let (main, other) = self.widths(ui, look, hands, room);
        let height = |button: &Option<(&str, P)>, width: f32, hand: Hand| {
            button
                .as_ref()
                .map_or(0.0, |(name, _)| button_height(ui, look, name, width, Self::hand(hands, hand)))
        };
        height(&self.main, main, Hand::Right).max(height(&self.other, other, Hand::Left))
    }

    fn footer(&self, ui: &mut Ui, look: &Look, hands: Hands, row: Rect) -> Option<P> {
        let (main_width, other_width) = self.widths(ui, look, hands, row.width());
        let free = ui.memory(|memory| memory.focused().is_none());
        let key = |ui: &Ui, key: Key| ui.input(|input| input.key_pressed(key));
        let mut pressed = None;
        if let Some((name, press)) = &self.other {
            let rect = Rect::from_min_max(row.min, pos2(row.min.x + other_width, row.max.y));
            let hand = Self::hand(hands, Hand::Left);
            let clicked = button_in(ui, look, rect, name, Weight::Plain, hand).clicked();
            if clicked || hands.chose == Some(Hand::Left) || key(ui, Key::Escape) {
                pressed = Some(press.clone());
            }
        }
        if let Some((name, press)) = &self.main {
            let rect = Rect::from_min_max(pos2(row.max.x - main_width, row.min.y), row.max);
            if !self.main_enabled {
                disabled(ui, look, rect, name);
                return pressed;
            }
            let hand = Self::hand(hands, Hand::Right);
            let clicked = button_in(ui, look, rect, name, self.main_weight, hand).clicked();
            if clicked || hands.chose == Some(Hand::Right) || (free && key(ui, Key::Enter)) {
                pressed = Some(press.clone());
            }
        }
        pressed
    }
}

/// A main button that waits for an answer.
fn disabled(ui: &Ui, look: &Look, rect: Rect, name: &str) {
    let p = look.palette();
    ui.painter().rect(rect, look.corners(), p.quiet, egui::Stroke::NONE, egui::StrokeKind::Inside);
    text::text_in(
        ui,
        text::inset(rect, 22.0, 6.0),
        name,
        look.bold(Type::Lead),
        p.soft_ink,
        egui::Align::Center,
    );
    let response = ui.interact(rect, ui.id().with(("disabled", name)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, false, name));
}

/// A row of short bars, filled up to this step.
fn progress(ui: &mut Ui, look: &Look, step: u32, of: u32, name: &str) {
    let p = look.palette();
    let of = of.max(1);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width().min(420.0), 12.0), Sense::hover());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(WidgetType::ProgressIndicator, true, name);
        info.value = Some(f64::from(step) / f64::from(of));
        info
    });
    let width = (rect.width() + 6.0) / of as f32;
    for i in 0..of {
        let left = rect.min.x + width * i as f32;
        let bar = Rect::from_min_max(pos2(left, rect.min.y), pos2(left + width - 6.0, rect.max.y));
        ui.painter().rect_filled(bar, 6, if i < step { p.now } else { p.edge.gamma_multiply(0.35) });
    }
}
