//! How fast chunks reach the disk. Measured, not judged.

use crate::people::*;
use crate::server::server_in;
use baro_store::{Options, Postgres, Sqlite, Store};
use baro_sync::{Actor, Write};
use baro_wire::RecordId;
use std::{path::Path, time::Instant};
use tempfile::TempDir;

/// Ten minutes of a session at its limit: 2.5 MB.
const CHUNKS: u32 = 40;
const BYTES: usize = 62_500;

#[test]
#[ignore = "measures the disk: cargo test --release -p baro-store --features postgres speed -- --ignored --nocapture"]
fn speed() {
    let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut sqlite = Sqlite::open(&folder.path().join("baro.db"), Options::default()).unwrap();
    measure("SQLite", &mut sqlite);
    let Some(mut server) = server_in(Path::new("/var/tmp")) else { return };
    measure("PostgreSQL", &mut Postgres::connect(&server.database()).unwrap());
}

fn measure(name: &str, store: &mut impl Store) {
    fill(store);
    for (at_once, sessions) in [(1, 5), (8, 15), (40, 30)] {
        let start = Instant::now();
        for session in 0..sessions {
            let mut writes =
                session_of(RecordId([at_once, session, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
            while !writes.is_empty() {
                let rest = writes.split_off(usize::from(at_once).min(writes.len()));
                store.write_many(&writes).into_iter().for_each(|written| assert!(written.is_ok()));
                writes = rest;
            }
        }
        let each = start.elapsed() / u32::from(sessions);
        println!(
            "{name}: {at_once} chunks at once: {:.1} sessions a second, {each:.0?} each",
            1.0 / each.as_secs_f64()
        );
    }
}

fn session_of(record: RecordId) -> Vec<(Option<Actor>, Write)> {
    let bytes = vec![7; BYTES];
    let chunks = (0..CHUNKS).map(|index| chunk(record, index, &bytes));
    std::iter::once(offer(record)).chain(chunks).map(|write| (Some(actor(A)), write)).collect()
}
