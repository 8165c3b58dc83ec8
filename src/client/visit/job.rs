//! Work that takes its time, on a thread of its own; looked at once a frame.

use bevy::log::warn;
use std::{
    sync::{
        Mutex, PoisonError,
        mpsc::{Receiver, sync_channel},
    },
    thread,
};

/// One piece of work at a time, and what comes of it.
pub struct Job<T>(Option<Mutex<Receiver<T>>>);

impl<T> Default for Job<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Send + 'static> Job<T> {
    /// Begins it; what came of one before is not taken any more.
    pub fn begin(&mut self, name: &str, work: impl FnOnce() -> T + Send + 'static) {
        let (tell, told) = sync_channel(1);
        let spawned = thread::Builder::new().name(name.into()).spawn(move || {
            let _ = tell.send(work());
        });
        match spawned {
            Ok(_) => self.0 = Some(Mutex::new(told)),
            Err(error) => warn!("{error}"),
        }
    }

    /// Is it under way?
    pub const fn is_on(&self) -> bool {
        self.0.is_some()
    }

    /// What came of it, once.
    pub fn take(&mut self) -> Option<T> {
        let told = self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner).try_recv().ok()?;
        self.0 = None;
        Some(told)
    }
}
