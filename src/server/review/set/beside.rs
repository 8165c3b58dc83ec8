//! What a set is held against: the trainer, another day of the same person, and how other people move.

use super::{
    Opened, Seen,
    curves::{one_side, with_error},
    svg::{FAINT, GRID, INK, LEFT, OTHER, RIGHT, Scale, WHOLE, WIDTH, px, room, ticks},
};
use crate::review::{Shared, care::About, enter::Caller, patient::all_records, problem::Problem, texts};
use baro_home::VisitDone;
use baro_locale::Texts;
use baro_review::{
    norm::{Cycle, MOMENTS, NoNorm, Norm},
    record_of,
    session::Shown,
};
use baro_wire::{PersonId, RecordId, RecordState};
use jiff::civil::Date;
use maud::{Markup, html};
use std::sync::Arc;

/// Days that can be chosen.
const DAYS: usize = 60;
const HEIGHT: f64 = 300.0;
const TOP: f64 = 20.0;
const BOTTOM: f64 = HEIGHT - 44.0;

/// A set of the same exercise on another day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Day {
    pub record: RecordId,
    pub day: Date,
    pub score: Option<f64>,
}

/// What stands beside the set in the film.
pub enum Beside {
    Nothing,
    Shown(Box<Shown>),
    Day(Day, Arc<Opened>),
}

impl Beside {
    /// Whose movement it is; `None`: nobody's.
    pub fn name(&self, texts: &Texts) -> Option<String> {
        match self {
            Self::Nothing => None,
            Self::Shown(_) => Some(texts.text("web-set-trainer")),
            Self::Day(day, _) => Some(texts::day(texts, day.day)),
        }
    }
}

/// The sets of this exercise that were recorded, but this one; newest first.
pub fn days(visits: &[VisitDone], records: &[RecordState], exercise: &str, this: RecordId) -> Vec<Day> {
    let sets = visits.iter().rev().flat_map(|visit| visit.sets().map(move |set| (visit.began.day, set)));
    let of_this = sets.filter(|(_, set)| set.set.asked.exercise == exercise);
    let days = of_this.filter_map(|(day, set)| {
        let record = record_of(set.set.record.is_some(), set.when.at.as_millisecond(), records)?;
        Some(Day { record, day, score: set.set.score }).filter(|_| record != this)
    });
    days.take(DAYS).collect()
}

impl Shared {
    /// What was chosen; what is not there is the trainer.
    pub async fn beside(
        &self,
        caller: &mut Caller,
        person: PersonId,
        opened: &Opened,
        chosen: &str,
        days: &[Day],
    ) -> Result<Beside, Problem> {
        if chosen == "nothing" {
            return Ok(Beside::Nothing);
        }
        let Some(day) = days.iter().find(|day| day.record.to_string() == chosen) else {
            return Ok(Beside::Shown(Box::new(opened.shown())));
        };
        Ok(Beside::Day(*day, self.record(caller, person, day.record).await?))
    }

    /// The sets of this person that this one can be held against.
    pub async fn days(
        &self,
        caller: &mut Caller,
        person: PersonId,
        about: &About,
        exercise: &str,
        this: RecordId,
    ) -> Result<Vec<Day>, Problem> {
        let records = all_records(&mut caller.asker, person).await?;
        Ok(days(&about.visits(), &records, exercise, this))
    }
}

/// The form that chooses: it works without a script.
pub fn form(texts: &Texts, path: &str, beside: &Beside, days: &[Day], others: bool) -> Markup {
    let told = |day: &Day| {
        let score = day
            .score
            .map_or_else(String::new, |score| format!(" · {} {score:.0}", texts.text("report-score")));
        texts::day(texts, day.day) + &score
    };
    html! {
        form.beside method="get" action=(path) {
            div {
                label for="beside" { (texts.text("web-set-beside")) }
                select id="beside" name="beside" {
                    option value="trainer" selected[matches!(beside, Beside::Shown(_))] { (texts.text("web-set-trainer")) }
                    @for day in days {
                        option value=(day.record) selected[matches!(beside, Beside::Day(this, _) if this == day)] { (told(day)) }
                    }
                    option value="nothing" selected[matches!(beside, Beside::Nothing)] { (texts.text("web-set-nothing")) }
                }
            }
            label.check { input type="checkbox" name="others" value="1" checked[others]; " " (texts.text("web-set-others")) }
            button.quiet type="submit" { (texts.text("web-set-compare")) }
        }
    }
}

