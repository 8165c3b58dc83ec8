//! Cues and counting aloud. Everything that may block (speech service, sound card) lives on a thread of its own;
//! the window only ever leaves it a message. Without sound the captions on the screen carry everything.

mod output;

use crate::locale::Language;
use bevy::prelude::*;
use output::Output;
use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU8, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    thread::Builder,
    time::{Duration, Instant},
};

/// Messages that may wait for the voice; more are dropped, since late cues are wrong cues.
const QUEUE: usize = 8;
/// A text that could not be said for this long is no longer true.
const STALE: Duration = Duration::from_millis(2_500);
/// How often the thread looks whether the last text has been said.
const POLL: Duration = Duration::from_millis(40);

/// How cues are heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum VoiceState {
    /// Still looking for a voice.
    Starting,
    /// The system's speech service speaks.
    System,
    /// The bundled recordings are played.
    Bundled,
    /// There is no sound device.
    NoDevice,
}

impl VoiceState {
    const fn from_u8(value: u8) -> Self {
        match value {
            1 => Self::System,
            2 => Self::Bundled,
            3 => Self::NoDevice,
            _ => Self::Starting,
        }
    }
}

/// Something to say.
#[derive(Debug, Clone)]
struct Say {
    /// Name of the recording.
    sound: String,
    /// What the speech service says.
    text: String,
    language: Language,
    since: Instant,
}

enum Message {
    Say(Say),
    Hush,
    /// 0 to 1.
    Volume(f32),
    /// A recorded voice: one channel, samples a second.
    Play(Vec<f32>, u32),
}

/// The voice. Every call returns at once.
#[derive(Resource)]
pub struct Voice {
    /// `None` where the thread could not be started.
    queue: Option<SyncSender<Message>>,
    state: Arc<AtomicU8>,
    speaking: Arc<AtomicBool>,
    muted: bool,
}

impl Voice {
    /// Starts the voice; `sounds` is the folder of the recordings, one folder a language in it.
    pub fn start(sounds: PathBuf) -> Self {
        let state = Arc::new(AtomicU8::new(VoiceState::Starting as u8));
        let (queue, messages) = sync_channel(QUEUE);
        let speaking = Arc::<AtomicBool>::default();
        let (shared, speaks) = (state.clone(), speaking.clone());
        let thread = Builder::new()
            .name("voice".into())
            .spawn(move || speak_until_closed(sounds, &messages, &shared, &speaks));
        if thread.is_err() {
            state.store(VoiceState::NoDevice as u8, Ordering::Relaxed);
        }
        Self { queue: thread.is_ok().then_some(queue), state, speaking, muted: false }
    }

    /// A voice that never sounds, for tests and where sound is switched off.
    pub fn silent() -> Self {
        let state = Arc::new(AtomicU8::new(VoiceState::NoDevice as u8));
        Self { queue: None, state, speaking: Arc::default(), muted: true }
    }

    /// Says `text`, or plays the recording `sound`; never both, never two at once.
    pub fn say(&self, sound: &str, text: String, language: Language) {
        if self.muted {
            return;
        }
        if let Some(queue) = &self.queue {
            let say = Say { sound: sound.to_owned(), text, language, since: Instant::now() };
            // Full: the voice is behind, and the caption is on the screen.
            let _ = queue.try_send(Message::Say(say));
        }
    }

    /// Plays a recorded voice, which somebody asked to hear: `samples` of one channel, `rate` a second. False where there is no sound.
    pub fn play(&self, samples: Vec<f32>, rate: u32) -> bool {
        let queue = self.queue.as_ref().filter(|_| self.state() != VoiceState::NoDevice);
        queue.is_some_and(|queue| queue.try_send(Message::Play(samples, rate)).is_ok())
    }

    /// Switches the voice off or on.
    pub fn set_muted(&mut self, muted: bool) {
        self.muted = muted;
        if muted && let Some(queue) = &self.queue {
            let _ = queue.try_send(Message::Hush);
        }
    }

    /// How loud, 0 to 1; from the next text on.
    pub fn set_volume(&mut self, volume: f32) {
        if let Some(queue) = &self.queue {
            let _ = queue.try_send(Message::Volume(volume));
        }
    }

    /// Is it switched off?
    pub const fn muted(&self) -> bool {
        self.muted
    }

    /// Is something being said?
    pub fn is_speaking(&self) -> bool {
        self.speaking.load(Ordering::Relaxed)
    }

    /// How cues are heard now.
    pub fn state(&self) -> VoiceState {
        VoiceState::from_u8(self.state.load(Ordering::Relaxed))
    }
}

fn speak_until_closed(
    sounds: PathBuf,
    messages: &Receiver<Message>,
    state: &AtomicU8,
    speaking: &AtomicBool,
) {
    let Some(mut output) = Output::open(sounds) else {
        state.store(VoiceState::NoDevice as u8, Ordering::Relaxed);
        return;
    };
    let heard = output.state(Language::of_system());
    info!("cues are heard through: {heard:?}");
    state.store(heard as u8, Ordering::Relaxed);
    let mut pending: Option<Say> = None;
    loop {
        let speaks = output.busy();
        speaking.store(speaks, Ordering::Relaxed);
        let message = match &pending {
            None if !speaks => messages.recv().map_err(|_| RecvTimeoutError::Disconnected),
            _ => messages.recv_timeout(POLL),
        };
        match message {
            Ok(Message::Say(say)) => pending = Some(say),
            Ok(Message::Hush) => {
                pending = None;
                output.hush();
            }
            Ok(Message::Volume(volume)) => output.set_volume(volume),
            Ok(Message::Play(samples, rate)) => {
                pending = None;
                output.hush();
                output.play(&samples, rate);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if !output.busy()
            && let Some(say) = pending.take()
            && say.since.elapsed() < STALE
        {
            output.say(&say.sound, &say.text, say.language);
            state.store(output.state(say.language) as u8, Ordering::Relaxed);
        }
    }
    output.close();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A machine without sound card or speech service must not disturb anything.
    #[test]
    fn saying_returns_at_once_whatever_the_machine_has() {
        let mut voice = Voice::start(PathBuf::from("/nowhere"));
        let start = Instant::now();
        for _ in 0..100 {
            voice.say("cue-none", "text".into(), Language::English);
        }
        voice.set_muted(true);
        voice.set_muted(false);
        assert!(start.elapsed() < Duration::from_millis(50));
        assert_eq!(Voice::silent().state(), VoiceState::NoDevice);
    }

    #[test]
    fn states_survive_the_atomic() {
        for state in [VoiceState::Starting, VoiceState::System, VoiceState::Bundled, VoiceState::NoDevice] {
            assert_eq!(VoiceState::from_u8(state as u8), state);
        }
    }
}
