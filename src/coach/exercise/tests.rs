use super::*;

const SQUAT: &str = include_str!("../../../assets/exercises/squat.toml");
const ABDUCTION: &str = include_str!("../../../assets/exercises/shoulder_abduction.toml");

#[test]
fn shipped_files_are_valid() {
    for (text, id) in [(SQUAT, "squat"), (ABDUCTION, "shoulder-abduction")] {
        let exercise = Exercise::from_toml(text).unwrap();
        assert_eq!(exercise.id, id);
        assert!(exercise.rules.len() >= 3);
    }
}

/// The message for the file with one line changed, and the number of that line.
fn refusal(from: &str, to: &str) -> (usize, String) {
    assert!(SQUAT.contains(from), "{from}");
    let changed = SQUAT.replacen(from, to, 1);
    let line = 1 + SQUAT[..SQUAT.find(from).unwrap()].matches('\n').count();
    (line, Exercise::from_toml(&changed).unwrap_err().to_string())
}

#[test]
fn errors_name_the_line_and_what_to_write() {
    for (from, to, says) in [
        ("format = 1", "format = 2", "format = 1"),
        ("id = \"squat\"", "id = \"Squat!\"", "lower-case"),
        ("position = \"standing\"", "position = \"hanging\"", "standing"),
        ("body = [\"knee\", \"hip\"]", "body = []", "regions"),
        ("body = [\"knee\", \"hip\"]", "body = [\"knee\", \"knee\"]", "once"),
        ("equipment = []", "equipment = [\"barbell\"]", "chair"),
        ("equipment = []", "equipment = []\neasier = \"squat\"", "itself"),
        ("equipment = []", "equipment = []\nkind = \"hold\"", "[hold]"),
        ("equipment = []", "equipment = []\nkind = \"paced\"", "[paced]"),
        ("[range]", "[test]\nkind = \"count_in_time\"\nseconds = 1\n\n[range]", "from 5"),
        ("[range]", "[test]\nkind = \"longest_hold\"\nmax_s = 60\n\n[range]", "kind = \"hold\""),
        ("[range]", "[reference]\nfile = \"../x\"\n\n[range]", ".ref"),
        (
            "[range]",
            "[[quality]]\nid = \"q\"\nquantity = \"sway\"\npoints_per_unit = 1\nmax_points = 5\n\n[range]",
            "min or max",
        ),
        ("min = -0.12", "min = -0.12\nbreaks_holds = true", "breaks_hold"),
        ("stages = [\"peak\"]", "stages = []", "leave it out"),
        ("view = \"any\"", "veiw = \"any\"", "veiw"),
        ("view = \"any\"", "view = \"back\"", "front"),
        ("reach = 70", "reach = 95", "rising values"),
        ("rest = 10", "rest = 95", "falling values"),
        ("reach = 70", "reach = nan", ""),
        ("measure = \"knee_flexion\"", "measure = \"knee\"", "knee_flexion"),
        ("unit = \"ratio\"", "unit = \"deg\"", "unit = \"ratio\""),
        ("min_s = 0.7", "min_s = -1", "from 0.1"),
        ("max_points = 30", "max_points = 300", "from 0.1 to 100"),
        ("points_per_unit = 1.0", "points_per_unit = inf", "number"),
        ("id = \"knees-inward\"", "id = \"depth\"", "twice"),
        ("cue = \"cue-knees-out\"", "cue = \"knees-out\"", "cue-"),
        ("min = -0.12", "min = -0.12\nmax = 1", "either"),
        ("at = 0.48", "at = 0.05", "rising"),
        ("left_hip_flexion = 104", "left_hip_flex = 104", "hip_flexion"),
        ("period_s = 5.0", "period_s = 0", "from 0.5"),
    ] {
        let (line, message) = refusal(from, to);
        assert!(message.contains(says), "{to}: {message}");
        let named: usize = message.split([' ', ':']).nth(1).unwrap().parse().unwrap();
        assert!(named.abs_diff(line) <= 3, "{to}: line {line}, message: {message}");
    }
    assert!(Exercise::from_toml("").unwrap_err().to_string().starts_with("line 1:"));
}

#[test]
fn a_rule_must_show_its_fault() {
    let from = SQUAT.find("shown = ").unwrap();
    let to = from + SQUAT[from..].find('\n').unwrap();
    let without = format!("{}{}", &SQUAT[..from], &SQUAT[to..]);
    let message = Exercise::from_toml(&without).unwrap_err().to_string();
    assert!(message.contains("`knees-inward` has no `shown`"), "{message}");
}

