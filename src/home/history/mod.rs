//! What the diary shows over time: days, weeks, and trends that say whether anything has changed.

mod trend;

pub use trend::{Changed, Of, Point, Trend, trends};

use crate::{Known, VisitDone};
use baro_coach::safety::Nprs;
use jiff::{ToSpan as _, civil::Date};
use std::collections::BTreeMap;

/// A day on the calendar.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// Which.
    pub date: Date,
    /// Visits in which something was done.
    pub sessions: u32,
    /// Sets that were done.
    pub sets: u32,
    /// The highest pain told on that day.
    pub worst_pain: Option<Nprs>,
    /// A rule of safety, or a symptom, ended a visit.
    pub stopped: bool,
}

/// A week, from Monday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub monday: Date,
    /// Days on which something was done.
    pub done: u32,
    /// Days that were planned.
    pub planned: u32,
}

impl Week {
    /// Share of the planned days that were done, 0 to 1; more than planned is no more than all.
    pub fn adherence(&self) -> f64 {
        if self.planned == 0 { 1.0 } else { f64::from(self.done.min(self.planned)) / f64::from(self.planned) }
    }
}

/// Everything that the history shows.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The days on which something happened, oldest first.
    pub days: Vec<Day>,
    /// The weeks from the first session to today, oldest first.
    pub weeks: Vec<Week>,
    /// Weeks in a row with at least one session. This week counts when there was one, and breaks nothing as long as there was none.
    pub weeks_in_a_row: u32,
    /// Pain, scores, ranges, test results.
    pub trends: Vec<Trend>,
}

impl History {
    /// Of one person, as of today.
    pub fn of(known: &Known, today: Date) -> Self {
        let visits = known.visits();
        let days = days(&visits, known);
        let planned = known.person.as_ref().map_or(3, |person| person.days_a_week);
        let weeks = weeks(&days, planned, today);
        let mut latest = weeks.iter().rev().peekable();
        latest.next_if(|week| week.done == 0);
        let weeks_in_a_row = latest.take_while(|week| week.done > 0).count() as u32;
        Self { days, weeks, weeks_in_a_row, trends: trends(&visits) }
    }

    /// A day, where something happened on it.
    pub fn day(&self, date: Date) -> Option<&Day> {
        self.days.iter().find(|day| day.date == date)
    }
}

fn days(visits: &[VisitDone], known: &Known) -> Vec<Day> {
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    let new = |date| Day { date, sessions: 0, sets: 0, worst_pain: None, stopped: false };
    for visit in visits {
        let date = visit.began.day;
        let day = days.entry(date).or_insert_with(|| new(date));
        day.sessions += u32::from(visit.is_session());
        day.sets += visit.sets().count() as u32;
        day.worst_pain = day.worst_pain.max(visit.worst_pain()).max(visit.pain_before);
        day.stopped |= visit.symptom.is_some() || visit.ended == Some(crate::diary::Ending::Safety);
    }
    let beside = known.games().map(|(when, _)| when).chain(known.together().map(|(when, _)| when));
    for when in beside {
        let day = days.entry(when.day).or_insert_with(|| new(when.day));
        (day.sessions, day.sets) = (day.sessions + 1, day.sets + 1);
    }
    days.into_values().collect()
}

/// From the week of the first session to that of today; the clock may have been set back, then to the last entry.
fn weeks(days: &[Day], planned: u32, today: Date) -> Vec<Week> {
    let done: Vec<Date> = days.iter().filter(|day| day.sessions > 0).map(|day| day.date).collect();
    let (Some(first), Some(last)) = (done.first(), done.last()) else { return Vec::new() };
    let monday = |day: Date| day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days());
    let end = monday(today.max(*last));
    let mut all = Vec::new();
    let mut start = monday(*first);
    while start <= end {
        let next = start.saturating_add(7.days());
        let done = done.iter().filter(|day| (start..next).contains(day)).count() as u32;
        all.push(Week { monday: start, done, planned });
        if next == start {
            break; // the end of the calendar
        }
        start = next;
    }
    all
}

#[cfg(test)]
mod tests;
