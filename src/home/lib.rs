//! The home exercise programme on this device: who exercises, what they agreed to, today's plan, and what was done.
//!
//! [`Home`] is the data folder, [`Known`] all that is known about one person, [`visit::Visit`] the way from welcome to summary, a
//! pure state machine whose effects [`PersonFiles::keep`] writes. Times come in as [`Moment`]s; nothing here reads a clock.

pub mod appointments;
mod assigned;
pub mod catalogue;
mod consent;
pub mod crash;
pub mod diary;
mod error;
mod export;
mod fhir;
mod files;
mod folder;
pub mod history;
mod known;
mod lines;
mod moment;
mod person;
mod said;
mod screening;
mod settings;
mod store;
#[cfg(test)]
mod texts;
pub mod today;
pub mod visit;

pub use assigned::{Assigned, PLAN_FORMAT, PLAN_FORMAT_TAUGHT, PlanChange};
pub use baro_record::KeptIn;
pub use catalogue::{Catalogue, ExerciseFile, Filter};
pub use consent::{CONSENT_TEXT, Consent, Consents, Purpose};
pub use diary::{Entry, SetDone, VisitDone, What};
pub use error::{HomeError, Notice};
pub use export::{Deleted, Exported, export};
pub use folder::PersonFolder;
pub use history::History;
pub use known::Known;
pub use moment::Moment;
pub use person::{Body, Goal, PERSON_FORMAT, Person, PersonId};
pub use screening::{Screening, ScreeningWhat, Screenings};
pub use settings::{Palette, Quality, SETTINGS_FORMAT, Settings};
pub use store::{Home, PersonFiles};
pub use visit::{Choice, Effect, Event, Step, Visit};
