//! Browsers that are signed in. Kept in memory, by a hash of what the browser holds: whoever reads the memory's dump can't sign in,
//! and a server that starts again has nobody signed in.

use baro_store::Access;
use baro_wire::{DeviceId, Digest, PersonId, Role, sha256};
use data_encoding::HEXLOWER;
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};
use zeroize::Zeroizing;

/// Without a page for so long, it ends.
pub const IDLE_MS: i64 = 15 * 60 * 1_000;
/// And after so long in any case.
pub const WHOLE_MS: i64 = 8 * 60 * 60 * 1_000;
/// Sign-ins that are kept; beyond, the one that asked least recently ends.
const MOST: usize = 4_096;

/// Somebody in front of a browser.
#[derive(Clone, Copy)]
pub struct Staff {
    /// Who.
    pub access: Access,
    /// As what it stands in the audit log.
    pub device: DeviceId,
}

/// All that are signed in.
#[derive(Default)]
pub struct Browsers(Mutex<BTreeMap<Digest, Browser>>);

#[derive(Clone, Copy)]
struct Browser {
    staff: Staff,
    began_ms: i64,
    seen_ms: i64,
}

impl Browser {
    const fn is_over(&self, now_ms: i64) -> bool {
        // A clock that was set back makes nobody's time longer.
        let (idle, whole) = (now_ms - self.seen_ms, now_ms - self.began_ms);
        idle >= IDLE_MS || whole >= WHOLE_MS || whole < 0
    }
}

/// What a browser's cookie holds.
pub struct Token(Zeroizing<String>);

impl Token {
    fn new() -> Option<Self> {
        let mut bytes = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *bytes).ok()?;
        Some(Self(Zeroizing::new(HEXLOWER.encode(&*bytes))))
    }

    /// As a cookie says it.
    pub fn of(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }

    /// To be set as a cookie.
    pub fn text(&self) -> &str {
        &self.0
    }

    fn hash(&self) -> Digest {
        sha256(&[b"baro browser 1\0", self.0.as_bytes()])
    }

    /// What each of its forms holds: a page from elsewhere can send a form, but not know this.
    pub fn form(&self) -> String {
        sha256(&[b"baro form 1\0", self.0.as_bytes()]).to_string()
    }
}

impl Browsers {
    /// A browser in front of which somebody has shown who they are.
    pub fn begin(&self, staff: Staff, now_ms: i64) -> Option<Token> {
        let token = Token::new()?;
        let mut all = self.all();
        all.retain(|_, browser| !browser.is_over(now_ms));
        if all.len() >= MOST {
            let oldest = all.iter().min_by_key(|(_, browser)| browser.seen_ms).map(|(hash, _)| *hash);
            oldest.and_then(|hash| all.remove(&hash));
        }
        all.insert(token.hash(), Browser { staff, began_ms: now_ms, seen_ms: now_ms });
        Some(token)
    }

    /// Who is in front of it, if that has not ended; and it goes on.
    pub fn go_on(&self, token: &Token, now_ms: i64) -> Option<Staff> {
        let (hash, mut all) = (token.hash(), self.all());
        let browser = all.get_mut(&hash)?;
        if browser.is_over(now_ms) {
            all.remove(&hash);
            return None;
        }
        browser.seen_ms = now_ms;
        Some(browser.staff)
    }

    /// As what somebody is in front of it; nothing goes on by this.
    pub fn role(&self, token: &Token) -> Option<Role> {
        self.all().get(&token.hash()).map(|browser| browser.staff.access.role)
    }

    /// Signed out.
    pub fn end(&self, token: &Token) {
        self.all().remove(&token.hash());
    }

    /// All of somebody's; how many there were.
    pub fn end_of(&self, person: PersonId) -> usize {
        let mut all = self.all();
        let before = all.len();
        all.retain(|_, browser| browser.staff.access.person != person);
        before - all.len()
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<Digest, Browser>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use baro_wire::OrganisationId;

    fn staff(n: u8) -> Staff {
        let access = Access {
            organisation: OrganisationId([1; 16]),
            person: PersonId([n; 16]),
            role: Role::Therapist,
        };
        Staff { access, device: DeviceId([n; 16]) }
    }

    #[test]
    fn it_ends_by_itself() {
        let all = Browsers::default();
        let token = all.begin(staff(1), 0).unwrap();
        assert!(all.go_on(&token, IDLE_MS - 1).is_some(), "each page makes it go on");
        assert!(all.go_on(&token, 2 * IDLE_MS - 2).is_some());
        assert!(all.go_on(&token, 3 * IDLE_MS - 2).is_none(), "nobody was there");
        assert!(all.go_on(&token, 2 * IDLE_MS).is_none(), "and it stays ended");
        let token = all.begin(staff(1), 0).unwrap();
        for now_ms in (0..WHOLE_MS).step_by(60_000) {
            assert!(all.go_on(&token, now_ms).is_some(), "{now_ms}");
        }
        assert!(all.go_on(&token, WHOLE_MS).is_none(), "after a day's work");
        let token = all.begin(staff(1), 1_000).unwrap();
        assert!(all.go_on(&token, 0).is_none(), "the clock was set back");
    }

    #[test]
    fn each_has_its_own_and_ends_alone() {
        let all = Browsers::default();
        let (one, two) = (all.begin(staff(1), 0).unwrap(), all.begin(staff(2), 0).unwrap());
        assert_ne!(one.form(), two.form());
        assert!(!one.form().contains(one.text()));
        all.end(&one);
        assert!(all.go_on(&one, 1).is_none() && all.go_on(&two, 1).is_some());
        assert!(all.go_on(&Token::of("guessed"), 1).is_none());
        let again = all.begin(staff(2), 1).unwrap();
        assert_eq!((all.end_of(PersonId([2; 16])), all.end_of(PersonId([1; 16]))), (2, 0));
        assert!(all.go_on(&again, 2).is_none());
    }

    #[test]
    fn memory_is_bounded() {
        let all = Browsers::default();
        let first = all.begin(staff(1), 0).unwrap();
        (1..=MOST as i64).for_each(|n| drop(all.begin(staff(2), n)));
        assert_eq!(all.all().len(), MOST);
        assert!(all.go_on(&first, 1).is_none());
    }
}
