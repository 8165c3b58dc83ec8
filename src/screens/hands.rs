//! Choosing without touching anything: a raised hand, held.

use crate::look::Look;
use egui::{Color32, Painter, Pos2, Stroke, epaint::PathShape, vec2};
use std::f32::consts::TAU;

/// One of the person's own hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// Chooses the main button.
    Right,
    /// Chooses the other one.
    Left,
}

/// What the raised hands are doing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Hands {
    /// How much of the time the right hand has been up, 0 to 1; `None` where hands aren't watched.
    pub right: Option<f32>,
    /// The same for the left hand.
    pub left: Option<f32>,
    /// The hand that has been up long enough: given in one frame only.
    pub chose: Option<Hand>,
}

impl Hands {
    /// Hands aren't watched.
    pub const NONE: Self = Self { right: None, left: None, chose: None };

    /// Does someone look at the hands?
    pub const fn are_watched(&self) -> bool {
        self.right.is_some() || self.left.is_some()
    }

    /// How much of the time this hand has been up.
    pub const fn of(&self, hand: Hand) -> Option<f32> {
        match hand {
            Hand::Right => self.right,
            Hand::Left => self.left,
        }
    }
}

/// Diameter of the sign, design units at text scale 1.
pub const SIGN: f32 = 40.0;

/// A small figure with this hand up, as in a mirror, in a ring that fills while the hand is up.
pub fn sign(painter: &Painter, look: &Look, centre: Pos2, hand: Hand, filled: f32, ink: Color32) {
    let unit = SIGN / 40.0 * look.scale().sqrt();
    let side = if hand == Hand::Right { 1.0 } else { -1.0 };
    let at = |x: f32, y: f32| centre + vec2(x * side, y) * unit;
    painter.circle_stroke(centre, 18.0 * unit, Stroke::new(2.0, ink.gamma_multiply(0.45)));
    arc(painter, centre, 18.0 * unit, filled, Stroke::new(4.5 * unit, ink));
    painter.circle_filled(at(-1.0, -4.0), 3.6 * unit, ink);
    let stroke = Stroke::new(3.0 * unit, ink);
    painter.line(vec![at(-1.0, 12.0), at(-1.0, 3.0), at(5.0, 1.0), at(7.0, -11.0)], stroke);
    painter.line(vec![at(-1.0, 3.0), at(-7.0, 4.0), at(-7.5, 11.0)], stroke);
}

/// The part `share` (0 to 1) of a circle, from the top, clockwise.
pub fn arc(painter: &Painter, centre: Pos2, radius: f32, share: f32, stroke: impl Into<Stroke>) {
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    if share <= 0.0 {
        return;
    }
    let steps = (share * 96.0).ceil().max(1.0) as usize;
    let points = (0..=steps)
        .map(|i| {
            let turn = TAU * share * i as f32 / steps as f32;
            centre + radius * vec2(turn.sin(), -turn.cos())
        })
        .collect();
    painter.add(PathShape::line(points, stroke.into()));
}
