//! A measure over the time of a set, with its error, beside what it is held against; and the same as numbers.

use super::svg::{
    FAINT, FAULT, GRID, INK, LEFT, REP, RIGHT, SIDES, Scale, TARGET, WHOLE, WIDTH, WORST, px, room, thinned,
    ticks,
};
use super::timeline::time_axis;
use super::{Seen, axis, times};
use baro_coach::{Aspect, Exercise, Limit};
use baro_locale::Texts;
use baro_motion::{Side, Unit};
use baro_review::session::{Curve, SessionReview};
use maud::{Markup, html};

const HEIGHT: f64 = 280.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = HEIGHT - 40.0;

/// A sample that was measured: time, value, 1.96 standard deviations, may its number be told?
type Sample = (f64, f64, f64, bool);

/// All curves: what it is counted on first, the others on demand.
pub fn curves(texts: &Texts, seen: &Seen) -> Markup {
    let review = &seen.review;
    let mut measures: Vec<&str> = Vec::new();
    for curve in &review.curves {
        if !measures.contains(&&*curve.measure) {
            measures.push(&curve.measure);
        }
    }
    let of =
        |measure: &str| review.curves.iter().filter(|curve| curve.measure == measure).collect::<Vec<_>>();
    html! {
        @if let Some((first, rest)) = measures.split_first() {
            h2 { (texts.text("web-curves")) }
            p.faint { (texts.text("web-set-curves-help")) }
            (measure(texts, review, &seen.exercise, &of(first)))
            @if !rest.is_empty() {
                details {
                    summary { (texts.text("web-more-curves")) }
                    @for name in rest { (measure(texts, review, &seen.exercise, &of(name))) }
                }
            }
        }
    }
}

fn measure(texts: &Texts, review: &SessionReview, exercise: &Exercise, curves: &[&Curve]) -> Markup {
    let Some(first) = curves.first() else { return html! {} };
    let name = texts.text(&format!("measure-{}", first.measure));
    html! {
        figure {
            figcaption { strong { (name) } (legend(texts, curves)) }
            (drawing(texts, review, exercise, curves, &name))
        }
        details {
            summary { (texts.with("web-set-numbers", [("name", name.clone().into())])) }
            (numbers(texts, review, curves, &name))
        }
    }
}

fn legend(texts: &Texts, curves: &[&Curve]) -> Markup {
    html! {
        @for curve in curves {
            @if let Some(side) = curve.side {
                " " svg.key xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12" width="24" height="12" aria-hidden="true" {
                    line x1="0" x2="24" y1="6" y2="6" stroke=(colour(curve)) stroke-width="4" {}
                }
                " " (one_side(texts, side))
            }
        }
    }
}

fn drawing(
    texts: &Texts,
    review: &SessionReview,
    exercise: &Exercise,
    curves: &[&Curve],
    name: &str,
) -> Markup {
    let Some(first) = curves.first() else { return html! {} };
    let marks = marks(exercise, &first.measure);
    let all: Vec<(&Curve, Vec<Sample>)> =
        curves.iter().map(|curve| (*curve, samples(curve, 0).collect())).collect();
    let values = all.iter().flat_map(|(_, samples)| samples).flat_map(|(_, value, pm, told)| {
        let pm = if *told { *pm } else { 0.0 };
        [value - pm, value + pm]
    });
    let y = room(values.chain(marks.iter().map(|mark| mark.0)), &first.unit);
    let scale = Scale { x: times(review), y, plot: [TOP, BOTTOM] };
    let id = &first.measure;
    html! {
        svg.timed xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby={ "title-" (id) " told-" (id) } font-size="15" data-time=(axis(&scale)) {
            title id={ "title-" (id) } { (name) }
            desc id={ "told-" (id) } { (told(texts, review, curves)) }
            (repetitions(review, &scale))
            @for value in ticks(y[0], y[1], 4) {
                line x1=(LEFT) x2=(RIGHT) y1=(px(scale.y(value))) y2=(px(scale.y(value))) stroke=(GRID) {}
                text x=(LEFT - 10.0) y=(px(scale.y(value) + 5.0)) text-anchor="end" fill=(FAINT) { (texts.value(value, &first.unit)) }
            }
            @for (value, target) in &marks { (mark(texts, &scale, *value, &first.unit, *target)) }
            @for (curve, samples) in &all {
                @for stretch in stretches(curve, samples) { (piece(&scale, &stretch, colour(curve))) }
            }
            (time_axis(&scale, BOTTOM))
            line.playhead data-playhead x1=(LEFT) x2=(LEFT) y1=(px(TOP - 6.0)) y2=(px(BOTTOM)) stroke=(INK) stroke-width="2" visibility="hidden" {}
        }
    }
}

