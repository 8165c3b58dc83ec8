//! The charts of the page: what is worth drawing, and from where to where.

use super::{
    course::{ERROR, WeekDone},
    sheet::{Body, Chart, Section, Spot},
    tell::{Told, ends, is_change},
};
use baro_home::history::{Of, Point, Trend};

/// Charts at most: two rows.
const CHARTS: usize = 6;
/// The newest points of a chart.
const POINTS: usize = 120;
/// The newest weeks.
const WEEKS: usize = 26;

impl Told<'_> {
    /// Pain, weeks, and the ranges and scores that say most.
    pub fn charts(&self) -> Option<Section> {
        let several = |trend: &&Trend| trend.points.len() > 1;
        let pain = self.course.trends.iter().filter(|trend| trend.of == Of::Pain).filter(several);
        let mut all: Vec<Chart> = pain.map(|trend| self.chart(trend)).collect();
        all.extend(self.weeks_chart());
        let mut rest: Vec<&Trend> =
            self.course.trends.iter().filter(|trend| trend.of != Of::Pain).filter(several).collect();
        let score = |trend: &Trend| matches!(trend.of, Of::Score { .. });
        rest.retain(|trend| !matches!(trend.of, Of::Test { .. }));
        rest.sort_by_key(|trend| (!is_change(trend.changed), score(trend), usize::MAX - trend.points.len()));
        all.extend(rest.into_iter().take(CHARTS.saturating_sub(all.len())).map(|trend| self.chart(trend)));
        (!all.is_empty()).then(|| self.heading("paper-over-time", Body::Charts(all), [4, 3]))
    }

    fn weeks_chart(&self) -> Option<Chart> {
        let weeks = &self.course.weeks;
        let weeks = &weeks[weeks.len().saturating_sub(WEEKS)..];
        if weeks.iter().all(|week| week.done == 0 && week.planned <= 0.0) {
            return None;
        }
        let (first, last) = (weeks.first()?, weeks.last()?);
        let bar = |week: &WeekDone| Spot { day: week.monday, value: week.done.into(), error: week.planned };
        Some(Chart {
            name: self.texts.text("paper-weeks"),
            words: self.adherence(),
            points: weeks.iter().map(bar).collect(),
            range: [0.0, 7.0],
            scale: ["0", "7"].map(String::from),
            ends: [first.monday, last.monday].map(|day| self.short_day(day)),
            bars: true,
        })
    }

    fn chart(&self, trend: &Trend) -> Chart {
        let points = &trend.points[trend.points.len().saturating_sub(POINTS)..];
        let spot = |point: &Point| Spot {
            day: point.day,
            value: point.value,
            error: point.sd.unwrap_or(0.0) * ERROR,
        };
        let points: Vec<Spot> = points.iter().map(spot).collect();
        let (name, unit) = match &trend.of {
            Of::Pain => (self.texts.text("paper-pain"), "points"),
            Of::Score { exercise } => {
                (self.say("paper-score-of", [("exercise", self.exercise(exercise))]), "points")
            }
            Of::Range { exercise, unit, .. } => {
                let parts = [("exercise", self.exercise(exercise)), ("movement", self.movement(&trend.of))];
                (self.say("paper-range-of", parts), unit.as_str())
            }
            Of::Test { exercise, unit } => {
                (self.say("paper-test", [("exercise", self.exercise(exercise))]), unit.as_str())
            }
        };
        let plain = matches!(trend.of, Of::Pain | Of::Score { .. });
        let value = |value: f64| if plain { format!("{value:.0}") } else { self.texts.value(value, unit) };
        let range = match trend.of {
            Of::Pain => [0.0, 10.0],
            Of::Score { .. } => [0.0, 100.0],
            _ => room(&points),
        };
        let [first, last] = ends(trend);
        let ends_told =
            [first, last].map(|point| if plain { value(point.value) } else { self.with_error(&point, unit) });
        let [from, to] = ends_told;
        let words = [("from", from), ("to", to), ("verdict", self.verdict(&trend.of, trend.changed))];
        Chart {
            name,
            words: self.say("paper-chart", words),
            range,
            scale: range.map(value),
            ends: [points.first(), points.last()]
                .map(|spot| spot.map(|spot| self.short_day(spot.day)).unwrap_or_default()),
            points,
            bars: false,
        }
    }
}

/// Room for all points with their errors, and a tenth more.
fn room(points: &[Spot]) -> [f64; 2] {
    let low = points.iter().map(|spot| spot.value - spot.error).fold(f64::INFINITY, f64::min);
    let high = points.iter().map(|spot| spot.value + spot.error).fold(f64::NEG_INFINITY, f64::max);
    let more = ((high - low) * 0.1).max(0.5);
    [low - more, high + more]
}
