//! How much a peer may send, hold and keep us waiting.

use baro_wire::limits::MESSAGE_BYTES;
use quinn::{TransportConfig, VarInt};
use std::{sync::Arc, time::Duration};

/// Nothing heard for so long, and the connection is gone.
pub(crate) const IDLE: Duration = Duration::from_secs(30);
/// In a class it is noticed sooner who is gone.
const ROOM_IDLE: Duration = Duration::from_secs(9);
/// A client says that it is there: twice before it would be forgotten, and often enough for a router to keep its way open.
const KEEP_ALIVE: Duration = Duration::from_secs(12);
/// A whole chunk is under way without waiting for the reader.
const STREAM_BYTES: u32 = MESSAGE_BYTES as u32 + 16 * 1024;
/// Datagrams of a room that wait on either side, bytes: a quarter of a second of a full one. Older ones are dropped.
const ROOM_DATAGRAMS: usize = 16 * 1024;
/// Until somebody has signed in: a few greetings.
pub(crate) const STRANGER_BYTES: u32 = 16 * 1024;
/// Four chunks, as many as a client has under way.
pub(crate) const FRIEND_BYTES: u32 = 4 * STREAM_BYTES;
/// The greeting, and nothing else: as early data (0-RTT) goes what these limits let through, so an honest client's flight that
/// is recorded and sent again can never hold a request.
const STREAMS_TO_GREET: u8 = 1;

pub(crate) fn server() -> Arc<TransportConfig> {
    let mut config = both();
    config
        .max_concurrent_bidi_streams(STREAMS_TO_GREET.into())
        .max_concurrent_uni_streams(0u8.into())
        .receive_window(STRANGER_BYTES.into())
        // Of who is in a live room; what others send is dropped unread.
        .datagram_receive_buffer_size(Some(ROOM_DATAGRAMS))
        .datagram_send_buffer_size(ROOM_DATAGRAMS);
    Arc::new(config)
}

pub(crate) fn client() -> Arc<TransportConfig> {
    let mut config = both();
    config
        .max_concurrent_bidi_streams(0u8.into())
        .max_concurrent_uni_streams(1u8.into())
        .receive_window(FRIEND_BYTES.into())
        .keep_alive_interval(Some(KEEP_ALIVE));
    Arc::new(config)
}

/// A device in a live room: figures come and go as datagrams, of which only the newest matter.
pub(crate) fn room() -> Arc<TransportConfig> {
    let mut config = both();
    config
        .max_concurrent_bidi_streams(0u8.into())
        .max_concurrent_uni_streams(1u8.into())
        .receive_window(FRIEND_BYTES.into())
        .max_idle_timeout(ROOM_IDLE.try_into().ok())
        .keep_alive_interval(Some(ROOM_IDLE / 3))
        .datagram_receive_buffer_size(Some(ROOM_DATAGRAMS))
        .datagram_send_buffer_size(ROOM_DATAGRAMS);
    Arc::new(config)
}

fn both() -> TransportConfig {
    let mut config = TransportConfig::default();
    config
        .max_idle_timeout(IDLE.try_into().ok())
        .stream_receive_window(VarInt::from_u32(STREAM_BYTES))
        .send_window(u64::from(FRIEND_BYTES))
        .crypto_buffer_size(8 * 1024)
        // No datagrams but in a room: whatever else is said must arrive.
        .datagram_receive_buffer_size(None);
    config
}
