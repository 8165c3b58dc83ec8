//! The schemas that editors check files by, `assets/*/schema.json`, say what the parsers say: the same fields, the same words,
//! and neither takes what the other refuses for its form.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

mod support;

use baro_coach::{Exercise, Routine};
use jsonschema::Validator;
use serde_json::Value;
use std::{collections::BTreeSet, path::Path};
use support::{BREATHING, CHAIR_TEST, SQUAT, STANCE_TEST, WALL_SIT};

const SEATED: &str = include_str!("../../../assets/routines/seated.toml");

struct Format {
    schema: Value,
    validator: Validator,
    parse: fn(&str) -> Result<(), String>,
}

impl Format {
    fn new(folder: &str, parse: fn(&str) -> Result<(), String>) -> Self {
        let text = std::fs::read_to_string(assets().join(folder).join("schema.json")).unwrap();
        let schema: Value = serde_json::from_str(&text).unwrap();
        jsonschema::meta::validate(&schema).unwrap();
        Self { validator: jsonschema::draft202012::new(&schema).unwrap(), schema, parse }
    }

    fn exercises() -> Self {
        Self::new("exercises", |text| Exercise::from_toml(text).map(drop).map_err(|e| e.to_string()))
    }

    fn routines() -> Self {
        Self::new("routines", |text| Routine::from_toml(text).map(drop).map_err(|e| e.to_string()))
    }

    /// What the schema has against a file.
    fn complaints(&self, text: &str) -> Vec<String> {
        let file: Value = toml::from_str(text).unwrap();
        self.validator.iter_errors(&file).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    /// The file with a change, which both must refuse. Gives the parser's words.
    #[track_caller]
    fn refused(&self, text: &str, from: &str, to: &str) -> String {
        assert!(text.contains(from), "{from}");
        let broken = text.replacen(from, to, 1);
        assert!(!self.complaints(&broken).is_empty(), "the schema takes {to}");
        (self.parse)(&broken).expect_err(&format!("the parser takes {to}"))
    }

    /// A field or word that there is not: what the parser knows instead is what the schema lists at `place`.
    #[track_caller]
    fn knows_the_same(&self, text: &str, from: &str, to: &str, place: &str) {
        let said = self.refused(text, from, to);
        let (_, known) = said.split_once("expected").unwrap_or_else(|| panic!("{to}: {said}"));
        let known: BTreeSet<&str> = known.split('`').skip(1).step_by(2).collect();
        let listed: BTreeSet<&str> = match self.schema.pointer(place).unwrap() {
            Value::Object(fields) => fields.keys().map(String::as_str).collect(),
            Value::Array(words) => words.iter().map(|word| word.as_str().unwrap()).collect(),
            other => panic!("{place}: {other}"),
        };
        assert_eq!(listed, known, "{place}");
    }
}

fn assets() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets")
}

#[test]
fn every_shipped_file_fits_its_schema() {
    for (folder, format) in [("exercises", Format::exercises()), ("routines", Format::routines())] {
        let mut checked = 0;
        for path in std::fs::read_dir(assets().join(folder)).unwrap().map(|entry| entry.unwrap().path()) {
            if path.extension().is_some_and(|extension| extension == "toml") {
                let complaints = format.complaints(&std::fs::read_to_string(&path).unwrap());
                assert!(complaints.is_empty(), "{}: {complaints:?}", path.display());
                checked += 1;
            }
        }
        assert!(checked > 7, "{folder}");
    }
}

