//! Who comes in: access keys, and how often.

use super::answer::Problem;
use crate::{access::AccessKey, asker::Asker, backend::Behind, now_ms};
use axum::http::{HeaderMap, header::AUTHORIZATION};
use baro_sync::{Attempts, Millis};
use baro_wire::DeviceId;
use std::{
    collections::BTreeMap,
    hash::{BuildHasher as _, RandomState},
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

/// Requests of one key without a wait.
const FREE: f64 = 60.0;
/// And from then on, each second.
const A_SECOND: f64 = 10.0;
/// Keys that are counted; beyond, the one that asked least recently starts anew.
const KEYS: usize = 1_024;

/// Slows down whoever guesses keys, and whoever asks too often with one.
pub struct Gate {
    began: Instant,
    hasher: RandomState,
    attempts: Mutex<Attempts>,
    asked: Mutex<BTreeMap<DeviceId, Bucket>>,
}

/// What a key has left.
#[derive(Clone, Copy)]
struct Bucket {
    left: f64,
    at: Instant,
}

impl Default for Gate {
    fn default() -> Self {
        let (attempts, asked) = (Mutex::default(), Mutex::default());
        Self { began: Instant::now(), hasher: RandomState::new(), attempts, asked }
    }
}

impl Gate {
    /// The caller behind a request's key.
    pub async fn enter(
        &self,
        behind: &Arc<Behind>,
        headers: &HeaderMap,
        from: IpAddr,
    ) -> Result<Asker, Problem> {
        let source = self.hasher.hash_one(from.to_canonical());
        let now = Millis(self.began.elapsed().as_millis() as u64);
        // Counted as a failure before it is known to be none, or many at once would all be free.
        {
            let mut attempts = lock(&self.attempts);
            attempts.check(now, source).map_err(|wait_ms| Problem::too_often(wait_ms.div_ceil(1_000)))?;
            attempts.failed(now, source);
        }
        let key = bearer(headers).and_then(AccessKey::parse).ok_or(Problem::no_key())?;
        let device = key.device();
        let (hash, now_ms) = (key.hash(), now_ms());
        let found = behind.pool().read("access key", move |store| store.access_key(hash, now_ms)).await;
        let access = found.ok_or(Problem::unavailable())?.ok_or(Problem::no_key())?;
        lock(&self.attempts).passed(source);
        self.take(device, Instant::now()).map_err(Problem::too_often)?;
        Asker::new(Arc::clone(behind), access, device, "FHIR").ok_or(Problem::unavailable())
    }

    /// One request of a key; else how many seconds to wait.
    fn take(&self, device: DeviceId, now: Instant) -> Result<(), u64> {
        let mut asked = lock(&self.asked);
        if asked.len() >= KEYS && !asked.contains_key(&device) {
            let oldest = asked.iter().min_by_key(|(_, bucket)| bucket.at).map(|(key, _)| *key);
            oldest.and_then(|key| asked.remove(&key));
        }
        let bucket = asked.entry(device).or_insert(Bucket { left: FREE, at: now });
        let grown = now.saturating_duration_since(bucket.at).as_secs_f64() * A_SECOND;
        *bucket = Bucket { left: (bucket.left + grown).min(FREE), at: now };
        if bucket.left < 1.0 {
            return Err(1);
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(key.trim())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_key_asks_so_often_and_no_more() {
        let (gate, now) = (Gate::default(), Instant::now());
        let (one, other) = (DeviceId([1; 16]), DeviceId([2; 16]));
        let through = (0..200).filter(|_| gate.take(one, now).is_ok()).count();
        assert_eq!(through, FREE as usize);
        assert!(gate.take(other, now).is_ok(), "others are not held up");
        let later = now + Duration::from_secs(1);
        let through = (0..200).filter(|_| gate.take(one, later).is_ok()).count();
        assert_eq!(through, A_SECOND as usize);
    }

    #[test]
    fn memory_is_bounded() {
        let (gate, now) = (Gate::default(), Instant::now());
        for n in 0..3 * KEYS as u64 {
            let mut id = DeviceId::default();
            id.0[..8].copy_from_slice(&n.to_le_bytes());
            let _ = gate.take(id, now + Duration::from_millis(n));
        }
        assert_eq!(lock(&gate.asked).len(), KEYS);
    }
}
