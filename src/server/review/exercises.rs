//! The exercises and routines that come with the program: the server has no assets folder.

use baro_coach::{Exercise, Routine};
use baro_home::{Catalogue, ExerciseFile};
use baro_review::triage::Directions;
use std::sync::{Arc, LazyLock};

macro_rules! files {
    ($folder:literal: $($name:literal),*) => {
        &[$(($name, include_str!(concat!("../../../assets/", $folder, "/", $name, ".toml")))),*]
    };
}

#[rustfmt::skip]
const FILES: &[(&str, &str)] = files!("exercises":
    "bird_dog", "bridge", "chair_stand_30s", "chest_opener", "chin_retraction", "curl_up", "deep_squat", "easy_breathing", "elbow_flexion", "five_times_sit_to_stand", "full_shoulder_abduction", "heel_raise", "hip_hinge", "hurdle_step", "inline_lunge", "jumping_jack_step", "mini_squat", "muscle_relaxation", "neck_flexion", "neck_rotation", "neck_side_bend", "neck_side_stretch", "overhead_reach", "paced_breathing", "press_up_back_extension", "seated_ankle_pump", "seated_arm_raise", "seated_back_extension", "seated_knee_extension", "seated_march", "seated_side_bend", "seated_trunk_rotation", "shoulder_abduction", "shoulder_extension", "shoulder_flexion", "shoulder_rotation", "shoulder_scaption", "shoulder_shrug", "side_bridge", "side_lunge", "single_leg_stance", "single_leg_stance_test", "sit_to_stand", "squat", "standing_back_extension", "standing_hip_abduction", "standing_hip_extension", "standing_knee_bend", "standing_leg_raise", "standing_march", "step_up", "supine_leg_raise", "tandem_stance", "toe_raise", "trunk_side_bend", "w_raise", "wall_sit", "weight_shift", "y_raise"
);

#[rustfmt::skip]
const ROUTINES: &[(&str, &str)] = files!("routines":
    "balance_older", "desk_and_neck", "first_look", "functional_check", "knee", "low_back", "relaxation", "seated", "shoulder", "warm_up"
);

/// All that can be read, sorted by id; games are the patient's own affair.
pub static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let exercise = |(_, toml): &(&str, &'static str)| {
        let exercise = Arc::new(Exercise::from_toml(toml).ok()?);
        Some(ExerciseFile { exercise, toml: (*toml).into() })
    };
    let routine = |(_, toml): &(&str, &str)| Routine::from_toml(toml).ok().map(Arc::new);
    let mut exercises: Vec<_> = FILES.iter().filter_map(exercise).collect();
    let mut routines: Vec<_> = ROUTINES.iter().filter_map(routine).collect();
    exercises.sort_by(|a, b| a.exercise.id.cmp(&b.exercise.id));
    routines.sort_by(|a, b| a.id.cmp(&b.id));
    Catalogue { exercises, routines, games: Vec::new() }
});

/// Which way they go.
pub fn directions() -> Directions {
    Directions::of(CATALOGUE.exercises.iter().map(|file| &*file.exercise))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_left_out_and_all_can_be_read() {
        for (folder, files, read) in [
            ("exercises", FILES, CATALOGUE.exercises.len()),
            ("routines", ROUTINES, CATALOGUE.routines.len()),
        ] {
            let folder = format!("{}/../../assets/{folder}", env!("CARGO_MANIFEST_DIR"));
            let names = std::fs::read_dir(folder).unwrap();
            let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
            let mut there: Vec<_> =
                names.filter_map(|name| name.strip_suffix(".toml").map(String::from)).collect();
            there.sort();
            assert_eq!(files.iter().map(|(name, _)| *name).collect::<Vec<_>>(), there);
            assert_eq!(files.len(), read);
        }
    }
}
