//! What is looked at before an exercise, and what to do where it is not right.

use baro_motion::LandmarkId;

/// What is looked at, the most important first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Check {
    /// Somebody is seen.
    Seen,
    /// Neither too near nor too far.
    Distance,
    /// The head, and what the exercise raises above it, are inside the picture.
    Head,
    /// The feet (or what the exercise needs of the legs) are inside the picture.
    Feet,
    /// Nothing is cut off at the left or right.
    Sides,
    /// Turned as the exercise asks for.
    Turn,
    /// Every joint that the exercise needs is seen.
    Joints,
    /// Enough light, none from behind. Only advised.
    Light,
    /// Nobody else is in the picture. Only advised.
    Alone,
    /// The camera stands straight. Only advised: angles are corrected for its tilt.
    Camera,
}

impl Check {
    /// All, the most important first.
    pub const ALL: [Self; 10] = [
        Self::Seen,
        Self::Distance,
        Self::Head,
        Self::Feet,
        Self::Sides,
        Self::Turn,
        Self::Joints,
        Self::Light,
        Self::Alone,
        Self::Camera,
    ];

    /// Does nothing begin without it? Else it is good advice: where the joints are seen, the exercise can be measured.
    pub const fn is_needed(self) -> bool {
        !matches!(self, Self::Light | Self::Alone | Self::Camera)
    }

    /// Key of its name in the locale files.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Seen => "setup-check-seen",
            Self::Distance => "setup-check-distance",
            Self::Head => "setup-check-head",
            Self::Feet => "setup-check-feet",
            Self::Sides => "setup-check-sides",
            Self::Turn => "setup-check-turn",
            Self::Joints => "setup-check-joints",
            Self::Light => "setup-check-light",
            Self::Alone => "setup-check-alone",
            Self::Camera => "setup-check-camera",
        }
    }
}

/// What is known of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// It can't be told (yet), or the exercise doesn't ask for it.
    #[default]
    Unknown,
    /// As it should be.
    Ok,
    /// Not so, and what to do.
    Not(Advice),
}

/// What to do. Left and right are the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "most names say it")]
pub enum Advice {
    StepIn,
    StepBack,
    ComeCloser,
    /// Too little room above the head.
    StepBackForHead,
    StepBackForFeet,
    /// There is room enough, but the camera looks too low or too high.
    CameraUp,
    CameraDown,
    MoveLeft,
    MoveRight,
    MoveToMiddle,
    FaceCamera,
    TurnSideways,
    /// A joint is hidden; the exercise's own words.
    Show(LandmarkId),
    MoreLight,
    /// A bright window or lamp behind the person.
    LightBehind,
    /// The picture is burnt out.
    LessLight,
    BeAlone,
    /// The camera leans to a side.
    LevelCamera,
    /// It looks down or up too steeply.
    LowerCamera,
    RaiseCamera,
}

impl Advice {
    /// Key of the cue that says it; `None` for [`Self::Show`], for which each exercise has its own ([`crate::Exercise::unseen_cue`]).
    pub const fn cue(self) -> Option<&'static str> {
        Some(match self {
            Self::StepIn => crate::CUE_UNSEEN,
            Self::StepBack => "cue-setup-back",
            Self::ComeCloser => "cue-setup-closer",
            Self::StepBackForHead => "cue-setup-head",
            Self::StepBackForFeet => "cue-setup-feet",
            Self::CameraUp => "cue-setup-camera-up",
            Self::CameraDown => "cue-setup-camera-down",
            Self::MoveLeft => "cue-setup-left",
            Self::MoveRight => "cue-setup-right",
            Self::MoveToMiddle => "cue-setup-middle",
            Self::FaceCamera => "cue-setup-face",
            Self::TurnSideways => "cue-setup-sideways",
            Self::Show(_) => return None,
            Self::MoreLight => "cue-setup-dark",
            Self::LightBehind => "cue-setup-backlight",
            Self::LessLight => "cue-setup-bright",
            Self::BeAlone => "cue-setup-alone",
            Self::LevelCamera => "cue-setup-level",
            Self::LowerCamera => "cue-setup-camera-lower",
            Self::RaiseCamera => "cue-setup-camera-higher",
        })
    }

    /// All but [`Self::Show`].
    pub const FIXED: [Self; 19] = [
        Self::StepIn,
        Self::StepBack,
        Self::ComeCloser,
        Self::StepBackForHead,
        Self::StepBackForFeet,
        Self::CameraUp,
        Self::CameraDown,
        Self::MoveLeft,
        Self::MoveRight,
        Self::MoveToMiddle,
        Self::FaceCamera,
        Self::TurnSideways,
        Self::MoreLight,
        Self::LightBehind,
        Self::LessLight,
        Self::BeAlone,
        Self::LevelCamera,
        Self::LowerCamera,
        Self::RaiseCamera,
    ];
}
