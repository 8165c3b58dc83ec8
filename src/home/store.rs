//! The data folder: settings, people, and what is known about each.

use crate::{
    Consents, Effect, HomeError, Known, Notice, Person, PersonFolder, PersonId, Screenings, Settings, files,
    lines::Lines,
    said::{self, Said},
};
use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

/// The data folder, held by one window at a time.
#[derive(Debug)]
pub struct Home {
    folder: PathBuf,
    /// Held as long as this lives.
    _lock: File,
}

impl Home {
    /// Opens (makes) the data folder.
    ///
    /// # Errors
    /// It can't be made or written, or another window has it.
    pub fn open(folder: &Path) -> Result<Self, HomeError> {
        fs::create_dir_all(folder.join("people")).map_err(HomeError::write(folder))?;
        let path = folder.join("lock");
        let lock = File::create(&path).map_err(HomeError::write(&path))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { folder: folder.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(HomeError::InUse { path: folder.to_owned() }),
            Err(TryLockError::Error(error)) => Err(HomeError::write(&path)(error)),
        }
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where reports of failures are kept.
    pub fn crashes(&self) -> PathBuf {
        self.folder.join("crashes")
    }

    /// The settings; see [`Settings::load`].
    ///
    /// # Errors
    /// As there.
    pub fn settings(&self) -> Result<(Settings, Option<Notice>), HomeError> {
        Settings::load(&self.folder.join("settings.toml"))
    }

    /// Writes the settings; see [`Settings::save`].
    ///
    /// # Errors
    /// As there.
    pub fn save_settings(&self, settings: &Settings) -> Result<(), HomeError> {
        settings.save(&self.folder.join("settings.toml"))
    }

    /// Everyone who exercises here, with what to call them, sorted by that.
    ///
    /// # Errors
    /// The folder can't be read.
    pub fn people(&self) -> Result<Vec<(PersonId, String)>, HomeError> {
        let folder = self.folder.join("people");
        let entries = fs::read_dir(&folder).map_err(HomeError::read(&folder))?;
        let ids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<PersonId>().ok());
        let mut all: Vec<(PersonId, String)> = ids
            .map(|id| {
                let (person, _) = read_person(&self.folder_of(&id)).unwrap_or_default();
                (id, person.map(|person| person.name).unwrap_or_default())
            })
            .collect();
        all.sort_by(|(a, a_name), (b, b_name)| a_name.cmp(b_name).then(a.cmp(b)));
        Ok(all)
    }

    /// The files of someone new. Nothing is written before there is something to write.
    pub fn new_person(&self) -> (PersonFiles, Known) {
        let id = PersonId::random();
        let known = Known::new(id.clone());
        (PersonFiles::empty(id.clone(), self.folder_of(&id)), known)
    }

    /// The files of someone known, and what is in them.
    ///
    /// # Errors
    /// A file is there and can't be read at all.
    pub fn person(&self, id: &PersonId) -> Result<(PersonFiles, Known, Vec<Notice>), HomeError> {
        let folder = self.folder_of(id);
        let (person, notice) = read_person(&folder)?;
        let (consent, consents, consent_notices) = Lines::open(&folder.consents())?;
        let (screening, screenings, screening_notices) = Lines::open(&folder.screenings())?;
        let (diary, entries, diary_notices) = Lines::open(&folder.diary())?;
        let assigned = folder.assigned()?;
        let mut notices: Vec<Notice> = notice.into_iter().collect();
        notices.extend([consent_notices, screening_notices, diary_notices].concat());
        if let Some(Err(reason)) = &assigned {
            notices.push(Notice::Plan { reason: reason.clone() });
        }
        let said = Said::after(&entries);
        let known = Known {
            id: id.clone(),
            person,
            consents: Consents::new(consents),
            screenings: Screenings::new(screenings),
            diary: entries,
            assigned,
        };
        Ok((
            PersonFiles { id: id.clone(), folder, consent, screening, diary, said, unsaved: None },
            known,
            notices,
        ))
    }

    /// Where everything about this person lies.
    pub fn folder_of(&self, id: &PersonId) -> PersonFolder {
        PersonFolder::new(self.folder.join("people").join(id.as_str()))
    }
}

fn read_person(folder: &PersonFolder) -> Result<(Option<Person>, Option<Notice>), HomeError> {
    let path = folder.person();
    let Some(text) = files::read_text(&path)? else { return Ok((None, None)) };
    match toml::from_str::<Person>(&text) {
        Ok(person) => Ok((Some(person.tidied()), None)),
        Err(_) => Ok((None, Some(Notice::Person { kept: files::keep_aside(&path) }))),
    }
}

/// The files of one person, open for writing.
#[derive(Debug)]
pub struct PersonFiles {
    id: PersonId,
    folder: PersonFolder,
    consent: Lines,
    screening: Lines,
    diary: Lines,
    said: Said,
    /// What was told about the person and could not be written yet.
    unsaved: Option<Person>,
}

impl PersonFiles {
    fn empty(id: PersonId, folder: PersonFolder) -> Self {
        Self {
            consent: Lines::new(folder.consents()),
            screening: Lines::new(folder.screenings()),
            diary: Lines::new(folder.diary()),
            said: Said::default(),
            unsaved: None,
            id,
            folder,
        }
    }

    /// Whose.
    pub const fn id(&self) -> &PersonId {
        &self.id
    }

    /// Where they lie.
    pub const fn folder(&self) -> &PersonFolder {
        &self.folder
    }

    /// Where the records of the sets go.
    pub fn records(&self) -> PathBuf {
        self.folder.records()
    }

    /// Keeps what a visit wants kept; other effects are none of its business.
    ///
    /// # Errors
    /// The disk is full or may not be written: it stays in memory and is tried again by the next call, or [`Self::retry`].
    pub fn keep(&mut self, effect: &Effect) -> Result<(), HomeError> {
        match effect {
            Effect::Write(entry) => {
                let kept = self.diary.append(entry);
                if let Some((record, notes)) = self.said.hear(entry) {
                    said::append(&self.records(), &record, notes);
                }
                kept
            }
            Effect::WriteConsent(consent) => self.consent.append(consent),
            Effect::WriteScreening(screening) => self.screening.append(screening),
            Effect::SavePerson(person) => {
                self.unsaved = Some(person.clone());
                self.save_person()
            }
            _ => Ok(()),
        }
    }

    /// Tries again to write what waits.
    ///
    /// # Errors
    /// As [`Self::keep`].
    pub fn retry(&mut self) -> Result<(), HomeError> {
        self.save_person().and(self.consent.retry()).and(self.screening.retry()).and(self.diary.retry())
    }

    /// How many things wait to be written.
    pub fn waiting(&self) -> usize {
        let lists = self.consent.waiting() + self.screening.waiting() + self.diary.waiting();
        lists + usize::from(self.unsaved.is_some())
    }

    fn save_person(&mut self) -> Result<(), HomeError> {
        let Some(person) = &self.unsaved else { return Ok(()) };
        let path = self.folder.person();
        let text =
            toml::to_string(person).map_err(|error| HomeError::write(&path)(std::io::Error::other(error)))?;
        files::write_whole(&path, &text)?;
        self.unsaved = None;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
