//! What people write once and others read: it goes up as a post and comes down as an entry of a feed.

use crate::limits::{
    ANSWERS_BYTES, DIARY_BYTES, PLAN_BYTES, QUESTIONNAIRE_BYTES, SPOKEN_BYTES, STROKE_POINTS, STROKES,
    TEXT_BYTES,
};
use crate::schema::{wire_enum, wire_struct};
use crate::{Bytes, Cursor, DeviceId, List, PersonId, PostId, Purpose, RecordId, Text};

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
        /// Lines in the space of a record's replay, pinned to a moment (`docs/review.md`).
        V3 Drawing {
            record: RecordId,
            /// From the record's first frame.
            time_ms: u32,
            /// The landmark that the lines hang on, or none.
            joint: Option<u8>,
            strokes: List<Stroke, STROKES>,
            text: Text<TEXT_BYTES>,
        },
        /// A spoken note, pinned to a moment of a record.
        V3 Spoken {
            record: RecordId,
            /// From the record's first frame.
            time_ms: u32,
            joint: Option<u8>,
            form: Sound,
            sound: Bytes<SPOKEN_BYTES>,
        },
        /// A questionnaire that the person is asked to fill in.
        V3 Asked {
            /// A FHIR R4 `Questionnaire` as JSON, so that a device needs none of its own.
            questionnaire: Text<QUESTIONNAIRE_BYTES>,
            /// Asked again after so many days; once, where it is missing.
            every_days: Option<u16>,
            /// It is asked no more.
            withdrawn: bool,
        },
        /// A filled questionnaire.
        V3 Answered {
            /// What asked for it.
            asked: Option<PostId>,
            /// `baro_review::measures::Filled` as JSON.
            filled: Text<ANSWERS_BYTES>,
        },
        /// The two meet.
        V3 Appointment {
            /// The one that this moves or cancels.
            instead_of: Option<PostId>,
            /// ms since 1970.
            starts_ms: i64,
            minutes: u16,
            /// In a live room, not in the practice.
            live: bool,
            cancelled: bool,
            text: Text<TEXT_BYTES>,
        },
        /// What came of a visit, in the therapist's words.
        V3 Summary {
            appointment: Option<PostId>,
            text: Text<TEXT_BYTES>,
        },
    }
}

wire_enum! {
    /// How a spoken note is packed. Both hold Opus.
    #[derive(Copy)]
    pub enum Sound {
        V3 WebmOpus,
        V3 OggOpus,
    }
}

wire_struct! {
    /// A line without lifting the pen.
    pub struct Stroke { pub points: List<Spot, STROKE_POINTS> }
}

wire_struct! {
    /// A point in the frame of reference of a record's replay: x to the right of the picture, y up, z towards the camera.
    #[derive(Copy)]
    pub struct Spot { pub x_mm: i16, pub y_mm: i16, pub z_mm: i16 }
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