#[test]
fn exercises_have_the_same_fields_and_words() {
    let format = Format::exercises();
    // `[signal]` and the like, to which an unknown field is added.
    for (text, after, place) in [
        (SQUAT, "format = 1\n", "/properties"),
        (SQUAT, "[signal]\n", "/properties/signal/properties"),
        (SQUAT, "[[guards]]\n", "/properties/guards/items/properties"),
        (SQUAT, "[range]\n", "/$defs/range/properties"),
        (SQUAT, "[[tempo]]\n", "/properties/tempo/items/properties"),
        (SQUAT, "[[rules]]\n", "/properties/rules/items/properties"),
        (SQUAT, "[trainer]\n", "/properties/trainer/properties"),
        (WALL_SIT, "[hold]\n", "/properties/hold/properties"),
        (WALL_SIT, "[[quality]]\n", "/properties/quality/items/properties"),
        (BREATHING, "[paced]\n", "/properties/paced/properties"),
    ] {
        format.knows_the_same(text, after, &format!("{after}zzz = 1\n"), place);
    }
    for (text, from, to, place) in [
        (SQUAT, "view = \"any\"", "view = \"zzz\"", "/properties/view/enum"),
        (SQUAT, "sides = \"together\"", "sides = \"zzz\"", "/properties/sides/enum"),
        (SQUAT, "position = \"standing\"", "position = \"zzz\"", "/properties/position/enum"),
        (SQUAT, "body = [\"knee\"", "body = [\"zzz\"", "/properties/body/items/enum"),
        (SQUAT, "muscles = [\"quadriceps\"", "muscles = [\"zzz\"", "/properties/muscles/items/enum"),
        (SQUAT, "equipment = []", "equipment = [\"zzz\"]", "/properties/equipment/items/enum"),
        (SQUAT, "avoid = [\"recent_knee_surgery\"", "avoid = [\"zzz\"", "/properties/avoid/items/enum"),
        (SQUAT, "needs = [\"shoulder\"", "needs = [\"zzz\"", "/properties/needs/items/enum"),
        (SQUAT, "measure = \"knee_flexion\"", "measure = \"zzz\"", "/$defs/measure/enum"),
        (SQUAT, "unit = \"deg\"", "unit = \"zzz\"", "/$defs/unit/enum"),
        (SQUAT, "stage = \"out\"", "stage = \"zzz\"", "/properties/tempo/items/properties/stage/enum"),
        (SQUAT, "aspect = \"change\"", "aspect = \"zzz\"", "/properties/rules/items/properties/aspect/enum"),
        (
            SQUAT,
            "severity = \"safety\"",
            "severity = \"zzz\"",
            "/properties/rules/items/properties/severity/enum",
        ),
        (
            SQUAT,
            "view = \"front\"\nshown",
            "part = \"zzz\"\nshown",
            "/properties/rules/items/properties/part/enum",
        ),
        (
            WALL_SIT,
            "quantity = \"steadiness\"",
            "quantity = \"zzz\"",
            "/properties/quality/items/properties/quantity/enum",
        ),
        (WALL_SIT, "kind = \"hold\"", "kind = \"zzz\"", "/properties/kind/enum"),
    ] {
        format.knows_the_same(text, from, to, place);
    }
    let said = format.refused(SQUAT, "shown = { left_knee_valgus", "shown = { zzz");
    let listed = format.schema.pointer("/$defs/angles/propertyNames/enum").unwrap().as_array().unwrap();
    let (trunk, limb) = baro_coach::JointAngles::NAMES;
    assert!(trunk.iter().chain(limb).all(|name| said.contains(name)), "{said}");
    assert_eq!(listed.len(), trunk.len() + 2 * limb.len());
    assert!(listed.iter().all(|name| baro_coach::JointAngles::index(name.as_str().unwrap()).is_some()));
}

