//! The one-page report of a person's course, for the record and for a doctor, as a PDF.
//!
//! [`Course`] is what is told: made of diary, plans and questionnaires of a period, with the same rules for what is a change as the
//! person and the therapist see. [`pdf`] puts it into words and on one page of A4: tagged (PDF/UA-1), for archives (PDF/A-2a), with its fonts
//! in it. What does not fit is left out, the least important first, and the page says so.
//!
//! Pure: no files, clocks or network. The same course gives the same bytes.

mod chart;
mod course;
mod draw;
mod letters;
mod over_time;
mod place;
mod sheet;
mod tell;

pub use course::{Adherence, Course, Event, Happened, Known, Measured, Seen, WeekDone, Written};

use baro_locale::Texts;

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum PaperError {
    #[error("the program's own fonts can't be read: install Baro again")]
    Fonts,
    #[error("the page would not be as PDF/UA-1 and PDF/A-2a ask: {0}")]
    Unfit(String),
}

/// The course as one page of A4, in the language of `texts` (which hold `paper.ftl`, and what the exercises, measures and signs of danger are called).
///
/// # Errors
/// Fonts that are broken, or a page that a reader would have to refuse.
pub fn pdf(course: &Course, texts: &Texts) -> Result<Vec<u8>, PaperError> {
    let letters = letters::Letters::new().ok_or(PaperError::Fonts)?;
    let more = |count: usize| texts.with("paper-more", [("count", count.into())]);
    let sheet = tell::sheet(course, texts);
    let blocks = place::page(&letters, &sheet, &more);
    draw::document(&letters, &sheet, blocks)
}

#[cfg(test)]
mod tests;
