//! The screens between exercises: who it is, consent, health, goals, today, pain and effort, summary.
//!
//! Each is a function from a view and the drafts of its answers to a press; most presses are the visit's own [`Event`]s.

mod ask;
mod consent;
mod drafts;
mod goals;
mod health;
mod summary;
mod today;
mod unlock;
mod who;

pub use ask::{Asked, PainView, pain, set_check};
pub use consent::consent;
pub(crate) use consent::consent_row;
pub use drafts::Drafts;
pub use goals::goals;
pub use health::{rest_today, screening, see_doctor, stopped, symptoms};
pub use summary::{DoneRow, SummaryView, summary};
pub use today::{TodayRow, TodayView, today};
pub(crate) use unlock::PASSPHRASE_CHARS;
pub use unlock::{UnlockDraft, UnlockPress, unlock};
pub use who::{WelcomePress, profile, welcome};

use crate::{Hands, Texts, page::Page};
use baro_home::visit::Event;

/// How far the first questions are: step `step` of five.
fn first_steps<'a>(page: Page<'a, Event>, step: u32, name: &'a str) -> Page<'a, Event> {
    page.progress(step, STEPS, name)
}

/// Profile, consent, health, goals, plan.
const STEPS: u32 = 5;

/// "Step 2 of 5", for a screen reader.
fn step_name(texts: &Texts, step: u32) -> String {
    texts.with("flow-step", [("step", step.into()), ("of", STEPS.into())])
}

/// What every screen of the flow is drawn with.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// The texts.
    pub texts: &'a Texts,
    /// How it looks.
    pub look: &'a crate::Look,
    /// Raised hands.
    pub hands: Hands,
}