/// In words: the lowest and the highest of what may be told.
fn told(texts: &Texts, review: &SessionReview, curves: &[&Curve]) -> String {
    let [from, to] = times(review);
    let ends = curves.iter().filter_map(|curve| {
        let values: Vec<f64> = curve.told(from, to).map(|(_, value)| value).collect();
        let low = values.iter().copied().reduce(f64::min)?;
        let high = values.iter().copied().reduce(f64::max)?;
        let [low, high] = [low, high].map(|value| texts.value(value, &curve.unit).into());
        let side = curve.side.map_or_else(String::new, |side| one_side(texts, side));
        Some(texts.with("web-set-curve-told", [("side", side.into()), ("low", low), ("high", high)]))
    });
    let told: Vec<String> = ends.collect();
    if told.is_empty() { texts.text("review-claim-refused") } else { told.join(" ") }
}

fn repetitions(review: &SessionReview, scale: &Scale) -> Markup {
    let worst = review.worst.as_ref().map(|worst| worst.index);
    html! {
        @for (i, rep) in review.repetitions.iter().enumerate() {
            @let (from, to) = (scale.x(rep.start_s), scale.x(rep.end_s));
            rect x=(px(from)) y=(px(TOP)) width=(px((to - from).max(1.0))) height=(px(BOTTOM - TOP)) fill=(if worst == Some(i) { WORST } else { REP }) data-seek=(super::timeline::seek(rep.start_s)) {}
            @if to - from >= 16.0 {
                text x=(px((from + to) / 2.0)) y=(px(TOP - 8.0)) text-anchor="middle" fill=(FAINT) { (i + 1) }
            }
        }
    }
}

/// Lines across: the target, and the limits of rules. Rules about changes and differences have no fixed line.
fn marks(exercise: &Exercise, measure: &str) -> Vec<(f64, bool)> {
    let edge = |unit: Unit, value: f32| unit.to_edge(value.into());
    let signal = exercise.signal.iter().filter(|s| s.measure.name() == measure && !s.from_rest);
    let target = signal.map(|s| (edge(s.measure.unit(), s.target), true));
    let rules = exercise.rules.iter().filter(|r| r.measure.name() == measure && r.aspect == Aspect::Value);
    let limits = rules.map(|rule| {
        let (Limit::Min(value) | Limit::Max(value)) = rule.limit;
        (edge(rule.measure.unit(), value), false)
    });
    target.chain(limits).collect()
}

fn mark(texts: &Texts, scale: &Scale, value: f64, unit: &str, target: bool) -> Markup {
    let (colour, key) = if target { (TARGET, "report-target") } else { (FAULT, "report-limit") };
    let y = scale.y(value);
    html! {
        line x1=(LEFT) x2=(RIGHT) y1=(px(y)) y2=(px(y)) stroke=(colour) stroke-width="1.5" stroke-dasharray="7 5" {}
        text x=(px(RIGHT - 4.0)) y=(px(y - 5.0)) text-anchor="end" fill=(colour) stroke="#ffffff" stroke-width="4" paint-order="stroke" {
            (texts.with(key, [("value", texts.value(value, unit).into())]))
        }
    }
}

