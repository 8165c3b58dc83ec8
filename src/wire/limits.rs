//! How large anything may be that crosses the wire. Both sides check; nothing grows because a peer wants it to.

/// One chunk of a record.
pub const CHUNK_BYTES: usize = 256 * 1024;
/// What stands around a chunk in its message, at most.
pub const AROUND_A_CHUNK: usize = 256;
/// A request or a reply: a chunk is the largest.
pub const MESSAGE_BYTES: usize = CHUNK_BYTES + AROUND_A_CHUNK;
/// A frame before anybody has signed in.
pub const GREETING_BYTES: usize = 1024;
/// A pushed note: it only says that there is something to fetch.
pub const PUSH_BYTES: usize = 64;
/// The length before each frame.
pub const FRAME_HEADER_BYTES: usize = 4;

/// What a person types to pair a device.
pub const CODE_BYTES: usize = 12;
/// A device's or program's name.
pub const NAME_BYTES: usize = 80;
/// A message, a note: about 600 Hangul syllables.
pub const TEXT_BYTES: usize = 2_000;
/// A line of the diary.
pub const DIARY_BYTES: usize = 8 * 1024;
/// A plan: a routine file.
pub const PLAN_BYTES: usize = 32 * 1024;
/// A questionnaire: PHQ-9 in two languages takes 12 KiB.
pub const QUESTIONNAIRE_BYTES: usize = 64 * 1024;
/// What a filled questionnaire says.
pub const ANSWERS_BYTES: usize = 16 * 1024;
/// Lines of a drawing.
pub const STROKES: usize = 16;
/// Points of a line.
pub const STROKE_POINTS: usize = 64;
/// A spoken note: a minute at 16 kbit/s. The largest post.
pub const SPOKEN_BYTES: usize = 128 * 1024;
/// A signed token.
pub const TOKEN_BYTES: usize = 256;

/// Versions that one side offers.
pub const OFFERS: usize = 4;
/// Chunks named in one have-list; the rest is asked for again.
pub const HAVE_CHUNKS: usize = 1024;
/// Chunks of one record: 30 minutes take about 30.
pub const RECORD_CHUNKS: u32 = 65_536;
/// Entries in one page of the feed.
pub const FEED_ENTRIES: usize = 32;
/// Bytes of all entries of a page, so that a page of the largest posts fits a message.
pub const FEED_BYTES: usize = 192 * 1024;
/// Devices of one person.
pub const DEVICES: usize = 32;
/// Rows in any other list; the rest is asked for again.
pub const ROWS: usize = 256;

/// People in a room.
pub const ROOM_PEOPLE: usize = 32;
/// A frame on a room's stream, either way.
pub const ROOM_BYTES: usize = 2 * 1024;
/// What somebody is called in a room: about 20 Hangul syllables.
pub const CALLED_BYTES: usize = 60;
/// What somebody says in a room: about 200 Hangul syllables.
pub const CHAT_BYTES: usize = 600;
/// An exercise's id.
pub const EXERCISE_BYTES: usize = 64;
/// The id of a cue, a fault or a variant.
pub const CUE_BYTES: usize = 64;
/// Faults told at once.
pub const FAULTS: usize = 4;
/// Where a node of a clinic's servers is: `HOST:PORT`.
pub const NODE_BYTES: usize = 128;
/// Nodes that a device is told of.
pub const NODES: usize = 8;
/// A body's proportions.
pub const SHAPE_BYTES: usize = 256;
/// A figure in a datagram.
pub const BLOB_BYTES: usize = 128;
/// 20 ms of speech in a datagram.
pub const SPEECH_BYTES: usize = 128;
/// Keys that one datagram up acknowledges.
pub const ACKS: usize = 8;
/// Keys that one datagram down acknowledges.
pub const OWN_KEYS: usize = 2;
