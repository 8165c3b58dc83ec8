//! The page as others read it: poppler's programs, in both languages.

use super::*;
use baro_home::{
    Assigned, Moment,
    diary::{self, Entry},
};
use baro_locale::{Language, Texts};
use baro_review::measures::{Answer, Filled, Questionnaire};
use jiff::{
    ToSpan as _,
    civil::{Date, date},
};
use serde_json::json;
use std::{path::Path, process::Command};

const START: Date = date(2026, 8, 31);

fn texts(language: Language) -> Texts {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    Texts::load(&assets, language).unwrap()
}

fn entry(day: Date, visit: u32, what: &serde_json::Value) -> Entry {
    let at = day.at(9, 30, 0, 0).in_tz("Asia/Seoul").unwrap();
    let mut line = serde_json::to_value(Moment::of(&at)).unwrap();
    line["visit"] = visit.into();
    line.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
    serde_json::from_value(line).unwrap()
}

fn dose(exercise: &str) -> serde_json::Value {
    json!({ "exercise": exercise, "sets": 2, "reps": 10, "rest_s": 60, "days_a_week": 3, "rpe_target": 5, "pain_limit": 4 })
}

fn plan(exercises: &[&str]) -> Assigned {
    let doses: Vec<_> = exercises.iter().map(|exercise| dose(exercise)).collect();
    serde_json::from_value(
        json!({ "format": 1, "doses": doses, "why": "무릎이 더 잘 굽혀져서 횟수를 늘렸어요." }),
    )
    .unwrap()
}

const MEASURES: [(&str, &str, &str); 4] = [
    ("squat", "knee_flexion", "both"),
    ("shoulder_flexion", "shoulder_flexion", "left"),
    ("shoulder_flexion", "shoulder_flexion", "right"),
    ("standing_hip_abduction", "hip_abduction", "right"),
];

/// So many visits, every second day, in which the knee bends further each time and pain falls.
fn diary(visits: u32, exercises: &[&str]) -> Vec<Entry> {
    let mut all = Vec::new();
    for visit in 1..=visits {
        let day = START.saturating_add((2 * i64::from(visit) - 2).days());
        let grown = f64::from(visit) / f64::from(visits);
        let planned: Vec<_> = exercises
            .iter()
            .map(|exercise| json!({ "course": exercise, "base": dose(exercise), "dose": dose(exercise), "change": "same", "reasons": [] }))
            .collect();
        let began = json!({ "what": "began", "format": 1, "program": "test", "source": "assigned", "items": planned });
        all.push(entry(day, visit, &began));
        let pain = 6 - (4.0 * grown) as u32;
        let event = json!({ "pain_before": { "pain": pain, "verdict": "go_on" } });
        all.push(entry(day, visit, &json!({ "what": "safety", "event": event })));
        for (item, exercise) in exercises.iter().enumerate() {
            let of_it = MEASURES.iter().filter(|(of, ..)| of == exercise);
            let range = |(n, (_, measure, side)): (usize, &(&str, &str, &str))| {
                let value = 70.0 + 25.0 * grown * f64::from(u8::from(n == 0)) + f64::from(visit % 3);
                json!({ "measure": measure, "unit": "deg", "side": side, "value": value, "sd": 2.2, "claim": "firm" })
            };
            let ranges: Vec<_> = of_it.enumerate().map(range).collect();
            let set = json!({
                "what": "set", "item": item, "set": 1, "asked": dose(exercise), "done": 10, "partial": 0, "watched": "camera",
                "end": "whole", "score": 70.0 + 20.0 * grown + f64::from(visit % 2), "ranges": ranges,
            });
            all.push(entry(day, visit, &set));
        }
        all.push(entry(day, visit, &json!({ "what": "ended", "how": "finished" })));
    }
    all
}

fn answered(questionnaire: &Questionnaire, day: Date, code: &str) -> Filled {
    let choices = questionnaire.items.iter().filter(|item| !item.choices.is_empty());
    let answers = choices.map(|item| {
        (
            item.link_id.clone(),
            Answer::Code(
                item.choices
                    .iter()
                    .find(|choice| choice.code == code)
                    .unwrap_or(&item.choices[0])
                    .code
                    .clone(),
            ),
        )
    });
    questionnaire.fill(day, answers.collect()).unwrap()
}

