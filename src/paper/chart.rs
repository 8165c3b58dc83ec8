//! A small chart: a line with its error as a band, or bars beside what was asked for.

use super::{
    place::{Colour, Piece},
    sheet::{Chart, Spot},
};
use jiff::civil::Date;

/// Room of the drawing itself, points (1/72 inch).
pub const HEIGHT: f32 = 46.0;
/// Room for what the scale is called, left of it.
pub const LEFT: f32 = 24.0;
const DOT: f32 = 1.3;

/// The drawing, with its upper left corner at the origin.
pub fn pieces(chart: &Chart, width: f32) -> Vec<Piece> {
    let (first, last) = match (chart.points.first(), chart.points.last()) {
        (Some(first), Some(last)) => (first.day, last.day),
        _ => return Vec::new(),
    };
    let days = days(first, last).max(1.0);
    let inside = width - LEFT - 4.0;
    let [low, high] = chart.range;
    let x = |spot: &Spot| LEFT + 2.0 + inside * (self::days(first, spot.day) / days) as f32;
    let y = |value: f64| HEIGHT * (1.0 - ((value - low) / (high - low)).clamp(0.0, 1.0) as f32);
    let mut all: Vec<Piece> = [0.0, HEIGHT / 2.0, HEIGHT]
        .map(|y| Piece::Stroke { points: vec![[LEFT, y], [width, y]], width: 0.4, colour: Colour::Line })
        .into();
    if chart.bars {
        let wide = (inside / chart.points.len().max(1) as f32 * 0.6).min(9.0);
        // From the left edge to the right one, however many there are.
        let step = inside / chart.points.len() as f32;
        for (n, spot) in chart.points.iter().enumerate() {
            let left = LEFT + 2.0 + step * (n as f32 + 0.5) - wide / 2.0;
            let bar = |value: f64, colour| {
                let corners =
                    vec![[left, HEIGHT], [left, y(value)], [left + wide, y(value)], [left + wide, HEIGHT]];
                Piece::Fill { points: corners, colour }
            };
            all.push(bar(spot.error, Colour::Band));
            all.push(bar(spot.value, Colour::Accent));
        }
        return all;
    }
    let edge = |sign: f64| move |spot: &Spot| [x(spot), y(spot.value + sign * spot.error)];
    if chart.points.iter().any(|spot| spot.error > 0.0) && chart.points.len() > 1 {
        let band = chart.points.iter().map(edge(1.0)).chain(chart.points.iter().rev().map(edge(-1.0)));
        all.push(Piece::Fill { points: band.collect(), colour: Colour::Band });
    }
    let line: Vec<[f32; 2]> = chart.points.iter().map(edge(0.0)).collect();
    all.extend(line.iter().map(|place| Piece::Dot { place: *place, radius: DOT, colour: Colour::Accent }));
    all.push(Piece::Stroke { points: line, width: 0.9, colour: Colour::Accent });
    all
}

fn days(from: Date, to: Date) -> f64 {
    f64::from(from.until(to).map_or(0, |span| span.get_days()))
}
