//! What people write once and others read: it goes up as a post and comes down as an entry of a feed.

use crate::limits::{DIARY_BYTES, PLAN_BYTES, TEXT_BYTES};
use crate::schema::{wire_enum, wire_struct};
use crate::{Cursor, DeviceId, PersonId, PostId, Purpose, RecordId, Text};

wire_enum! {
    /// What was written.
    pub enum PostBody {
        /// A message between a patient and their therapist or leader.
        V1 Message {
            /// The post that it answers.
            answers: Option<PostId>,
            text: Text<TEXT_BYTES>,
        },
        /// A note pinned to a moment of a record.
        V1 Note {
            record: RecordId,
            /// From the record's first frame.
            time_ms: u32,
            /// The landmark's number (BlazePose-33), or none.
            joint: Option<u8>,
            text: Text<TEXT_BYTES>,
        },
        /// The plan from now on, as the text of a `plan.toml` (`docs/diary-format.md`).
        V1 Plan { routine: Text<PLAN_BYTES> },
        /// A line of the diary (`docs/diary-format.md`).
        V1 Diary { line: Text<DIARY_BYTES> },
        /// Agreed to, or withdrawn.
        V1 Consent {
            purpose: Purpose,
            /// Version of the text that was shown.
            text_version: u32,
            given: bool,
        },
        /// A lost or old device can do nothing any more.
        V1 RevokeDevice { device: DeviceId },
        /// Everything of the person is destroyed.
        V1 Erase,
        /// Not written by anyone: stands for an entry that the reader's version doesn't know. It is fetched again after an update.
        V1 NewerThanYou,
    }
}

wire_struct! {
    /// Something written, once. Its id was made and stored before it was first sent.
    pub struct Post {
        pub id: PostId,
        /// The patient it is about.
        pub about: PersonId,
        /// The writer's clock when it was written, ms since 1970; only to be shown.
        pub written_ms: i64,
        pub body: PostBody,
    }
}

wire_struct! {
    /// A post in somebody's feed.
    pub struct Entry {
        /// Grows from entry to entry.
        pub cursor: Cursor,
        pub author: PersonId,
        /// The server's clock when it was stored, ms since 1970.
        pub stored_ms: i64,
        pub post: Post,
    }
}
