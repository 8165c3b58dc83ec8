//! The frame of the screens between exercises: title, one short sentence, what there is to choose, and at the bottom one
//! main button (right) and at most one other (left). What does not fit scrolls; the buttons always stand.

use crate::{
    hands::{self, Hand, Hands},
    layout::{GAP, MARGIN},
    look::{BIG, Look, Type},
    text,
    walk::{At, Walk},
    widgets::{self, Weight, button_height, button_in},
};
use egui::{Align, Galley, Key, Rect, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, WidgetType, pos2, vec2};
use std::sync::Arc;

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
const BESIDE: f32 = 0.5;

/// The part of the window that a page with [`Ground::Beside`] leaves free: room for the trainer with arms spread.
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
    walk: &'a str,
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
            walk: "",
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

    /// There is more to choose than the two buttons: where hands are watched, the left one moves a highlight on and the right
    /// one takes what it is on. `sentence` tells that.
    pub const fn walk(mut self, sentence: &'a str) -> Self {
        self.walk = sentence;
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
        let width = (WIDTH * look.scale().sqrt()).min(window.width() - 2.0 * MARGIN);
        let content = Rect::from_center_size(window.center(), vec2(width, window.height() - 2.0 * MARGIN));
        // Only the column of the page is veiled: the rest of the room stays as bright as it is.
        let column = Rect::from_x_y_ranges(content.x_range().expand(2.0 * MARGIN), window.y_range());
        match self.ground {
            Ground::Plain => ui.painter().rect_filled(window, 0, p.ground),
            Ground::Room => ui.painter().rect_filled(column.intersect(window), 0, p.veil),
            Ground::Beside => ui.painter().rect_filled(window, 0, p.veil),
        };
        let mut walk = self.begin_walk(ui, hands);
        let hands = if walk.is_some() { Hands { right: None, chose: None, ..hands } } else { hands };
        let hint = walk.as_ref().map(|_| self.hint(ui, look, hands, content.width()));
        let buttons = self.footer_height(ui, look, hands, content.width());
        let footer = buttons + hint.as_ref().map_or(0.0, |hint| hint.above);
        let above = Rect::from_min_max(
            pos2(content.min.x, window.min.y),
            pos2(content.max.x + MARGIN, content.max.y - if footer > 0.0 { footer + GAP } else { 0.0 }),
        );
        let pressed = self.above(ui, look, above, walk.as_mut(), body);
        let row = Rect::from_min_max(pos2(content.min.x, content.max.y - buttons), content.max);
        if let Some(hint) = hint {
            hint.show(ui, look, self.walk, hands.left.unwrap_or_default(), row);
        }
        let below = self.footer(ui, look, hands, row, walk.as_ref());
        if let Some(walk) = walk {
            walk.end(ui.ctx());
        }
        pressed.or(below)
    }

    /// The walk through what there is to choose, where hands are watched and there is one.
    fn begin_walk(&self, ui: &Ui, hands: Hands) -> Option<Walk> {
        let walks = !self.walk.is_empty() && hands.are_watched();
        let can = (self.main.is_some() && self.main_enabled, self.other.is_some());
        walks.then(|| Walk::begin(ui.ctx(), ui.id().with(("walk", self.title)), hands, can))
    }

    /// How the hands choose, between the two buttons where that has room, else above them.
    fn hint(&self, ui: &Ui, look: &Look, hands: Hands, room: f32) -> Hint {
        let (main, other) = self.widths(ui, look, hands, room);
        let sign = hands::SIGN * look.scale().sqrt();
        let galley = |width: f32| {
            let font = look.bold(Type::Body);
            text::wrapped(ui, self.walk, font, look.palette().ink, width - sign - GAP, Align::Min)
        };
        let between = room - main - other - 2.0 * MARGIN;
        if between > 220.0 {
            let galley = galley(between);
            if galley.size().y <= BIG {
                return Hint { galley, sign, left: other + MARGIN, above: 0.0 };
            }
        }
        let galley = galley(room);
        let above = galley.size().y.max(sign) + GAP;
        Hint { galley, sign, left: 0.0, above }
    }

    /// Title, sentence, progress and body; they scroll together where they don't fit.
    fn above(
        &self,
        ui: &mut Ui,
        look: &Look,
        rect: Rect,
        walk: Option<&mut Walk>,
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
            if let Some(walk) = walk {
                walk.content(ui, look);
            }
            pressed
        });
        output.inner
    }

    fn hand(&self, hands: Hands, hand: Hand) -> Option<(Hand, f32)> {
        hands.of(hand).filter(|_| self.walk.is_empty()).map(|filled| (hand, filled))
    }

    /// Widths of the two buttons.
    fn widths(&self, ui: &Ui, look: &Look, hands: Hands, room: f32) -> (f32, f32) {
        let wanted = |button: &Option<(&str, P)>, hand: Hand| {
            button.as_ref().map_or(0.0, |(name, _)| {
                widgets::button_width(ui, look, name, self.hand(hands, hand)).max(240.0)
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
                .map_or(0.0, |(name, _)| button_height(ui, look, name, width, self.hand(hands, hand)))
        };
        height(&self.main, main, Hand::Right).max(height(&self.other, other, Hand::Left))
    }

    fn footer(&self, ui: &Ui, look: &Look, hands: Hands, row: Rect, walk: Option<&Walk>) -> Option<P> {
        let took = |at: At| walk.is_some_and(|walk| walk.took == Some(at));
        let (main_width, other_width) = self.widths(ui, look, hands, row.width());
        let free = ui.memory(|memory| memory.focused().is_none());
        let key = |ui: &Ui, key: Key| ui.input(|input| input.key_pressed(key));
        let mut pressed = None;
        if let Some((name, press)) = &self.other {
            let rect = Rect::from_min_max(row.min, pos2(row.min.x + other_width, row.max.y));
            let hand = self.hand(hands, Hand::Left);
            let clicked = button_in(ui, look, rect, name, Weight::Plain, hand).clicked();
            if clicked || took(At::Other) || hands.chose == Some(Hand::Left) || key(ui, Key::Escape) {
                pressed = Some(press.clone());
            }
            walk.into_iter().for_each(|walk| walk.button(ui, look, At::Other, rect));
        }
        if let Some((name, press)) = &self.main {
            let rect = Rect::from_min_max(pos2(row.max.x - main_width, row.min.y), row.max);
            if !self.main_enabled {
                disabled(ui, look, rect, name);
                return pressed;
            }
            let hand = self.hand(hands, Hand::Right);
            let clicked = button_in(ui, look, rect, name, self.main_weight, hand).clicked();
            let taken = took(At::Main) || hands.chose == Some(Hand::Right);
            if clicked || taken || (free && key(ui, Key::Enter)) {
                pressed = Some(press.clone());
            }
            walk.into_iter().for_each(|walk| walk.button(ui, look, At::Main, rect));
        }
        pressed
    }
}

/// How the hands choose.
struct Hint {
    galley: Arc<Galley>,
    sign: f32,
    /// From the left end of the buttons.
    left: f32,
    /// Height that it takes above them; 0 where it stands between them.
    above: f32,
}

impl Hint {
    fn show(self, ui: &Ui, look: &Look, words: &str, filled: f32, row: Rect) {
        let p = look.palette();
        let height = if self.above > 0.0 { self.above - GAP } else { row.height() };
        let top = if self.above > 0.0 { row.min.y - self.above } else { row.min.y };
        let size = vec2(self.sign + GAP + self.galley.size().x, height);
        let rect = Rect::from_min_size(pos2(row.min.x + self.left, top), size);
        let centre = pos2(rect.min.x + self.sign / 2.0, rect.center().y);
        hands::sign(ui.painter(), look, centre, Hand::Left, filled, p.now_strong);
        let at = pos2(rect.min.x + self.sign + GAP, rect.center().y - self.galley.size().y / 2.0);
        ui.painter().galley(at, self.galley, p.ink);
        text::label_at(ui, rect, "hands", words);
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
