//! The lock of the person's records. Making a key of a passphrase takes a good part of a second, so it has a thread of its own.

use super::{Visiting, job::Job};
use crate::locale::Texts;
use baro_home::PersonFolder;
use baro_record::{KeptIn, KeyError, KeyRing, Keys, is_locked, kept_in};
use baro_screens::{
    flow::{UnlockDraft, UnlockPress},
    rooms::{LockPress, LockView},
};
use bevy::prelude::*;
use std::path::PathBuf;

/// The lock of the person who is here.
pub struct Lock {
    records: PathBuf,
    kept: Option<KeptIn>,
    /// The passphrase is missing.
    shut: bool,
    /// The person goes on without it.
    without: bool,
    /// Fluent key of what came of the last press.
    told: Option<&'static str>,
    job: Job<Done>,
    /// What is being typed to open it.
    pub draft: UnlockDraft,
}

/// What a job is for, and how it ended.
enum Done {
    Unlocked(Result<(), KeyError>),
    Changed(Result<(), KeyError>),
}

impl Lock {
    /// As it is in this folder.
    pub fn of(folder: &PersonFolder) -> Self {
        let records = folder.records();
        Self {
            kept: look_at(&records),
            shut: is_locked(&records),
            records,
            without: false,
            told: None,
            job: Job::default(),
            draft: UnlockDraft::default(),
        }
    }

    /// Nothing goes on until the person has opened it, or goes on without it.
    pub const fn is_in_the_way(&self) -> bool {
        self.shut && !self.without
    }

    /// The secrets can't be had: nothing is kept.
    pub const fn is_shut(&self) -> bool {
        self.shut
    }

    /// Does what was pressed where the passphrase is asked.
    pub fn pressed(&mut self, press: UnlockPress) {
        match press {
            UnlockPress::Without => (self.without, self.draft) = (true, UnlockDraft::default()),
            UnlockPress::Try(passphrase) => {
                let records = self.records.clone();
                self.job.begin("lock", move || Done::Unlocked(Keys::unlock(&records, &passphrase)));
            }
        }
    }

    /// Does what was pressed in the settings.
    pub fn change(&mut self, press: LockPress) {
        let records = self.records.clone();
        self.job.begin("lock", move || {
            let passphrase = match &press {
                LockPress::Set(passphrase) => Some(passphrase.as_str()),
                LockPress::Remove => None,
            };
            Done::Changed(Keys::keep_with(&records, &KeyRing::of_system(), passphrase))
        });
    }

    /// Takes in what came of it; true when it was opened just now.
    pub fn look(&mut self) -> bool {
        let Some(done) = self.job.take() else { return false };
        let opened = matches!(done, Done::Unlocked(Ok(())));
        self.told = match &done {
            Done::Unlocked(Ok(())) => None,
            Done::Changed(Ok(())) => Some("rooms-lock-done"),
            Done::Unlocked(Err(KeyError::WrongPassphrase)) => Some("flow-unlock-wrong"),
            Done::Unlocked(Err(_)) => Some("flow-unlock-failed"),
            Done::Changed(Err(_)) => Some("rooms-lock-failed"),
        };
        if let Done::Unlocked(Err(error)) | Done::Changed(Err(error)) = &done {
            warn!("{error}");
        }
        self.kept = look_at(&self.records);
        self.shut = is_locked(&self.records);
        if opened {
            self.draft = UnlockDraft::default();
        }
        opened
    }

    /// What came of the last press, in words; and whether something is under way.
    pub fn told(&self, texts: &Texts) -> (String, bool) {
        let busy = self.job.is_on();
        let told = if busy { Some("flow-unlock-busy") } else { self.told };
        (told.map(|key| texts.text(key)).unwrap_or_default(), busy)
    }

    /// As the settings show it, with what [`Self::told`] gave.
    pub const fn view<'a>(&self, told: &'a str, busy: bool) -> LockView<'a> {
        LockView { kept: self.kept, told, busy }
    }
}

fn look_at(records: &std::path::Path) -> Option<KeptIn> {
    kept_in(records).map_err(|error| warn!("{error}")).ok().flatten()
}

impl Visiting {
    /// Takes in what came of the lock; true while it is in the way.
    pub(super) fn mind_the_lock(&mut self) -> bool {
        if self.lock.look() {
            self.clinic = super::Clinic::open(self.files.folder());
        }
        self.lock.is_in_the_way()
    }
}
