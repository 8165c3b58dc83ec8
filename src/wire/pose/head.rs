//! What stands before each body: the server reads it without any key, and takes out of it what a receiver may not see.

use super::State;

/// Version of these bytes, in the first nibble.
const VERSION: u8 = 1;
/// What the second nibble says: is the body a whole figure, and which slots are there?
const KEY: u8 = 1 << 3;
const STATE: u8 = 1 << 2;
const HEART: u8 = 1 << 1;
const EXTENSION: u8 = 1;

/// Steps of the root, metres, and its lowest height. 14, 14 and 11 bits, and one that says whether the person moves.
const ROOT_STEP_M: f32 = 0.002;
const ROOT_SPAN: i32 = 1 << 13;
const ROOT_LOW: i32 = -500;
const ROOT_HIGH: i32 = ROOT_LOW + (1 << 11) - 1;

/// The name of a key, never 0: a number that goes on, and a digest of what is in it, so that a delta is never put on another key of the
/// same number (a sender who came back begins to count anew).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyId(pub u16);

impl KeyId {
    pub(super) fn new(number: u8, body: &[u8]) -> Self {
        // FNV-1a, folded.
        let hash = body
            .iter()
            .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
        let digest = (hash ^ hash >> 16) as u16;
        Self((u16::from(number) << 8 | (digest ^ digest >> 8) & 0xff).max(1))
    }
}

/// What a blob is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A whole figure, needed by the deltas to come. Acknowledge it.
    Key(KeyId),
    /// What changed since a key. Only who has that key can read it.
    Delta(KeyId),
    /// A whole figure that nothing is based on, sent while a key is under way to people who have none.
    Whole,
}

/// Why bytes are no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum PoseError {
    #[error("the blob ends too early")]
    Short,
    #[error("{0} bytes are no blob")]
    Long(usize),
    #[error("version {0} of the pose codec is unknown")]
    Version(u8),
    #[error("key {0:?} is not here")]
    MissingKey(KeyId),
    #[error("its body is no figure's")]
    Nonsense,
}

/// What stands before the body of a blob.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Head {
    /// The server's time, milliseconds; begins anew after 65.536 s.
    pub time_ms: u16,
    /// Key or delta.
    pub kind: Kind,
    /// Head of the pelvis, metres in the room's frame, in steps of 2 mm.
    pub root_m: [f32; 3],
    /// Did the person move within the last half second?
    pub moving: bool,
    /// How the exercise goes.
    pub state: State,
    /// Beats a minute.
    pub heart_rate_bpm: Option<u8>,
}

/// What a receiver may see besides the movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shown {
    /// The exercise's state.
    pub state: bool,
    /// The heart rate.
    pub heart_rate: bool,
    /// What newer versions add, which this one can't judge.
    pub extensions: bool,
}

/// Where the slots of a head stand.
struct Slots {
    state: usize,
    heart: usize,
    extension: usize,
    body: usize,
}

impl Slots {
    const FIXED: usize = 10;

    fn of(blob: &[u8]) -> Result<Self, PoseError> {
        let first = *blob.first().ok_or(PoseError::Short)?;
        if first >> 4 != VERSION {
            return Err(PoseError::Version(first >> 4));
        }
        if blob.len() > super::BLOB_BYTES {
            return Err(PoseError::Long(blob.len()));
        }
        let has = |flag: u8| usize::from(first & flag != 0);
        let state = Self::FIXED;
        let heart = state + 2 * has(STATE);
        let extension = heart + has(HEART);
        let body = match has(EXTENSION) {
            0 => extension,
            _ => extension + 1 + usize::from(*blob.get(extension).ok_or(PoseError::Short)?),
        };
        if blob.len() < body { Err(PoseError::Short) } else { Ok(Self { state, heart, extension, body }) }
    }
}

impl Head {
    /// Reads the head of a blob. Extensions of newer versions are skipped.
    ///
    /// # Errors
    /// Where the bytes are too few, too many, or of an unknown version. Whether the body is good only a [`super::Decoder`] finds.
    pub fn read(blob: &[u8]) -> Result<Self, PoseError> {
        Ok(Self::split(blob)?.0)
    }