fn written(language: Language) -> Written {
    let at = date(2026, 11, 23).at(9, 12, 0, 0).in_tz("Asia/Seoul").unwrap();
    let by = if language == Language::Korean { "치료사 3f9a01bc" } else { "therapist 3f9a01bc" };
    Written { by: by.into(), at: Moment::of(&at) }
}

fn course(language: Language, exercises: &[&str], more: impl FnOnce(&mut Vec<Entry>)) -> Course {
    let mut diary = diary(36, exercises);
    more(&mut diary);
    let filled: Vec<_> = Questionnaire::shipped()
        .unwrap()
        .into_iter()
        .map(|which| {
            let codes: Vec<String> = which
                .items
                .iter()
                .find(|item| item.choices.len() > 2)
                .unwrap()
                .choices
                .iter()
                .map(|choice| choice.code.clone())
                .collect();
            let all = [(START, &codes[2]), (date(2026, 10, 1), &codes[1]), (date(2026, 11, 12), &codes[0])];
            let filled = all.map(|(day, code)| answered(&which, day, code)).into();
            (which, filled)
        })
        .collect();
    let plans = [(START, plan(exercises)), (date(2026, 10, 12), plan(exercises))];
    let known = Known { diary: &diary, plans: &plans, filled: &filled };
    Course::of("7c41e09d", &known, [START, date(2026, 11, 23)], written(language))
}

fn usual(language: Language) -> Course {
    let exercises = ["squat", "shoulder_flexion", "standing_hip_abduction", "bridge", "heel_raise"];
    course(language, &exercises, |diary| {
        let symptom = json!({ "what": "safety", "event": { "symptom": { "symptom": "dizziness" } } });
        diary.push(entry(date(2026, 9, 14), 8, &symptom));
        diary.push(entry(
            date(2026, 9, 15),
            8,
            &json!({ "what": "symptom-cleared", "symptom": "dizziness" }),
        ));
        let pain = json!({ "what": "safety", "event": { "pain_before": { "pain": 8, "verdict": { "rest_today": { "pain_severe": { "pain": 8 } } } } } });
        diary.push(entry(date(2026, 10, 20), 26, &pain));
    })
}

/// What a program of poppler prints; `None` where it is not installed.
fn poppler(program: &str, args: &[&str], pdf: &[u8]) -> Option<String> {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("page.pdf");
    std::fs::write(&file, pdf).unwrap();
    let mut command = Command::new(program);
    let (before, after) = args.split_at(args.iter().position(|arg| *arg == "-").unwrap_or(args.len()));
    match command.args(before).arg(&file).args(after).output() {
        Ok(out) => {
            assert!(out.status.success(), "{program}: {}", String::from_utf8_lossy(&out.stderr));
            // Older ones find fault with any `false` there, which PDF/UA-1 asks for.
            let said = String::from_utf8_lossy(&out.stderr);
            let faults: Vec<_> =
                said.lines().filter(|line| !line.is_empty() && !line.contains("Suspects object")).collect();
            assert!(faults.is_empty(), "{program}: {faults:?}");
            Some(String::from_utf8_lossy(&out.stdout).into_owned())
        }
        Err(_) => {
            eprintln!("skipped: {program} (poppler-utils) is not installed");
            None
        }
    }
}

/// Kept to be looked at, where a folder for it is named.
fn keep(name: &str, pdf: &[u8]) {
    if let Some(folder) = std::env::var_os("BARO_PAPERS") {
        std::fs::write(Path::new(&folder).join(name), pdf).unwrap();
    }
}

