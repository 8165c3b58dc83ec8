//! The plan: changed as a whole, from templates, from older versions, by two at once; and what the patient's program makes of it.

use super::{
    browser::{Browser, Fields, Staff},
    clinic::Clinic,
};
use crate::{restored::until, running::Running};
use baro_agent::SaidWhat;
use baro_home::{Assigned, PlanChange};
use baro_wire::Role;

/// Presses a button of the plan's form; the page that came back.
fn press(
    clinic: &mut Clinic,
    fields: Fields,
    press: &str,
    typed: &[(&str, &str)],
) -> (u16, super::browser::Page) {
    let plan = format!("/patient/{}/plan", clinic.patient);
    let page = clinic.browser.post_fields(&clinic.server, &plan, &fields.with(&[("do", press)]).with(typed));
    (page.status, page)
}

#[test]
fn the_whole_plan_is_changed_and_the_patient_reads_what_and_why() {
    let mut clinic = Clinic::new();
    drop(clinic.agent.take());
    let plan = format!("/patient/{}/plan", clinic.patient);
    let fields = clinic.browser.get(&clinic.server, &plan).fields(&plan);
    assert_eq!((fields.get("exercise-0"), fields.get("reps-0"), fields.get("at")), ("squat", "3", "0"));
    // Nothing typed is lost while the form is put together.
    let (status, page) =
        press(&mut clinic, fields, "add", &[("new", "wall-sit"), ("sets-0", "x"), ("why", "<Weil> \"so\"")]);
    assert_eq!(status, 200);
    let fields = page.fields(&plan);
    assert_eq!(
        (fields.get("exercise-1"), fields.get("sets-0"), fields.get("why")),
        ("wall-sit", "x", "<Weil> \"so\"")
    );
    assert!(!fields.get("hold-1").is_empty(), "a dose to begin with: {fields:?}");
    let (status, page) =
        press(&mut clinic, fields, "save", &[("max_reps", "4"), ("reps-1", "5"), ("hold-1", "")]);
    assert_eq!(status, 422);
    for told in [
        "Nothing was saved yet",
        "Squat, sets: Please write a number.",
        "Wall sit, repetitions: That is above the limit of 4",
        "Wall sit, hold (seconds): This exercise needs it.",
        "href=\"#sets-0\"",
        "aria-invalid=\"true\"",
    ] {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let fields = page.fields(&plan);
    assert_eq!((fields.get("sets-0"), fields.get("max_reps")), ("x", "4"));
    assert!(!page.body.contains("id=\"side-0\""), "a squat has no side to choose");
    let mended = [
        ("sets-0", "2"),
        ("reps-1", "2"),
        ("hold-1", "15"),
        ("out-0", "2"),
        ("back-0", "2.5"),
        ("forbid-step-up", "on"),
    ];
    let (_, page) = press(&mut clinic, fields, "up-1", &mended);
    let (_, page) = press(&mut clinic, page.fields(&plan), "look", &[]);
    for told in
        ["As the patient sees it", "About 5 minutes", "New: Wall sit", "<svg class=\"figures\"", "sets 1 → 2"]
    {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let (status, page) = press(&mut clinic, page.fields(&plan), "save", &[]);
    assert_eq!(
        (status, page.header("location")),
        (303, Some(&*format!("/patient/{}", clinic.patient))),
        "{}",
        page.body
    );

    clinic.connect();
    let agent = clinic.agent.as_ref().unwrap();
    until("it comes", agent, || agent.talk().unwrap().len() == 1);
    let SaidWhat::Plan(text) = &agent.talk().unwrap()[0].what else { panic!("{:?}", agent.talk()) };
    let came = Assigned::from_toml(text).unwrap();
    let [sit, squat] = &came.doses[..] else { panic!("{came:?}") };
    assert_eq!((&*sit.exercise, sit.hold_s, sit.reps), ("wall-sit", Some(15), 2));
    assert_eq!((&*squat.exercise, squat.sets, squat.tempo_s), ("squat", 2, Some([2.0, 0.0, 2.5, 0.0])));
    assert_eq!((came.limits.max_reps, &came.limits.forbidden[..]), (Some(4), &["step-up".to_owned()][..]));
    assert_eq!(came.why.as_deref(), Some("<Weil> \"so\""));
    let before = Assigned { doses: vec![squat.clone()], ..came.clone() };
    assert!(matches!(&came.changes_since(&before)[..], [PlanChange::New(new)] if new == sit));
    until("it is the plan", agent, || agent.take_new_plan());
    assert_eq!(clinic.files.folder().assigned().unwrap().unwrap().unwrap(), came);
}

#[test]
fn versions_stay_and_an_older_one_holds_again() {
    let mut clinic = Clinic::new();
    let plan = format!("/patient/{}/plan", clinic.patient);
    let get = |clinic: &mut Clinic, path: &str| clinic.browser.get(&clinic.server, path);
    for (reps, why) in [("5", "We begin"), ("8", "It goes well")] {
        let fields = get(&mut clinic, &plan).fields(&plan);
        assert_eq!(fields.get("why"), "", "each version has its own reason");
        let (status, page) = press(&mut clinic, fields, "save", &[("reps-0", reps), ("why", why)]);
        assert_eq!(status, 303, "{}", page.body);
    }
    let history = get(&mut clinic, &format!("{plan}/history")).body;
    for told in [
        "Version 1",
        "Version 2",
        "holds now",
        "by you",
        "It goes well",
        "Squat: repetitions 5 → 8",
        "New: Squat",
    ] {
        assert!(history.contains(told), "{told}: {history}");
    }
    let again = history.split(&format!("{plan}?from=")).nth(1).unwrap().split('"').next().unwrap();
    let page = get(&mut clinic, &format!("{plan}?from={again}"));
    let fields = page.fields(&plan);
    assert!(page.body.contains("This is the version of") && fields.get("reps-0") == "5", "{}", page.body);
    assert_eq!(press(&mut clinic, fields.clone(), "save", &[("why", "Back to it")]).0, 303);
    assert!(get(&mut clinic, &format!("{plan}/history")).body.contains("repetitions 8 → 5"));
    assert_eq!(get(&mut clinic, &format!("{plan}?from=9999")).status, 404);

    // Saved twice by mistake: one version. From an old form: both are shown, and nothing is lost.
    assert_eq!(press(&mut clinic, fields.clone(), "save", &[("why", "Back to it")]).0, 303);
    assert!(!get(&mut clinic, &format!("{plan}/history")).body.contains("Version 4"));
    let other = "00112233445566778899aabbccddeeff";
    let (status, page) =
        press(&mut clinic, fields, "save", &[("once", other), ("reps-0", "9"), ("why", "Mine")]);
    assert_eq!(status, 409);
    for told in ["has changed since", "by you", "Back to it", "repetitions 8 → 5", "Below is what you typed"]
    {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let fields = page.fields(&plan);
    assert_eq!((fields.get("reps-0"), fields.get("why")), ("9", "Mine"));
    assert_eq!(press(&mut clinic, fields, "save", &[]).0, 303, "once they have seen it");
    let history = get(&mut clinic, &format!("{plan}/history")).body;
    assert!(history.contains("Version 4") && history.contains("Mine"), "{history}");
}

#[test]
fn templates_are_the_clinics() {
    let mut clinic = Clinic::new();
    let plan = format!("/patient/{}/plan", clinic.patient);
    let fields = clinic.browser.get(&clinic.server, &plan).fields(&plan);
    let (_, page) = press(&mut clinic, fields, "take", &[("template", "shipped/knee")]);
    let fields = page.fields(&plan);
    assert_eq!(
        (fields.get("exercise-0"), fields.get("side-1"), fields.get("side-2")),
        ("standing-march", "left", "right")
    );
    let (status, page) = press(&mut clinic, fields, "keep", &[("name", " ")]);
    assert!(
        status == 422 && page.body.contains("Name of a new template: Please write something."),
        "{}",
        page.body
    );
    let typed = [("name", "무릎 <b>"), ("why", "Kept apart"), ("reps-0", "12"), ("max_sets", "3")];
    let (status, page) = press(&mut clinic, page.fields(&plan), "keep", &typed);
    assert!(status == 200 && page.body.contains("The template is saved"), "{}", page.body);
    assert!(page.body.contains("own/무릎 &lt;b&gt;"), "{}", page.body);
    assert_eq!(page.fields(&plan).get("why"), "Kept apart", "typed still");

    // Everybody of the clinic starts from it; another clinic does not know it.
    let other = Running::word(&clinic.server.done(&["organisation", "add", "Other"]), "organisation");
    let mut stranger = Staff::new(&clinic.server, Role::Therapist, 21, Some(&other));
    let theirs: Browser = stranger.browser(&clinic.server);
    let fields = clinic.browser.get(&clinic.server, &plan).fields(&plan);
    let (_, page) = press(&mut clinic, fields, "append", &[("template", "own/무릎 <b>")]);
    let fields = page.fields(&plan);
    assert_eq!(
        (fields.get("exercise-0"), fields.get("exercise-1"), fields.get("reps-1")),
        ("squat", "standing-march", "12")
    );
    assert_eq!((fields.get("why"), fields.get("max_sets")), ("", ""), "nothing of the patient is in it");
    let patient =
        Running::invitation(&clinic.server.done(&["invite", "--role", "patient", "--organisation", &other]));
    let patient = crate::device::paired(&patient, 22).is.person.to_string();
    clinic.server.done(&["assign", &stranger.id, &patient]);
    let mut browser = theirs;
    let page = browser.get(&clinic.server, &format!("/patient/{patient}/plan"));
    assert!(page.status == 403 || !page.body.contains("무릎 &lt;b&gt;"), "{}", page.body);

    let (_, page) = press(&mut clinic, fields.clone(), "drop", &[("template", "own/무릎 <b>")]);
    assert!(
        page.body.contains("The template is removed") && !page.body.contains("own/무릎"),
        "{}",
        page.body
    );
    assert_eq!(press(&mut clinic, fields, "drop", &[("template", "own/무릎 <b>")]).0, 404);
}
