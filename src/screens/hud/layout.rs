//! Where everything stands during a set. Heights come from the words, so that large text gets the room that it needs; the
//! camera picture gives way first.

use super::{HudView, Words};
use crate::{
    Look, Type,
    hands::Hand,
    layout::{GAP, MARGIN, fit},
    text,
    widgets::button_height,
};
use egui::{Align, Color32, Rect, Ui, pos2, vec2};

const SIDE: f32 = 300.0;
const LEFT: f32 = 340.0;
const TOOLS: f32 = 48.0;
/// Least height of the camera picture.
const PICTURE: f32 = 130.0;

pub(super) struct Layout {
    pub title: Rect,
    pub tools: Rect,
    /// `None` where there is none, or no room.
    pub picture: Option<Rect>,
    /// The whole left column above the sight line.
    pub why: Rect,
    pub sight: Rect,
    pub counter: Rect,
    pub cue: Rect,
    pub wrong: Rect,
    pub pause: Rect,
}

impl Layout {
    pub fn new(ui: &Ui, view: &HudView, look: &Look, words: &Words) -> Self {
        let window = ui.max_rect();
        let (right, bottom) = (window.max.x - MARGIN, window.max.y - MARGIN);
        let side = right - SIDE * look.scale().powf(0.6);
        let height = |text: &str, kind: Type, width: f32| {
            text::wrapped(ui, text, look.bold(kind), Color32::BLACK, width, Align::Min).size().y
        };
        let side_width = right - side;
        let hand = view.hands.right.map(|filled| (Hand::Right, filled));
        let pause_height = button_height(ui, look, &words.pause, side_width, hand);
        let wrong_height = button_height(ui, look, &words.wrong, side_width, None);
        let pause = Rect::from_min_max(pos2(side, bottom - pause_height), pos2(right, bottom));
        let wrong_bottom = pause.min.y - GAP;
        let wrong = Rect::from_min_max(pos2(side, wrong_bottom - wrong_height), pos2(right, wrong_bottom));
        let tools_height = (look.size(Type::Small) * 1.25 + 16.0).max(TOOLS);
        let top = window.min.y + 20.0;
        let left = window.min.x + MARGIN;
        let left_width = LEFT * look.scale().powf(0.4);
        let tools = Rect::from_min_max(pos2(left + left_width + GAP, top), pos2(right, top + tools_height));
        let counter = Rect::from_min_max(pos2(side, tools.max.y + GAP), pos2(right, wrong.min.y - GAP));

        let cue_width = side - MARGIN - left;
        let cue_text = height(&words.cue, Type::Cue, cue_width - 56.0 - 46.0 * look.scale().sqrt());
        let cue_height = (cue_text + 24.0).clamp(96.0, window.height() * 0.36);
        let cue = Rect::from_min_size(pos2(left, bottom - cue_height), vec2(cue_width, cue_height));

        // From the bottom: the sight line; from the top: the title; the picture has what is left.
        let floor = cue.min.y - GAP;
        let sight_height = (height(&words.sight, Type::Body, left_width - 66.0) + 24.0).max(54.0);
        let name_height = height(&words.name, Type::Heading, left_width - 40.0);
        let below_height = height(&words.below_name, Type::Small, left_width - 40.0);
        let room = floor - top - sight_height - GAP;
        let title_height = (name_height + below_height + 28.0).min(room);
        let title = Rect::from_min_size(pos2(left, top), vec2(left_width, title_height));
        let picture = view.preview.and_then(|preview| {
            let room = vec2(left_width - 8.0, room - title_height - 2.0 * GAP);
            let size = fit(room.max(vec2(1.0, 1.0)), preview.aspect).min(vec2(left_width, 330.0));
            let size = fit(size, preview.aspect);
            (room.y >= PICTURE).then(|| Rect::from_min_size(pos2(left + 4.0, title.max.y + GAP + 4.0), size))
        });
        let sight_top = picture.map_or(title.max.y + GAP, |picture| picture.max.y + GAP + 4.0);
        let sight_top = if view.why { floor - sight_height } else { sight_top };
        let sight = Rect::from_min_size(pos2(left, sight_top), vec2(left_width, sight_height));
        let why = Rect::from_min_max(pos2(left, top), pos2(left + left_width, floor - sight_height - GAP));
        Self { title, tools, picture, why, sight, counter, cue, wrong, pause }
    }
}
