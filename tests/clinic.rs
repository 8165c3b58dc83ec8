//! A person's sessions reach the clinic's server, once and whole, and what the person withdraws holds: with the real programs.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{baro, finish, movement::squats_in_every_format, server::Server};
    use baro_home::{Effect, Home, Moment, Person, visit::Event};
    use baro_record::{Keys, Recorder, Recording};
    use std::{
        fs,
        path::{Path, PathBuf},
    };

    /// Somebody's computer.
    struct Device {
        data: PathBuf,
        records: PathBuf,
    }

    impl Device {
        /// With one person, a line in the diary, and a record of three squats.
        fn new(data: PathBuf) -> Self {
            let home = Home::open(&data).unwrap();
            let (mut files, _) = home.new_person();
            files.keep(&Effect::SavePerson(Person { name: "순희".into(), ..Person::default() })).unwrap();
            let device = Self { records: files.records(), data };
            device.record("a.baro");
            let entry = r#"{"at":"2026-11-22T01:00:00Z","day":"2026-11-22","visit":1,"what":"ended","how":"finished"}"#;
            files.keep(&Effect::Write(serde_json::from_str(entry).unwrap())).unwrap();
            device
        }

        /// One more set, signed and sealed with the keys of this person.
        fn record(&self, name: &str) {
            let [.., movement] = squats_in_every_format();
            let recording = Recording::read(&movement).unwrap();
            let keys = Keys::of_folder(&self.records, &baro_record::KeyRing::default()).unwrap();
            let mut coach = recording.header.coach().unwrap();
            let mut recorder =
                Recorder::create(&self.records.join(name), recording.header.clone(), keys).unwrap();
            for frame in recording.frames() {
                coach.step(frame);
                recorder.frame(frame).unwrap();
            }
            recorder.finish(coach.finish()).unwrap();
        }

        fn run(&self, arguments: &[&str]) -> crate::support::Outcome {
            let mut command = baro();
            command.env("BARO_KEYS", "file").args(arguments).arg("--records").arg(&self.data);
            finish(command.args(["--lang", "en"]))
        }

        /// A command that works; what it says.
        fn done(&self, arguments: &[&str]) -> String {
            let outcome = self.run(arguments);
            assert!(outcome.success, "{arguments:?}: {}", outcome.said());
            outcome.stdout
        }
    }

    /// The records that the operator exports of the one patient, each as `baro verify` wants it.
    fn exported(server: &Server, into: &Path) -> Vec<PathBuf> {
        let people = server.done(&["people"]);
        let person = people.lines().find(|line| line.contains("patient")).expect("a patient");
        let person = person
            .split_whitespace()
            .find(|word| word.len() >= 8 && word.bytes().all(|b| b.is_ascii_hexdigit()));
        let _ = fs::remove_dir_all(into);
        server.done(&["export", person.expect("an id"), "--out", into.to_str().unwrap()]);
        let mut found = Vec::new();
        let mut folders = vec![into.to_owned()];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                match path.extension() {
                    _ if path.is_dir() => folders.push(path),
                    Some(end) if end == "baro" => found.push(path),
                    _ => {}
                }
            }
        }
        found.sort();
        found
    }

    #[test]
    fn sessions_reach_the_clinic_once_and_whole_and_consent_decides() {
        let dir = tempfile::tempdir().unwrap();
        let server = Server::start(dir.path().join("server"));
        let device = Device::new(dir.path().join("home"));

        // Nothing leaves before it is agreed to.
        let refused = device.run(&["sync"]);
        assert!(!refused.success && refused.stderr.contains("no clinic is connected"), "{}", refused.said());
        let wrong = device.run(&["pair", "baro://nonsense"]);
        assert!(!wrong.success && wrong.stderr.contains("This is no connection code"), "{}", wrong.said());
        device.done(&["pair", &server.code]);
        device.done(&["sync"]);
        let export = dir.path().join("export");
        assert!(exported(&server, &export).is_empty(), "not agreed to yet");
        let again = device.run(&["pair", &server.code]);
        assert!(!again.success && again.stderr.contains("already"), "{}", again.said());

        // Agreed: all of it is there, verifiable offline, and only once.
        agree(&device, true);
        assert!(device.done(&["sync"]).contains("Everything is at your clinic"));
        assert!(device.done(&["sync"]).contains("Everything is at your clinic"));
        let records = exported(&server, &export);
        assert_eq!(records.len(), 1);
        let verified = crate::support::run(&["verify", records[0].to_str().unwrap()]);
        assert!(verified.success && verified.stdout.contains("whole and unaltered"), "{}", verified.said());
        let replayed = crate::support::run(&["replay", records[0].to_str().unwrap()]);
        assert!(replayed.success && replayed.stdout.contains("3 complete"), "{}", replayed.said());
        let posts = fs::read_to_string(export.join("posts.jsonl")).unwrap();
        assert_eq!(posts.matches("finished").count(), 1, "one line of the diary: {posts}");

        // Without the server it waits; when the server is back, killed as it was, it goes on.
        let (folder, places) = server.killed();
        device.record("b.baro");
        let waits = device.run(&["sync", "--wait", "3"]);
        assert!(!waits.success && waits.stdout.contains("Nothing is lost"), "{}", waits.said());
        let server = Server::at(folder, places);
        assert!(device.done(&["sync"]).contains("Everything is at your clinic"));
        assert_eq!(exported(&server, &export).len(), 2);

        // Withdrawn: what waited for the clinic stays at home, and what comes after it.
        let (folder, places) = server.killed();
        device.record("c.baro");
        device.run(&["sync", "--wait", "3"]);
        agree(&device, false);
        let server = Server::at(folder, places);
        device.record("d.baro");
        device.run(&["sync", "--wait", "10"]);
        assert_eq!(exported(&server, &export).len(), 2, "nothing after the withdrawal");
        agree(&device, true);
        assert!(device.done(&["sync"]).contains("Everything is at your clinic"));
        assert_eq!(exported(&server, &export).len(), 4, "agreed again: all of it");
        device.done(&["unpair"]);
        assert!(!device.run(&["sync"]).success);
    }

    /// What the settings do when the person agrees, or withdraws.
    fn agree(device: &Device, given: bool) {
        let home = Home::open(&device.data).unwrap();
        let (id, _) = home.people().unwrap().remove(0);
        let (mut files, known, _) = home.person(&id).unwrap();
        let now = Moment::of(&jiff::Zoned::now());
        let (catalogue, _) = baro_home::Catalogue::load(Path::new("assets")).unwrap();
        let (mut visit, _) = baro_home::Visit::open(known, catalogue.into(), "test", now);
        let words = baro_home::Purpose::SHARED.map(|purpose| (purpose, given)).into();
        for effect in visit.apply(Event::Consent(words), now) {
            files.keep(&effect).unwrap();
        }
    }
}
