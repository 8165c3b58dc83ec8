//! An exercise performed by a mannequin, as its trainer does it or with one fault: what an exercise file is checked by before a
//! person does it.

mod check;
mod script;

pub(crate) use check::complaints;
pub use script::Rehearsal;

/// Something that an exercise file promises and its own trainer does not bear out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// Id of the rule that it is about; `None`: the trainer's movement itself.
    pub rule: Option<String>,
    /// What is wrong and what to change.
    pub message: String,
}
