//! Passwords, and the links with which they are chosen.

use argon2::{Algorithm, Argon2, Params, Version};
use baro_wire::{Digest, sha256};
use std::fmt;
use zeroize::Zeroizing;

/// Shorter ones are refused; beside a second factor NIST SP 800-63B asks for 8.
pub const LEAST_LETTERS: usize = 12;
/// Longer ones cost time for nothing.
pub const MOST_BYTES: usize = 256;
/// 19 MiB, two passes, one lane: OWASP's first recommendation for Argon2id.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const SALT: usize = 16;
const HASH: usize = 32;

/// Salt and hash of a password, to be stored; `None` where the system gives no random numbers or no memory.
pub fn hashed(password: &str) -> Option<Vec<u8>> {
    let mut salt = [0; SALT];
    getrandom::fill(&mut salt).ok()?;
    let hash = derive(password, &salt)?;
    Some([&salt[..], &hash[..]].concat())
}

/// Is it the one? Takes as long where there is none, so that nobody learns who has one.
pub fn is_right(password: &str, stored: Option<&[u8]>) -> bool {
    let nobody = [0; SALT + HASH];
    let (salt, hash) = stored.unwrap_or(&nobody).split_at_checked(SALT).unwrap_or((&[], &[]));
    let Some(derived) = derive(password, salt) else { return false };
    // Hashes of both are compared: where they begin to differ says nothing about either.
    stored.is_some() && sha256(&[&derived[..]]) == sha256(&[hash])
}

fn derive(password: &str, salt: &[u8]) -> Option<Zeroizing<[u8; HASH]>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).ok()?;
    let mut hash = Zeroizing::new([0; HASH]);
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_into(password.as_bytes(), salt, hash.as_mut()).ok()?;
    Some(hash)
}

/// Whoever has it, and the second factor, chooses a password.
pub struct Link(Zeroizing<[u8; 16]>);

impl Link {
    /// How long it is good.
    pub const VALID_MS: i64 = 10 * 60 * 1_000;

    /// A new one.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut link = Zeroizing::new([0; 16]);
        getrandom::fill(&mut *link)?;
        Ok(Self(link))
    }

    /// From what it is written as.
    pub fn parse(text: &str) -> Option<Self> {
        let mut link = Zeroizing::new([0; 16]);
        let length = bs58::decode(text).onto(&mut *link).ok()?;
        (length == link.len()).then_some(Self(link))
    }

    /// All that the server keeps of it.
    pub fn hash(&self) -> Digest {
        sha256(&[b"baro web link 1\0", &self.0[..]])
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", bs58::encode(&*self.0).into_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_itself_is_right() {
        let stored = hashed("correct horse battery").unwrap();
        assert!(is_right("correct horse battery", Some(&stored)));
        assert!(!is_right("correct horse batterz", Some(&stored)));
        assert!(!is_right("", Some(&stored)) && !is_right("x", None) && !is_right("x", Some(&[])));
        assert_ne!(hashed("correct horse battery").unwrap(), stored, "salted");
    }

    #[test]
    fn a_link_is_text_and_back() {
        let link = Link::new().unwrap();
        assert_eq!(Link::parse(&link.to_string()).unwrap().hash(), link.hash());
        assert!(Link::parse("").is_none() && Link::parse("0").is_none());
    }
}
