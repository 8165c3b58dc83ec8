//! The desk of who treats: who needs help, a patient, and a comment on a moment. A recorded set is the room of replay.

mod board;
mod comment;
mod patient;
mod sign_in;

pub use board::{BoardView, RowView, board};
pub use comment::{CommentView, comment};
pub use patient::{PatientView, TakenView, patient};
pub use sign_in::{SignInView, sign_in};

/// What was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskPress {
    /// Sign in with these digits.
    SignIn(u32),
    /// Ask anew for everybody.
    Look,
    /// Open this one of [`BoardView::rows`].
    Patient(usize),
    /// Show this one of [`PatientView::sets`].
    Set(usize),
    /// Write this to the patient.
    Say(String),
    /// Comment the moment with this.
    Comment(String),
    /// To the screen before; from the first ones out of the program.
    Back,
}
