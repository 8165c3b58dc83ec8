//! The frame around everything in a file: magic, format number, then blocks of `length, checksum, payload`.

use std::{
    fs::File,
    io::{self, Read, Seek as _, SeekFrom, Write as _},
    sync::Arc,
};

/// First bytes of every record.
pub(crate) const MAGIC: [u8; 6] = *b"BAROR\n";
/// Bytes before the first block.
pub(crate) const START: usize = MAGIC.len() + size_of::<u16>();
/// Largest block that a reader accepts: many times the largest that is written, so that a broken length can't ask
/// for all the memory.
const MAX_BLOCK: usize = 1 << 20;

/// A payload as it stands in a file.
pub(crate) fn block(payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u32).to_le_bytes();
    [&length, &crc32fast::hash(payload).to_le_bytes(), payload].concat()
}

/// What a file begins with.
pub(crate) fn start(magic: [u8; 6], format: u16) -> [u8; START] {
    let [low, high] = format.to_le_bytes();
    let [a, b, c, d, e, f] = magic;
    [a, b, c, d, e, f, low, high]
}

/// A file that grows block by block.
pub(crate) struct Growing {
    pub file: Arc<File>,
    /// Bytes from the start that are whole.
    len: u64,
}

impl Growing {
    /// An empty file's beginning and its first block.
    pub fn begin(mut file: File, magic: [u8; 6], format: u16, head: &[u8]) -> io::Result<Self> {
        let bytes = [&start(magic, format)[..], &block(head)].concat();
        file.write_all(&bytes)?;
        Ok(Self { file: Arc::new(file), len: bytes.len() as u64 })
    }

    /// Goes on behind what is whole; what stands there is cut off.
    pub fn behind(mut file: File, whole: u64) -> io::Result<Self> {
        file.set_len(whole)?;
        file.seek(SeekFrom::Start(whole))?;
        Ok(Self { file: Arc::new(file), len: whole })
    }

    /// One more block. Half a block would hide everything written after it, so it is cut off again.
    pub fn append(&mut self, payload: &[u8]) -> io::Result<()> {
        let bytes = block(payload);
        let mut file = &*self.file;
        if let Err(error) = file.write_all(&bytes) {
            let _ = file.set_len(self.len);
            let _ = file.seek(SeekFrom::Start(self.len));
            return Err(error);
        }
        self.len += bytes.len() as u64;
        Ok(())
    }
}

/// The blocks of a file, one after the other.
pub(crate) struct Blocks<R> {
    file: R,
    /// Bytes from the start that are whole.
    pub whole: u64,
}

/// What comes next in a file.
pub(crate) enum Next {
    Payload(Vec<u8>),
    /// Nothing, or less than the block that begins here: a program was killed.
    End,
    /// A block that is not what was written.
    Damaged,
}

impl<R: Read> Blocks<R> {
    /// Reads what a file begins with; its format, or `None` where the magic is another.
    pub fn open(mut file: R, magic: [u8; 6]) -> (Option<u16>, Self) {
        let mut start = [0; START];
        let format = match file.read_exact(&mut start) {
            Ok(()) if start[..6] == magic => Some(u16::from_le_bytes([start[6], start[7]])),
            _ => None,
        };
        (format, Self { file, whole: START as u64 })
    }

    /// The next payload; it counts as whole once [`Self::accept`] was called.
    pub fn next(&mut self) -> Next {
        let (mut length, mut crc) = ([0; 4], [0; 4]);
        if self.file.read_exact(&mut length).is_err() || self.file.read_exact(&mut crc).is_err() {
            return Next::End;
        }
        let length = u32::from_le_bytes(length) as usize;
        if length > MAX_BLOCK {
            return Next::Damaged;
        }
        let mut payload = vec![0; length];
        match self.file.read_exact(&mut payload) {
            Ok(()) if crc32fast::hash(&payload) == u32::from_le_bytes(crc) => Next::Payload(payload),
            Ok(()) => Next::Damaged,
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Next::End,
            Err(_) => Next::Damaged,
        }
    }

    /// The payload read last, of this length, is good.
    pub const fn accept(&mut self, length: usize) {
        self.whole += 8 + length as u64;
    }
}
