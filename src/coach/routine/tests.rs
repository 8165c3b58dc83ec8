use super::*;
use crate::{Finding, plan::Work};
use proptest::prelude::*;

const SHRUG: &str = include_str!("../../../assets/exercises/shoulder_shrug.toml");
const ABDUCTION: &str = include_str!("../../../assets/exercises/shoulder_abduction.toml");

const SHORT: &str = r#"format = 1
id = "short"
name = "routine-short"
body = ["neck"]
avoid = ["dizziness"]
sources = ["Andersen et al. 2008, Arthritis Rheum 59:84"]
days_a_week = 3
rpe_target = 4
pain_limit = 3

[[items]]
exercise = "shoulder-shrug"
sets = 2
reps = 10
rest_s = 45
tempo_s = [1, 1, 2, 0]
easier = { reps = 6 }
harder = { sets = 3, rpe_target = 5 }

[[items]]
exercise = "shoulder-abduction"
sets = 1
reps = 8
rest_s = 30
tempo_s = [2, 1, 2, 0]
side = "each"
easier = { exercise = "shoulder-shrug", reps = 5, tempo_s = [1, 1, 2, 0] }
harder = { reps = 12 }
"#;

fn exercises() -> Vec<Exercise> {
    [SHRUG, ABDUCTION].map(|text| Exercise::from_toml(text).unwrap()).into()
}

fn findings(from: &str, to: &str) -> Vec<Finding> {
    assert!(SHORT.contains(from), "{from}");
    lint_routines(&[("short.toml", &SHORT.replacen(from, to, 1))], &exercises())
}

#[test]
fn a_routine_is_read_with_its_steps() {
    let routine = Routine::from_toml(SHORT).unwrap();
    let [shrug, raise] = &routine.items[..] else { panic!() };
    assert_eq!((shrug.dose.sets, shrug.dose.reps, shrug.dose.days_a_week), (2, 10, 3));
    let (easier, harder) = (shrug.easier.as_ref().unwrap(), shrug.harder.as_ref().unwrap());
    assert_eq!((easier.reps, easier.tempo_s), (6, Some([1.0, 1.0, 2.0, 0.0])));
    assert_eq!((harder.sets, harder.reps, harder.rpe_target, harder.pain_limit), (3, 10, 5, 3));
    let other = raise.easier.as_ref().unwrap();
    assert_eq!((other.exercise.as_str(), other.side, other.rest_s), ("shoulder-shrug", SideChoice::Auto, 30));
    assert_eq!(other.work(), Work::Reps);
    // 20 + 2 * 40 + 45, and 20 + 2 * 40 + 30 for both sides: 275 s.
    assert_eq!(routine.minutes(), 5);
    let sides: Vec<SideChoice> = routine.plan().iter().map(|dose| dose.side).collect();
    assert_eq!(sides, [SideChoice::Auto, SideChoice::Left, SideChoice::Right]);
}

#[test]
fn what_to_ask_first_is_gathered_from_the_exercises() {
    let routine = Routine::from_toml(SHORT).unwrap();
    let all = routine.avoid_all(&exercises());
    assert!(all.contains(&Avoid::Dizziness) && all.contains(&Avoid::RecentShoulderSurgery));
    assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{all:?}");
    assert!(exercises().iter().all(|e| e.about.avoid.iter().all(|avoid| all.contains(avoid))));
}

#[test]
fn findings_name_the_line_and_what_to_write() {
    assert_eq!(lint_routines(&[("a/short.toml", SHORT)], &exercises()), []);
    for (from, to, line, says) in [
        ("format = 1", "format = 2", 1, "update Baro"),
        ("id = \"short\"", "id = \"long\"", 2, "long.toml"),
        ("name = \"routine-short\"", "name = \"short\"", 3, "routine-"),
        ("body = [\"neck\"]", "body = []", 4, "regions"),
        ("days_a_week = 3", "days_a_week = 8", 7, "from 1 to 7"),
        ("exercise = \"shoulder-shrug\"", "exercise = \"shrug\"", 12, "no exercise `shrug`"),
        ("sets = 2\n", "", 11, "`sets` is missing"),
        ("sets = 2", "sets = -2", 13, ""),
        ("sets = 2", "sets = 2\nhold_s = 5", 12, "is counted"),
        ("sets = 2", "set = 2", 13, "set"),
        ("tempo_s = [1, 1, 2, 0]\n", "", 12, "no tempo"),
        ("[1, 1, 2, 0]", "[1, 1, 0.2, 0]", 12, "`back-time`"),
        ("[1, 1, 2, 0]", "[1, -1, 2, 0]", 16, "out, at the far end"),
        ("easier = { reps = 6 }", "easier = { reps = 10 }", 17, "changes nothing"),
        ("easier = { reps = 6 }\n", "", 11, "no `easier`"),
        ("easier = { reps = 6 }", "easier = { exercise = \"x\" }", 17, "no exercise `x`"),
        (
            "harder = { sets = 3, rpe_target = 5 }",
            "harder = { harder = { sets = 3 } }",
            18,
            "no steps of its own",
        ),
        ("rest_s = 45", "rest_s = 45\nside = \"left\"", 12, "leave `side` out"),
        ("sets = 2", "sets = 2\nminutes = 5\nhold_s = 3", 14, "not both"),
    ] {
        let found = findings(from, to);
        let hit = found.iter().any(|f| f.line == line && f.message.contains(says));
        assert!(hit, "{from} -> {to}: {found:?}");
    }
    let long = lint_routines(&[("short.toml", SHORT), ("short.toml", SHORT)], &exercises());
    assert!(long[0].message.contains("has the id `short` too"), "{long:?}");
    let all_day = findings("sets = 2\nreps = 10", "sets = 10\nreps = 60");
    assert!(all_day[0].message.contains("minutes; write fewer"), "{all_day:?}");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(at in 0..SHORT.len(), len in 0..40_usize, new in "[ -~\\n]{0,12}") {
        prop_assume!(SHORT.is_char_boundary(at));
        let end = (at + len).min(SHORT.len());
        let text = format!("{}{new}{}", &SHORT[..at], &SHORT[end..]);
        for finding in lint_routines(&[("short.toml", &text)], &[]) {
            prop_assert!(finding.line <= text.lines().count().max(1), "{finding:?}");
        }
        if let Ok(routine) = Routine::from_toml(&text) {
            prop_assert!(routine.minutes() >= 1 && !routine.plan().is_empty());
        }
    }
}
