//! The two ways to be heard: the system's speech service, and recordings through the sound card.

use super::VoiceState;
use crate::locale::Language;
use bevy::log::{info, warn};
use kira::{
    AudioManager, AudioManagerSettings, Decibels, DefaultBackend, Frame, Tween,
    sound::{
        PlaybackState,
        static_sound::{StaticSoundData, StaticSoundHandle, StaticSoundSettings},
    },
};
use std::path::PathBuf;
use tts::{Tts, Voice};

/// Sound card and, where there is one, speech service.
pub struct Output {
    sounds: PathBuf,
    player: AudioManager<DefaultBackend>,
    playing: Option<StaticSoundHandle>,
    service: Option<Service>,
    /// 0 to 1.
    volume: f32,
}

impl Output {
    /// Opens the sound card and connects to the speech service; `None` without a sound card, where neither can be
    /// heard.
    pub fn open(sounds: PathBuf) -> Option<Self> {
        let player = AudioManager::new(AudioManagerSettings::default())
            .map_err(|error| info!("no sound: {error}"))
            .ok()?;
        Some(Self { sounds, player, playing: None, service: Service::connect(), volume: 1.0 })
    }

    /// How `language` is heard.
    pub fn state(&self, language: Language) -> VoiceState {
        match self.service.as_ref().and_then(|service| service.voice(language)) {
            Some(_) => VoiceState::System,
            None => VoiceState::Bundled,
        }
    }

    /// Is the last text still being said?
    pub fn busy(&self) -> bool {
        let playing = self.playing.as_ref().is_some_and(|handle| handle.state() == PlaybackState::Playing);
        playing || self.service.as_ref().is_some_and(|service| service.tts.is_speaking().unwrap_or(false))
    }

    /// Starts to say a text.
    pub fn say(&mut self, sound: &str, text: &str, language: Language) {
        if let Some(service) = &mut self.service
            && service.say(text, language)
        {
            return;
        }
        let path = self.sounds.join(language.tag()).join(sound).with_extension("ogg");
        match StaticSoundData::from_file(&path) {
            Ok(data) => self.start(data),
            Err(error) => warn!("can't read {}: {error}", path.display()),
        }
    }

    /// Starts to play one channel.
    pub fn play(&mut self, samples: &[f32], sample_rate: u32) {
        let frames = samples.iter().map(|sample| Frame::from_mono(*sample)).collect();
        let settings = StaticSoundSettings::default();
        self.start(StaticSoundData { sample_rate, frames, settings, slice: None });
    }

    fn start(&mut self, data: StaticSoundData) {
        match self.player.play(data.volume(Decibels(20.0 * self.volume.max(0.01).log10()))) {
            Ok(handle) => self.playing = Some(handle),
            Err(error) => warn!("the sound card refuses: {error}"),
        }
    }

    /// How loud, 0 to 1, from the next text on.
    pub fn set_volume(&mut self, volume: f32) {
        self.volume = volume.clamp(0.0, 1.0);
        if let Some(Service { tts, .. }) = &mut self.service {
            let (least, most) = (tts.min_volume(), tts.max_volume());
            // A service that can't is as loud as the system is.
            let _ = tts.set_volume(least + (most - least) * self.volume);
        }
    }

    /// Falls silent.
    pub fn hush(&mut self) {
        if let Some(mut handle) = self.playing.take() {
            handle.stop(Tween::default());
        }
        if let Some(service) = &mut self.service {
            let _ = service.tts.stop();
        }
    }

    /// Ends the use of the speech service.
    pub fn close(mut self) {
        self.hush();
        if let Some(service) = self.service.take() {
            // Dropped, the crate forgets its callbacks, and a late answer of the service would then abort the
            // program in foreign code.
            std::mem::forget(service);
        }
    }
}

/// The system's speech service.
struct Service {
    tts: Tts,
    voices: Vec<Voice>,
    speaking: Option<Language>,
}

impl Service {
    fn connect() -> Option<Self> {
        let tts = Tts::default().map_err(|error| info!("no speech service: {error}")).ok()?;
        let voices = tts.voices().map_err(|error| info!("no voices: {error}")).unwrap_or_default();
        Some(Self { tts, voices, speaking: None })
    }

    fn voice(&self, language: Language) -> Option<&Voice> {
        self.voices.iter().find(|voice| voice.language().primary_language() == language.tag())
    }

    /// `false` where the service has no such voice or refuses.
    fn say(&mut self, text: &str, language: Language) -> bool {
        if self.speaking != Some(language) {
            let Some(voice) = self.voice(language).cloned() else { return false };
            if self.tts.set_voice(&voice).is_err() {
                return false;
            }
            self.speaking = Some(language);
        }
        self.tts.speak(text, true).is_ok()
    }
}
