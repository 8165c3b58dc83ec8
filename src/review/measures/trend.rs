//! Sums over time, and what follows from them.

use super::{Filled, Questionnaire};
use crate::triage::{Kind, Reason};
use baro_home::history::Changed;
use jiff::civil::Date;

/// A questionnaire's sums over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Trend {
    /// Oldest first.
    pub points: Vec<(Date, f64)>,
    /// From the first to the last; only what is as much as matters is a change. `None` where nobody knows how much that is, or there is
    /// one point only.
    pub changed: Option<Changed>,
    /// The same from the one before the last.
    pub lately: Option<Changed>,
}

/// Of one questionnaire, oldest first. Fillings without a sum are left out.
pub fn trend(filled: &[Filled]) -> Trend {
    let points: Vec<(Date, f64)> =
        filled.iter().filter_map(|filled| Some((filled.day, filled.total()?))).collect();
    let least = filled.last().and_then(|filled| filled.change);
    let by = |from: Option<&(Date, f64)>, to: Option<&(Date, f64)>| {
        let (least, by) = (least?, to?.1 - from?.1);
        Some(match by {
            by if by >= least => Changed::More(by),
            by if by <= -least => Changed::Less(-by),
            _ => Changed::NotYet,
        })
    };
    let before = points.len().checked_sub(2).and_then(|place| points.get(place));
    let changed = before.and_then(|_| by(points.first(), points.last()));
    let lately = by(before, points.last());
    Trend { points, changed, lately }
}

/// Must it be asked (again)? `filled`: what is known of it, oldest first.
pub fn due(questionnaire: &Questionnaire, filled: &[Filled], today: Date) -> bool {
    let Some(last) = filled.last() else { return true };
    let since = last.day.until(today).map_or(0, |span| span.get_days());
    questionnaire.every_days.is_some_and(|days| i64::from(since) >= i64::from(days))
}

/// Whether one questionnaire's last filling is worse by as much as matters.
pub(crate) fn worse(filled: &[Filled]) -> Option<Reason> {
    let last = filled.last()?;
    let trend = trend(filled);
    let by = match (trend.lately?, last.higher_is_worse) {
        (Changed::More(by), true) | (Changed::Less(by), false) => by,
        _ => return None,
    };
    let [.., (_, from), (day, to)] = trend.points[..] else { return None };
    let (questionnaire, least) = (last.questionnaire.clone(), last.change?);
    Some(Reason::new(Kind::MeasureWorse { day, questionnaire, from, to, least }, by / least))
}
