//! A class with the real programs: a server, and the windows of who leads and of who takes part, each on its own screen.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{
        baro, finish,
        server::{Server, digits},
        wait_until,
    };
    use baro_agent::{Agent, At, Entry, RoomLink};
    use baro_home::{Body, Consent, Effect, Home, Moment, Person, Purpose, Settings, What};
    use baro_record::KeyRing;
    use baro_wire::{RoomAsk, Text, room::Shows};
    use image::RgbImage;
    use std::{
        fs,
        path::{Path, PathBuf},
        process::{Child, Stdio},
        time::Duration,
    };

    /// How long the windows stay open, and when pictures of them are taken, seconds.
    const LEADS_S: u32 = 60;
    const JOINS_S: u32 = 45;
    const PICTURES_S: [u32; 2] = [22, 32];

    /// Pictures for `docs/screenshots`: where to, of which size, in which language.
    struct Pictures {
        folder: Option<PathBuf>,
        size: String,
        language: String,
    }

    impl Pictures {
        /// `BARO_CLASS_PICTURES`, `BARO_CLASS_SIZE` and `BARO_CLASS_LANG`.
        fn wanted() -> Self {
            let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
            Self {
                folder: set("BARO_CLASS_PICTURES").map(PathBuf::from),
                size: set("BARO_CLASS_SIZE").unwrap_or_else(|| "960x540".into()),
                language: set("BARO_CLASS_LANG").unwrap_or_else(|| "en".into()),
            }
        }

        fn keep(&self, picture: &RgbImage, name: &str) {
            if let Some(folder) = &self.folder {
                let file = format!("class-{name}-{}-{}.jpg", self.language, self.size);
                picture.save(folder.join(file)).unwrap();
            }
        }
    }

    /// Somebody's computer, connected with the clinic.
    fn person(data: PathBuf, name: &str, body: Body, code: &str) -> PathBuf {
        let home = Home::open(&data).unwrap();
        let (mut files, _) = home.new_person();
        files.keep(&Effect::SavePerson(Person { name: name.into(), body, ..Person::default() })).unwrap();
        for purpose in [Purpose::Camera, Purpose::Diary] {
            let when: Moment =
                serde_json::from_str(r#"{"at":"2026-11-22T01:00:00Z","day":"2026-11-22"}"#).unwrap();
            let consent = Consent { when, purpose, text: baro_home::CONSENT_TEXT, given: true };
            files.keep(&Effect::WriteConsent(consent)).unwrap();
        }
        let last_person = Some(files.id().clone());
        home.save_settings(&Settings { last_person, ..Settings::default() }).unwrap();
        drop((files, home));
        let mut command = baro();
        command.env("BARO_KEYS", "file").args(["pair", code, "--agree", "clinic,class", "--records"]);
        let outcome = finish(command.arg(&data));
        assert!(outcome.success, "{}", outcome.said());
        data
    }

    /// A server with somebody who may lead: their folder and what their authenticator shows now.
    fn clinic(dir: &Path) -> (Server, PathBuf, String) {
        let server = Server::start_for(dir.join("server"), "leader");
        let leads = person(dir.join("leads"), "Daniel", Body::Man, &server.code);
        let people = server.done(&["people"]);
        let leader = people.lines().find(|line| line.contains("leader")).unwrap();
        let leader = leader.split_whitespace().find(|word| word.len() == 32).unwrap();
        let digits = digits(&server.done(&["factor", leader]));
        (server, leads, digits)
    }

    /// Somebody else of that clinic.
    fn patient(server: &Server, folder: PathBuf) -> PathBuf {
        let invited = server.done(&["invite", "--role", "patient"]);
        let code = invited.lines().find(|line| line.starts_with("pair")).unwrap().split('\'').nth(1).unwrap();
        person(folder, "순희", Body::Woman, code)
    }

    struct Window {
        child: Child,
        said: PathBuf,
        pictures: Vec<PathBuf>,
    }

    /// A window in which the demo clip moves instead of a person.
    fn window(data: &Path, arguments: &[&str], exit_after_s: u32) -> Window {
        let said = data.with_extension("out");
        let Pictures { size, language, .. } = Pictures::wanted();
        let mut command = baro();
        command
            .env("BARO_KEYS", "file")
            .args(["--source", "demo", "--mute", "--size", &size, "--quality", "low", "--lang", &language])
            .args(["--show", "avatar", "--exit-after", &exit_after_s.to_string(), "--records"])
            .arg(data)
            .args(arguments);
        let pictures: Vec<_> =
            PICTURES_S.iter().map(|at_s| data.with_extension(format!("{at_s}.png"))).collect();
        for (at_s, picture) in PICTURES_S.iter().zip(&pictures) {
            command.arg("--screenshot-at").arg(format!("{at_s}:{}", picture.display()));
        }
        let out = fs::File::create(&said).unwrap();
        let child = command.stdout(out).stderr(Stdio::null()).spawn().unwrap();
        Window { child, said, pictures }
    }

    impl Window {
        fn closed(mut self) -> Vec<RgbImage> {
            assert!(self.child.wait().unwrap().success(), "the window failed");
            self.pictures.iter().map(|picture| image::open(picture).unwrap().to_rgb8()).collect()
        }
    }

    impl Drop for Window {
        fn drop(&mut self) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }

    /// Where the other one stands: between the two columns, right of the middle.
    fn other(picture: &RgbImage) -> RgbImage {
        let scaled = |x: u32| x * picture.width() / 960;
        let [x, y, width, height] = [520, 90, 180, 310].map(scaled);
        image::imageops::crop_imm(picture, x, y, width, height).to_image()
    }

    /// Pixels of the man's shirt, which nothing else in the room has.
    fn orange(picture: &RgbImage) -> usize {
        picture.pixels().filter(|p| p[0] > 200 && (120..190).contains(&p[1]) && p[2] < 110).count()
    }

    /// Pixels of the woman's shirt.
    fn teal(picture: &RgbImage) -> usize {
        picture
            .pixels()
            .filter(|p| p[0] < 70 && (110..180).contains(&p[1]) && (100..170).contains(&p[2]))
            .count()
    }

    fn differ(a: &RgbImage, b: &RgbImage) -> usize {
        let apart = |(a, b): &(&image::Rgb<u8>, &image::Rgb<u8>)| {
            a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > 24)
        };
        a.pixels().zip(b.pixels()).filter(apart).count()
    }

    fn no_screen() -> bool {
        let none = std::env::var_os("DISPLAY").is_none_or(|display| display.is_empty());
        if none {
            println!("skipped: there is no DISPLAY; `cargo xtask test` makes one");
        }
        none
    }

    #[test]
    fn two_windows_see_each_other_move() {
        if no_screen() {
            return;
        }
        let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let (server, leads, digits) = clinic(dir.path());
        let joins = patient(&server, dir.path().join("joins"));
        let leads = window(&leads, &["--open-class", "Knees", "--digits", &digits], LEADS_S);
        let code = || {
            let said = fs::read_to_string(&leads.said).unwrap();
            Some(said.split("Code of this class: ").nth(1)?.split_whitespace().next()?.to_owned())
        };
        assert!(wait_until(Duration::from_secs(30), || code().is_some()), "no class was opened");
        let joins = window(&joins, &["--class", &code().unwrap()], JOINS_S);
        let [seen_by_joins, seen_by_leads] = [joins.closed(), leads.closed()];

        for (seen, count, who) in [
            (&seen_by_joins, orange as fn(&RgbImage) -> usize, "leads"),
            (&seen_by_leads, teal, "takes part"),
        ] {
            let [first, later] = [other(&seen[0]), other(&seen[1])];
            for picture in [&first, &later] {
                assert!(
                    count(picture) > 400,
                    "who {who} is not seen: {} pixels of their shirt",
                    count(picture)
                );
            }
            assert!(differ(&first, &later) > 300, "who {who} does not move");
        }
        let pictures = Pictures::wanted();
        pictures.keep(&seen_by_leads[0], "leader");
        pictures.keep(&seen_by_joins[0], "participant");
    }

    #[test]
    fn who_has_a_wrong_code_stays_at_the_door() {
        if no_screen() {
            return;
        }
        let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let (server, leads, _) = clinic(dir.path());
        let joins = patient(&server, dir.path().join("joins"));
        drop(leads);
        let window = window(&joins, &["--class", "WRNGCODE"], JOINS_S);
        let [door, later] = <[RgbImage; 2]>::try_from(window.closed()).unwrap();
        // It says why, and asks once more: a page that stands still.
        assert!(differ(&door, &later) < 400, "{}", differ(&door, &later));
        Pictures::wanted().keep(&door, "door");
    }

    /// The leader without a window, so that the test presses for them.
    fn lead(leads: &Path, digits: &str) -> (Agent, RoomLink) {
        let home = Home::open(leads).unwrap();
        let folder = home.folder_of(&home.settings().unwrap().0.last_person.unwrap());
        let agent = Agent::start(&folder, &KeyRing::default()).unwrap().unwrap();
        let entry = Entry {
            at: At::New("Knees".into()),
            called: "Daniel".into(),
            shows: Shows::NOTHING,
            digits: digits.parse().ok(),
        };
        let link = agent.enter(entry).unwrap();
        (agent, link)
    }

    #[test]
    fn a_set_in_step_is_counted_for_the_leader_and_stands_in_the_diary() {
        if no_screen() {
            return;
        }
        let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let (server, leads, digits) = clinic(dir.path());
        let joins = patient(&server, dir.path().join("joins"));
        let (_agent, link) = lead(&leads, &digits);
        let code = || link.look(|view, _| Some(view.room.as_ref()?.invitation.as_ref()?.to_string()));
        assert!(wait_until(Duration::from_secs(30), || code().is_some()), "{:?}", link.events());
        let window = window(&joins, &["--class", &code().unwrap(), "--show", "repetitions"], JOINS_S);
        let two = || link.look(|view, _| view.people.len() == 2);
        assert!(wait_until(Duration::from_secs(30), two), "nobody came");
        link.ask(RoomAsk::Start { exercise: Text::new("squat").unwrap() });
        let counted = || {
            link.look(|view, own| {
                let others = view.people.iter().filter(|(slot, _)| Some(**slot) != own);
                others.filter_map(|(_, person)| person.doing.as_ref()?.repetitions).max()
            })
        };
        assert!(wait_until(Duration::from_secs(40), || counted() >= Some(2)), "counted {:?}", counted());
        link.ask(RoomAsk::StopAll);
        window.closed();
        let diary = joins.join("people").read_dir().unwrap().next().unwrap().unwrap().path();
        let diary = fs::read_to_string(diary.join("diary.jsonl")).unwrap();
        let together = |line: &&str| line.contains(r#""what":"together""#);
        let line = diary.lines().find(together).unwrap_or_else(|| panic!("{diary}"));
        let entry: baro_home::Entry = serde_json::from_str(line).unwrap();
        let What::Together(set) = entry.what else { panic!("{line}") };
        assert_eq!((set.exercise.as_str(), set.wrong), ("squat", false));
        assert!(Some(set.done) >= counted().map(u32::from), "{line}");
    }
}
