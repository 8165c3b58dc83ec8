//! Six digits of a second factor, by time (RFC 6238: HMAC-SHA-1, 30 s), as authenticator programs show them.

use crate::invite::picture;
use baro_wire::PersonId;
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;
use std::fmt::Write as _;
use zeroize::Zeroizing;

/// One step of time.
const STEP_MS: u64 = 30_000;
/// Steps before and after now that are taken too: clocks differ, people type.
const AROUND: u64 = 1;
const SECRET_BYTES: usize = 20;

/// A person's secret.
#[derive(Clone)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// A new one.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut secret = Zeroizing::new(vec![0; SECRET_BYTES]);
        getrandom::fill(&mut secret)?;
        Ok(Self(secret))
    }

    /// As it was stored.
    pub fn of(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// To be stored.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The digits of a step.
    fn digits(&self, step: u64) -> Option<u32> {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).ok()?;
        mac.update(&step.to_be_bytes());
        let hash: [u8; 20] = mac.finalize().into_bytes().into();
        let at = usize::from(hash[19] & 15);
        let word = hash.get(at..at + 4)?.try_into().ok()?;
        Some((u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000)
    }

    /// Which step these digits are of, of those about now that come after `used`. Each is good once.
    pub fn step(&self, digits: u32, now_ms: i64, used: u64) -> Option<u64> {
        let now = u64::try_from(now_ms).ok()? / STEP_MS;
        (now.saturating_sub(AROUND)..=now + AROUND)
            .find(|step| *step > used && self.digits(*step) == Some(digits))
    }

    /// As it is printed, once.
    pub fn shown(&self, person: PersonId) -> String {
        let url = self.url_of(person);
        let picture = picture(&url).unwrap_or_default();
        format!("{picture}\n\nfactor  {url}\n\nScan it with an authenticator program. It is shown once.\n")
    }

    /// As authenticator programs scan it for somebody.
    pub fn url_of(&self, person: PersonId) -> String {
        let short: String = person.to_string().chars().take(8).collect();
        self.url(&short)
    }

    /// As authenticator programs scan it.
    fn url(&self, account: &str) -> String {
        let mut url = format!("otpauth://totp/Baro:{account}?secret=");
        BASE32_NOPAD.encode_append(&self.0, &mut url);
        let _ = write!(url, "&issuer=Baro&algorithm=SHA1&digits=6&period={}", STEP_MS / 1_000);
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of RFC 6238, appendix B, SHA-1; six digits are the last of its eight.
    #[test]
    fn as_the_standard_has_it() {
        let secret = Secret::of(b"12345678901234567890".to_vec());
        for (seconds, digits) in [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ] {
            assert_eq!(secret.digits(seconds / 30), Some(digits % 1_000_000), "{seconds}");
        }
    }

    #[test]
    fn a_step_is_good_once_and_not_for_long() {
        let secret = Secret::of(b"12345678901234567890".to_vec());
        let digits = 287_082;
        assert_eq!(secret.step(digits, 59_000, 0), Some(1));
        assert_eq!(secret.step(digits, 59_000, 1), None, "used");
        assert_eq!(secret.step(digits, 89_000, 0), Some(1), "typed a step late");
        assert_eq!(secret.step(digits, 120_000, 0), None, "too late");
        assert_eq!(secret.step(digits + 1, 59_000, 0), None);
    }

    #[test]
    fn a_secret_is_random_and_can_be_scanned() {
        let (a, b) = (Secret::new().unwrap(), Secret::new().unwrap());
        assert_ne!(a.bytes(), b.bytes());
        let url = Secret::of(b"12345678901234567890".to_vec()).url("x");
        assert!(url.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&"), "{url}");
    }
}
