//! A voice with this computer's devices, on a thread of its own. No call here waits, but to end it.

use crate::device::{Open, loudspeaker, microphone};
use crate::ears::{Ears, Spot};
use crate::level::SILENCE_DB;
use crate::mouth::{Mouth, Talk};
use crate::{RATE, VoiceError};
use baro_wire::room::{Slot, Speech};
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

/// How often what came and what was said is carried on.
const STEP: Duration = Duration::from_millis(5);
/// A device that is not there is looked for so often.
const AGAIN: Duration = Duration::from_secs(3);
/// One that failed while it was in use, as on a machine that is too busy, is opened again so soon.
const SOON: Duration = Duration::from_millis(300);
/// What the microphone heard and nobody fetched: more is left out.
const CAPTURED: usize = RATE / 2;

/// The way to the others and back.
pub struct Line {
    /// 20 ms of the own voice.
    pub say: Box<dyn Fn(&Speech) + Send>,
    /// What came since this was asked last: when, whose, and it.
    pub heard: Box<dyn FnMut() -> Vec<(Instant, Slot, Speech)> + Send>,
}

/// How it is to be now.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wish {
    /// When the person is heard.
    pub talk: Talk,
    /// They may not be heard: who leads muted them.
    pub muted: bool,
    /// How loud the others are, 0 to 1.
    pub volume: f32,
    /// Who is heard, and from where.
    pub spots: BTreeMap<Slot, Spot>,
}

/// What there is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The others can't hear them.
    NoMicrophone,
    /// They can't hear the others.
    NoLoudspeaker,
}

/// How it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Status {
    /// Who is heard now.
    pub speaking: Vec<Slot>,
    /// Is the own voice on its way to the others?
    pub sends: bool,
    /// How loud the microphone is, 0 to 1.
    pub level: f32,
    /// What is missing.
    pub fault: Option<Fault>,
}

/// A person's voice and ears in a room, until it is dropped: then the devices are closed.
#[derive(Debug)]
pub struct Headset {
    shared: Arc<Shared>,
    closing: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Default)]
struct Shared {
    wish: Mutex<Wish>,
    status: Mutex<Status>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Headset {
    /// Opens microphone and loudspeaker.
    ///
    /// # Errors
    /// Where Opus can't, or there is no thread.
    pub fn start(line: Line) -> Result<Self, VoiceError> {
        let (mouth, shared) = (Mouth::new()?, Arc::<Shared>::default());
        let (closing, closed) = sync_channel(1);
        let theirs = Arc::clone(&shared);
        let run = move || Talking::new(mouth, line, theirs).run(&closed);
        let thread = Builder::new()
            .name("class-voice".into())
            .spawn(run)
            .map_err(|error| VoiceError::Thread(error.to_string()))?;
        Ok(Self { shared, closing: Some(closing), thread: Some(thread) })
    }

    /// How it is to be from now on.
    pub fn wish(&self, wish: Wish) {
        *lock(&self.shared.wish) = wish;
    }

    /// How it is.
    pub fn status(&self) -> Status {
        lock(&self.shared.status).clone()
    }
}

impl Drop for Headset {
    /// Waits until the devices are closed: nobody's microphone stays open behind a class, or behind a program's end.
    fn drop(&mut self) {
        self.closing = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A device, or from when on it is looked for again.
enum Found {
    Open(Open),
    Missing(Instant),
}

impl Found {
    fn of(open: Option<Open>) -> Self {
        open.map_or_else(|| Self::Missing(Instant::now() + AGAIN), Self::Open)
    }

    fn is_missing(&self) -> bool {
        matches!(self, Self::Missing(_))
    }

    /// Looks again for one that was unplugged, or never there.
    fn look(&mut self, open: impl FnOnce() -> Option<Open>) {
        match self {
            Self::Open(device) if device.is_lost() => *self = Self::Missing(Instant::now() + SOON),
            Self::Missing(until) if *until <= Instant::now() => *self = Self::of(open()),
            _ => {}
        }
    }
}

/// The thread's own.
struct Talking {
    mouth: Mouth,
    line: Line,
    shared: Arc<Shared>,
    began: Instant,
    ears: Arc<Mutex<Ears>>,
    captured: Arc<Mutex<Vec<f32>>>,
    microphone: Found,
    loudspeaker: Found,
}

impl Talking {
    fn new(mouth: Mouth, line: Line, shared: Arc<Shared>) -> Self {
        let (began, ears, captured) = (Instant::now(), Arc::default(), Arc::default());
        let (microphone, loudspeaker) =
            (Found::of(open_microphone(&captured)), Found::of(open_loudspeaker(&ears, began)));
        Self { mouth, line, shared, began, ears, captured, microphone, loudspeaker }
    }

    fn run(mut self, closed: &Receiver<()>) {
        while closed.recv_timeout(STEP) == Err(RecvTimeoutError::Timeout) {
            self.step();
        }
    }

    fn step(&mut self) {
        self.microphone.look(|| open_microphone(&self.captured));
        self.loudspeaker.look(|| open_loudspeaker(&self.ears, self.began));
        let wish = lock(&self.shared.wish).clone();
        let came = (self.line.heard)();
        let (played_db, speaking) = {
            let mut ears = lock(&self.ears);
            for (at, by, speech) in came {
                ears.came(ms(self.began, at), by, speech);
            }
            ears.stand(wish.spots);
            ears.set_volume(wish.volume);
            (ears.played_db(), ears.speaking(ms(self.began, Instant::now())))
        };
        let captured = std::mem::take(&mut *lock(&self.captured));
        let talk = if wish.muted { Talk::Silent } else { wish.talk };
        if wish.muted {
            self.mouth.hush();
        }
        for speech in self.mouth.hears(&captured, talk, played_db) {
            (self.line.say)(&speech);
        }
        let fault = match (self.microphone.is_missing(), self.loudspeaker.is_missing()) {
            (_, true) => Some(Fault::NoLoudspeaker),
            (true, false) => Some(Fault::NoMicrophone),
            (false, false) => None,
        };
        let level = (1.0 - self.mouth.level_db() / SILENCE_DB).clamp(0.0, 1.0);
        *lock(&self.shared.status) = Status { speaking, sends: self.mouth.sends(), level, fault };
    }
}

fn ms(began: Instant, at: Instant) -> f64 {
    at.saturating_duration_since(began).as_secs_f64() * 1_000.0
}

fn open_microphone(captured: &Arc<Mutex<Vec<f32>>>) -> Option<Open> {
    let captured = Arc::clone(captured);
    microphone(move |samples| {
        let mut captured = lock(&captured);
        if captured.len() < CAPTURED {
            captured.extend_from_slice(samples);
        }
    })
}

fn open_loudspeaker(ears: &Arc<Mutex<Ears>>, began: Instant) -> Option<Open> {
    let ears = Arc::clone(ears);
    loudspeaker(move |out| lock(&ears).play(ms(began, Instant::now()), out))
}
