//! People over real QUIC: they sign in, enter rooms of eight, send recorded movement thirty times a second and acknowledge the keys that come.
//! They decode nothing more, since a person's own computer does that.

use super::lateness::{Arrival, TICK_MS};
use crate::serve::{DIGITS, ROOM, is_leader, key, public};
use anyhow::{Context as _, Result, bail, ensure};
use baro_wire::pose::{Head, KeyId, Kind};
use baro_wire::room::{Aspect, Door, Held, Shows, Slot, Up};
use baro_wire::*;
use ed25519_dalek::Signer as _;
use quinn::{ClientConfig, Connection, Endpoint, RecvStream, SendStream};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::time::{MissedTickBehavior, interval, sleep_until};

/// Connections of one socket.
const OF_SOCKET: usize = 100;
/// Where a datagram says how many of the own keys it names.
const DOWN_OWN: usize = 1 + 4 + 3;

/// A movement, as the codec wrote it, a blob a tick.
pub type Moves = Arc<Vec<Vec<u8>>>;

/// What somebody got: ticks, and bytes of them.
#[derive(Default)]
pub struct Got {
    pub ticks: Vec<Arrival>,
    pub bytes: usize,
}

/// Somebody who is there.
pub struct Person {
    nth: usize,
    pub(super) quic: Connection,
    stay: Option<Stay>,
    moves: Moves,
}

/// In a room; what the room's clock said at a moment.
pub(super) struct Stay {
    pub send: SendStream,
    recv: Option<RecvStream>,
    room_ms: u32,
    at: Instant,
}

/// Connects so many people; where there are rooms, eight come into each.
///
/// # Errors
/// Where somebody is not let in.
pub async fn connect(
    config: &ClientConfig,
    to: SocketAddr,
    crowd: usize,
    rooms: bool,
    moves: &[Moves],
) -> Result<Vec<Person>> {
    let (mut endpoints, mut people, mut code) = (Vec::new(), Vec::new(), Text::default());
    for nth in 0..crowd {
        if nth % OF_SOCKET == 0 {
            endpoints.push(Endpoint::client(([127, 0, 0, 1], 0).into())?);
        }
        let endpoint = endpoints.last().context("no socket")?;
        let quic = endpoint.connect_with(config.clone(), to, "baro")?.await?;
        let mut stay = None;
        if rooms {
            sign_in(&quic, nth).await.with_context(|| format!("{nth} is not signed in"))?;
            stay =
                Some(enter(&quic, nth, &mut code).await.with_context(|| format!("{nth} did not come in"))?);
        }
        people.push(Person { nth, quic, stay, moves: Arc::clone(&moves[nth % moves.len()]) });
    }
    Ok(people)
}

async fn sign_in(quic: &Connection, nth: usize) -> Result<()> {
    let hello = Hello::new(Text::new("bench")?);
    let welcome: Welcome = decode(&say(quic, &encode(&hello, Version::V1)?).await?, Version::V1)?;
    let Welcome::Accepted { challenge, .. } = welcome else { bail!("{welcome:?}") };
    let device = DeviceId::of(&public(nth));
    let proof: Signature = key(nth).sign(&sign_in_proof(&challenge, &device)).to_bytes().into();
    let person = if is_leader(nth) {
        PersonProof::Factor { digits: DIGITS }
    } else {
        PersonProof::Key { signature: proof }
    };
    let request = Request::SignIn { device, proof, person };
    let reply: Reply = decode(&say(quic, &encode(&request, Version::V3)?).await?, Version::V3)?;
    let Reply::SignedIn { .. } = reply else { bail!("{reply:?}") };
    Ok(())
}

/// The first of each room opens it and learns its invitation.
async fn enter(quic: &Connection, nth: usize, code: &mut Text<{ limits::CODE_BYTES }>) -> Result<Stay> {
    let door = if is_leader(nth) {
        *code = Text::default();
        Door::Open { title: Text::default() }
    } else {
        Door::Invited { code: code.clone() }
    };
    let shows = Shows::NOTHING.with(Aspect::Avatar, true);
    let (mut send, mut recv) = quic.open_bi().await?;
    let request = Request::EnterRoom { door, called: Text::default(), shows };
    send.write_all(&encode(&request, Version::V3)?).await?;
    let (mut frames, mut time) = (Frames::new(limits::ROOM_BYTES), None);
    loop {
        let piece = recv.read_chunk(64 * 1024, true).await?.context("the room is gone")?;
        let mut bytes = &*piece.bytes;
        while let Some(payload) = frames.take(&mut bytes)? {
            if time.is_none() {
                match decode(&payload, Version::V3)? {
                    Reply::InRoom { time_ms, .. } => time = Some((time_ms, Instant::now())),
                    other => bail!("{other:?}"),
                }
            } else if let RoomTold::Room { room } = decode(&payload, Version::V3)?
                && let Some(new) = room.invitation
            {
                *code = new;
            }
        }
        if let Some((room_ms, at)) = time.filter(|_| !code.is_empty()) {
            return Ok(Stay { send, recv: Some(recv), room_ms, at });
        }
    }
}

