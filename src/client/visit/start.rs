//! Opens the data folder and the visit of whoever was here last.

use super::{Clinic, Lock, Made, RETRY, Rooms, Visiting, now};
use crate::capture::SourceChoice;
use baro_home::{Catalogue, Home, HomeError, Visit};
use baro_screens::flow::Drafts;
use bevy::prelude::*;
use std::{path::Path, sync::Arc};

/// Name and version, for the diary.
pub const PROGRAM: &str = concat!("baro ", env!("CARGO_PKG_VERSION"));
/// The routine whose exercises have a demo clip each.
pub const FIRST_LOOK: &str = "first-look";

/// Opens the data folder `data` and begins the visit of whoever was here last, or of someone new.
///
/// # Errors
/// The folder can't be made, is held by another window, or the assets are missing.
pub fn open(data: &Path, assets: &Path, source: &SourceChoice) -> Result<Visiting, HomeError> {
    let home = Home::open(data)?;
    let (settings, notice) = home.settings()?;
    let (catalogue, faults) = Catalogue::load(assets)?;
    for fault in faults {
        warn!("{fault}");
    }
    let catalogue = Arc::new(catalogue);
    let people = home.people()?;
    let last = settings.last_person.clone().filter(|last| people.iter().any(|(id, _)| id == last));
    let mut notices: Vec<_> = notice.into_iter().collect();
    let (files, known) = match last {
        Some(id) => {
            let (files, known, more) = home.person(&id)?;
            notices.extend(more);
            (files, known)
        }
        None => home.new_person(),
    };
    let drafts = Drafts::of(&known);
    let (visit, waiting) = Visit::open(known, catalogue.clone(), PROGRAM, now());
    let cameras = camera_names();
    let demo = match source {
        SourceChoice::Demo => true,
        SourceChoice::Auto => cameras.is_empty(),
        SourceChoice::Given(_) => false,
    };
    Ok(Visiting {
        home,
        settings,
        shelf: Arc::clone(&catalogue),
        catalogue,
        clinic: Clinic::open(files.folder()),
        lock: Lock::of(files.folder()),
        files,
        visit,
        drafts,
        rooms: Rooms::default(),
        made: Made::default(),
        game: None,
        waiting,
        cameras,
        exported: String::new(),
        people,
        notices,
        demo,
        first_look: false,
        assets: assets.into(),
        run: None,
        seen: None,
        retry: Timer::new(RETRY, TimerMode::Repeating),
    })
}

fn camera_names() -> Vec<String> {
    let cameras = baro_vision::list_cameras().unwrap_or_default();
    cameras.into_iter().map(|camera| camera.name).collect()
}
