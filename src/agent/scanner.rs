//! Looks for what is new in the person's folder, on a thread of its own.

use crate::{
    agent::{AgentError, Shared},
    restored, scan,
};
use baro_sync::{Key, OutboxFull};
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError},
    },
    time::{Duration, Instant, SystemTime},
};
use tracing::{debug, warn};

/// How often it is looked how far everything is.
const LOOK: Duration = Duration::from_secs(1);
/// How often while what was found is on its way to the disk.
const STORING: Duration = Duration::from_millis(20);
/// How often the folder is looked through without being told to.
const SCAN: Duration = Duration::from_secs(60);
/// The outbox takes more when its disk has done what it was given.
const FULL: Duration = Duration::from_millis(100);

pub struct Scanner {
    shared: Arc<Shared>,
    /// When it was looked last; at first, so that what a program before this one could not take back is taken back now.
    agreed: bool,
    /// The files that were looked through, as they were then.
    seen: HashMap<PathBuf, Mark>,
    /// What was added last. The database takes all in this order: when it has this one, it has all.
    added: Option<Key>,
    /// The newest wish when the folder was last looked through to the end.
    scanned: u64,
    /// When it is asked again what the server still has; none while there is no connection.
    check: Option<Instant>,
}

/// A file's length and time.
type Mark = (u64, Option<SystemTime>);

impl Scanner {
    pub fn new(shared: Arc<Shared>) -> Self {
        Self { shared, agreed: true, seen: HashMap::new(), added: None, scanned: 0, check: None }
    }

    pub fn run(mut self, wakes: &Receiver<()>) {
        let mut next = Instant::now();
        loop {
            if self.is_restored() {
                next = Instant::now();
            }
            if Instant::now() >= next {
                let asked = self.shared.asked();
                let wait = match self.scan() {
                    Ok(()) => {
                        self.scanned = asked;
                        SCAN
                    }
                    Err(Stop::Full) => FULL,
                    Err(Stop::Failed(error)) => {
                        warn!("{error}");
                        SCAN
                    }
                };
                next = Instant::now() + wait;
            }
            self.measure();
            let look = if self.added.is_some() { STORING } else { LOOK };
            match wakes.recv_timeout(look.min(next.saturating_duration_since(Instant::now()))) {
                Ok(()) => next = Instant::now(),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn measure(&mut self) {
        if let Some(key) = self.added
            && matches!(self.shared.clinic().has(key), Ok(true))
        {
            self.added = None;
        }
        if let Err(error) = self.shared.measure() {
            debug!("{error}");
        }
        if self.added.is_none() {
            self.shared.looked(self.scanned);
        }
    }

    /// With each connection, and now and then: what the server has lost is looked for in the folder once more.
    fn is_restored(&mut self) -> bool {
        let link = self.shared.link().clone().filter(|link| link.role().is_some());
        let Some(link) = link else {
            self.check = None;
            return false;
        };
        if self.check.is_some_and(|at| Instant::now() < at) {
            return false;
        }
        let found = restored::forget_lost(&self.shared, &link);
        self.check = Some(Instant::now() + if found.is_ok() { restored::EVERY } else { SCAN });
        let lost = found.unwrap_or_else(|error| {
            debug!("what the server has is not known: {error}");
            false
        });
        if lost {
            warn!("the server was restored from a backup; what it lost is sent again");
            self.seen.clear();
            self.added = None;
        }
        lost
    }

    /// Words on consent first; nothing else leaves before the person agreed.
    fn scan(&mut self) -> Result<(), Stop> {
        // Who leads or treats has sessions of their own, but no clinic that keeps them.
        if self.shared.pairing.role.is_staff() {
            return Ok(());
        }
        let (folder, me) = (self.shared.folder.clone(), self.shared.pairing.person);
        let (consents, agreed) = scan::consents(&folder, me);
        turns(&mut self.agreed, agreed, || {
            self.seen.clear();
            self.added = None;
            self.shared.take_back()
        })?;
        self.add(consents)?;
        if !agreed {
            return Ok(());
        }
        let diary = folder.diary();
        if let Some(now) = self.unseen(&diary) {
            self.add(scan::diary(&folder, me))?;
            self.seen.insert(diary, now);
        }
        for path in scan::records(&folder) {
            let Some(now) = self.unseen(&path) else { continue };
            match scan::record(&path) {
                Ok(items) => self.add(items)?,
                // Of a format that nobody signed, or not to be opened: it stays here.
                Err(error) => debug!("a record is not sent: {error}"),
            }
            self.seen.insert(path, now);
        }
        Ok(())
    }

    /// A file as it is now, where it was not looked through as it is.
    fn unseen(&self, path: &Path) -> Option<Mark> {
        let data = std::fs::metadata(path).ok()?;
        let now = (data.len(), data.modified().ok());
        (self.seen.get(path) != Some(&now)).then_some(now)
    }

    fn add(&mut self, items: Vec<scan::Item>) -> Result<(), Stop> {
        for (key, content) in items {
            if !self.shared.clinic().has(key)? {
                self.shared
                    .link()
                    .clone()
                    .ok_or(Stop::Full)?
                    .add(key, content)
                    .map_err(|OutboxFull| Stop::Full)?;
                self.added = Some(key);
            }
        }
        Ok(())
    }
}

/// What was agreed to is taken back where it is not any more. Where that fails, it is tried again with the next look.
fn turns<E>(before: &mut bool, agreed: bool, take_back: impl FnOnce() -> Result<(), E>) -> Result<(), E> {
    if *before && !agreed {
        take_back()?;
    }
    *before = agreed;
    Ok(())
}

/// Why looking through the folder was broken off.
enum Stop {
    Full,
    Failed(AgentError),
}

impl<E: Into<AgentError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_taken_back_is_tried_again() {
        let (mut before, mut tried) = (true, 0);
        let mut look = |agreed, works: bool| {
            turns(&mut before, agreed, || {
                tried += 1;
                if works { Ok(()) } else { Err("the disk is full") }
            })
        };
        assert!(look(true, false).is_ok() && look(false, false).is_err() && look(false, false).is_err());
        assert!(look(false, true).is_ok() && look(false, false).is_ok(), "once is enough");
        assert_eq!(tried, 3);
    }
}
