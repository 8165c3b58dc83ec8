//! Where a class may be: at the server that the device was paired with, or at another node of the same clinic. All hold the same key, so the
//! pin holds for each.

use super::dial::{Dialer, Fault};
use quinn::{Connection, Endpoint};
use std::time::{Duration, Instant};

/// One redirect after the other, before it is waited.
const HOPS: u8 = 4;
/// A server in a room acknowledges thirty times a second; silent for so long, and another node is asked.
const SILENT: Duration = Duration::from_millis(1_500);
/// Who was in a class a moment ago is waited for there.
const SOON_MS: u64 = 300;
/// While nobody answers, it is tried so often.
const AGAIN_MS: u64 = 3_000;

/// A host and its UDP port.
pub(crate) type Place = (String, u16);

#[derive(Debug)]
pub(super) struct Ways {
    paired: Place,
    /// Where it was reached last.
    at: Place,
    /// All, that one too.
    nodes: Vec<Place>,
    /// Whereto it was sent.
    next: Option<Place>,
    hops: u8,
    was_inside: bool,
}

impl Ways {
    pub fn new(paired: Place) -> Self {
        let at = paired.clone();
        Self { paired, at, nodes: Vec::new(), next: None, hops: 0, was_inside: false }
    }

    /// The first that answers: whereto it was sent, where it was before, and then all others.
    pub async fn reach(&mut self, dialer: &Dialer) -> Result<(Endpoint, Connection), Fault> {
        let mut places: Vec<Place> = self.next.take().into_iter().collect();
        for place in [&self.at].into_iter().chain(&self.nodes).chain([&self.paired]) {
            if !places.contains(place) {
                places.push(place.clone());
            }
        }
        let (place, endpoint, connection) = dialer.first(places).await?;
        self.at = place;
        Ok((endpoint, connection))
    }

    pub fn nodes<'a>(&mut self, at: impl IntoIterator<Item = &'a str>) {
        self.nodes = at.into_iter().filter_map(place).collect();
    }

    pub fn sent_to(&mut self, at: &str) {
        self.hops += 1;
        self.next = place(at);
    }

    /// In the room, and is the server still heard?
    pub fn inside(&mut self, silence: &mut Silence, connection: &Connection) -> bool {
        (self.hops, self.was_inside) = (0, true);
        self.nodes.len() < 2 || !silence.lasts(connection)
    }

    /// How long to wait before the next attempt; a part of it is random, so that a class does not come back in one moment.
    pub fn wait(&mut self, random: u32) -> Duration {
        let (soon, random) = (std::mem::take(&mut self.was_inside), u64::from(random));
        Duration::from_millis(match () {
            () if self.next.is_some() && self.hops < HOPS => 0,
            () if soon && self.nodes.len() > 1 => random % SOON_MS,
            () => {
                self.hops = 0;
                AGAIN_MS / 2 + random % (AGAIN_MS / 2)
            }
        })
    }
}

/// How long nothing came.
pub(super) struct Silence {
    packets: u64,
    since: Instant,
}

impl Silence {
    pub fn new() -> Self {
        Self { packets: 0, since: Instant::now() }
    }

    fn lasts(&mut self, connection: &Connection) -> bool {
        let packets = connection.stats().udp_rx.datagrams;
        if packets != self.packets {
            *self = Self { packets, since: Instant::now() };
        }
        self.since.elapsed() > SILENT
    }
}

fn place(text: &str) -> Option<Place> {
    let (host, port) = text.rsplit_once(':')?;
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    Some((host.to_owned(), port.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_sent_on_goes_at_once_and_not_for_ever() {
        let mut ways = Ways::new(("a".into(), 1));
        assert!(ways.wait(7) >= Duration::from_millis(AGAIN_MS / 2));
        ways.nodes(["b:2", "[::1]:3", "nonsense"]);
        assert_eq!(ways.nodes, [("b".into(), 2), ("::1".into(), 3)]);
        for _ in 0..HOPS - 1 {
            ways.sent_to("b:2");
            assert!(ways.wait(7).is_zero());
        }
        ways.sent_to("b:2");
        assert!(ways.wait(7) >= Duration::from_millis(AGAIN_MS / 2));
        ways.was_inside = true;
        ways.next = None;
        assert!(ways.wait(u32::MAX) < Duration::from_millis(SOON_MS));
    }
}
