//! Which way the exercises go, of those that come with the program: the server has no assets folder.

use baro_coach::Exercise;
use baro_review::triage::Directions;

macro_rules! files {
    ($($name:literal),*) => {
        &[$(($name, include_str!(concat!("../../../assets/exercises/", $name, ".toml")))),*]
    };
}

#[rustfmt::skip]
const FILES: &[(&str, &str)] = files!(
    "bird_dog", "bridge", "chair_stand_30s", "chest_opener", "chin_retraction", "curl_up", "deep_squat", "easy_breathing", "elbow_flexion", "five_times_sit_to_stand", "full_shoulder_abduction", "heel_raise", "hip_hinge", "hurdle_step", "inline_lunge", "jumping_jack_step", "mini_squat", "muscle_relaxation", "neck_flexion", "neck_rotation", "neck_side_bend", "neck_side_stretch", "overhead_reach", "paced_breathing", "press_up_back_extension", "seated_ankle_pump", "seated_arm_raise", "seated_back_extension", "seated_knee_extension", "seated_march", "seated_side_bend", "seated_trunk_rotation", "shoulder_abduction", "shoulder_extension", "shoulder_flexion", "shoulder_rotation", "shoulder_scaption", "shoulder_shrug", "side_bridge", "side_lunge", "single_leg_stance", "single_leg_stance_test", "sit_to_stand", "squat", "standing_back_extension", "standing_hip_abduction", "standing_hip_extension", "standing_knee_bend", "standing_leg_raise", "standing_march", "step_up", "supine_leg_raise", "tandem_stance", "toe_raise", "trunk_side_bend", "w_raise", "wall_sit", "weight_shift", "y_raise"
);

/// Of all that can be read.
pub fn directions() -> Directions {
    let all: Vec<Exercise> = FILES.iter().filter_map(|(_, text)| Exercise::from_toml(text).ok()).collect();
    Directions::of(&all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_left_out_and_all_can_be_read() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/exercises");
        let names =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut there: Vec<_> =
            names.filter_map(|name| name.strip_suffix(".toml").map(String::from)).collect();
        there.sort();
        assert_eq!(FILES.iter().map(|(name, _)| *name).collect::<Vec<_>>(), there);
        assert!(FILES.iter().all(|(_, text)| Exercise::from_toml(text).is_ok()));
    }
}
