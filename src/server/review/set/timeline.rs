//! What happened when: repetitions, lost points, what was said, pauses; drawn on one line of time.

use super::svg::{FAINT, FAULT, GRID, INK, LEFT, REP, RIGHT, Scale, WHOLE, WIDTH, WORST, clock, px, ticks};
use baro_locale::Texts;
use baro_review::session::{Repetition, SessionReview};
use maud::{Markup, html};

const HEIGHT: f64 = 196.0;
/// Middles of the rows.
const REPS: f64 = 44.0;
const LOST: f64 = 92.0;
const SAID: f64 = 126.0;
const BOTTOM: f64 = 158.0;
/// A score is written into what is at least so wide.
const WIDE: f64 = 30.0;

/// The drawing; what it shows stands in the tables of the page, too.
pub fn timeline(texts: &Texts, review: &SessionReview) -> Markup {
    let scale = Scale { x: super::times(review), y: [0.0, 1.0], plot: [16.0, BOTTOM] };
    let lost = review.repetitions.iter().flat_map(|rep| &rep.lost);
    let counts = [
        ("reps", review.repetitions.len()),
        ("lost", lost.clone().count()),
        ("said", review.cues.len()),
        ("gaps", review.gaps.len()),
    ];
    let told = texts.with("web-set-timeline-told", counts.map(|(name, n)| (name, n.into())));
    let start = scale.x[0];
    html! {
        figure {
            svg.timed xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby="timeline-title timeline-told" font-size="15" data-time=(super::axis(&scale)) {
                title id="timeline-title" { (texts.text("web-set-timeline")) }
                desc id="timeline-told" { (told) }
                @for gap in &review.gaps {
                    rect x=(px(scale.x(gap.from_s))) y="16" width=(px(width(&scale, gap.from_s, gap.to_s))) height=(px(BOTTOM - 16.0)) fill=(GRID) {
                        title { (texts.text(&format!("review-gap-{}", gap.why))) }
                    }
                }
                @for (y, key) in [(REPS, "report-reps"), (LOST, "web-lost"), (SAID, "web-set-said")] {
                    text x=(LEFT - 12.0) y=(px(y + 5.0)) text-anchor="end" fill=(FAINT) { (texts.text(key)) }
                }
                @for (i, rep) in review.repetitions.iter().enumerate() {
                    (repetition(texts, &scale, i, rep, review.worst.as_ref().is_some_and(|worst| worst.index == i)))
                }
                @for one in lost {
                    rect x=(px(scale.x(one.span_s[0]))) y=(px(LOST - 7.0)) width=(px(width(&scale, one.span_s[0], one.span_s[1]))) height="14" rx="3" fill=(FAULT) fill-opacity="0.75" data-seek=(seek(one.span_s[0])) {
                        title { (one.text().in_words(texts)) " −" (format!("{:.0}", one.points)) }
                    }
                }
                @for cue in &review.cues {
                    circle cx=(px(scale.x(cue.time_s))) cy=(px(SAID)) r="6" fill=(WHOLE) data-seek=(seek(cue.time_s)) {
                        title { (clock(cue.time_s - start)) " " (texts.text(&cue.cue)) }
                    }
                }
                (time_axis(&scale, BOTTOM))
                line.playhead data-playhead x1=(LEFT) x2=(LEFT) y1="10" y2=(px(BOTTOM)) stroke=(INK) stroke-width="2" visibility="hidden" {}
            }
        }
    }
}

fn repetition(texts: &Texts, scale: &Scale, i: usize, rep: &Repetition, worst: bool) -> Markup {
    let (x, wide) = (scale.x(rep.start_s), width(scale, rep.start_s, rep.end_s));
    let fill = if worst { WORST } else { REP };
    html! {
        rect x=(px(x)) y=(px(REPS - 22.0)) width=(px((wide - 1.0).max(1.5))) height="44" rx="5" fill=(fill) stroke=(if worst { FAULT } else { WHOLE }) stroke-width=(if worst { "2" } else { "1" }) stroke-dasharray=[(!rep.complete).then_some("4 3")] data-seek=(seek(rep.start_s)) {
            title { (texts.with("web-set-rep", [("number", (i + 1).into()), ("score", format!("{:.0}", rep.score).into())])) }
        }
        @if wide >= WIDE {
            text x=(px(x + wide / 2.0)) y=(px(REPS - 2.0)) text-anchor="middle" fill=(FAINT) font-size="12" { (i + 1) }
            text x=(px(x + wide / 2.0)) y=(px(REPS + 15.0)) text-anchor="middle" fill=(INK) font-weight="700" { (format!("{:.0}", rep.score)) }
        }
    }
}

/// Times under a drawing, from its beginning on.
pub fn time_axis(scale: &Scale, y: f64) -> Markup {
    let [from, to] = scale.x;
    html! {
        line x1=(LEFT) x2=(RIGHT) y1=(px(y)) y2=(px(y)) stroke=(FAINT) {}
        @for at in ticks(0.0, to - from, 8) {
            @let x = scale.x(from + at);
            line x1=(px(x)) x2=(px(x)) y1=(px(y)) y2=(px(y + 5.0)) stroke=(FAINT) {}
            text x=(px(x)) y=(px(y + 22.0)) text-anchor="middle" fill=(FAINT) { (clock(at)) }
        }
    }
}

fn width(scale: &Scale, from_s: f64, to_s: f64) -> f64 {
    (scale.x(to_s) - scale.x(from_s)).max(4.0)
}

/// A moment that the film can be set to.
pub fn seek(time_s: f64) -> String {
    format!("{time_s:.2}")
}
