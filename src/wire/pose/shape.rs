//! What of a body does not change while it moves: sent once, on the reliable stream.

use super::{JOINTS, PoseError};
use crate::Text;
use crate::limits::NAME_BYTES;

/// A body's proportions. Blobs say how joints turn; the shape says how far apart they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shape {
    /// Which avatar draws it. Who does not have that one draws another.
    pub model: Text<NAME_BYTES>,
    /// From crown to sole, millimetres.
    pub height_mm: u16,
    /// From each joint's parent to it at rest, millimetres; the pelvis' is its height above the floor.
    pub bones_mm: [u16; JOINTS],
}

const VERSION: u8 = 1;

impl Shape {
    /// The longest shape.
    pub const BYTES: usize = 2 + NAME_BYTES + 2 + 2 * JOINTS;

    /// The bytes of [`Shape::read`].
    pub fn write(&self, out: &mut Vec<u8>) {
        out.push(VERSION);
        // A name is at most 80 bytes.
        out.push(self.model.len() as u8);
        out.extend_from_slice(self.model.as_bytes());
        for mm in [self.height_mm].iter().chain(&self.bones_mm) {
            out.extend_from_slice(&mm.to_le_bytes());
        }
    }

    /// Reads a shape. Newer versions add behind what is here; that is skipped.
    ///
    /// # Errors
    /// Where the bytes end too early or are no shape's.
    pub fn read(bytes: &[u8]) -> Result<Self, PoseError> {
        let [version, length, rest @ ..] = bytes else { return Err(PoseError::Short) };
        if *version == 0 {
            return Err(PoseError::Version(0));
        }
        let (name, rest) = rest.split_at_checked(usize::from(*length)).ok_or(PoseError::Short)?;
        let name = std::str::from_utf8(name).map_err(|_| PoseError::Nonsense)?;
        let model = Text::new(name).map_err(|_| PoseError::Nonsense)?;
        let mut numbers = rest.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
        let mut next = || numbers.next().ok_or(PoseError::Short);
        let height_mm = next()?;
        let mut bones_mm = [0; JOINTS];
        for mm in &mut bones_mm {
            *mm = next()?;
        }
        Ok(Self { model, height_mm, bones_mm })
    }
}
