//! Reports of failures: what a panic leaves on this device, where the person agreed to that, and nowhere else.

use crate::visit::{self, PROGRAM};
use baro_home::crash::{Crash, LogTail, write};
use bevy::{
    log::{
        BoxedLayer,
        tracing::{self, Event, Subscriber, field},
        tracing_subscriber::{Layer, layer::Context},
    },
    prelude::*,
};
use std::{
    fmt::Write as _,
    panic::{PanicHookInfo, set_hook, take_hook},
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// What the hook knows, whichever thread fails.
#[derive(Debug, Default, Clone)]
struct Known {
    log: LogTail,
    /// Did the person who is here agree?
    agreed: bool,
    /// What must not stand in a report.
    private: Vec<String>,
}

static KNOWN: Mutex<Option<Known>> = Mutex::new(None);

fn known() -> MutexGuard<'static, Option<Known>> {
    // What a panic left behind is what is to be reported.
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has every panic reported in `folder`, once somebody has agreed.
pub fn watch(folder: &Path) {
    let (before, folder) = (take_hook(), folder.to_owned());
    known().get_or_insert_default();
    set_hook(Box::new(move |info| {
        before(info);
        report(&folder, info);
    }));
}

/// From now on this is what the person wants; `private` must not stand in a report.
pub fn agree(agreed: bool, private: impl IntoIterator<Item = String>) {
    if let Some(known) = &mut *known() {
        (known.agreed, known.private) = (agreed, private.into_iter().collect());
    }
}

fn report(folder: &Path, info: &PanicHookInfo) {
    // A copy, so that nothing is held while the disk is written.
    let Some(Known { log, private, .. }) = known().as_ref().filter(|known| known.agreed).cloned() else {
        return;
    };
    let private: Vec<&str> = private.iter().map(String::as_str).collect();
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let thread = std::thread::current();
    let crash = Crash {
        program: PROGRAM,
        message: info.payload_as_str().unwrap_or_default(),
        place: &place,
        thread: thread.name().unwrap_or("unnamed"),
        log: &log,
        private: &private,
    };
    match write(folder, &crash, visit::now()) {
        Ok(path) => eprintln!("baro: a report of this failure lies in {}", path.display()),
        Err(error) => eprintln!("baro: no report of this failure could be kept: {error}"),
    }
}

/// Remembers the last lines of the log.
pub fn remember(_: &mut App) -> Option<BoxedLayer> {
    Some(Box::new(Tail))
}

struct Tail;

impl<S: Subscriber> Layer<S> for Tail {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut line = Line(format!("{} {}:", event.metadata().level(), event.metadata().target()));
        event.record(&mut line);
        if let Some(known) = &mut *known() {
            known.log.push(&line.0);
        }
    }
}

struct Line(String);

impl field::Visit for Line {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        let _ = match field.name() {
            "message" => write!(self.0, " {value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bevy::log::tracing_subscriber::{Registry, layer::SubscriberExt};

    #[test]
    fn a_panic_is_reported_only_with_consent_and_without_names() {
        let folder = tempfile::tempdir().unwrap();
        watch(folder.path());
        let fail = || {
            let thread = std::thread::Builder::new().name("coach".into());
            let log = Registry::default().with(Tail);
            let work = move || {
                tracing::subscriber::with_default(log, || {
                    warn!("the camera of 순희 went away");
                    panic!("index 7 is too far");
                })
            };
            thread.spawn(work).unwrap().join().unwrap_err();
        };
        let reports = || baro_home::crash::reports(folder.path()).unwrap();
        fail();
        assert!(reports().is_empty(), "nobody agreed");
        agree(true, ["순희".to_owned()]);
        fail();
        let [report] = reports().try_into().unwrap();
        let text = std::fs::read_to_string(report).unwrap();
        for part in [PROGRAM, "thread coach", "index 7 is too far", "src/client/crash.rs", "the camera of"] {
            assert!(text.contains(part), "{part} is missing in:\n{text}");
        }
        assert!(!text.contains("순희"), "{text}");
        agree(false, []);
    }
}