/// The mean repetition beside the other day's and other people's, for each side.
pub fn cycles(
    texts: &Texts,
    seen: &Seen,
    day: Option<(&Day, &Seen)>,
    norm: Option<&Result<Norm, NoNorm>>,
) -> Markup {
    if day.is_none() && norm.is_none() {
        return html! {};
    }
    html! {
        h2 { (texts.text("web-set-cycle")) }
        p.faint { (texts.text("web-set-cycle-help")) }
        @match norm {
            Some(Ok(norm)) => p { (texts.with("review-norm-people", [("people", norm.people.into())])) },
            Some(Err(NoNorm::Few { people })) => p { (texts.with("review-norm-few", [("people", (*people).into())])) },
            None => {}
        }
        @if seen.cycles.is_empty() { p { (texts.text("web-set-no-cycle")) } }
        @for (n, cycle) in seen.cycles.iter().enumerate() {
            @let then = day.and_then(|(day, other)| other.cycles.iter().find(|then| like(cycle, then)).map(|then| (day, then)));
            @let norm = norm.and_then(|norm| norm.as_ref().ok()).filter(|norm| norm.measure == cycle.measure);
            (one(texts, n, cycle, then, norm))
        }
    }
}

fn like(a: &Cycle, b: &Cycle) -> bool {
    (&a.exercise, &a.measure, a.side) == (&b.exercise, &b.measure, b.side)
}

fn one(texts: &Texts, n: usize, cycle: &Cycle, then: Option<(&Day, &Cycle)>, norm: Option<&Norm>) -> Markup {
    let side = cycle.side.map_or_else(String::new, |side| format!(" ({})", one_side(texts, side)));
    let name = texts.text(&format!("measure-{}", cycle.measure)) + &side;
    let changes = then.map(|(day, then)| changes(texts, cycle, day, then)).unwrap_or_default();
    html! {
        figure {
            figcaption {
                strong { (name) } " "
                (key(WHOLE)) " " (texts.text("web-set-this"))
                @if let Some((day, _)) = then { " " (key(OTHER)) " " (texts::day(texts, day.day)) }
                @if norm.is_some() { " " (key(FAINT)) " " (texts.text("web-set-norm")) }
            }
            (drawing(texts, n, &name, cycle, then.map(|(_, then)| then), norm))
        }
        @if !changes.is_empty() { ul.reasons { @for change in &changes { li { (change) } } } }
        details {
            summary { (texts.with("web-set-numbers", [("name", name.clone().into())])) }
            (numbers(texts, &name, cycle, then, norm))
        }
    }
}

fn key(colour: &str) -> Markup {
    html! {
        svg.key xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 12" width="24" height="12" aria-hidden="true" {
            line x1="0" x2="24" y1="6" y2="6" stroke=(colour) stroke-width="4" {}
        }
    }
}

fn drawing(
    texts: &Texts,
    n: usize,
    name: &str,
    cycle: &Cycle,
    then: Option<&Cycle>,
    norm: Option<&Norm>,
) -> Markup {
    let quartiles = norm.iter().flat_map(|norm| norm.quartiles.iter().flatten());
    let drawn = [Some(cycle), then].into_iter().flatten();
    let ends = drawn.flat_map(|cycle| cycle.mean.iter().zip(&cycle.pm));
    let ends = ends.flat_map(|(mean, pm)| [mean - pm, mean + pm]);
    let y = room(ends.chain(quartiles.copied()), &cycle.unit);
    let scale = Scale { x: [0.0, 100.0], y, plot: [TOP, BOTTOM] };
    let points = |values: &[f64]| values.iter().enumerate().map(|(i, v)| (i as f64, *v)).collect::<Vec<_>>();
    html! {
        svg.cycle xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby={ "cycle-" (n) } font-size="15" {
            title id={ "cycle-" (n) } { (name) ". " (texts.text("web-set-cycle-help")) }
            @for value in ticks(y[0], y[1], 4) {
                line x1=(LEFT) x2=(RIGHT) y1=(px(scale.y(value))) y2=(px(scale.y(value))) stroke=(GRID) {}
                text x=(LEFT - 10.0) y=(px(scale.y(value) + 5.0)) text-anchor="end" fill=(FAINT) { (texts.value(value, &cycle.unit)) }
            }
            @if let Some(norm) = norm {
                @let [low, median, high] = &norm.quartiles;
                @let band: Vec<_> = low.iter().zip(high).enumerate().map(|(i, (low, high))| (i as f64, *low, *high)).collect();
                path d=(scale.band(&band)) fill=(FAINT) fill-opacity="0.16" {}
                path d=(scale.path(points(median).into_iter())) fill="none" stroke=(FAINT) stroke-width="2" stroke-dasharray="7 5" {}
            }
            @for (cycle, colour) in then.map(|then| (then, OTHER)).into_iter().chain([(cycle, WHOLE)]) {
                @let band: Vec<_> = cycle.mean.iter().zip(&cycle.pm).enumerate().map(|(i, (mean, pm))| (i as f64, mean - pm, mean + pm)).collect();
                path d=(scale.band(&band)) fill=(colour) fill-opacity="0.16" {}
                path d=(scale.path(points(&cycle.mean).into_iter())) fill="none" stroke=(colour) stroke-width="2.5" {}
            }
            line x1=(LEFT) x2=(RIGHT) y1=(px(BOTTOM)) y2=(px(BOTTOM)) stroke=(INK) {}
            @for percent in [0, 25, 50, 75, 100] {
                text x=(px(scale.x(f64::from(percent)))) y=(px(BOTTOM + 22.0)) text-anchor=(if percent == 100 { "end" } else { "middle" }) fill=(FAINT) { (percent) " %" }
            }
        }
    }
}

