//! A window that runs for hours must not grow.

use std::env::{args_os, current_exe, var_os};
use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// glibc learns from big blocks that were freed to keep such blocks, in up to eight arenas a core; the pictures of every frame then
/// splinter them, and the window grew by 40 MB in its first minutes. Held to these it gives big blocks back (mallopt(3)).
const SETTINGS: [(&str, &str); 3] =
    [("MALLOC_ARENA_MAX", "2"), ("MALLOC_MMAP_THRESHOLD_", "262144"), ("MALLOC_TRIM_THRESHOLD_", "262144")];

/// Starts this program anew with an allocator that keeps little, since glibc reads its settings only at the start. Returns
/// where that is done already (or by whoever set one of them), and where it can't be, which costs memory only.
pub fn restart() {
    if SETTINGS.iter().any(|(name, _)| var_os(name).is_some()) {
        return;
    }
    let mut arguments = args_os();
    if let (Ok(program), Some(name)) = (current_exe(), arguments.next()) {
        let _ = Command::new(program).arg0(name).args(arguments).envs(SETTINGS).exec();
    }
}
