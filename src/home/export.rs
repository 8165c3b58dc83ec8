//! Taking everything along, and deleting everything: a person's own data is theirs.

use crate::{Home, HomeError, Known, Moment, PersonFiles, PersonId, diary::SetAnswered, fhir, files};
use baro_record::{KeyRing, forget_keys};
use serde::Serialize;
use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

/// Exports of one day that may stand side by side.
const SAME_DAY: u32 = 100;

/// What was written where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The new folder.
    pub folder: PathBuf,
    /// How many files are in it.
    pub files: u32,
    /// Their size, bytes.
    pub bytes: u64,
}

/// What was removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Deleted {
    /// Files, the records among them.
    pub files: u32,
    /// Records of movements.
    pub records: u32,
    /// Their size, bytes.
    pub bytes: u64,
}

#[derive(Serialize)]
struct Whole<'a> {
    format: u32,
    exported: Moment,
    person: &'a Option<crate::Person>,
    consents: &'a [crate::Consent],
    screenings: &'a [crate::Screening],
    diary: &'a [crate::Entry],
}

/// Writes everything that is known about a person into a new folder in `into`: `everything.json`, what they agreed to
/// as FHIR (`fhir.json`), `sets.csv` for a spreadsheet, the therapist's plan, and the records.
///
/// # Errors
/// A file can't be read or written; what was written until then stays.
pub fn export(files: &PersonFiles, known: &Known, into: &Path, now: Moment) -> Result<Exported, HomeError> {
    let folder = new_folder(into, now)?;
    let mut done = Exported { folder: folder.clone(), files: 0, bytes: 0 };
    let whole = Whole {
        format: crate::diary::DIARY_FORMAT,
        exported: now,
        person: &known.person,
        consents: known.consents.all(),
        screenings: known.screenings.all(),
        diary: &known.diary,
    };
    let path = folder.join("everything.json");
    put(&mut done, &path, &pretty(&path, &whole)?)?;
    let path = folder.join("fhir.json");
    put(&mut done, &path, &pretty(&path, &fhir::bundle(files.id(), &known.consents, now))?)?;
    put(&mut done, &folder.join("sets.csv"), &csv(known))?;
    let plan = files.folder().plan();
    if plan.is_file() {
        copy(&mut done, &plan, &folder.join("plan.toml"))?;
    }
    let records = files.records();
    if records.is_dir() {
        let to = folder.join("records");
        fs::create_dir_all(&to).map_err(HomeError::write(&to))?;
        for entry in fs::read_dir(&records).map_err(HomeError::read(&records))?.flatten() {
            let is_record = entry.path().extension().is_some_and(|end| end == "baro");
            if is_record && entry.path().is_file() {
                unseal(&mut done, &entry.path(), &to.join(entry.file_name()))?;
            }
        }
    }
    Ok(done)
}

/// `baro-2026-11-22`, `baro-2026-11-22-2`, ...
fn new_folder(into: &Path, now: Moment) -> Result<PathBuf, HomeError> {
    fs::create_dir_all(into).map_err(HomeError::write(into))?;
    let name = |n: u32| match n {
        1 => into.join(format!("baro-{}", now.day)),
        n => into.join(format!("baro-{}-{n}", now.day)),
    };
    let folder = (1..SAME_DAY).map(name).find(|path| !path.exists()).unwrap_or_else(|| name(SAME_DAY));
    fs::create_dir_all(&folder).map_err(HomeError::write(&folder))?;
    Ok(folder)
}

fn pretty(path: &Path, what: &impl Serialize) -> Result<String, HomeError> {
    serde_json::to_string_pretty(what).map_err(|error| HomeError::write(path)(error.into()))
}

fn put(done: &mut Exported, path: &Path, text: &str) -> Result<(), HomeError> {
    files::write_whole(path, text)?;
    done.files += 1;
    done.bytes += text.len() as u64;
    Ok(())
}

