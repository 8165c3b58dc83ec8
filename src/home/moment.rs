//! When something was.

use jiff::{Timestamp, Zoned, civil::Date};
use serde::{Deserialize, Serialize};

/// A moment, and the day that it was for the person. The day is kept because it can't be found again from the moment: people travel,
/// and clocks are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// By the device's clock.
    pub at: Timestamp,
    /// The day on the person's calendar.
    pub day: Date,
}

impl Moment {
    /// Of a time with its zone, as `jiff::Zoned::now()` gives it.
    pub fn of(time: &Zoned) -> Self {
        Self { at: time.timestamp(), day: time.date() }
    }

    /// Days since 1970, as the plan counts them.
    pub fn day_number(&self) -> i32 {
        day_number(self.day)
    }
}

/// Days since 1970.
pub(crate) fn day_number(day: Date) -> i32 {
    Date::constant(1970, 1, 1).until(day).map_or(0, |span| span.get_days())
}
