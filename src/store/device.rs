//! The device's own database: what waits to be sent, what came, and the pairing. It does the disk actions of
//! [`baro_sync::Client`]; each method is one transaction, and what it reports has survived a power cut by then.
//!
//! What is about a person is sealed under the key that it is opened with. Only one program at a time has it open.

mod form;
mod seal;

pub use form::Pairing;

use crate::sqlite::migrations::Kind;
use crate::{Options, Result, StoreError, sqlite};
use baro_sync::{Content, Key, Row};
use baro_wire::{Cursor, Entry, Receipt, RecordId};
use form::{StoredContent, StoredPairing};
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};
use seal::{Place, Sealer};
use std::{collections::BTreeMap, fmt, path::Path};
use zeroize::Zeroizing;

/// "barD"
const KIND: Kind = Kind { application: 0x6261_7244, steps: &[include_str!("device/steps/0001_device.sql")] };

/// What is not at the server yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Records of which something is not there.
    pub records: u64,
    /// Messages, consents and the like.
    pub posts: u64,
}

/// A record of which nothing waits: the server said that it has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// Which.
    pub record: RecordId,
    /// So many chunks.
    pub chunks: u32,
    /// All that there are.
    pub whole: bool,
}

/// The device's database.
pub struct Device {
    connection: Connection,
    sealer: Sealer,
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("Device")
    }
}

impl Device {
    /// Opens it, made or brought to the newest version where needed. With another key than it was made with:
    /// [`StoreError::WrongKey`], and nothing is changed.
    pub fn open(path: &Path, key: [u8; 32]) -> Result<Self> {
        Self::open_with(path, key, Options::default())
    }

