//! Whether an open microphone hears somebody speak, or only the room.

/// Speech is so much louder than the room, decibels.
const ABOVE_DB: f32 = 9.0;
/// And at least so loud.
const LEAST_DB: f32 = -52.0;
/// The room's own noise, within these.
const FLOOR_DB: (f32, f32) = (-75.0, -32.0);
/// It is taken to be louder by so much with each 20 ms: a fan that was switched on is left out after some seconds.
const RISES_DB: f32 = 0.06;
/// What the loudspeaker plays comes back into the microphone so much quieter, or is not told from who speaks.
const ECHO_DB: f32 = 8.0;
/// It comes for so long after it was played, in 20 ms: the devices' own delay and the room's.
const ECHO_FRAMES: usize = 15;
/// Stays open for so long after the last word, in 20 ms: the ends of words are quiet.
const HOLD_FRAMES: u32 = 20;

/// Opens when somebody speaks.
#[derive(Debug)]
pub struct Gate {
    floor_db: f32,
    hold: u32,
    /// How loud the loudspeaker was lately, the newest first.
    played_db: [f32; ECHO_FRAMES],
}

impl Default for Gate {
    fn default() -> Self {
        Self { floor_db: -55.0, hold: 0, played_db: [f32::MIN; ECHO_FRAMES] }
    }
}

impl Gate {
    /// 20 ms of this level, while the loudspeaker plays at that one: does somebody speak?
    pub fn opens(&mut self, level_db: f32, played_db: f32) -> bool {
        self.played_db.rotate_right(1);
        self.played_db[0] = played_db;
        let echo_db = self.played_db.iter().copied().fold(f32::MIN, f32::max) - ECHO_DB;
        let (least, most) = FLOOR_DB;
        self.floor_db = (self.floor_db + RISES_DB).min(level_db).clamp(least, most);
        let needed_db = (self.floor_db + ABOVE_DB).max(LEAST_DB).max(echo_db);
        self.hold = if level_db >= needed_db { HOLD_FRAMES } else { self.hold.saturating_sub(1) };
        self.hold > 0
    }
}
