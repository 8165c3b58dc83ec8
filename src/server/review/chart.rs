//! A value from session to session as SVG, each with the error of measuring it.

use super::texts;
use baro_home::history::{Of, Point, Trend};
use baro_locale::Texts;
use jiff::civil::Date;
use maud::{Markup, html};

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = WIDTH - 16.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = HEIGHT - 34.0;
/// 95 of 100 times the true value is within so many standard deviations.
const ERROR: f64 = 1.96;
/// The newest points that are drawn.
const MOST: usize = 120;

/// A line with its name, and in words from where to where it went.
pub fn trend(texts: &Texts, trend: &Trend) -> Markup {
    let points = trend.points.get(trend.points.len().saturating_sub(MOST)..).unwrap_or_default();
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return html! {} };
    let name = name(texts, &trend.of);
    let value = |point: &Point| told(texts, &trend.of, point.value);
    let words = texts.with(
        "web-trend",
        [
            ("name", name.clone().into()),
            ("from", value(first).into()),
            ("to", value(last).into()),
            ("since", texts::day(texts, first.day).into()),
        ],
    );
    html! {
        figure {
            figcaption {
                strong { (name) }
                @if let Some(changed) = trend.changed { span.tag { (texts.text(changed.key())) } }
            }
            (svg(texts, &trend.of, points, &words))
        }
    }
}

/// The drawing alone.
pub fn svg(texts: &Texts, of: &Of, points: &[Point], words: &str) -> Markup {
    let error = |point: &Point| point.sd.unwrap_or(0.0) * ERROR;
    let fixed = match of {
        Of::Pain => Some([0.0, 10.0]),
        Of::Score { .. } => Some([0.0, 100.0]),
        _ => None,
    };
    let [low, high] = fixed.unwrap_or_else(|| {
        let low = points.iter().map(|point| point.value - error(point)).fold(f64::INFINITY, f64::min);
        let high = points.iter().map(|point| point.value + error(point)).fold(f64::NEG_INFINITY, f64::max);
        let room = ((high - low) * 0.1).max(f64::EPSILON);
        [low - room, high + room]
    });
    let day =
        |date: Date| f64::from(Date::constant(1970, 1, 1).until(date).map_or(0, |span| span.get_days()));
    let (from, to) = (points.first().map_or(0.0, |p| day(p.day)), points.last().map_or(1.0, |p| day(p.day)));
    let x =
        |point: &Point| LEFT + 12.0 + (RIGHT - LEFT - 24.0) * (day(point.day) - from) / (to - from).max(1.0);
    let y = |value: f64| BOTTOM - (BOTTOM - TOP) * ((value - low) / (high - low)).clamp(0.0, 1.0);
    let line: Vec<String> = points.iter().map(|p| format!("{:.1},{:.1}", x(p), y(p.value))).collect();
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT) role="img" aria-label=(words) font-size="15" {
            @for value in [low, f64::midpoint(low, high), high] {
                line x1=(LEFT) x2=(RIGHT) y1=(px(y(value))) y2=(px(y(value))) stroke="#d5dde3" {}
                text x=(LEFT - 8.0) y=(px(y(value) + 5.0)) text-anchor="end" fill="#51606d" { (told(texts, of, value)) }
            }
            polyline points=(line.join(" ")) fill="none" stroke="#1b5f73" stroke-width="2" {}
            @for point in points {
                @if error(point) > 0.0 {
                    line x1=(px(x(point))) x2=(px(x(point))) y1=(px(y(point.value - error(point)))) y2=(px(y(point.value + error(point)))) stroke="#1b5f73" stroke-opacity="0.55" stroke-width="3" {}
                }
                circle cx=(px(x(point))) cy=(px(y(point.value))) r="4" fill="#1b5f73" {}
            }
            @for (point, anchor, at) in points.first().into_iter().map(|p| (p, "start", LEFT)).chain(points.last().map(|p| (p, "end", RIGHT))) {
                text x=(at) y=(px(HEIGHT - 8.0)) text-anchor=(anchor) fill="#51606d" { (texts::day(texts, point.day)) }
            }
        }
    }
}

fn px(value: f64) -> String {
    format!("{value:.1}")
}

fn told(texts: &Texts, of: &Of, value: f64) -> String {
    match of {
        Of::Pain | Of::Score { .. } => format!("{value:.0}"),
        Of::Range { unit, .. } => texts.value(value, unit),
        Of::Test { unit, .. } if unit == "s" => texts.value(value, "s"),
        Of::Test { .. } => format!("{value:.0}"),
    }
}

fn name(texts: &Texts, of: &Of) -> String {
    let exercise = |id: &str| texts::exercise(texts, id);
    match of {
        Of::Pain => texts.text("web-pain-before"),
        Of::Score { exercise: id } => texts.with("web-score-of", [("exercise", exercise(id).into())]),
        Of::Range { exercise: id, measure, side, .. } => {
            let [measure, side] =
                [format!("measure-{measure}"), format!("report-{side}")].map(|key| texts.text(&key));
            let of = [("exercise", exercise(id).into()), ("measure", measure.into()), ("side", side.into())];
            texts.with("web-range-of", of)
        }
        Of::Test { exercise: id, .. } => texts.with("web-test-of", [("exercise", exercise(id).into())]),
    }
}
