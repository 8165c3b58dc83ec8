//! Choosing among many from across the room: the left hand moves the highlight on, the right hand takes what it is on.
//!
//! It starts on the main button and goes on to the other one, then through the page. After a choice it returns to the main
//! button where that can be pressed, and the left hand goes on behind the choice. What is far below is scrolled to first, so
//! that nothing is passed unseen. All of it is kept in egui's memory while the page stands.

use crate::{
    hands::{self, Hand, Hands},
    look::{BIG, Look},
};
use egui::{
    Context, Event, Id, Painter, Rect, Stroke, StrokeKind, Ui, WidgetType,
    accesskit::{Action, ActionRequest, TreeId},
    vec2,
};

/// Where the highlight is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum At {
    Main,
    Other,
    Body(Id),
}

/// Something in the page that can be taken.
#[derive(Debug, Clone, Copy)]
struct Stop {
    id: Id,
    rect: Rect,
    kind: WidgetType,
    /// Those of one group exclude each other.
    group: u32,
}

impl Stop {
    /// Is one of these enough, so that the others are passed over once it was taken?
    const fn is_one_of(&self) -> bool {
        matches!(self.kind, WidgetType::RadioButton | WidgetType::SelectableLabel)
    }

    /// Does the highlight return to the main button once it was taken?
    const fn is_answer(&self) -> bool {
        matches!(self.kind, WidgetType::RadioButton | WidgetType::Checkbox)
    }
}

/// What is kept from frame to frame.
#[derive(Debug, Clone)]
struct Kept {
    frame: u64,
    at: Option<At>,
    /// What was taken last, until the highlight goes on.
    behind: Option<Id>,
    stops: Vec<Stop>,
    /// What is seen of the page's content, and where that ends.
    seen: Rect,
    bottom: f32,
}

impl Default for Kept {
    fn default() -> Self {
        Self { frame: 0, at: None, behind: None, stops: Vec::new(), seen: Rect::EVERYTHING, bottom: 0.0 }
    }
}

/// The stops of the page that is being drawn.
#[derive(Debug, Clone, Default)]
struct Gathered {
    stops: Vec<Stop>,
    group: u32,
}

fn gathered() -> Id {
    Id::new("stops of the page")
}

/// Something that can be pressed was drawn.
pub(crate) fn stop(ui: &Ui, id: Id, rect: Rect, kind: WidgetType) {
    ui.data_mut(|data| {
        if let Some(mut all) = data.get_temp::<Gathered>(gathered()).filter(|_| ui.is_enabled()) {
            all.stops.push(Stop { id, rect, kind, group: all.group });
            data.insert_temp(gathered(), all);
        }
    });
}

/// What is drawn from here on belongs to another group.
pub(crate) fn group(ui: &Ui) {
    ui.data_mut(|data| {
        if let Some(mut all) = data.get_temp::<Gathered>(gathered()) {
            all.group += 1;
            data.insert_temp(gathered(), all);
        }
    });
}

/// The walk through one page, in one frame.
pub(crate) struct Walk {
    id: Id,
    kept: Kept,
    right: f32,
    /// What the right hand took in this frame.
    pub took: Option<At>,
    moved: bool,
    scroll: bool,
}

impl Walk {
    /// Moves on or takes, as the hands say. `can`: is there a main button to press, and another one?
    pub fn begin(context: &Context, page: Id, hands: Hands, can: (bool, bool)) -> Self {
        let frame = context.cumulative_frame_nr();
        let kept: Kept = context.data(|data| data.get_temp(page)).unwrap_or_default();
        let is_new = frame > kept.frame + 1;
        let kept = if is_new { Kept::default() } else { kept };
        let right = hands.right.unwrap_or_default();
        let mut walk = Self { id: page, kept, right, took: None, moved: false, scroll: false };
        walk.kept.frame = frame;
        walk.settle(can);
        match hands.chose {
            Some(Hand::Left) => walk.go_on(can),
            Some(Hand::Right) => walk.take(context),
            None => {}
        }
        context.data_mut(|data| data.insert_temp(gathered(), Gathered::default()));
        walk
    }

    /// Everything that can be highlighted, in order.
    fn order(&self, (main, other): (bool, bool)) -> Vec<At> {
        let buttons = main.then_some(At::Main).into_iter().chain(other.then_some(At::Other));
        buttons.chain(self.kept.stops.iter().map(|stop| At::Body(stop.id))).collect()
    }

    fn stop(&self, id: Id) -> Option<&Stop> {
        self.kept.stops.iter().find(|stop| stop.id == id)
    }

