//! The agent: looks for what is new in a person's folder and hands it to the link.

use crate::{device::Behind, scan, scanner::Scanner};
use baro_home::PersonFolder;
use baro_locale::Texts;
use baro_net::{Address, Fault, Link, StartError};
use baro_record::{KeyError, KeyRing, Keys, PersonKey};
use baro_store::{Device, Pairing, StoreError, Waiting};
use baro_sync::{Content, Told};
use baro_wire::{HelloRefusal, PostBody};
use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering::SeqCst},
        mpsc::{SyncSender, sync_channel},
    },
    thread::{Builder, JoinHandle, sleep},
    time::{Duration, Instant},
};

/// How often it is looked whether the last words were heard.
const LEAVING: Duration = Duration::from_millis(50);
/// Entries of the feed that are read at a time.
const PAGE: usize = 256;

/// The agent can't work.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum AgentError {
    #[error(transparent)]
    Keys(#[from] KeyError),
    #[error("the keys of this folder seal nothing; make its records with keys of its own")]
    Unsealed,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the connection's server is not one: {0}; disconnect and connect again")]
    Address(#[from] baro_net::InviteError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("a code, a title or a name is too long")]
    TooLong,
    #[error("too much waits for the disk: try again")]
    Busy,
    #[error("a thread can't be started: {0}")]
    Thread(#[from] std::io::Error),
    #[error("the system gives no random numbers: {0}")]
    NoRandom(#[from] getrandom::Error),
}

/// How far everything is.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// What the person is told; `None` until the first attempt.
    pub told: Option<Told>,
    /// Why the server can't be reached; none while it is.
    pub fault: Option<Fault>,
    /// What is not there yet.
    pub waiting: Waiting,
    /// A plan came that nobody has looked at; whoever does sets it back with [`Agent::take_new_plan`].
    pub new_plan: bool,
    /// Messages and notes that others wrote, and that came since the program began.
    pub came: u64,
}

impl State {
    /// What the person reads; empty until the first attempt.
    pub fn sentence(&self, texts: &Texts) -> String {
        let Some(told) = self.told else { return String::new() };
        let text = |id: &str| texts.text(&format!("sync-told-{id}"));
        let mut sentence = match told {
            Told::Offline if self.fault == Some(Fault::OtherServer) => texts.text("sync-pair-stranger"),
            Told::Update(HelloRefusal::ClientTooOld) => text("update-here"),
            Told::Update(HelloRefusal::ServerTooOld) => text("update-there"),
            Told::Update(_) => text("update-differs"),
            Told::Kept(refusal) | Told::SignIn(refusal) => {
                let reason = texts.text(&format!("sync-refusal-{}", refusal.id()));
                texts.with(&format!("sync-told-{}", told.id()), [("reason", reason.into())])
            }
            told => text(told.id()),
        };
        let waiting = self.waiting.records + self.waiting.posts;
        if waiting > 0 {
            sentence += " ";
            sentence += &texts.with("sync-waiting", [("count", waiting.into())]);
        }
        sentence
    }
}

/// What the threads share.
pub struct Shared {
    pub folder: PersonFolder,
    pub keys: Keys,
    pub pairing: Pairing,
    /// The second factor of who treats, where they are at their desk.
    pub digits: Option<u32>,
    address: Address,
    clinic: Mutex<Device>,
    /// None for the moment in which it is begun anew.
    link: Mutex<Option<Arc<Link>>>,
    state: Mutex<State>,
    /// How often somebody wanted the folder to be looked through, and up to which of these it was: what it held then is in the database.
    asked: AtomicU64,
    looked: AtomicU64,
}

impl Shared {
    pub const fn address(&self) -> &Address {
        &self.address
    }

    pub fn clinic(&self) -> MutexGuard<'_, Device> {
        self.clinic.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn link(&self) -> MutexGuard<'_, Option<Arc<Link>>> {
        self.link.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a link that knows what the database knows now.
    fn connect(self: &Arc<Self>) -> Result<(), AgentError> {
        let clinic = self.clinic();
        let (next_number, kept) = (clinic.next_number()?, clinic.cursor()?);
        drop(clinic);
        let known = baro_net::Known { device: self.pairing.device, next_number, kept };
        let device_key = PersonKey::from_seed(&self.pairing.device_secret);
        let behind = Behind::new(Arc::clone(self), device_key);
        *self.link() = Some(Arc::new(Link::start(self.address.clone(), known, behind)?));
        Ok(())
    }

    /// The newest wish that the folder be looked through.
    pub fn asked(&self) -> u64 {
        self.asked.load(SeqCst)
    }

    /// What it held when this was the newest wish is in the database.
    pub fn looked(&self, asked: u64) {
        self.looked.store(asked, SeqCst);
    }

    /// Looks how much is not there yet.
    pub fn measure(&self) -> Result<Waiting, StoreError> {
        let waiting = self.clinic().waiting()?;
        self.state().waiting = waiting;
        Ok(waiting)
    }

    /// Has everything destroyed that the server has of the person. It is asked for until the server has done it.
    pub fn erase(&self) -> Result<(), AgentError> {
        self.post(PostBody::Erase)
    }

    /// The person has withdrawn: what was to be sent and is not there yet is taken back, also what the link holds ready.
    pub fn take_back(self: &Arc<Self>) -> Result<(), AgentError> {
        let link = self.link().take();
        drop(link);
        hold_back(&mut self.clinic())?;
        self.connect()
    }
}

/// The keys of a person's folder, and the database of its connection.
pub fn open(folder: &PersonFolder, ring: &KeyRing) -> Result<(Keys, Device), AgentError> {
    let keys = Keys::of_folder(&folder.records(), ring)?;
    let secret = keys.derived("clinic.db").ok_or(AgentError::Unsealed)?;
    let clinic = Device::open(&folder.clinic(), *secret)?;
    Ok((keys, clinic))
}

/// Sends and fetches for one person, on threads of its own, until it is dropped.
pub struct Agent {
    shared: Arc<Shared>,
    wake: Option<SyncSender<()>>,
    scanner: Option<JoinHandle<()>>,
}

impl Agent {
    /// Starts where the folder is connected with a clinic; `None` where it is not.
    ///
    /// # Errors
    /// The keys or the connection's database can't be opened, or a thread can't be started.
    pub fn start(folder: &PersonFolder, ring: &KeyRing) -> Result<Option<Self>, AgentError> {
        Self::begin(folder, ring, None)
    }

    /// The same for who treats, let in as that by the second factor's digits.
    pub(crate) fn begin(
        folder: &PersonFolder,
        ring: &KeyRing,
        digits: Option<u32>,
    ) -> Result<Option<Self>, AgentError> {
        if !folder.clinic().exists() {
            return Ok(None);
        }
        let (keys, clinic) = open(folder, ring)?;
        let Some(pairing) = clinic.pairing()? else { return Ok(None) };
        let address: Address = pairing.server.parse()?;
        let (folder, clinic, link) = (folder.clone(), Mutex::new(clinic), Mutex::default());
        let state = Mutex::default();
        let (asked, looked) = (AtomicU64::new(1), AtomicU64::new(0));
        let shared = Shared { folder, keys, pairing, digits, address, clinic, link, state, asked, looked };
        let shared = Arc::new(shared);
        if !scan::consents(&shared.folder, shared.pairing.person).1 {
            hold_back(&mut shared.clinic())?;
        }
        shared.connect()?;
        let (wake, wakes) = sync_channel(1);
        let scanner = Scanner::new(Arc::clone(&shared));
        let scanner = Builder::new().name("sync-scan".into()).spawn(move || scanner.run(&wakes))?;
        Ok(Some(Self { shared, wake: Some(wake), scanner: Some(scanner) }))
    }

    pub(crate) const fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// The server's name.
    pub fn server(&self) -> &str {
        &self.shared.address.host
    }

    /// Something was recorded or said: look through the folder soon.
    pub fn look(&self) {
        self.shared.asked.fetch_add(1, SeqCst);
        // Full: it is going to look anyway.
        let _ = self.wake.as_ref().map(|wake| wake.try_send(()));
    }

    /// The person wants it now, or the network came back.
    pub fn try_now(&self) {
        if let Some(link) = &*self.shared.link() {
            link.try_now();
        }
        self.look();
    }

    /// How far everything is.
    pub fn state(&self) -> State {
        let link = self.shared.link().clone();
        let (told, fault) = link.map(|link| (link.told(), link.fault())).unzip();
        State { told, fault: fault.flatten(), ..self.shared.state().clone() }
    }

    /// Has a new plan come since this was asked last?
    pub fn take_new_plan(&self) -> bool {
        std::mem::take(&mut self.shared.state().new_plan)
    }

    /// Has everything destroyed that the server has of the person. It is asked for until the server has done it.
    ///
    /// # Errors
    /// The outbox takes nothing now: try again.
    pub fn erase(&self) -> Result<(), AgentError> {
        self.shared.erase()
    }

    /// Is all at the clinic that the folder held for it when [`Self::look`] was called last?
    pub fn is_sent(&self) -> bool {
        self.has_looked() && self.shared.measure().is_ok_and(|waiting| waiting == Waiting::default())
    }

    /// Has the folder been looked through since [`Self::look`] was called last? What was found waits on the disk, or is sent.
    pub fn has_looked(&self) -> bool {
        self.shared.looked.load(SeqCst) == self.shared.asked()
    }

    /// Ends the connection: what waits is forgotten with it, what was recorded stays. What the person has just withdrawn is told to
    /// the clinic first, where it can be reached within this time; false: it could not, and does not know of it.
    ///
    /// # Errors
    /// The disk.
    pub fn leave(mut self, wait: Duration) -> Result<bool, AgentError> {
        self.try_now();
        let until = Instant::now() + wait;
        // A clinic that put the device out, or erased its person, holds nothing that could be withdrawn.
        let told = loop {
            if self.is_sent() || matches!(self.state().told, Some(Told::Revoked | Told::Erased)) {
                break true;
            }
            if matches!(self.state().told, Some(Told::Update(_))) || Instant::now() >= until {
                break false;
            }
            sleep(LEAVING);
        };
        self.stop();
        self.shared.clinic().forget_pairing()?;
        Ok(told)
    }

    fn stop(&mut self) {
        drop(self.wake.take());
        if let Some(scanner) = self.scanner.take() {
            let _ = scanner.join();
        }
        // What runs behind the link holds what this shares: it would never go by itself.
        let link = self.shared.link().take();
        drop(link);
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Takes out of the database what is not to be sent without consent. It is found again in the folder when there is one.
fn hold_back(clinic: &mut Device) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let (rows, end) = clinic.page(after, PAGE)?;
        for row in &rows {
            let diary =
                matches!(&row.content, Content::Post(post) if matches!(post.body, PostBody::Diary { .. }));
            if diary || !matches!(row.content, Content::Post(_)) {
                clinic.forget(row.key)?;
            }
            after = row.number;
        }
        if end {
            return Ok(());
        }
    }
}
