//! The store of a server with many users: PostgreSQL 13 or newer.
//!
//! Writes are SERIALIZABLE and run again where others were in the way; whoever appends to the audit log does so alone. One value is
//! one connection, so a server opens several. Not to be called from async code: it blocks.

mod connect;
mod migrations;
mod rows;

use crate::db::{Db, Transactions};
use crate::{Result, StoreError, read};
use connect::Server;
use postgres::{Client, IsolationLevel, Statement, error::SqlState};
use rows::Open;
use std::{collections::HashMap, error::Error as _, fmt, thread, time::Duration};

/// How often a transaction is tried that others get in the way of.
const ATTEMPTS: u32 = 40;

/// The store on a PostgreSQL server. A broken connection is made anew by the next call.
pub struct Postgres {
    server: Server,
    client: Client,
    statements: HashMap<String, Statement>,
}

impl fmt::Debug for Postgres {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("Postgres")
    }
}

impl Postgres {
    /// Connects to `postgres://user:password@host/database` and brings the database to the newest version where needed; several
    /// servers may start at once.
    ///
    /// To another machine only over TLS, whose certificate must be good for the host by the system's authorities or those of the
    /// file in `sslrootcert=`. Refused are `sslmode=disable` to another machine and a PostgreSQL with `fsync=off`.
    pub fn connect(url: &str) -> Result<Self> {
        let server = Server::parse(url)?;
        let mut client = server.connect()?;
        migrations::run(&mut client)?;
        Ok(Self { server, client, statements: HashMap::new() })
    }

    /// Reads the whole audit log: is it the chain that was written? (What is on the disk, PostgreSQL's `pg_amcheck` tells.)
    pub fn check(&mut self) -> Result<()> {
        self.reading(read::check_log)
    }

    fn attempt<T>(
        &mut self,
        isolation: IsolationLevel,
        read_only: bool,
        run: &impl Fn(&mut dyn Db) -> Result<T>,
        begun: &mut bool,
    ) -> Result<T> {
        if self.client.is_closed() {
            self.statements.clear();
            self.client = self.server.connect()?;
        }
        let begin = self.client.build_transaction().isolation_level(isolation).read_only(read_only);
        let mut open = Open { transaction: begin.start()?, statements: &mut self.statements };
        *begun = true;
        let done = run(&mut open)?;
        open.transaction.commit()?;
        Ok(done)
    }

    fn transact<T>(
        &mut self,
        isolation: IsolationLevel,
        read_only: bool,
        run: impl Fn(&mut dyn Db) -> Result<T>,
    ) -> Result<T> {
        for attempt in 0..ATTEMPTS {
            let mut begun = false;
            match self.attempt(isolation, read_only, &run, &mut begun) {
                Err(StoreError::Busy) => {
                    let most_ms = 1 << attempt.min(6);
                    thread::sleep(Duration::from_millis(fastrand::u64(0..=most_ms)));
                }
                // It broke while nobody used it, as when PostgreSQL was started anew.
                Err(StoreError::Unreachable(_)) if attempt == 0 && !begun && self.client.is_closed() => {}
                done => return done,
            }
        }
        Err(StoreError::Busy)
    }
}

impl Transactions for Postgres {
    fn reading<T>(&mut self, run: impl Fn(&mut dyn Db) -> Result<T>) -> Result<T> {
        self.transact(IsolationLevel::RepeatableRead, true, run)
    }

    fn writing<T>(&mut self, run: impl Fn(&mut dyn Db) -> Result<T>) -> Result<T> {
        self.transact(IsolationLevel::Serializable, false, run)
    }

    /// Frees the rows' room. Unlike SQLite's it is overwritten only when it is used again (`docs/store.md`).
    fn scrub(&mut self) -> Result<()> {
        Ok(self
            .client
            .batch_execute("VACUUM record, chunk, post, feed, invitation, factor, access_key, device")?)
    }
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        // Not its detail, which may hold the row.
        let Some(told) = error.as_db_error() else {
            let why = error.source().map_or_else(String::new, |source| format!(": {source}"));
            let broken =
                error.is_closed() || error.source().is_some_and(|source| source.is::<std::io::Error>());
            let text = format!("{error}{why}");
            return if broken { Self::Unreachable(text) } else { Self::Postgres(text) };
        };
        let text = format!("{} ({})", told.message(), told.code().code());
        match told.code() {
            // A key that is there already was put there by somebody else since it was looked for.
            code if [
                SqlState::T_R_SERIALIZATION_FAILURE,
                SqlState::T_R_DEADLOCK_DETECTED,
                SqlState::LOCK_NOT_AVAILABLE,
                SqlState::UNIQUE_VIOLATION,
            ]
            .contains(code) =>
            {
                Self::Busy
            }
            code if *code == SqlState::DISK_FULL => Self::Full,
            code if ["XX001", "XX002"].contains(&code.code()) => Self::Damaged(text),
            // Connections, sign-in, "shutting down".
            code if ["08", "28", "53", "57"].contains(&&code.code()[..2]) => Self::Unreachable(text),
            _ => Self::Postgres(text),
        }
    }
}