#[test]
fn falling_signals_are_turned_over_for_the_machines() {
    let rises = ["rest = 10", "back = 30", "leave = 36", "attempt = 48", "reach = 70", "target = 90"];
    let falls = ["rest = 90", "back = 70", "leave = 64", "attempt = 52", "reach = 30", "target = 10"];
    let text =
        rises.iter().zip(falls).fold(SQUAT.to_owned(), |text, (rise, fall)| text.replacen(rise, fall, 1));
    let signal = Exercise::from_toml(&text).unwrap().signal.unwrap();
    assert_eq!(signal.direction(), -1.0);
    assert_eq!(signal.rising().rising(), signal.rising());
    assert!(signal.rising().rest < signal.rising().back && signal.rising().reach < signal.rising().target);
    assert!((signal.progress(signal.target) - 1.0).abs() < 1e-6 && signal.progress(signal.rest).abs() < 1e-6);
}

/// A plank held for 20 s, and breathing, from the squat's text.
#[test]
fn holds_and_paces_have_their_own_parts() {
    let cut = |text: &str, from: &str, to: &str| {
        let (a, b) = (text.find(from).unwrap(), text.find(to).unwrap());
        format!("{}{}", &text[..a], &text[b..])
    };
    let no_tempo = cut(SQUAT, "# Standing up fully", "# Knees over");
    let hold = "[hold]\nid = \"held-short\"\ntarget_s = 20\npoints_per_s = 2\nmax_points = 40\ncue = \"cue-x\"\n\n[range]";
    let text = no_tempo.replacen("view =", "kind = \"hold\"\nview =", 1).replacen("[range]", hold, 1);
    let exercise = Exercise::from_toml(&text).unwrap();
    assert!(matches!(exercise.kind, Kind::Hold(Hold { target_s: 20.0, least_s: 10.0, .. })));
    assert!(exercise.cue_ids().iter().any(|cue| &**cue == "cue-x"));
    let pace = "[paced]\nin_s = 5\nhold_s = 0\nout_s = 5\nrest_s = 0\nminutes = 5\n\n";
    let text = cut(&no_tempo, "[signal]", "# Knees over").replacen("view =", "kind = \"paced\"\nview =", 1);
    let text = text.replacen("# Knees over", &format!("{pace}# Knees over"), 1);
    let exercise = Exercise::from_toml(&text).unwrap();
    assert!(
        matches!(exercise.kind, Kind::Paced(pace) if pace.cycle_s() == 10.0) && exercise.signal.is_none()
    );
}

#[test]
fn a_set_of_files_is_checked_as_a_whole() {
    let file = |id: &str, more: &str| SQUAT.replacen("id = \"squat\"", &format!("id = \"{id}\"\n{more}"), 1);
    let says = |files: &[(&str, &str)]| {
        let findings = lint_texts(files, &[]);
        findings
            .iter()
            .map(|f| format!("{}:{}: {}", f.file, f.line, f.message))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(says(&[("assets/exercises/squat.toml", SQUAT), ("shoulder_abduction.toml", ABDUCTION)]), "");
    assert!(
        says(&[("squats.toml", SQUAT)])
            .contains("squats.toml:4: the id is `squat`; name the file squat.toml")
    );
    assert!(
        says(&[("a/squat.toml", SQUAT), ("b/squat.toml", SQUAT)])
            .contains("b/squat.toml:4: a/squat.toml has")
    );
    assert!(says(&[("x.toml", "id = 3")]).starts_with("x.toml:1:"));
    let unknown = file("a", "harder = \"z\"");
    assert!(says(&[("a.toml", &unknown)]).contains("a.toml:5: there is no exercise `z`"));
    let standing = file("a", "seated = \"squat\"");
    assert!(says(&[("a.toml", &standing), ("squat.toml", SQUAT)]).contains("not done sitting"));
    let (a, b) = (file("a", "easier = \"b\""), file("b", "easier = \"c\""));
    let fine = file("c", "harder = \"b\"");
    assert_eq!(says(&[("a.toml", &a), ("b.toml", &b), ("c.toml", &fine)]), "");
    let round = file("c", "easier = \"a\"");
    let circle = says(&[("a.toml", &a), ("b.toml", &b), ("c.toml", &round)]);
    assert!(circle.contains("a.toml:5: it is easier than itself") && circle.lines().count() == 1, "{circle}");
}

#[test]
fn cues_are_listed_once() {
    let ids = Exercise::from_toml(SQUAT).unwrap().cue_ids();
    assert_eq!(ids.iter().filter(|id| &***id == "cue-slower").count(), 1);
    assert!(ids.iter().any(|id| &**id == crate::CUE_UNSEEN));
}

/// With planted feet the thigh's tilt follows from knee and ankle, and the hip's from thigh and trunk.
#[test]
fn the_squat_trainer_keeps_its_feet_planted() {
    let trainer = Exercise::from_toml(SQUAT).unwrap().trainer;
    for i in 0..100 {
        let pose = trainer.angles_at(trainer.period_s() * f64::from(i) / 100.0);
        for leg in [pose.left, pose.right] {
            let hip = leg.knee_flexion_rad - leg.ankle_dorsiflexion_rad + pose.trunk_flexion_rad;
            assert!((leg.hip_flexion_rad - hip).abs().to_degrees() < 1.0, "{i}");
        }
    }
}