    /// The head, and the body behind it.
    pub(super) fn split(blob: &[u8]) -> Result<(Self, &[u8]), PoseError> {
        let slots = Slots::of(blob)?;
        let [first, t0, t1, k0, k1, r @ ..] =
            *blob.first_chunk::<{ Slots::FIXED }>().ok_or(PoseError::Short)?;
        let id = KeyId(u16::from_le_bytes([k0, k1]));
        let (root_m, moving) = unpack(r);
        let head = Self {
            time_ms: u16::from_le_bytes([t0, t1]),
            kind: match (first & KEY, id) {
                (0, _) => Kind::Delta(id),
                (_, KeyId(0)) => Kind::Whole,
                _ => Kind::Key(id),
            },
            root_m,
            moving,
            state: match blob[slots.state..slots.heart] {
                [a, b] => State::from_bytes([a, b]),
                _ => State::default(),
            },
            heart_rate_bpm: blob[slots.heart..slots.extension].first().copied().filter(|bpm| *bpm > 0),
        };
        Ok((head, &blob[slots.body..]))
    }

    /// Writes the head and then `body`. A state in which nothing is said and a heart rate that is not there take no bytes.
    pub(super) fn write(&self, body: &[u8], out: &mut Vec<u8>) {
        let state = self.state.to_bytes();
        let heart = self.heart_rate_bpm.filter(|bpm| *bpm > 0);
        let (key, KeyId(id)) = match self.kind {
            Kind::Key(id) => (KEY, id),
            Kind::Delta(id) => (0, id),
            Kind::Whole => (KEY, KeyId(0)),
        };
        let says = if state == [0, 0] { 0 } else { STATE };
        let beats = if heart.is_some() { HEART } else { 0 };
        out.push(VERSION << 4 | key | says | beats);
        out.extend_from_slice(&self.time_ms.to_le_bytes());
        out.extend_from_slice(&id.to_le_bytes());
        out.extend_from_slice(&pack(self.root_m, self.moving));
        if says != 0 {
            out.extend_from_slice(&state);
        }
        out.extend(heart);
        out.extend_from_slice(body);
    }

    /// Appends a copy of `blob` that holds only what may be shown. The movement stays as it is, and so does its key's name.
    ///
    /// # Errors
    /// As [`Head::read`].
    pub fn redact(blob: &[u8], shown: Shown, out: &mut Vec<u8>) -> Result<(), PoseError> {
        let slots = Slots::of(blob)?;
        let keep = [
            (STATE, shown.state, slots.state..slots.heart),
            (HEART, shown.heart_rate, slots.heart..slots.extension),
            (EXTENSION, shown.extensions, slots.extension..slots.body),
        ];
        let at = out.len();
        out.extend_from_slice(&blob[..Slots::FIXED]);
        for (flag, shown, slot) in keep {
            if shown {
                out.extend_from_slice(&blob[slot]);
            } else {
                out[at] &= !flag;
            }
        }
        out.extend_from_slice(&blob[slots.body..]);
        Ok(())
    }
}

/// In steps, within what can be sent.
fn steps(root_m: [f32; 3]) -> [i32; 3] {
    // What is not a number becomes 0.
    let [x, y, z] = root_m.map(|m| (m / ROOT_STEP_M).round() as i32);
    [x.clamp(-ROOT_SPAN, ROOT_SPAN - 1), y.clamp(ROOT_LOW, ROOT_HIGH), z.clamp(-ROOT_SPAN, ROOT_SPAN - 1)]
}

fn pack(root_m: [f32; 3], moving: bool) -> [u8; 5] {
    let [x, y, z] = steps(root_m);
    let bits = (x + ROOT_SPAN) as u64
        | ((z + ROOT_SPAN) as u64) << 14
        | ((y - ROOT_LOW) as u64) << 28
        | u64::from(moving) << 39;
    let [a, b, c, d, e, ..] = bits.to_le_bytes();
    [a, b, c, d, e]
}

fn unpack([a, b, c, d, e]: [u8; 5]) -> ([f32; 3], bool) {
    let bits = u64::from_le_bytes([a, b, c, d, e, 0, 0, 0]);
    let take = |from: u32, bits_: u32| (bits >> from & ((1 << bits_) - 1)) as i32;
    let root = [take(0, 14) - ROOT_SPAN, take(28, 11) + ROOT_LOW, take(14, 14) - ROOT_SPAN];
    (root.map(|step| step as f32 * ROOT_STEP_M), bits >> 39 & 1 == 1)
}