#[test]
fn exercises_are_refused_by_both() {
    let format = Format::exercises();
    for (from, to) in [
        ("format = 1", "format = 2"),
        ("id = \"squat\"", "id = \"Squat\""),
        ("id = \"squat\"", "id = 3"),
        ("id = \"squat\"\n", ""),
        ("name = \"exercise-squat\"", "name = \"squat\""),
        ("body = [\"knee\", \"hip\"]", "body = []"),
        ("body = [\"knee\", \"hip\"]", "body = [\"knee\", \"knee\"]"),
        ("needs = [\"shoulder\", \"hip\", \"knee\", \"ankle\"]", "needs = []"),
        ("unseen_cue = \"cue-show-legs\"", "unseen_cue = \"show-legs\""),
        ("measure = \"knee_flexion\"\nunit = \"deg\"", "measure = \"knee_flexion\"\nunit = \"ratio\""),
        ("measure = \"knee_flexion\"", "measure = \"foot_lift\""),
        ("target = 90", "target = 190"),
        ("target = 90", "target = \"90\""),
        ("target = 90\n", ""),
        ("min_s = 0.7\nmax_s = 20", "min_s = 0.01\nmax_s = 20"),
        ("rest = 10", "rest = 5\naspect = \"change\""),
        ("[range]\nid = \"depth\"\npoints_per_unit = 1.0\nmax_points = 30\ncue = \"cue-squat-deeper\"\n", ""),
        ("max_points = 30", "max_points = 300"),
        ("min = -0.12", "min = -0.12\nmax = 0.5"),
        ("min = -0.12\n", ""),
        ("min = -0.12", "min = -12"),
        ("hold_s = 0.2", "hold_s = 3"),
        ("shown = { left_knee_valgus = 22, right_knee_valgus = 22 }\n", ""),
        ("shown = { left_knee_valgus = 22, right_knee_valgus = 22 }", "shown = {}"),
        ("stages = [\"out\", \"peak\", \"return\"]", "stages = []"),
        ("min_s = 0.7\nmax_s = 6\n", ""),
        ("at = 0", "at = 1.5 #"),
        ("format = 1", "format = 1\nkind = \"hold\""),
        ("format = 1", "format = 1\nkind = \"paced\""),
    ] {
        format.refused(SQUAT, from, to);
    }
    for (text, from, to) in [
        (WALL_SIT, "kind = \"hold\"\n", ""),
        (WALL_SIT, "target_s = ", "target_s = 9"),
        (BREATHING, "sides = \"together\"", "sides = \"each\""),
        (BREATHING, "in_s = 3\n", ""),
        (BREATHING, "[paced]", "[test]\nkind = \"time_for_count\"\ncount = 3\n[paced]"),
        (CHAIR_TEST, "seconds = 30", "seconds = 3"),
        (CHAIR_TEST, "seconds = 30", "max_s = 30"),
        (STANCE_TEST, "kind = \"longest_hold\"", "kind = \"zzz\""),
    ] {
        format.refused(text, from, to);
    }
}

#[test]
fn routines_have_the_same_fields_and_are_refused_by_both() {
    let format = Format::routines();
    format.knows_the_same(SEATED, "format = 1\n", "format = 1\nzzz = 1\n", "/properties");
    format.knows_the_same(
        SEATED,
        "[[items]]\n",
        "[[items]]\nzzz = 1\n",
        "/properties/items/items/properties",
    );
    let side = "/properties/items/items/properties/side/enum";
    format.knows_the_same(SEATED, "side = \"each\"", "side = \"zzz\"", side);
    // A step has all fields of an item but steps of its own.
    let fields = |place| format.schema.pointer(place).unwrap().as_object().unwrap().clone();
    let mut item = fields("/properties/items/items/properties");
    item.retain(|field, _| field != "easier" && field != "harder");
    assert_eq!(item, fields("/$defs/step/properties"));
    for (from, to) in [
        ("format = 1", "format = 2"),
        ("name = \"routine-seated\"", "name = \"seated\""),
        ("avoid = []", "avoid = [\"zzz\"]"),
        ("days_a_week = 5", "days_a_week = 8"),
        ("days_a_week = 5\n", ""),
        ("pain_limit = 3", "pain_limit = 11"),
        ("sets = 2", "sets = 0"),
        ("sets = 2\n", ""),
        ("sets = 2", "sets = 1.5"),
        ("tempo_s = [0.7, 0, 0.7, 0]", "tempo_s = [0.7, 0, 0.7]"),
        ("tempo_s = [0.7, 0, 0.7, 0]", "hold_s = 3\nminutes = 3"),
        ("easier = { reps = 10 }", "easier = { zzz = 10 }"),
        ("easier = { reps = 10 }", "easier = { reps = 5, harder = { reps = 6 } }"),
    ] {
        format.refused(SEATED, from, to);
    }
}