    /// The highlight stands on something that is there.
    fn settle(&mut self, can: (bool, bool)) {
        let order = self.order(can);
        if self.kept.at.is_some_and(|at| order.contains(&at)) {
            return;
        }
        let first = self.kept.stops.first().map(|stop| At::Body(stop.id));
        self.kept.at = match self.kept.behind {
            _ if can.0 => Some(At::Main),
            Some(behind) if self.stop(behind).is_some() => self.after(At::Body(behind), &order, true),
            _ => first,
        };
        self.moved = matches!(self.kept.at, Some(At::Body(_)));
    }

    /// What comes after `from`. `taken`: what is of one group with it is passed over.
    fn after(&self, from: At, order: &[At], taken: bool) -> Option<At> {
        let group = |at: At| match at {
            At::Body(id) => self.stop(id).filter(|stop| stop.is_one_of()).map(|stop| stop.group),
            At::Main | At::Other => None,
        };
        let passed = group(from).filter(|_| taken);
        let place = order.iter().position(|at| *at == from)?;
        let mut rest = order.iter().cycle().skip(place + 1).take(order.len()).copied();
        rest.find(|at| passed.is_none() || group(*at) != passed)
    }

    fn go_on(&mut self, can: (bool, bool)) {
        let order = self.order(can);
        let Some(at) = self.kept.at else { return };
        let here = |id: Id| at == At::Main || at == At::Body(id);
        let behind = self.kept.behind.filter(|id| here(*id) && self.stop(*id).is_some());
        let from = behind.map_or(at, At::Body);
        let mut next = self.after(from, &order, behind.is_some());
        if next == Some(at) {
            next = self.after(at, &order, false);
        }
        let seen = self.kept.seen;
        let below = match next.and_then(|at| if let At::Body(id) = at { self.stop(id) } else { None }) {
            Some(stop) => stop.rect.max.y - seen.max.y > seen.height() * 0.9,
            // Round again, but only once the end of the page was seen.
            None => matches!(from, At::Body(_)) && self.kept.bottom > seen.max.y + 8.0,
        };
        if below {
            self.scroll = true;
            return;
        }
        (self.kept.at, self.kept.behind, self.moved) = (next, None, true);
    }

    /// Presses what the highlight is on, the way a screen reader does.
    fn take(&mut self, context: &Context) {
        self.took = self.kept.at;
        let Some(At::Body(id)) = self.took else { return };
        context.input_mut(|input| {
            input.events.push(Event::AccessKitActionRequest(ActionRequest {
                action: Action::Click,
                target_tree: TreeId::ROOT,
                target_node: id.accesskit_id(),
                data: None,
            }));
        });
        self.kept.behind = Some(id);
        if self.stop(id).is_some_and(Stop::is_answer) {
            self.kept.at = None;
        }
    }

    /// The page's content was drawn in `ui`, to this height.
    pub fn content(&mut self, ui: &Ui, look: &Look) {
        let all: Gathered = ui.data_mut(|data| data.remove_temp(gathered())).unwrap_or_default();
        (self.kept.stops, self.kept.seen, self.kept.bottom) =
            (all.stops, ui.clip_rect(), ui.min_rect().max.y);
        if self.scroll {
            ui.scroll_with_delta(vec2(0.0, -0.8 * self.kept.seen.height()));
        }
        let Some(At::Body(id)) = self.kept.at else { return };
        let Some(rect) = self.stop(id).map(|stop| stop.rect) else { return };
        if self.moved {
            ui.scroll_to_rect(rect.expand(hands::SIGN), None);
        }
        highlight(ui.painter(), look, rect, self.right);
    }

    /// The main button or the other one was drawn at `rect`.
    pub fn button(&self, ui: &Ui, look: &Look, at: At, rect: Rect) {
        if self.kept.at == Some(at) {
            highlight(ui.painter(), look, rect, self.right);
        }
    }

    /// The page is drawn.
    pub fn end(self, context: &Context) {
        context.data_mut(|data| data.insert_temp(self.id, self.kept));
    }
}

/// What the right hand takes: a ring round it, and at its corner the sign of that hand, filling while it is up.
fn highlight(painter: &Painter, look: &Look, rect: Rect, filled: f32) {
    let p = look.palette();
    let ring = Stroke::new(5.0, p.now_strong);
    painter.rect_stroke(rect.expand(3.0), look.corners(), ring, StrokeKind::Outside);
    let radius = hands::SIGN / 2.0 * look.scale().sqrt() + 4.0;
    // Off the words of what it is on.
    let off =
        if rect.height() < BIG { vec2(2.0, 10.0) } else { vec2(radius * 0.5 - 24.0, radius * 0.67 - 24.0) };
    let centre = rect.right_bottom() + off;
    painter.circle(centre, radius, p.now_strong, Stroke::new(2.0, p.ground));
    hands::sign(painter, look, centre, Hand::Right, filled, p.on_now);
}
