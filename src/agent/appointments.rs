//! Appointments with the therapist, of what came from the clinic.

use crate::{Agent, AgentError};
use baro_home::appointments::{Appointment, AppointmentPost, appointments};
use baro_wire::{Post, PostBody};

impl Agent {
    /// Every appointment as it is now, cancelled ones and those that are over too, by when it begins.
    ///
    /// # Errors
    /// The disk.
    pub fn appointments(&self) -> Result<Vec<Appointment>, AgentError> {
        let posts = self.posts(|body| matches!(body, PostBody::Appointment { .. }))?;
        Ok(appointments(posts.iter().filter_map(|(stored_ms, post)| written(*stored_ms, post))))
    }
}

fn written(stored_ms: i64, post: &Post) -> Option<AppointmentPost> {
    let PostBody::Appointment { instead_of, starts_ms, minutes, live, cancelled, text } = &post.body else {
        return None;
    };
    Some(AppointmentPost {
        id: post.id.0,
        instead_of: instead_of.map(|id| id.0),
        stored_ms,
        starts_ms: *starts_ms,
        minutes: *minutes,
        live: *live,
        cancelled: *cancelled,
        text: text.to_string(),
    })
}
