//! Appointments: made, moved and cancelled on a patient's page; what came of a visit; and the week of whoever treats.

mod calendar;
mod page;

pub use calendar::show as calendar;
pub use page::{change, code, file, next, show, summary};

use super::care::About;
use baro_home::appointments::{Appointment, AppointmentPost, appointments};
use baro_wire::{Entry, PostBody};

/// The appointment that an entry writes about.
pub fn of(entry: &Entry) -> Option<AppointmentPost> {
    let PostBody::Appointment { instead_of, starts_ms, minutes, live, cancelled, text } = &entry.post.body
    else {
        return None;
    };
    Some(AppointmentPost {
        id: entry.post.id.0,
        instead_of: instead_of.map(|id| id.0),
        stored_ms: entry.stored_ms,
        starts_ms: *starts_ms,
        minutes: *minutes,
        live: *live,
        cancelled: *cancelled,
        text: text.to_string(),
    })
}

impl About {
    /// Every appointment as it is now, by when it begins.
    pub fn appointments(&self) -> Vec<Appointment> {
        appointments(self.entries.iter().filter_map(of))
    }

    /// What came of visits, oldest first: what was written, and of which appointment.
    fn summaries(&self) -> Vec<(&Entry, Option<[u8; 16]>, &str)> {
        let all = self.entries.iter().filter_map(|entry| match &entry.post.body {
            PostBody::Summary { appointment, text } => Some((entry, appointment.map(|id| id.0), &**text)),
            _ => None,
        });
        all.collect()
    }
}
