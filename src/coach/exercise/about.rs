//! What an exercise is for, and for whom it is not: closed lists, so that plans and filters can rely on them.

use serde::{Deserialize, Serialize};

/// An enum whose variants have names in files, listed once.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "most names say it")]
        pub enum $name { $($(#[$about])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// All of them, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in files, and the end of its key in the locale files.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

names!(
    /// In what position an exercise is done.
    Position {
        Standing = "standing",
        Seated = "seated",
        /// Lying, kneeling or on all fours: hard for pose models, so that more must be seen before anything is counted.
        Floor = "floor",
    }
);

names!(
    /// A part of the body, or of health, that an exercise is for.
    Region {
        Neck = "neck",
        Shoulder = "shoulder",
        Elbow = "elbow",
        Back = "back",
        Hip = "hip",
        Knee = "knee",
        Ankle = "ankle",
        Balance = "balance",
        Breathing = "breathing",
        WholeBody = "whole_body",
    }
);

names!(
    /// A muscle or group of muscles that an exercise works or stretches.
    Muscle {
        DeepNeckFlexors = "deep_neck_flexors",
        NeckExtensors = "neck_extensors",
        Sternocleidomastoid = "sternocleidomastoid",
        Scalenes = "scalenes",
        LevatorScapulae = "levator_scapulae",
        UpperTrapezius = "upper_trapezius",
        MiddleTrapezius = "middle_trapezius",
        LowerTrapezius = "lower_trapezius",
        Rhomboids = "rhomboids",
        SerratusAnterior = "serratus_anterior",
        Deltoid = "deltoid",
        RotatorCuff = "rotator_cuff",
        PectoralisMajor = "pectoralis_major",
        LatissimusDorsi = "latissimus_dorsi",
        Biceps = "biceps",
        Triceps = "triceps",
        ErectorSpinae = "erector_spinae",
        Multifidus = "multifidus",
        QuadratusLumborum = "quadratus_lumborum",
        RectusAbdominis = "rectus_abdominis",
        Obliques = "obliques",
        TransversusAbdominis = "transversus_abdominis",
        HipFlexors = "hip_flexors",
        GluteusMaximus = "gluteus_maximus",
        GluteusMedius = "gluteus_medius",
        HipAdductors = "hip_adductors",
        HipRotators = "hip_rotators",
        Quadriceps = "quadriceps",
        Hamstrings = "hamstrings",
        Gastrocnemius = "gastrocnemius",
        Soleus = "soleus",
        TibialisAnterior = "tibialis_anterior",
        FootIntrinsics = "foot_intrinsics",
        Diaphragm = "diaphragm",
    }
);

names!(
    /// What one needs at hand.
    Equipment {
        Chair = "chair",
        Wall = "wall",
        Step = "step",
        Mat = "mat",
        Towel = "towel",
        Band = "band",
        Stick = "stick",
    }
);

names!(
    /// A condition with which an exercise is left out unless a therapist says otherwise.
    Avoid {
        RecentNeckSurgery = "recent_neck_surgery",
        RecentShoulderSurgery = "recent_shoulder_surgery",
        RecentElbowSurgery = "recent_elbow_surgery",
        RecentBackSurgery = "recent_back_surgery",
        RecentAbdominalSurgery = "recent_abdominal_surgery",
        RecentHipSurgery = "recent_hip_surgery",
        RecentKneeSurgery = "recent_knee_surgery",
        RecentAnkleSurgery = "recent_ankle_surgery",
        RecentFracture = "recent_fracture",
        /// A sprain, strain or flare that is hot, swollen, or younger than about three days.
        AcuteInjury = "acute_injury",
        AcuteNeckPain = "acute_neck_pain",
        AcuteBackPain = "acute_back_pain",
        /// Pain, tingling or weakness down an arm or leg.
        NerveSymptoms = "nerve_symptoms",
        NeckInstability = "neck_instability",
        ShoulderInstability = "shoulder_instability",
        FrozenShoulder = "frozen_shoulder",
        SpinalStenosis = "spinal_stenosis",
        Osteoporosis = "osteoporosis",
        HipReplacement = "hip_replacement",
        WristPain = "wrist_pain",
        KneelingPain = "kneeling_pain",
        Dizziness = "dizziness",
        FallRisk = "fall_risk",
        HeartDisease = "heart_disease",
        HighBloodPressure = "high_blood_pressure",
        LungDisease = "lung_disease",
        Glaucoma = "glaucoma",
        LatePregnancy = "late_pregnancy",
        PanicAttacks = "panic_attacks",
    }
);

/// What an exercise is called, where no locale file knows it: somebody taught it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// In English.
    pub en: String,
    /// In Korean.
    pub ko: String,
}

impl Names {
    /// Letters of one name at most.
    pub const MOST_LETTERS: usize = 40;
}

/// What stands in the head of an exercise file beside what is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// In what position it is done.
    pub position: Position,
    /// What it is for; at least one.
    pub body: Vec<Region>,
    /// The muscles that it works; empty for breathing and relaxation.
    pub muscles: Vec<Muscle>,
    /// What one needs at hand.
    pub equipment: Vec<Equipment>,
    /// With these it is left out unless a therapist says otherwise.
    pub avoid: Vec<Avoid>,
    /// Id of an easier variant.
    pub easier: Option<String>,
    /// Id of a harder variant.
    pub harder: Option<String>,
    /// Id of a variant that is done sitting.
    pub seated: Option<String>,
    /// Where it comes from: papers and standards; at least one.
    pub sources: Vec<String>,
}
