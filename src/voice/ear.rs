//! One person's voice, as it comes over the network: put in order, waited for as long as its network's unsteadiness asks for, and
//! played evenly.
//!
//! What is lost is made up from the packet behind it, else guessed; what is late is waited for, and the voice then runs a little faster
//! until it is as early again as it can be (`stretch`). Times are milliseconds of any one clock.

use crate::codec::Decoder;
use crate::level::level_db;
use crate::stretch::{self, lengthen, shorten};
use crate::{FRAME, FRAME_MS, RATE, VoiceError};
use baro_wire::room::Speech;
use std::collections::{BTreeMap, VecDeque};

/// Packets by whose lateness it is known how unsteady the network is: four seconds of speech.
const LATENESSES: usize = 200;
/// This part of them is waited for. One in fifty may be made up.
const IN_TIME: f64 = 0.98;
/// Never so much longer than for the usual packet.
const MOST_MS: f64 = 200.0;
/// Where so much is lost, the packet behind is waited for too: it says what was in the lost one.
const LOST: f64 = 0.02;
/// Each 20 ms count so much in what is usually lost: about the last three seconds.
const COUNTS: f64 = 0.007;
/// And a little more, for clocks that tick unevenly.
const MARGIN_MS: f64 = 5.0;
/// Nearer than this, the delay is as it is to be: half a period of a voice.
const NEAR_MS: f64 = 8.0;
/// Between two changes of the voice's length: it is then at most a sixth faster or slower.
const APART_MS: f64 = 60.0;
/// Further behind than this, what waited is left out.
const FAR_MS: f64 = 250.0;
/// Guessed for so long at most; then it is silence.
const GUESSES: u32 = 5;
/// A number that says another time than this has begun anew.
const ANEW_MS: f64 = 3_000.0;
/// Packets that wait, at most.
const WAITING: usize = 100;
/// Louder than this they speak.
const SPEAKS_DB: f32 = -50.0;
/// And for so long after it.
const SPEAKS_MS: f64 = 300.0;

/// One person's voice.
pub struct Ear {
    decoder: Decoder,
    /// By the number of 20 ms, counted on without beginning anew.
    packets: BTreeMap<i64, Vec<u8>>,
    /// When each came, less the time that its number says.
    lateness_ms: VecDeque<f64>,
    /// Of those: of nearly all, and of the usual one.
    late_ms: (f64, f64),
    /// The part that was lost lately.
    lost: f64,
    /// What is read next; none while they are silent.
    next: Option<i64>,
    /// Read, and not played.
    pcm: VecDeque<f32>,
    guesses: u32,
    changed_ms: f64,
    spoke_ms: f64,
    /// 20 ms each: that were played, made up from the next packet, and guessed in the middle of speech.
    counts: [u64; 3],
}

impl Ear {
    /// One that heard nothing.
    ///
    /// # Errors
    /// Where Opus can't.
    pub fn new() -> Result<Self, VoiceError> {
        Ok(Self {
            decoder: Decoder::new()?,
            packets: BTreeMap::new(),
            lateness_ms: VecDeque::new(),
            late_ms: (0.0, 0.0),
            lost: 0.0,
            next: None,
            pcm: VecDeque::new(),
            guesses: 0,
            changed_ms: f64::MIN,
            spoke_ms: f64::MIN,
            counts: [0; 3],
        })
    }

    /// 20 ms came.
    pub fn came(&mut self, now_ms: f64, speech: Speech) {
        let number = self.whole(now_ms, speech.number);
        self.lateness_ms.push_back(now_ms - number as f64 * FRAME_MS);
        if self.lateness_ms.len() > LATENESSES {
            self.lateness_ms.pop_front();
        }
        self.late_ms = (self.late_by(IN_TIME), self.late_by(0.5));
        if self.next.is_none_or(|next| number >= next) {
            self.packets.insert(number, speech.opus);
        }
        if self.packets.len() > WAITING {
            self.packets.pop_first();
        }
    }

    /// Which of all numbers of this ending is next to now.
    fn whole(&mut self, now_ms: f64, number: u16) -> i64 {
        if !self.lateness_ms.is_empty() {
            let now = ((now_ms - self.late_ms.1) / FRAME_MS).round() as i64;
            let ahead = i64::from(number.wrapping_sub(now as u16) as i16);
            if (ahead as f64 * FRAME_MS).abs() < ANEW_MS {
                return now + ahead;
            }
            // Their program began anew.
            self.packets.clear();
            self.lateness_ms.clear();
            self.pcm.clear();
            self.next = None;
        }
        i64::from(number)
    }

    fn late_by(&self, part: f64) -> f64 {
        let mut sorted: Vec<f64> = self.lateness_ms.iter().copied().collect();
        sorted.sort_by(f64::total_cmp);
        sorted.get(((sorted.len().max(1) - 1) as f64 * part).round() as usize).copied().unwrap_or_default()
    }

