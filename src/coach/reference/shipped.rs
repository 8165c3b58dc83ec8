//! The references that come with the program: `assets/references/*.ref`, made by `cargo xtask bench scoring --write-references`.

use super::{Reference, ReferenceError};
use std::sync::OnceLock;

/// Name in exercise files, and text.
const FILES: [(&str, &str); 10] = [
    ("deep-squat.ref", include_str!("../../../assets/references/deep-squat.ref")),
    ("hurdle-step.ref", include_str!("../../../assets/references/hurdle-step.ref")),
    ("inline-lunge.ref", include_str!("../../../assets/references/inline-lunge.ref")),
    ("side-lunge.ref", include_str!("../../../assets/references/side-lunge.ref")),
    ("sit-to-stand.ref", include_str!("../../../assets/references/sit-to-stand.ref")),
    ("standing-leg-raise.ref", include_str!("../../../assets/references/standing-leg-raise.ref")),
    ("full-shoulder-abduction.ref", include_str!("../../../assets/references/full-shoulder-abduction.ref")),
    ("shoulder-extension.ref", include_str!("../../../assets/references/shoulder-extension.ref")),
    ("shoulder-rotation.ref", include_str!("../../../assets/references/shoulder-rotation.ref")),
    ("shoulder-scaption.ref", include_str!("../../../assets/references/shoulder-scaption.ref")),
];

/// Each is read once: a coach is made for every set, and by the linter for every rehearsal.
static READ: [OnceLock<Result<Reference, ReferenceError>>; FILES.len()] =
    [const { OnceLock::new() }; FILES.len()];

impl Reference {
    /// Names of all that ship.
    pub fn shipped_names() -> impl Iterator<Item = &'static str> {
        FILES.iter().map(|(name, _)| *name)
    }

    /// One that ships, by the name in exercise files; `None` where there is none of that name, or it can't be read, which
    /// [`crate::lint`] tells.
    pub fn shipped(name: &str) -> Option<Self> {
        Self::read_shipped(name)?.ok()
    }

    /// The same, with what is wrong in it.
    pub fn read_shipped(name: &str) -> Option<Result<Self, ReferenceError>> {
        let (file, (_, text)) = FILES.iter().enumerate().find(|(_, (file, _))| *file == name)?;
        Some(READ.get(file)?.get_or_init(|| Self::from_text(text)).clone())
    }
}