#[test]
fn it_is_one_page_that_others_can_read() {
    for language in Language::ALL {
        let course = usual(language);
        let bytes = pdf(&course, &texts(language)).unwrap();
        keep(&format!("usual-{}.pdf", language.tag()), &bytes);
        assert_eq!(bytes, pdf(&course, &texts(language)).unwrap(), "the same course, the same bytes");
        let Some(info) = poppler("pdfinfo", &[], &bytes) else { return };
        let lines = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let info = lines(&info);
        for part in ["Pages: 1 ", "Tagged: yes", "JavaScript: no", "Encrypted: no", "(A4)"] {
            assert!(info.contains(part), "{part}: {info}");
        }
        let Some(text) = poppler("pdftotext", &["-layout", "-"], &bytes) else { return };
        let text = lines(&text);
        let parts: &[&str] = match language {
            Language::English => &[
                "Course of home exercise",
                "7c41e09d",
                "31 Aug 2026 to 23 Nov 2026",
                "Exercised on 36 of",
                "Pain before exercise (0 to 10): 6 at first, 2 at last: changed: less pain",
                "Bend of the knee",
                "± 4°",
                "changed: more",
                "not yet a change",
                "PHQ-9",
                "2 × 10",
                "Dizzy or",
                "looked into",
                "The camera saw 180 sets",
                "it is no diagnosis",
                "Written by therapist 3f9a01bc on 23 Nov 2026",
            ],
            Language::Korean => &[
                "가정 운동 경과 보고서",
                "7c41e09d",
                "2026. 8. 31. ~ 2026. 11. 23.",
                "일 운동함",
                "처음 6, 마지막 2. 변화: 통증 감소",
                "± 4°",
                "변화: 증가",
                "변화라 할 수 없음",
                "주 3일",
                "어지럽거나",
                "확인함",
                "진단이 아님",
                "2026. 11. 23. 치료사 3f9a01bc 작성",
            ],
        };
        for part in parts {
            assert!(text.contains(part), "{part}: {text}");
        }
        // Nothing is told by its key, and nothing but what is left out says that there is more.
        assert!(
            !text.contains("paper-") && !text.contains("measure-") && !text.contains("exercise-"),
            "{text}"
        );
        let fonts = poppler("pdffonts", &[], &bytes).unwrap();
        let used: Vec<_> = fonts.lines().skip(2).collect();
        assert!(
            used.len() == 2 && used.iter().all(|font| lines(font).contains(" yes yes yes ")),
            "embedded, a subset, as text: {fonts}"
        );
    }
}

#[test]
fn it_says_that_it_is_for_archives_and_for_everybody() {
    let bytes = pdf(&usual(Language::Korean), &texts(Language::Korean)).unwrap();
    let Some(meta) = poppler("pdfinfo", &["-meta"], &bytes) else { return };
    for part in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "ko",
    ] {
        assert!(meta.contains(part), "{part}: {meta}");
    }
    let structure = poppler("pdfinfo", &["-struct-text"], &bytes).unwrap();
    for part in ["H1", "H2", "Table", "TH", "TD", "Figure", "Caption"] {
        assert!(structure.contains(part), "{part}: {structure}");
    }
}