/// From the sample of number `from` on.
fn samples(curve: &Curve, from: usize) -> impl Iterator<Item = Sample> {
    let all = curve.value.iter().zip(&curve.pm).zip(curve.claim.bytes()).enumerate().skip(from);
    all.filter_map(|(i, ((value, pm), claim))| Some((curve.time_s(i), (*value)?, (*pm)?, claim != b'r')))
}

/// Pieces without a gap, in each of which every number may be told, or none; where only that changes, they meet.
fn stretches(curve: &Curve, samples: &[Sample]) -> Vec<Vec<Sample>> {
    let mut all: Vec<Vec<Sample>> = Vec::new();
    for &sample in samples {
        match all.last_mut().map(|stretch| (stretch.last().copied(), stretch)) {
            Some((Some(last), stretch)) if sample.0 - last.0 < 1.5 / curve.rate_hz => {
                stretch.push(sample);
                if last.3 != sample.3 {
                    all.push(vec![sample]);
                }
            }
            _ => all.push(vec![sample]),
        }
    }
    all.iter().map(|stretch| thinned(stretch, |sample| sample.1)).collect()
}

fn piece(scale: &Scale, stretch: &[Sample], colour: &str) -> Markup {
    let told = stretch.first().is_some_and(|sample| sample.3);
    let band: Vec<_> = stretch.iter().map(|(x, value, pm, _)| (*x, value - pm, value + pm)).collect();
    html! {
        @if told { path d=(scale.band(&band)) fill=(colour) fill-opacity="0.18" {} }
        path d=(scale.path(stretch.iter().map(|sample| (sample.0, sample.1)))) fill="none" stroke=(colour) stroke-width="2" stroke-linejoin="round" stroke-dasharray=[(!told).then_some("2 5")] {}
    }
}

/// The lowest and the highest of each repetition, with their error; what may not be told is left out.
fn numbers(texts: &Texts, review: &SessionReview, curves: &[&Curve], name: &str) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(name) {
            table {
                thead { tr {
                    th scope="col" { (texts.text("web-number")) }
                    @for curve in curves {
                        @let side = curve.side.map_or_else(String::new, |side| format!(" ({})", one_side(texts, side)));
                        th.number scope="col" { (texts.text("web-set-lowest")) (side) }
                        th.number scope="col" { (texts.text("web-set-highest")) (side) }
                    }
                } }
                tbody { @for (i, rep) in review.repetitions.iter().enumerate() { tr {
                    th scope="row" { (i + 1) }
                    @for curve in curves { @for end in ends(curve, [rep.start_s, rep.end_s]) {
                        td.number { (end.map_or_else(|| "–".into(), |(value, pm)| with_error(texts, value, pm, &curve.unit))) }
                    } }
                } } }
            }
        }
    }
}

/// The lowest and the highest with their errors.
fn ends(curve: &Curve, [from_s, to_s]: [f64; 2]) -> [Option<(f64, f64)>; 2] {
    // A long set has thousands of samples and hundreds of repetitions.
    let inside =
        samples(curve, curve.index(from_s)).take_while(|s| s.0 <= to_s).filter(|s| s.3 && s.0 >= from_s);
    let all: Vec<(f64, f64)> = inside.map(|(_, value, pm, _)| (value, pm)).collect();
    let by = |a: &&(f64, f64), b: &&(f64, f64)| a.0.total_cmp(&b.0);
    [all.iter().min_by(by).copied(), all.iter().max_by(by).copied()]
}

/// A value with its error.
pub fn with_error(texts: &Texts, value: f64, pm: f64, unit: &str) -> String {
    texts.with(
        "report-value-sd",
        [("value", texts.value(value, unit).into()), ("sd", texts.value(pm, unit).into())],
    )
}

pub fn colour(curve: &Curve) -> &'static str {
    match curve.side {
        Some(Side::Left) => SIDES[0],
        Some(Side::Right) => SIDES[1],
        None => WHOLE,
    }
}

pub fn one_side(texts: &Texts, side: Side) -> String {
    texts.text(match side {
        Side::Left => "report-left",
        Side::Right => "report-right",
    })
}