    /// What is to be heard from now on; silence where they say nothing.
    pub fn play(&mut self, now_ms: f64, out: &mut [f32]) {
        let ahead_ms = out.len() as f64 * 1_000.0 / RATE as f64;
        // All of it must be there now.
        let wanted_ms = self.wanted_ms() + ahead_ms;
        if self.next.is_none() {
            self.begin(now_ms, wanted_ms);
        }
        while self.next.is_some() && self.pcm.len() < out.len() {
            self.read();
            self.keep_pace(now_ms, wanted_ms);
        }
        let silence = out.len().saturating_sub(self.pcm.len());
        let there = out.len() - silence;
        for (sample, played) in out.iter_mut().zip(self.pcm.drain(..there)) {
            *sample = played;
        }
        out[there..].fill(0.0);
        if there > 0 && level_db(&out[..there]) > SPEAKS_DB {
            self.spoke_ms = now_ms;
        }
    }

    /// How far behind what is said the voice is to be.
    fn wanted_ms(&self) -> f64 {
        let (nearly_all_ms, usual_ms) = self.late_ms;
        let behind_ms = if self.lost > LOST { FRAME_MS } else { 0.0 };
        (nearly_all_ms + behind_ms).min(usual_ms + MOST_MS) + MARGIN_MS
    }

    /// Begins with the first that waits, when its time is there.
    fn begin(&mut self, now_ms: f64, wanted_ms: f64) {
        let Some((first, _)) = self.packets.first_key_value() else { return };
        if now_ms - *first as f64 * FRAME_MS >= wanted_ms {
            (self.next, self.guesses) = (Some(*first), 0);
        }
    }

    /// 20 ms more: as they came, made up or guessed.
    fn read(&mut self) {
        let Some(next) = self.next else { return };
        let is_there = self.packets.contains_key(&next);
        if is_there || !self.packets.is_empty() {
            self.lost += (f64::from(u8::from(!is_there)) - self.lost) * COUNTS;
        }
        let frame = match self.packets.remove(&next) {
            Some(packet) => {
                self.guesses = 0;
                self.counts[0] += 1;
                self.next = Some(next + 1);
                self.decoder.decode(&packet)
            }
            None => match self.packets.get(&(next + 1)) {
                Some(packet) => {
                    self.counts[1] += 1;
                    self.next = Some(next + 1);
                    self.decoder.repair(packet)
                }
                None if self.guesses < GUESSES => {
                    self.guesses += 1;
                    self.counts[2] += 1;
                    // Lost if others came behind it; else it is only late, and waited for.
                    self.next = Some(next + i64::from(!self.packets.is_empty()));
                    self.decoder.guess()
                }
                // They ended, or the network did.
                None => {
                    self.counts[2] -= u64::from(self.guesses);
                    return self.next = None;
                }
            },
        };
        self.pcm.extend(frame);
    }

    /// Lets the voice run a little faster or slower where it is to be another time behind.
    fn keep_pace(&mut self, now_ms: f64, wanted_ms: f64) {
        while let Some(next) = self.next
            && self.packets.contains_key(&next)
            && self.behind_ms(now_ms).is_some_and(|behind_ms| behind_ms > wanted_ms + FAR_MS)
        {
            self.packets.remove(&next);
            self.next = Some(next + 1);
        }
        let Some(behind_ms) = self.behind_ms(now_ms) else { return };
        let error_ms = wanted_ms - behind_ms;
        if error_ms.abs() < NEAR_MS || now_ms < self.changed_ms + APART_MS || self.guesses > 0 {
            return;
        }
        if error_ms < 0.0 && self.pcm.len() < stretch::NEEDED {
            return;
        }
        let changed = if error_ms > 0.0 { lengthen(&mut self.pcm) } else { shorten(&mut self.pcm) };
        if changed > 0 {
            self.changed_ms = now_ms;
        }
    }

    /// How long ago it was said what is to be heard now, by the clock of who says it, whatever that is; none while they are silent.
    pub fn behind_ms(&self, now_ms: f64) -> Option<f64> {
        let read_ms = self.next? as f64 * FRAME_MS - self.pcm.len() as f64 * 1_000.0 / RATE as f64;
        Some(now_ms - read_ms)
    }

    /// Do they speak?
    pub fn speaks(&self, now_ms: f64) -> bool {
        now_ms < self.spoke_ms + SPEAKS_MS
    }

    /// How many 20 ms were played, were made up from the packet behind them, and were guessed.
    pub const fn counts(&self) -> [u64; 3] {
        self.counts
    }
}

const _: () = assert!(stretch::NEEDED <= FRAME, "a period can be found in what one packet brings");