#[test]
fn the_longest_content_is_still_one_page_and_says_what_is_missing() {
    let all: Vec<&str> = "bird_dog bridge chin_retraction curl_up deep_squat elbow_flexion heel_raise hip_hinge hurdle_step inline_lunge \
        jumping_jack_step mini_squat neck_flexion neck_rotation neck_side_bend overhead_reach seated_ankle_pump seated_arm_raise \
        seated_back_extension seated_knee_extension seated_march seated_side_bend seated_trunk_rotation shoulder_abduction \
        shoulder_extension shoulder_flexion shoulder_rotation shoulder_scaption side_lunge sit_to_stand squat standing_back_extension \
        standing_hip_abduction"
        .split_whitespace()
        .collect();
    for language in Language::ALL {
        let mut course = course(language, &all, |diary| {
            for day in 0..60 {
                let day = START.saturating_add(day.days());
                diary.push(entry(
                    day,
                    1,
                    &json!({ "what": "safety", "event": { "symptom": { "symptom": "joint_gives_way" } } }),
                ));
                let flags = json!({ "screened": { "flags": ["minor_trauma_weak_bone", "night_pain", "cancer_history"], "urgency": "doctor" } });
                diary.push(entry(day, 1, &json!({ "what": "safety", "event": flags })));
            }
        });
        let of = course
            .trends
            .iter()
            .find(|trend| matches!(trend.of, baro_home::history::Of::Range { .. }))
            .unwrap()
            .clone();
        for exercise in &all {
            for side in ["left", "right"] {
                let of_it = baro_home::history::Of::Range {
                    exercise: (*exercise).into(),
                    measure: "knee_separation".into(),
                    unit: "deg".into(),
                    side: side.into(),
                };
                course.trends.push(baro_home::history::Trend { of: of_it, ..of.clone() });
            }
        }
        let measured = course.measures[0].clone();
        course.measures.extend(std::iter::repeat_n(measured, 30));
        course.plan.as_mut().unwrap().1.why = Some("아주 긴 까닭. ".repeat(90) + "\u{1f9b5}\u{202e}");
        course.person = "x".repeat(300);
        course.written.by = "치료사 ".repeat(60);
        let bytes = pdf(&course, &texts(language)).unwrap();
        keep(&format!("longest-{}.pdf", language.tag()), &bytes);
        let Some(info) = poppler("pdfinfo", &[], &bytes) else { return };
        assert!(info.contains("Pages:           1\n"), "{info}");
        // Everything is on the sheet: nothing hangs over its edge.
        let boxes = poppler("pdftotext", &["-bbox", "-"], &bytes).unwrap();
        let number = |line: &str, name: &str| -> f64 {
            line.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
        };
        let words: Vec<&str> = boxes.lines().filter(|line| line.contains("<word")).collect();
        assert!(words.len() > 200);
        for word in &words {
            assert!(
                number(word, "yMax") < 841.0 && number(word, "xMax") < 575.0 && number(word, "yMin") > 20.0,
                "{word}"
            );
        }
        let text = poppler("pdftotext", &["-"], &bytes).unwrap();
        let missing = match language {
            Language::English => "more did not fit on this page",
            Language::Korean => "생략함",
        };
        assert!(text.matches(missing).count() >= 4, "{text}");
        assert!(
            text.contains(if language == Language::English { "no diagnosis" } else { "진단이 아님" }),
            "{text}"
        );
    }
}

#[test]
fn a_course_without_anything_is_a_page_too() {
    let known = Known { diary: &[], plans: &[], filled: &[] };
    for language in Language::ALL {
        let course = Course::of("7c41e09d", &known, [START, START], written(language));
        let bytes = pdf(&course, &texts(language)).unwrap();
        keep(&format!("nothing-{}.pdf", language.tag()), &bytes);
        assert!(bytes.starts_with(b"%PDF-1.7"));
    }
}

#[test]
fn only_the_period_counts_and_changes_are_those_that_the_history_tells() {
    let whole = usual(Language::English);
    assert_eq!((whole.sessions, whole.adherence.done, whole.weeks.len()), (36, 36, 13));
    assert_eq!(whole.adherence.planned.map(|days| (days * 7.0).round()), Some(85.0 * 3.0));
    assert_eq!(whole.seen.camera, 180);
    assert_eq!(whole.seen.error_deg.map(|error| (error * 100.0).round()), Some(431.0));
    let happened: Vec<_> = whole.events.iter().map(|event| (event.day, event.cleared)).collect();
    assert_eq!(happened, [(date(2026, 10, 20), false), (date(2026, 9, 14), true)]);
    let visits = diary::visits(&super::tests::diary(36, &["squat"]));
    let known = Known { diary: &super::tests::diary(36, &["squat"]), plans: &[], filled: &[] };
    let all = Course::of("x", &known, [START, date(2026, 11, 23)], written(Language::English));
    assert_eq!(all.trends, baro_home::history::trends(&visits));
    let week = Course::of("x", &known, [START, date(2026, 9, 6)], written(Language::English));
    assert_eq!((week.sessions, week.weeks.len(), week.adherence.planned), (4, 1, None));
    assert!(week.events.is_empty() && week.plan.is_none());
}
