//! A new exercise is taught from a recorded set, planned, and done by the patient's own program.

use super::{clinic::squats, whos::Whos};
use crate::restored::until;
use baro_agent::SaidWhat;
use baro_coach::{Coach, SideChoice};
use baro_home::{
    Assigned, Catalogue, Known, Moment, PLAN_FORMAT_TAUGHT, Person, PersonId, Visit,
    today::{LeftOut, Why},
};
use std::sync::Arc;

#[test]
fn an_exercise_is_taught_planned_and_done() {
    let mut whos = Whos::new();
    let mut foreign = whos.browser("of another clinic");
    let clinic = &mut whos.clinic;
    let teach = format!("{}/teach", clinic.session());
    let fields = clinic.browser.get(&clinic.server, &teach).fields(&teach);
    assert_eq!(fields.get("avoid-acute_injury"), "on", "the least that everybody should know: {fields:?}");

    // Nothing that was typed is lost.
    for (wrong, told) in [
        (("name-en", ""), "a name of at most 40 letters"),
        (("to", "1"), "a part of 2 to 120 seconds"),
        (("to", "x"), "a part of 2 to 120 seconds"),
    ] {
        let typed = fields.clone().with(&[("name-en", "Slow \"squat\""), ("body-knee", "on"), wrong]);
        let page = clinic.browser.post_fields(&clinic.server, &teach, &typed);
        assert!(page.status == 422 && page.body.contains(told), "{told}: {} {}", page.status, page.body);
        let again = page.fields(&teach);
        assert_eq!((again.get(wrong.0), again.get("body-knee")), (wrong.1, "on"));
    }
    // A part in which they only begin to move teaches nothing.
    let still = fields.clone().with(&[("name-en", "x"), ("from", "0"), ("to", "2")]);
    let page = clinic.browser.post_fields(&clinic.server, &teach, &still);
    assert!(page.status == 422 && page.body.contains("Choose "), "{} {}", page.status, page.body);

    let typed = fields.with(&[("name-en", "Slow squat"), ("name-ko", "천천히 앉기"), ("body-knee", "on")]);
    let page = clinic.browser.post_fields(&clinic.server, &teach, &typed);
    let taught = page.header("location").unwrap_or_else(|| panic!("{}", page.body)).to_owned();
    assert!(page.status == 303 && taught.starts_with("/exercises/slow-squat-"), "{taught}");
    let id = taught.rsplit('/').next().unwrap().to_owned();

    // As it was understood; for another clinic there is none.
    let page = clinic.browser.get(&clinic.server, &taught).body;
    for told in
        ["Slow squat", "Bend of the knee", "both together", "<svg class=\"figures\"", "Standing", "Knee"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    let korean = clinic.browser.get(&clinic.server, &format!("{taught}?lang=ko")).body;
    assert!(korean.contains("천천히 앉기") && korean.contains("양쪽 함께"), "{korean}");
    clinic.browser.get(&clinic.server, "/exercises?lang=en");
    assert!(clinic.browser.get(&clinic.server, &format!("{taught}/shown")).body.contains("\"xyz\""));
    assert_eq!(foreign.get(&clinic.server, &taught).status, 404);
    assert!(!foreign.get(&clinic.server, "/exercises").body.contains("Slow squat"));

    // Planned like all others.
    let plan = format!("/patient/{}/plan", clinic.patient);
    let page = clinic.browser.get(&clinic.server, &plan);
    assert!(page.body.contains(&format!("<option value=\"{id}\">Slow squat</option>")), "{}", page.body);
    let save = [("do", "save"), ("reps-1", "2"), ("why", "New for you")];
    let mut fields = page.fields(&plan);
    for typed in [&[("do", "add"), ("new", &*id)][..], &save[..]] {
        let page = clinic.browser.post_fields(&clinic.server, &plan, &fields.with(typed));
        if page.status == 303 {
            break;
        }
        assert_eq!(page.status, 200, "{}", page.body);
        fields = page.fields(&plan);
    }
    let page = clinic.browser.get(&clinic.server, &format!("/patient/{}", clinic.patient)).body;
    assert!(page.contains("Slow squat: "), "{page}");

    // It comes with the plan, and the patient's program needs nothing else to coach it.
    let agent = clinic.agent.as_ref().unwrap();
    until("the plan comes", agent, || agent.take_new_plan());
    let came = clinic.files.folder().assigned().unwrap().unwrap().unwrap();
    assert_eq!((came.format, came.taught.len()), (PLAN_FORMAT_TAUGHT, 1));
    let SaidWhat::Plan(text) = &agent.talk().unwrap()[0].what else { panic!("{:?}", agent.talk()) };
    assert_eq!(Assigned::from_toml(text).unwrap(), came);
    let assets = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    let shelf = Arc::new(Catalogue::load(&assets).unwrap().0);
    let person = Some(Person::default());
    let known = Known { assigned: Some(Ok(came)), person, ..Known::new(PersonId::random()) };
    let (visit, _) = Visit::open(known, shelf, "test", Moment::of(&jiff::Zoned::now()));
    // As everything else it waits for the health questions; it is not unknown.
    let waits = |left: &LeftOut| left.exercise == id && matches!(left.why, Why::Resting(_));
    assert!(visit.today().left_out.iter().any(waits), "{:?}", visit.today());
    let exercise = visit.catalogue().exercise(&id).unwrap().exercise.clone();
    assert_eq!(exercise.names.as_ref().unwrap().ko, "천천히 앉기");
    let mut coach = Coach::new(exercise, SideChoice::Auto);
    for frame in squats(13 * 30, 30.0, |_| 1.8) {
        coach.step(&frame);
    }
    assert_eq!((coach.finish().count, coach.report().score > Some(80.0)), (3, true));

    // Taken away, it stays in the plan that has it; a server that starts anew knows what it is called.
    let remove = format!("{taught}/remove");
    let fields = clinic.browser.get(&clinic.server, &taught).fields(&remove);
    assert_eq!(clinic.browser.post_fields(&clinic.server, &remove, &fields).status, 303);
    assert_eq!(clinic.browser.get(&clinic.server, &taught).status, 404);
    clinic.server.kill_and_start();
    clinic.browser = clinic.therapist.browser(&clinic.server);
    let page = clinic.browser.get(&clinic.server, &plan);
    assert!(page.body.contains("2. Slow squat"), "{}", page.body);
    let fields = page.fields(&plan).with(&[("do", "save"), ("why", "Once more")]);
    assert_eq!(clinic.browser.post_fields(&clinic.server, &plan, &fields).status, 303);
}