/// A frame there, a payload back.
pub(super) async fn say(quic: &Connection, frame: &[u8]) -> Result<Vec<u8>> {
    let (mut send, mut recv) = quic.open_bi().await?;
    send.write_all(frame).await?;
    send.finish()?;
    let answer = recv.read_to_end(limits::MESSAGE_BYTES).await?;
    Ok(answer.get(limits::FRAME_HEADER_BYTES..).context("no frame")?.to_vec())
}

impl Person {
    /// Takes part until then; what came from `from` on, in milliseconds since `zero`.
    ///
    /// # Errors
    /// Where the connection is lost.
    pub async fn take_part(mut self, zero: Instant, from: Instant, until: Instant) -> Result<Got> {
        // People don't begin in one moment, nor beside those of their room.
        let begin = Instant::now() + Duration::from_secs_f64(self.nth as f64 * 7.3 % TICK_MS / 1_000.0);
        sleep_until(begin.into()).await;
        let mut ticks = interval(Duration::from_nanos(1_000_000_000 / 30));
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let (mut keys, mut got, mut turn) = (BTreeMap::new(), Got::default(), self.nth);
        let told = self.stay.as_mut().and_then(|stay| stay.recv.take()).map(|recv| tokio::spawn(read(recv)));
        while Instant::now() < until {
            tokio::select! {
                _ = ticks.tick() => {
                    let bytes = self.up(zero, &keys, turn);
                    turn += 1;
                    let _ = self.quic.send_datagram(bytes.into());
                }
                datagram = self.quic.read_datagram() => {
                    let (bytes, now) = (datagram?, Instant::now());
                    let Some(stamp) = bytes.get(1..5).and_then(|time| time.first_chunk()) else { continue };
                    if now >= from {
                        got.ticks.push((u32::from_le_bytes(*stamp), (now - zero).as_secs_f64() * 1_000.0));
                        got.bytes += bytes.len();
                    }
                    if self.stay.is_some() {
                        note_keys(&bytes, &mut keys)?;
                    }
                }
            }
        }
        if let Some(told) = told {
            ensure!(!told.is_finished(), "out of the room");
            told.abort();
        }
        Ok(got)
    }

    /// What is told is not read any more.
    pub(super) fn take_stay(&mut self) -> Option<Stay> {
        self.stay.take()
    }

    /// The datagram of this moment: the movement's next blob with the time of now in it. Who is in no room names keys as well, so that it is as long.
    pub(super) fn up(&self, zero: Instant, keys: &BTreeMap<Slot, u16>, turn: usize) -> Vec<u8> {
        let now_ms = match &self.stay {
            Some(Stay { room_ms, at, .. }) => u64::from(*room_ms) + at.elapsed().as_millis() as u64,
            None => zero.elapsed().as_millis() as u64,
        };
        let mut blob = self.moves[turn % self.moves.len()].clone();
        if let Some(time) = blob.get_mut(1..3) {
            time.copy_from_slice(&(now_ms as u16).to_le_bytes());
        }
        let held: Vec<Held> = if self.stay.is_some() {
            keys.iter().map(|(slot, key)| Held { slot: *slot, key: *key }).collect()
        } else {
            (1..ROOM as Slot).map(|slot| Held { slot, key: 0 }).collect()
        };
        let mut bytes = Vec::with_capacity(Up::BYTES);
        Up { sent_ms: now_ms as u16, held, blob }.write(&mut bytes);
        bytes
    }
}

/// The keys among the figures, without the copies that [`baro_wire::room::Down::read`] makes: this computer is a thousand people's.
fn note_keys(bytes: &[u8], keys: &mut BTreeMap<Slot, u16>) -> Result<()> {
    let own = usize::from(*bytes.get(DOWN_OWN).context("short")?);
    let mut rest = bytes.get(DOWN_OWN + 1 + 2 * own..).context("short")?;
    while let [slot, length, more @ ..] = rest {
        let (blob, after) = more.split_at_checked(usize::from(*length)).context("short")?;
        if let Kind::Key(KeyId(id)) = Head::read(blob)?.kind {
            keys.insert(*slot, id);
        }
        rest = after;
    }
    Ok(())
}

/// What else is told is of no interest here; it must be taken all the same, until somebody is out of the room.
async fn read(mut recv: RecvStream) {
    while let Ok(Some(_)) = recv.read_chunk(64 * 1024, true).await {}
}
