//! What a therapist looks at: who needs help ([`triage`]), how a set went ([`session`]), how it compares ([`norm`]), and what
//! questionnaires say ([`measures`]).
//!
//! Pure: no network, store, picture or clock. Days and moments come in, words go out as Fluent keys with arguments ([`Said`]).
//! What is made here stands in `docs/review.md`.

pub mod measures;
pub mod norm;
mod said;
pub mod session;
mod sets;
pub mod triage;

pub use said::{Arg, Said};
pub use sets::record_of;
