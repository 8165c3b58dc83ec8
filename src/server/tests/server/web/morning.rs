//! A therapist's morning, from end to end: a real Chromium at the real server, and the patient's own program, which is offline at first.

use super::{cable::Cable, chromium, clinic::Clinic};
use crate::{restored::until, running::Running};
use baro_agent::{SaidWhat, Told};
use baro_home::{Known, today};

#[test]
fn what_a_therapist_sees_and_does_reaches_a_patient_who_was_offline() {
    let mut cable = Cable::new();
    let public = cable.address().to_string();
    let server = Running::with(tempfile::tempdir().unwrap(), &["--public", &public]);
    cable.lead_to(([127, 0, 0, 1], server.port()).into());
    let mut clinic = Clinic::of(server);
    cable.pull();
    let agent = clinic.agent.as_ref().unwrap();
    // They write while nothing gets through: it waits.
    agent.say("무릎이 아파요", None).unwrap();
    agent.look();
    until("it knows that it is offline", agent, || agent.state().told == Some(Told::Offline));

    let digits = clinic.therapist.late_digits();
    if !chromium::walk("morning.cjs", &clinic, &digits) {
        return;
    }

    let agent = clinic.agent.as_ref().unwrap();
    let talk = || agent.talk().unwrap();
    assert!(talk().iter().all(|said| said.own && said.waits), "nothing came yet: {:?}", talk());
    assert_eq!(clinic.files.folder().assigned().unwrap(), None);
    cable.plug();
    agent.try_now();
    until("all comes", agent, || talk().len() == 5 && talk().iter().all(|said| !said.waits));
    let said = talk();
    let SaidWhat::Note { time_ms, text, record, .. } = &said[0].what else { panic!("{said:?}") };
    assert_eq!((text.as_str(), (4_000..9_000).contains(time_ms)), ("Go deeper here", true), "{time_ms}");
    assert!(agent.record(*record).is_some(), "it leads to the set that is on this device");
    assert!(matches!(&said[1].what, SaidWhat::Plan(_)), "{said:?}");
    let visit = |said: &baro_agent::Said| {
        matches!(&said.what, SaidWhat::Appointment { live: true, cancelled: false, .. })
    };
    assert!(said[2..4].iter().all(visit), "made, and moved: {said:?}");
    assert_eq!(said[4].what, SaidWhat::Message("무릎이 아파요".into()));
    until("it is a new plan", agent, || agent.take_new_plan());
    let plan = clinic.files.folder().assigned().unwrap().unwrap().unwrap();
    let doses: Vec<_> = plan.doses.iter().map(|dose| (&*dose.exercise, dose.sets)).collect();
    assert_eq!(doses, [("wall-sit", 3), ("squat", 2)]);
    assert_eq!(plan.why.as_deref(), Some("Your knee bends further"));

    // What they do next follows it.
    let assets = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    let (catalogue, _) = baro_home::Catalogue::load(&assets).unwrap();
    let known = Known { assigned: Some(Ok(plan)), ..Known::new(baro_home::PersonId::random()) };
    assert_eq!(today::plan(&known, &catalogue, None, 20_000).source, baro_home::diary::Source::Assigned);

    // And they know when they meet.
    let visits = agent.appointments().unwrap();
    let [visit] = &visits[..] else { panic!("{visits:?}") };
    assert_eq!((visit.now.live, visit.now.cancelled, visit.changes, visit.now.minutes), (true, false, 1, 45));

    // Their message is what the therapist sees now.
    let page = clinic.browser.get(&clinic.server, &format!("/patient/{}", clinic.patient));
    assert!(page.body.contains("무릎이 아파요"), "{}", page.body);
    clinic.server.done(&["check"]);
}
