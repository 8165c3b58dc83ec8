//! The desk of who treats (`baro --review`) with the real programs: the server, the window on a screen of its own, its keys, and the
//! patient's program, which has the comment in the end.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{
        baro, finish,
        movement::squats_in_every_format,
        server::{Server, digits},
        wait_until,
    };
    use baro_agent::{Agent, SaidWhat};
    use baro_coach::plan::{Change, Prescription};
    use baro_home::{
        Consent, Effect, Home, Moment, Person, PersonFiles, Purpose, SetDone, Settings, What,
        diary::{Ending, Entry, Planned, Source},
    };
    use baro_record::{Header, KeyRing, Keys, Recorder, Recording};
    use image::RgbImage;
    use jiff::{SignedDuration, Timestamp, tz::TimeZone};
    use std::{
        collections::HashSet,
        fs,
        io::{BufRead as _, BufReader},
        path::{Path, PathBuf},
        process::{Child, Command, Stdio},
        thread::sleep,
        time::{Duration, SystemTime},
    };

    const SIZE: [u32; 2] = [960, 540];
    /// Until something stands on the screen that is drawn by the processor.
    const LONG: Duration = Duration::from_secs(90);

    /// A screen of its own: keys reach the only window on it.
    struct Screen {
        server: Child,
        display: String,
        folder: PathBuf,
    }

    impl Screen {
        fn new(folder: PathBuf) -> Self {
            fs::create_dir(&folder).unwrap();
            let size = format!("{}x{}x24", SIZE[0], SIZE[1]);
            let mut server = Command::new("Xvfb")
                .args(["-displayfd", "1", "-screen", "0", &size, "-fbdir"])
                .arg(&folder)
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut number = String::new();
            BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
            Self { server, display: format!(":{}", number.trim()), folder }
        }

        fn xdotool(&self, arguments: &[&str]) {
            let done =
                Command::new("xdotool").env("DISPLAY", &self.display).args(arguments).status().unwrap();
            assert!(done.success(), "xdotool {arguments:?}");
        }

        fn keys(&self, keys: &[&str]) {
            for key in keys {
                self.xdotool(&["key", key]);
                // A frame that the processor draws takes its time.
                sleep(Duration::from_millis(700));
            }
        }

        /// What stands on it (an XWD file: a header of big-endian words, the colours, lines of BGRX).
        fn picture(&self) -> RgbImage {
            let file = fs::read(self.folder.join("Xvfb_screen0")).unwrap();
            let word = |at: usize| u32::from_be_bytes(file[4 * at..4 * at + 4].try_into().unwrap()) as usize;
            let (from, line) = (word(0) + 12 * word(19), word(12));
            RgbImage::from_fn(SIZE[0], SIZE[1], |x, y| {
                let at = from + y as usize * line + 4 * x as usize;
                image::Rgb([file[at + 2], file[at + 1], file[at]])
            })
        }

        /// Kept where `BARO_REVIEW_PICTURES` says.
        fn keep(&self, name: &str) -> RgbImage {
            let picture = self.picture();
            if let Some(folder) = std::env::var_os("BARO_REVIEW_PICTURES") {
                picture.save(Path::new(&folder).join(format!("{name}-{}.jpg", language()))).unwrap();
            }
            picture
        }
    }

    impl Drop for Screen {
        fn drop(&mut self) {
            let _ = self.server.kill();
            let _ = self.server.wait();
        }
    }

    fn language() -> String {
        std::env::var("BARO_REVIEW_LANG").unwrap_or_else(|_| "en".into())
    }

    /// Somebody's computer, connected with the clinic.
    fn person(data: &Path, name: &str, code: &str, agree: &str) -> PersonFiles {
        let home = Home::open(data).unwrap();
        let (mut files, _) = home.new_person();
        files.keep(&Effect::SavePerson(Person { name: name.into(), ..Person::default() })).unwrap();
        for purpose in [Purpose::Camera, Purpose::Diary, Purpose::Movements] {
            let when: Moment =
                serde_json::from_str(r#"{"at":"2026-11-22T01:00:00Z","day":"2026-11-22"}"#).unwrap();
            let consent = Consent { when, purpose, text: baro_home::CONSENT_TEXT, given: true };
            files.keep(&Effect::WriteConsent(consent)).unwrap();
        }
        let last_person = Some(files.id().clone());
        home.save_settings(&Settings { last_person, ..Settings::default() }).unwrap();
        drop(home);
        let mut command = baro();
        command.env("BARO_KEYS", "file").args(["pair", code, "--agree", agree, "--records"]);
        let outcome = finish(command.arg(data));
        assert!(outcome.success, "{}", outcome.said());
        files
    }

    /// Three squats so many days ago, signed and sealed with the keys of this person, and told in their diary.
    fn squats(files: &mut PersonFiles, days_ago: u64) {
        let [.., movement] = squats_in_every_format();
        let recording = Recording::read(&movement).unwrap();
        fs::create_dir_all(files.records()).unwrap();
        let keys = Keys::of_folder(&files.records(), &KeyRing::default()).unwrap();
        let mut coach = recording.header.coach().unwrap();
        let name = format!("squat-{days_ago}.baro");
        // A minute ago, so that the set has ended by now.
        let began =
            SystemTime::UNIX_EPOCH.elapsed().unwrap() - Duration::from_secs(days_ago * 24 * 3600 + 60);
        let header = Header { started_unix_ms: began.as_millis() as u64, ..recording.header.clone() };
        let mut recorder = Recorder::create(&files.records().join(&name), header, keys).unwrap();
        for frame in recording.frames() {
            coach.step(frame);
            recorder.frame(frame).unwrap();
        }
        let report = coach.finish();
        let at = |after_s: u64| {
            let at = Timestamp::UNIX_EPOCH
                + SignedDuration::try_from(began + Duration::from_secs(after_s)).unwrap();
            Moment::of(&at.to_zoned(TimeZone::UTC))
        };
        let dose: Prescription = serde_json::from_value(serde_json::json!({
            "exercise": "squat", "sets": 1, "reps": 3, "rest_s": 60, "days_a_week": 3, "rpe_target": 5, "pain_limit": 4
        }))
        .unwrap();
        let source = Source::Routine("knee".into());
        let (base, course) = (dose.clone(), "squat".into());
        let planned = Planned { course, base, dose: dose.clone(), change: Change::Same, reasons: Vec::new() };
        let began = What::Began { format: 1, program: "test".into(), source, items: vec![planned] };
        let set = What::Set(SetDone::seen(0, 1, &dose, report, Some(name), false));
        let visit = 100 - days_ago as u32;
        for (after_s, what) in [(0, began), (30, set), (31, What::Ended { how: Ending::Finished })] {
            files.keep(&Effect::Write(Entry { when: at(after_s), visit, what })).unwrap();
        }
        recorder.finish(report).unwrap();
    }

    /// Invited by this server, connected with it, with sets of so many days ago that the clinic has.
    fn patient(server: &Server, data: &Path, days_ago: &[u64]) -> Agent {
        let invited = server.done(&["invite", "--role", "patient"]);
        let code = invited.lines().find(|line| line.starts_with("pair")).unwrap().split('\'').nth(1).unwrap();
        let mut patient = person(data, "순희", code, "clinic,therapist,therapist-movements");
        days_ago.iter().for_each(|days| squats(&mut patient, *days));
        let agent = Agent::start(patient.folder(), &KeyRing::default()).unwrap().unwrap();
        agent.look();
        assert!(wait_until(LONG, || agent.is_sent()), "{:?}", agent.state());
        agent
    }

    fn colours(picture: &RgbImage) -> usize {
        picture.pixels().map(|pixel| pixel.0).collect::<HashSet<_>>().len()
    }

    fn there(program: &str) -> bool {
        Command::new(program).arg("-version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    }

    #[test]
    fn a_comment_from_the_desk_reaches_the_patient() {
        if !there("Xvfb") || !there("xdotool") {
            println!("skipped: there is no Xvfb or no xdotool; `cargo xtask setup` installs both");
            return;
        }
        let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let server = Server::start_for(dir.path().join("server"), "therapist");
        let desk = dir.path().join("desk");
        drop(person(&desk, "Jiwon", &server.code, "clinic"));
        let people = server.done(&["people"]);
        let therapist = people.split_whitespace().find(|word| word.len() == 32).unwrap();
        let url = server.done(&["factor", therapist]);
        // Five others are the fewest whose movement may be shown together.
        for n in 0..5 {
            drop(patient(&server, &dir.path().join(format!("other-{n}")), &[1]));
        }
        let agent = patient(&server, &dir.path().join("patient"), &[3, 0]);
        agent.say("The left knee pulled a little", None).unwrap();
        assert!(wait_until(LONG, || agent.is_sent()), "{:?}", agent.state());
        let people = server.done(&["people"]);
        for patient in people.lines().filter(|line| line.contains("patient")) {
            server.done(&["assign", therapist, patient.split_whitespace().next().unwrap()]);
        }

        let screen = Screen::new(dir.path().join("screen"));
        let mut window = baro();
        window
            .env("BARO_KEYS", "file")
            .env("DISPLAY", &screen.display)
            .args(["--review", "--mute", "--quality", "low", "--lang", &language(), "--size"])
            .args([&format!("{}x{}", SIZE[0], SIZE[1]), "--exit-after", "240", "--records"])
            .arg(&desk)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut window = window.spawn().unwrap();
        // The digits' field has the keyboard as soon as it stands.
        assert!(wait_until(LONG, || colours(&screen.picture()) > 500), "no window");
        sleep(Duration::from_secs(4));
        // There is no window manager that would.
        screen.xdotool(&["search", "--class", "baro", "windowfocus"]);
        sleep(Duration::from_secs(2));
        let digits_page = screen.keep("desk-sign-in");
        screen.xdotool(&["type", "--delay", "150", &digits(&url)]);
        screen.keys(&["Return"]);
        sleep(Duration::from_secs(5));
        let board = screen.keep("desk-board");
        assert!(board != digits_page, "the board did not come");
        screen.keys(&["Tab", "Return"]);
        sleep(Duration::from_secs(4));
        let patients = screen.keep("desk-patient");
        assert!(patients != board, "the patient was not opened");
        screen.keys(&["Tab", "Return"]);
        sleep(Duration::from_secs(10));
        screen.keys(&["w"]);
        // Until the repetition is over and all stands still.
        sleep(Duration::from_secs(12));
        let alone = screen.keep("desk-film");
        screen.keys(&["b"]);
        sleep(Duration::from_secs(5));
        assert!(screen.keep("desk-beside") != alone, "no other day beside it");
        screen.keys(&["b", "o"]);
        let before = screen.picture();
        sleep(Duration::from_secs(15));
        assert!(screen.keep("desk-others") != before, "the others did not come");
        screen.keys(&["c"]);
        screen.keep("desk-comment");
        screen.xdotool(&["type", "--delay", "150", "Slower here"]);
        screen.keys(&["Return"]);
        let noted = || {
            let talk = agent.talk().unwrap();
            talk.iter().any(|said| matches!(&said.what, SaidWhat::Note { text, .. } if text == "Slower here"))
        };
        let came = wait_until(Duration::from_secs(30), noted);
        screen.keep("desk-after");
        window.kill().unwrap();
        window.wait().unwrap();
        assert!(came, "the comment did not reach the patient");
    }
}
