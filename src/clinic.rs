//! `baro pair`, `baro sync` and `baro unpair`: the connection with a clinic, without the window.

use crate::{output::print, paths::shipped, window::data_folder};
use anyhow::{Context as _, bail};
use baro_agent::{Agent, Pairer, State, Told};
use baro_client::DeskChoice;
use baro_home::{CONSENT_TEXT, Consent, Effect, Home, Moment, PersonFiles, PersonId, Purpose, Settings};
use baro_locale::{Language, Texts};
use baro_record::KeyRing;
use jiff::Zoned;
use std::{
    io::{self, BufRead as _, IsTerminal as _},
    path::{Path, PathBuf},
    thread::sleep,
    time::{Duration, Instant},
};

/// How often it is looked how far everything is.
const LOOK: Duration = Duration::from_millis(200);
/// What can't go on by itself for so long is told: the answer to something that was asked before may be under way.
const QUIET: Duration = Duration::from_millis(1500);

/// So that the clinic knows what was withdrawn, where it can be reached.
const FAREWELL: Duration = Duration::from_secs(10);

/// Whose connection.
#[derive(clap::Args)]
pub struct Whose {
    /// Folder for settings, people and what they did. Left out: that of the window.
    #[arg(long, value_name = "DIR")]
    records: Option<PathBuf>,
    /// The person, as their folder in `people` is named. Left out: whoever was here last.
    #[arg(long, value_name = "ID")]
    person: Option<PersonId>,
    /// `en` or `ko`. Left out: the system's.
    #[arg(long, value_parser = crate::report_command::language)]
    lang: Option<Language>,
}

/// Connect with a clinic, by the code that it gave you.
#[derive(clap::Args)]
pub struct Pair {
    /// `baro://HOST:PORT/CODE#PIN`.
    code: String,
    /// What you agree to: `clinic`, `therapist`, `therapist-movements`, with commas. Left out: you are asked one by one.
    #[arg(long, value_delimiter = ',', value_parser = purpose)]
    agree: Option<Vec<Purpose>>,
    #[command(flatten)]
    whose: Whose,
}

/// Send what waits to the clinic and fetch what came, and say how far that is.
#[derive(clap::Args)]
pub struct Sync {
    /// Give up after so many seconds; what was not sent stays and waits.
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    wait: u64,
    #[command(flatten)]
    whose: Whose,
}

fn purpose(id: &str) -> Result<Purpose, String> {
    let known = || Purpose::SHARED.map(Purpose::id).join(", ");
    let found = Purpose::SHARED.into_iter().find(|purpose| purpose.id() == id);
    found.ok_or_else(|| format!("`{id}` is nothing to agree to here; there are {}", known()))
}

/// A person's folder, held until this goes.
pub struct Here {
    files: PersonFiles,
    texts: Texts,
    settings: Settings,
    _home: Home,
}

impl Whose {
    fn open(&self) -> anyhow::Result<Here> {
        let folder = self.records.clone().map_or_else(data_folder, Ok)?;
        let home = Home::open(&folder)?;
        let people = home.people()?;
        let last = home.settings()?.0.last_person.filter(|last| people.iter().any(|(id, _)| id == last));
        let id = match (&self.person, people.as_slice()) {
            (Some(id), people) if people.iter().any(|(other, _)| other == id) => id.clone(),
            (Some(id), _) => bail!("nobody in {} has the id {id}", folder.display()),
            (None, [(id, _)]) => id.clone(),
            (None, []) => bail!("nobody exercises here yet: open `baro` once and say who you are"),
            (None, _) => last.context("several people exercise here: say who with --person")?,
        };
        let (files, _, _) = home.person(&id)?;
        let texts = Texts::load(&shipped("assets"), self.lang.unwrap_or_else(Language::of_system))?;
        let settings = home.settings()?.0;
        Ok(Here { files, texts, settings, _home: home })
    }
}

impl Here {
    /// Whoever was here last.
    pub fn last(records: Option<&Path>) -> anyhow::Result<Self> {
        Whose { records: records.map(Path::to_owned), person: None, lang: None }.open()
    }

