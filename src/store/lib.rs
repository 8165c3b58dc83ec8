//! Durable storage of the server, and of the device ([`Device`]).
//!
//! The server's is one trait, [`Store`], in two forms: [`Sqlite`], which needs nothing beside it, and, with the feature `postgres`,
//! `Postgres` for many users. Both run the same SQL and the same tests.
//!
//! What it promises is written at [`baro_sync::Write`] and [`baro_sync::Facts`]. Every call is one transaction, and whatever it
//! reports has survived a power cut by then. Facts and the data they decide about are read in the same transaction. A feed gives
//! only what is about its reader, written by them or about a patient assigned to them, chosen in SQL; whether that patient agrees
//! is decided on the facts, by `baro_wire::may`, in one place.
//!
//! Not here: `Request::Invite` is answered by the server, which makes the code and hands its hash to [`Store::invite`]. A backup
//! holds what it held when it was made: erasures after it have to be asked again once it is restored.

mod admin;
mod db;
mod device;
mod error;
#[cfg(feature = "postgres")]
mod postgres;
mod read;
mod row;
mod sqlite;
mod store;
mod web;
mod write;

pub use device::{Device, Pairing, Sent, Waiting};
pub use error::StoreError;
#[cfg(feature = "postgres")]
pub use postgres::Postgres;
pub use sqlite::{Options, Sqlite, backup, restore};
pub use store::{Access, AccessKey, Assignment, Factor, PersonState, Store};
pub use web::{About, Cared, Kept, RecordOf, WebAccess};

/// Shorthand of this crate.
pub type Result<T> = std::result::Result<T, StoreError>;
