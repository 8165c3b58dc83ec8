//! Files one after another as a tar archive (POSIX.1-1988, `ustar`), which every system unpacks.

const BLOCK: usize = 512;

/// A file with what stands before and behind it. Names are ours: ASCII, at most 100 bytes.
pub fn file(name: &str, bytes: &[u8], at_ms: i64) -> Vec<u8> {
    let mut head = [0_u8; BLOCK];
    let mut put = |at: usize, text: &str| head[at..at + text.len()].copy_from_slice(text.as_bytes());
    put(0, name.get(..name.len().min(99)).unwrap_or_default());
    put(100, "0000600\0");
    put(108, "0000000\0");
    put(116, "0000000\0");
    put(124, &format!("{:011o}\0", bytes.len()));
    put(136, &format!("{:011o}\0", at_ms.max(0) / 1_000));
    // The sum is counted as if it were spaces.
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\0");
    put(263, "00");
    let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
    head[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    let mut all = head.to_vec();
    all.extend_from_slice(bytes);
    all.resize(all.len().next_multiple_of(BLOCK), 0);
    all
}

/// What stands at the end of an archive.
pub fn end() -> Vec<u8> {
    vec![0; 2 * BLOCK]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        io::Write as _,
        process::{Command, Stdio},
    };

    /// The system's own `tar` reads it.
    #[test]
    fn it_is_unpacked_as_it_was() {
        let place = tempfile::tempdir().unwrap();
        let long = vec![7_u8; 1_500];
        let archive =
            [file("a.txt", b"hello", 1_000), file("b/c.baro", &long, 0), file("d", b"", -1), end()].concat();
        let mut tar =
            Command::new("tar").args(["-x", "-C"]).arg(place.path()).stdin(Stdio::piped()).spawn().unwrap();
        tar.stdin.take().unwrap().write_all(&archive).unwrap();
        assert!(tar.wait().unwrap().success());
        let read = |name: &str| std::fs::read(place.path().join(name)).unwrap();
        assert_eq!((read("a.txt"), read("b/c.baro"), read("d")), (b"hello".to_vec(), long, Vec::new()));
    }
}
