//! The compiler: new enough, or a sentence that says how to get one.

use anyhow::{Context, Result, bail};

use crate::sh;

/// The product's `rust-version` in Cargo.toml; a test keeps the two alike.
const WANTED: (u32, u32) = (1, 95);

/// Fails when the compiler is too old for the product.
pub fn check() -> Result<()> {
    let said = sh::sh("rustc").arg("--version").read().context("no Rust compiler; get one with rustup")?;
    let found = version(&said)
        .with_context(|| format!("can't read the compiler's version from `{}`", said.trim()))?;
    if found < WANTED {
        let (major, minor) = WANTED;
        bail!(
            "Rust {major}.{minor} or newer is needed, and this is {}; run `rustup update stable`, then try again",
            said.trim()
        );
    }
    Ok(())
}

/// Major and minor of a line such as `rustc 1.95.0 (59807616e 2026-04-14)`.
fn version(said: &str) -> Option<(u32, u32)> {
    let mut parts = said.split_whitespace().nth(1)?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_read_from_what_rustc_says() {
        assert_eq!(version("rustc 1.95.0 (59807616e 2026-04-14)"), Some((1, 95)));
        assert_eq!(version("rustc 1.97.0-nightly"), Some((1, 97)));
        assert_eq!(version("rustc"), None);
        assert!(version("rustc 1.9.0").unwrap() < WANTED);
        assert!(version("rustc 2.0.0").unwrap() > WANTED);
    }

    #[test]
    fn the_wanted_version_is_the_manifest_s() {
        let manifest = std::fs::read_to_string(sh::root().join("Cargo.toml")).unwrap();
        let (major, minor) = WANTED;
        assert!(manifest.contains(&format!("rust-version = \"{major}.{minor}\"")));
    }
}