/// A copy that the person can read and give on. What can't be opened is handed over as it is.
fn unseal(done: &mut Exported, from: &Path, to: &Path) -> Result<(), HomeError> {
    if baro_record::copy_unsealed(from, to).is_err() {
        return copy(done, from, to);
    }
    done.bytes += fs::metadata(to).map_err(HomeError::read(to))?.len();
    done.files += 1;
    Ok(())
}

fn copy(done: &mut Exported, from: &Path, to: &Path) -> Result<(), HomeError> {
    done.bytes += fs::copy(from, to).map_err(HomeError::write(to))?;
    done.files += 1;
    Ok(())
}

/// One line for each set. Plain ids and numbers only, so that nothing needs quoting.
fn csv(known: &Known) -> String {
    let mut text = String::from(
        "day,visit,exercise,side,set,reps_asked,hold_s,minutes,reps_done,score,pain_before,pain_after,effort,watched,record\n",
    );
    for visit in known.visits() {
        let before = or_empty(visit.pain_before.map(baro_coach::safety::Nprs::get));
        for SetAnswered { set, pain, effort, .. } in visit.sets() {
            let asked = &set.asked;
            let side = match asked.side {
                baro_coach::SideChoice::Auto => "",
                baro_coach::SideChoice::Left => "left",
                baro_coach::SideChoice::Right => "right",
            };
            let watched = if set.watched == crate::diary::Watched::Camera { "camera" } else { "told" };
            // Writing into a string can't fail.
            let _ = writeln!(
                text,
                "{},{},{},{side},{},{},{},{},{},{},{before},{},{},{watched},{}",
                visit.began.day,
                visit.visit,
                plain(&asked.exercise),
                set.set,
                asked.reps,
                or_empty(asked.hold_s),
                or_empty(asked.minutes),
                set.done,
                or_empty(set.score.map(|score| format!("{score:.1}"))),
                or_empty(pain.map(baro_coach::safety::Nprs::get)),
                or_empty(effort.map(baro_coach::safety::Rpe::get)),
                plain(set.record.as_deref().unwrap_or_default()),
            );
        }
    }
    text
}

/// Stays in its cell, and is no formula: ids may come from somebody's own exercises and from plans.
fn plain(text: &str) -> String {
    let mut plain =
        text.replace(|letter: char| letter.is_control() || [',', '"', ';'].contains(&letter), "_");
    if plain.starts_with(['=', '+', '-', '@']) {
        plain.insert(0, '_');
    }
    plain
}

fn or_empty(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

impl Home {
    /// Removes everything of a person, for good; says what was removed.
    ///
    /// # Errors
    /// Something can't be removed: it is still there, and so is what would have come after it.
    pub fn delete_person(&self, id: &PersonId) -> Result<Deleted, HomeError> {
        let person = self.folder_of(id);
        let folder = person.path();
        let mut deleted = Deleted::default();
        if folder.is_dir() {
            count(folder, &mut deleted).map_err(HomeError::read(folder))?;
            // Where the key store refuses, what it would open is gone all the same.
            let _ = forget_keys(&person.records(), &KeyRing::of_system());
            fs::remove_dir_all(folder).map_err(HomeError::write(folder))?;
        }
        let (mut settings, _) = self.settings()?;
        if settings.last_person.as_ref() == Some(id) {
            settings.last_person = None;
            self.save_settings(&settings)?;
        }
        Ok(deleted)
    }
}

fn count(folder: &Path, deleted: &mut Deleted) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.metadata()?;
        if kind.is_dir() {
            count(&entry.path(), deleted)?;
            continue;
        }
        deleted.files += 1;
        deleted.bytes += kind.len();
        deleted.records += u32::from(entry.path().extension().is_some_and(|end| end == "baro"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn cells_are_plain() {
        for (text, cell) in [("squat", "squat"), ("=1+1,\"x\"\n", "_=1+1__x__"), ("-2;3", "_-2_3"), ("", "")]
        {
            assert_eq!(super::plain(text), cell);
        }
    }
}