    /// With something chosen.
    pub fn open_with(path: &Path, key: [u8; 32], options: Options) -> Result<Self> {
        let sealer = Sealer::new(&Zeroizing::new(key));
        let mut connection = sqlite::open(path, options, &KIND)?;
        // Two programs that send the same rows would each believe in numbers of their own.
        connection.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |_| Ok(()))?;
        let place = Place { table: "single", row: b"key" };
        let alone = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match single(&alone, "key")? {
            Some(sealed) => sealer.open::<()>(place, &sealed).map_err(|_| StoreError::WrongKey)?,
            None => set_single(&alone, "key", &sealer.seal(place, &())?)?,
        }
        alone.commit()?;
        Ok(Self { connection, sealer })
    }

    /// `Action::Store`. Where its key is there already, it stays as it is.
    pub fn store(&mut self, row: &Row) -> Result<()> {
        let name = form::name(row.key);
        let content =
            self.sealer.seal(place_of(row.number, &name).place(), &StoredContent::from(&row.content))?;
        let sql =
            "INSERT INTO waits (number, name, content) VALUES (?1, ?2, ?3) ON CONFLICT (name) DO NOTHING";
        self.connection.prepare_cached(sql)?.execute(params![to_i64(row.number), name, content])?;
        Ok(())
    }

    /// `Action::Page`: rows that are not settled, by number, and are there none behind them?
    pub fn page(&self, after: u64, most: usize) -> Result<(Vec<Row>, bool)> {
        let sql = "SELECT number, name, content FROM waits WHERE settled = 0 AND number > ?1 ORDER BY number LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
        let mut found = statement.query(params![to_i64(after), limit])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            if rows.len() == most {
                return Ok((rows, false));
            }
            let (number, name) = (row.get::<_, i64>(0)?.cast_unsigned(), row.get::<_, Vec<u8>>(1)?);
            let content: StoredContent =
                self.sealer.open(place_of(number, &name).place(), &row.get::<_, Vec<u8>>(2)?)?;
            rows.push(Row { number, key: form::key(&name)?, content: Content::from(content) });
        }
        Ok((rows, true))
    }

    /// Is there a row of this name, settled or not? What has one need not be added again.
    pub fn has(&self, key: Key) -> Result<bool> {
        let sql = "SELECT 1 FROM waits WHERE name = ?1";
        Ok(self.connection.prepare_cached(sql)?.exists([form::name(key)])?)
    }

    /// As if it had never been added, where it is not settled. Not while a machine runs that knows of it.
    pub fn forget(&mut self, key: Key) -> Result<()> {
        let sql = "DELETE FROM waits WHERE name = ?1 AND settled = 0";
        self.connection.prepare_cached(sql)?.execute([form::name(key)])?;
        Ok(())
    }

    /// `Action::Settle`: the server has it. Its name stays, its content goes.
    pub fn settle(&mut self, key: Key, receipt: Option<&Receipt>) -> Result<()> {
        let transaction = writing(&mut self.connection)?;
        if let Some(receipt) = receipt {
            let sealed = self.sealer.seal(Place { table: "receipt", row: &receipt.post.0 }, receipt)?;
            let sql = "INSERT OR REPLACE INTO receipt (post, receipt) VALUES (?1, ?2)";
            transaction.prepare_cached(sql)?.execute(params![receipt.post.0, sealed])?;
        }
        let sql = "UPDATE waits SET settled = 1, content = x'' WHERE name = ?1";
        transaction.prepare_cached(sql)?.execute([form::name(key)])?;
        Ok(transaction.commit()?)
    }

    /// `Action::Keep`: entries of the feed, and how far it is known.
    pub fn keep(&mut self, entries: &[Entry], cursor: Cursor) -> Result<()> {
        let transaction = writing(&mut self.connection)?;
        for entry in entries {
            let place = Place { table: "came", row: &entry.cursor.to_le_bytes() };
            let sealed = self.sealer.seal(place, entry)?;
            let sql = "INSERT OR REPLACE INTO came (cursor, entry) VALUES (?1, ?2)";
            transaction.prepare_cached(sql)?.execute(params![to_i64(entry.cursor), sealed])?;
        }
        let sql = "INSERT OR REPLACE INTO single (name, number) VALUES ('cursor', ?1)";
        transaction.prepare_cached(sql)?.execute([to_i64(cursor)])?;
        Ok(transaction.commit()?)
    }

    /// For `Client::new`: how far the feed is known.
    pub fn cursor(&self) -> Result<Cursor> {
        let sql = "SELECT number FROM single WHERE name = 'cursor'";
        let found: Option<i64> = self.connection.query_row(sql, [], |row| row.get(0)).optional()?;
        Ok(found.unwrap_or(0).cast_unsigned())
    }

    /// For `Client::new`: above every row's number.
    pub fn next_number(&self) -> Result<u64> {
        let sql = "SELECT ifnull(max(number), 0) + 1 FROM waits";
        let next: i64 = self.connection.query_row(sql, [], |row| row.get(0))?;
        Ok(next.cast_unsigned())
    }

    /// What came, from the first on.
    pub fn entries(&self, after: Cursor, most: usize) -> Result<Vec<Entry>> {
        let sql = "SELECT cursor, entry FROM came WHERE cursor > ?1 ORDER BY cursor LIMIT ?2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let mut found = statement.query(params![to_i64(after), limit])?;
        let mut entries = Vec::new();
        while let Some(row) = found.next()? {
            let cursor = row.get::<_, i64>(0)?.to_le_bytes();
            entries
                .push(self.sealer.open(Place { table: "came", row: &cursor }, &row.get::<_, Vec<u8>>(1)?)?);
        }
        Ok(entries)
    }

    /// The proofs of erasures.
    pub fn receipts(&self) -> Result<Vec<Receipt>> {
        let mut statement = self.connection.prepare("SELECT post, receipt FROM receipt ORDER BY post")?;
        let mut found = statement.query([])?;
        let mut receipts = Vec::new();
        while let Some(row) = found.next()? {
            let post: [u8; 16] = row.get(0)?;
            receipts
                .push(self.sealer.open(Place { table: "receipt", row: &post }, &row.get::<_, Vec<u8>>(1)?)?);
        }
        Ok(receipts)
    }

    /// Records of which nothing waits.
    pub fn sent_records(&self) -> Result<Vec<Sent>> {
        let mut statement =
            self.connection.prepare_cached("SELECT name, settled FROM waits WHERE name < ?1")?;
        let mut found = statement.query([[form::POST]])?;
        // How many chunks, up to which it is sealed, and does nothing of it wait?
        let mut all = BTreeMap::<RecordId, (u32, u32, bool)>::new();
        while let Some(row) = found.next()? {
            let (key, settled) = (form::key(&row.get::<_, Vec<u8>>(0)?)?, row.get::<_, bool>(1)?);
            let (Key::Chunk(record, _) | Key::Seal(record, _)) = key else { continue };
            let (chunks, sealed, sent) = all.entry(record).or_insert((0, 0, true));
            match key {
                Key::Seal(_, up_to) => *sealed = up_to.max(*sealed),
                _ => *chunks += 1,
            }
            *sent &= settled;
        }
        let sent = all.into_iter().filter(|(_, (.., sent))| *sent);
        Ok(sent
            .map(|(record, (chunks, sealed, _))| Sent { record, chunks, whole: sealed == chunks })
            .collect())
    }

    /// The server lost these: as if nothing of them had ever been sent.
    pub fn forget_sent_records(&mut self, records: &[RecordId]) -> Result<()> {
        let transaction = writing(&mut self.connection)?;
        for record in records {
            let all =
                |key: fn(RecordId, u32) -> Key| [0, u32::MAX].map(|place| form::name(key(*record, place)));
            for [first, last] in [all(Key::Chunk), all(Key::Seal)] {
                let sql = "DELETE FROM waits WHERE settled = 1 AND name BETWEEN ?1 AND ?2";
                transaction.prepare_cached(sql)?.execute(params![first, last])?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// The server lost posts, as is seen by this place of the feed: as if none had ever been sent. `false`: this was done before.
    pub fn forget_sent_posts(&mut self, seen_by: Cursor) -> Result<bool> {
        let transaction = writing(&mut self.connection)?;
        let sql = "SELECT 1 FROM single WHERE name = 'lost' AND number = ?1";
        if transaction.prepare_cached(sql)?.exists([to_i64(seen_by)])? {
            return Ok(false);
        }
        let sql = "DELETE FROM waits WHERE settled = 1 AND name >= ?1";
        transaction.prepare_cached(sql)?.execute([[form::POST]])?;
        let sql = "INSERT OR REPLACE INTO single (name, number) VALUES ('lost', ?1)";
        transaction.prepare_cached(sql)?.execute([to_i64(seen_by)])?;
        transaction.commit()?;
        Ok(true)
    }

    /// How much is not at the server yet.
    pub fn waiting(&self) -> Result<Waiting> {
        let sql = "SELECT count(DISTINCT CASE WHEN name < ?1 THEN substr(name, 2, 16) END),
                count(CASE WHEN name >= ?1 THEN 1 END) FROM waits WHERE settled = 0";
        let (records, posts) = self
            .connection
            .query_row(sql, [[form::POST]], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
        Ok(Waiting { records: records.cast_unsigned(), posts: posts.cast_unsigned() })
    }

    /// With whom this device is paired.
    pub fn pairing(&self) -> Result<Option<Pairing>> {
        let sealed = single(&self.connection, "pairing")?;
        let open = |sealed: Vec<u8>| self.sealer.open::<StoredPairing>(PAIRING, &sealed).map(Pairing::from);
        sealed.map(open).transpose()
    }

    /// From now on with this one.
    pub fn set_pairing(&mut self, pairing: &Pairing) -> Result<()> {
        let sealed = self.sealer.seal(PAIRING, &StoredPairing::from(pairing))?;
        set_single(&self.connection, "pairing", &sealed)
    }

    /// With nobody: what waited for that server and what came from it goes too; receipts stay.
    pub fn forget_pairing(&mut self) -> Result<()> {
        let transaction = writing(&mut self.connection)?;
        transaction.execute_batch(
            "DELETE FROM single WHERE name IN ('pairing', 'cursor', 'lost'); DELETE FROM waits; DELETE FROM came;",
        )?;
        transaction.commit()?;
        sqlite::scrub(&self.connection)
    }
}

const PAIRING: Place = Place { table: "single", row: b"pairing" };

fn writing(connection: &mut Connection) -> Result<Transaction<'_>> {
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

fn single(db: &Connection, name: &str) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT sealed FROM single WHERE name = ?1";
    Ok(db.query_row(sql, [name], |row| row.get(0)).optional()?)
}

fn set_single(db: &Connection, name: &str, sealed: &[u8]) -> Result<()> {
    db.execute("INSERT OR REPLACE INTO single (name, sealed) VALUES (?1, ?2)", params![name, sealed])?;
    Ok(())
}

/// A row of `waits` is known by its number and its name.
struct RowPlace(Vec<u8>);

fn place_of(number: u64, name: &[u8]) -> RowPlace {
    RowPlace([&number.to_le_bytes(), name].concat())
}

impl RowPlace {
    fn place(&self) -> Place<'_> {
        Place { table: "waits", row: &self.0 }
    }
}

/// Numbers and cursors stay far below.
fn to_i64(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