    /// Their desk.
    pub fn desk(&self, digits: Option<u32>) -> DeskChoice {
        DeskChoice { folder: self.files.folder().clone(), settings: self.settings.clone(), digits }
    }

    /// Writes down what is agreed to and what is not.
    fn agree(&mut self, words: &[(Purpose, bool)]) -> anyhow::Result<()> {
        let when = Moment::of(&Zoned::now());
        for &(purpose, given) in words {
            let consent = Consent { when, purpose, text: CONSENT_TEXT, given };
            self.files.keep(&Effect::WriteConsent(consent))?;
        }
        Ok(())
    }

    /// Sends until there is nothing left to do, or it can't go on by itself, or the time is over.
    fn send(&self, wait: Duration) -> anyhow::Result<State> {
        let agent = self.agent()?;
        let (begun, mut quiet) = (Instant::now(), None);
        loop {
            sleep(LOOK);
            let sent = agent.is_sent();
            let state = agent.state();
            let stays = match state.told {
                Some(Told::UpToDate) if sent => return Ok(state),
                Some(
                    Told::NotAgreed(_) | Told::Revoked | Told::Erased | Told::Update(_) | Told::SignIn(_),
                ) => agent.has_looked(),
                _ => false,
            };
            let since = *quiet.get_or_insert_with(Instant::now);
            if !stays {
                quiet = None;
            }
            if begun.elapsed() >= wait || stays && since.elapsed() >= QUIET {
                return Ok(state);
            }
        }
    }

    fn agent(&self) -> anyhow::Result<Agent> {
        Agent::start(self.files.folder(), &KeyRing::of_system())?
            .context("no clinic is connected: `baro pair` connects one, with the code that it gave you")
    }
}

/// Runs `baro pair`.
pub fn pair(args: &Pair) -> anyhow::Result<()> {
    let mut here = args.whose.open()?;
    let pairer = Pairer::new(here.files.folder().clone())?;
    let name = concat!("baro ", env!("CARGO_PKG_VERSION"));
    if let Err(error) = pairer.pair(&args.code, name, &KeyRing::of_system()) {
        let said = here.texts.text(error.key());
        return Err(anyhow::Error::new(error).context(said));
    }
    let agreed = match &args.agree {
        Some(agreed) => Purpose::SHARED.map(|purpose| (purpose, agreed.contains(&purpose))),
        None => asked(&here.texts)?,
    };
    here.agree(&agreed)?;
    let state = here.send(Duration::from_secs(10))?;
    print(&format!("{}\n", state.sentence(&here.texts)))
}

/// Asks one by one; where nobody can answer, nothing is agreed to.
fn asked(texts: &Texts) -> anyhow::Result<[(Purpose, bool); Purpose::SHARED.len()]> {
    let mut words = Purpose::SHARED.map(|purpose| (purpose, false));
    if !io::stdin().is_terminal() {
        return Ok(words);
    }
    print(&format!("{}\n", texts.text("sync-agree")))?;
    for (purpose, given) in &mut words {
        let key = format!("home-consent-{}", purpose.id());
        print(&format!("\n{}\n{}\n[y/N] ", texts.text(&key), texts.attribute(&key, "why")))?;
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer)?;
        *given = matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "네" | "예");
    }
    Ok(words)
}

/// Runs `baro sync`.
pub fn sync(args: &Sync) -> anyhow::Result<()> {
    let here = args.whose.open()?;
    let state = here.send(Duration::from_secs(args.wait))?;
    print(&format!("{}\n", state.sentence(&here.texts)))?;
    match state.told {
        Some(Told::UpToDate) => Ok(()),
        _ => bail!("not everything is at the clinic; it stays here and waits"),
    }
}

/// Runs `baro unpair`.
pub fn unpair(whose: &Whose) -> anyhow::Result<()> {
    let mut here = whose.open()?;
    here.agree(&Purpose::SHARED.map(|purpose| (purpose, false)))?;
    let told = here.agent()?.leave(FAREWELL)?;
    let key = if told { "sync-not-connected" } else { "sync-left-untold" };
    print(&format!("{}\n", here.texts.text(key)))
}