/// Where it differs from the other day by more than both errors, in words.
fn changes(texts: &Texts, cycle: &Cycle, day: &Day, then: &Cycle) -> Vec<String> {
    let Some(each) = cycle.since(then) else { return Vec::new() };
    let date = texts::day(texts, day.day);
    let spans = spans(&each);
    if spans.is_empty() {
        return vec![texts.with("web-set-same", [("day", date.into())])];
    }
    let told = |(from, to, most): &(usize, usize, f64)| {
        let way = if *most > 0.0 { "more" } else { "less" };
        let value = texts.value(most.abs(), &cycle.unit);
        let numbers = [("from", (*from).into()), ("to", (*to).into()), ("value", value.into())];
        let words = [("way", way.into()), ("day", date.clone().into())];
        texts.with("web-set-differs", numbers.into_iter().chain(words))
    };
    spans.iter().map(told).collect()
}

/// Stretches in which it differs to the same side: from, to, and the largest difference.
fn spans(each: &[Option<f64>]) -> Vec<(usize, usize, f64)> {
    let mut all: Vec<(usize, usize, f64)> = Vec::new();
    for (i, change) in each.iter().enumerate() {
        let Some(change) = *change else { continue };
        match all.last_mut().filter(|(_, to, most)| *to + 1 == i && most.signum() == change.signum()) {
            Some((_, to, most)) => {
                *to = i;
                if change.abs() > most.abs() {
                    *most = change;
                }
            }
            None => all.push((i, i, change)),
        }
    }
    all
}

/// The same at each tenth.
fn numbers(
    texts: &Texts,
    name: &str,
    cycle: &Cycle,
    then: Option<(&Day, &Cycle)>,
    norm: Option<&Norm>,
) -> Markup {
    let value = |value: f64| texts.value(value, &cycle.unit);
    html! {
        div.scroll tabindex="0" role="region" aria-label=(name) {
            table {
                thead { tr {
                    th scope="col" { "%" }
                    th.number scope="col" { (texts.text("web-set-this")) }
                    @if let Some((day, _)) = then { th.number scope="col" { (texts::day(texts, day.day)) } }
                    @if norm.is_some() { th.number scope="col" { (texts.text("web-set-norm")) } }
                } }
                tbody { @for i in (0..MOMENTS).step_by(10) { tr {
                    th scope="row" { (i) }
                    td.number { (with_error(texts, cycle.mean[i], cycle.pm[i], &cycle.unit)) }
                    @if let Some((_, then)) = then { td.number { (with_error(texts, then.mean[i], then.pm[i], &cycle.unit)) } }
                    @if let Some(norm) = norm {
                        @let [low, median, high] = &norm.quartiles;
                        td.number { (value(median[i])) " (" (value(low[i])) "–" (value(high[i])) ")" }
                    }
                } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_told_by_stretches() {
        let mut each = vec![None; MOMENTS];
        each[10..=12].copy_from_slice(&[Some(4.0), Some(9.0), Some(5.0)]);
        (each[13], each[40]) = (Some(-3.0), Some(2.0));
        assert_eq!(spans(&each), [(10, 12, 9.0), (13, 13, -3.0), (40, 40, 2.0)]);
        assert_eq!(spans(&[None; 5]), []);
    }
}
