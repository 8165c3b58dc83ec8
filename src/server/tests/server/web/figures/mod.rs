//! How long the pages take in a large clinic: `cargo xtask bench review`. Measured from outside, from the end of the question to the end of the
//! answer, on a connection that stands.

mod fill;

use super::{
    browser::{Browser, Staff},
    chromium,
};
use crate::{postgres_server, running::Running};
use baro_store::{Options, Postgres, Sqlite, Store};
use baro_wire::{PersonId, Role};
use bench_table::Table;
use data_encoding::HEXLOWER;
use fill::{LONG, PATIENTS, SESSIONS};
use std::{
    path::Path,
    process::Command,
    thread::sleep,
    time::{Duration, Instant},
};

const COMMAND: &str = "cargo xtask bench review";
const FILM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/server/web/figures/film.cjs");
const PAGE_MS: f64 = 100.0;
const FILM_MS: f64 = 1_000.0;
/// Servers that are started to see their first page.
const STARTS: usize = 3;
/// Nobody signs in faster by hand; sign-ins of before the start are over.
const TYPING: Duration = Duration::from_secs(2);
const TIMES: usize = 100;

#[test]
#[ignore = "measures for some minutes: cargo xtask bench review"]
fn the_pages_of_a_large_clinic() {
    let mut table = Table::default();
    let server = Running::start();
    let mut store = Sqlite::open(&server.data().join("baro.db"), Options::default()).unwrap();
    measure("SQLite", server, &mut store, &mut table);
    if let Some(mut database) = postgres_server::server_in(&std::env::temp_dir()) {
        let url = database.database();
        let server = Running::with(tempfile::tempdir().unwrap(), &["--postgres", &url]);
        measure("PostgreSQL", server, &mut Postgres::connect(&url).unwrap(), &mut table);
    }
    println!("{}", table.to_markdown());
    if let Some(document) = std::env::var_os("BARO_FIGURES") {
        table.write_into(Path::new(&document), "review", COMMAND).unwrap();
    }
}

/// Fills a server and looks at it.
fn measure(kind: &str, mut server: Running, store: &mut dyn Store, table: &mut Table) {
    let mut staff = Staff::new(&server, Role::Therapist, 2, None);
    let id = HEXLOWER.decode(staff.id.as_bytes()).unwrap();
    let begun = Instant::now();
    let patients = fill::fill(store, PersonId(id.try_into().unwrap()));
    println!("{kind}: filled in {:?}", begun.elapsed());
    let mut browser = staff.browser(&server);
    let path = |n: usize| format!("/patient/{}", patients[n % PATIENTS]);
    let mut row = |what: &str, mut all: Vec<f64>, share: f64, goal: Option<f64>, note: &str| {
        all.sort_by(f64::total_cmp);
        let at = ((all.len() as f64 * share).ceil() as usize).clamp(1, all.len()) - 1;
        table.at_most(&format!("{kind}: {what}"), all[at], "ms", goal, note);
    };

    let mut first = |typing| times(STARTS, |_| first_page(&mut server, &mut staff, &mut browser, typing));
    let note =
        format!("the slowest of {STARTS} starts, for who types name, password and digits in {TYPING:?}");
    row("first page after the server's start", first(TYPING), 1.0, Some(PAGE_MS), &note);
    let note = "for a program, which signs in at once: what was written before the start is being read";
    row("the same without a pause", first(Duration::ZERO), 1.0, None, note);
    let board = times(TIMES, |_| ms(&server, &mut browser, "/"));
    let note = format!("triage board of {PATIENTS} patients with {SESSIONS} sessions; {TIMES} times");
    row("first page, median", board.clone(), 0.5, Some(PAGE_MS), &note);
    row("first page, 99 of 100 within", board, 0.99, Some(PAGE_MS), "");
    let patient = times(TIMES, |n| ms(&server, &mut browser, &path(n * 3)));
    row("a patient's page, median", patient.clone(), 0.5, Some(PAGE_MS), "66 or 67 sessions each");
    row("a patient's page, 99 of 100 within", patient, 0.99, Some(PAGE_MS), "");
    let short = times(30, |n| {
        let session = sessions(&mut browser, &server, &path(LONG + n)).swap_remove(0);
        ms(&server, &mut browser, &session)
    });
    row("a set of two squats, median", short, 0.5, None, "shown for the first time, so scored again");
    let mut whole = Vec::new();
    let film = times(LONG / 2, |n| {
        let session = sessions(&mut browser, &server, &path(n)).swap_remove(0);
        let page = browser.get(&server, &session);
        whole.push(page.took.as_secs_f64() * 1_000.0);
        let begins = page.film.expect("no film").as_secs_f64() * 1_000.0;
        begins + ms(&server, &mut browser, &format!("{session}/film/0"))
    });
    let note = "54,000 frames, shown for the first time; its place in the page and its first part, the slowest of three";
    row("a set of 30 minutes, until its film can begin", film, 1.0, Some(FILM_MS), note);
    row("the same until all of the page is there", whole, 1.0, None, "scored again");
    let unseen: Vec<String> = (LONG / 2..LONG).map(path).collect();
    match in_chromium(&server, &browser, &unseen) {
        Some(mut ms) => {
            let note =
                "from the press to the first picture, drawn without a graphics card; the browser's first";
            row("the same in Chromium", vec![ms.remove(0)], 1.0, Some(FILM_MS), note);
            let note = "with a browser that has shown a film before, the slowest of two";
            row("the same in Chromium, the next one", ms, 1.0, Some(FILM_MS), note);
        }
        None => println!("skipped: Chromium or playwright-core is not installed"),
    }
}

fn times(n: usize, time: impl FnMut(usize) -> f64) -> Vec<f64> {
    (0..n).map(time).collect()
}

fn ms(server: &Running, browser: &mut Browser, path: &str) -> f64 {
    let page = browser.get(server, path);
    assert_eq!(page.status, 200, "{path}");
    page.took.as_secs_f64() * 1_000.0
}

/// A server that starts anew, and the first page of whoever signs in.
fn first_page(server: &mut Running, staff: &mut Staff, browser: &mut Browser, typing: Duration) -> f64 {
    let digits = staff.digits();
    server.kill_and_start();
    *browser = Browser::default();
    assert_eq!(browser.get(server, "/sign-in").status, 200);
    sleep(typing);
    let typed = [("name", &*staff.name), ("password", super::browser::PASSWORD), ("digits", &*digits)];
    assert_eq!(browser.post(server, "/sign-in", &typed).status, 303);
    ms(server, browser, "/")
}

/// The sets that a patient's page leads to, newest first.
fn sessions(browser: &mut Browser, server: &Running, patient: &str) -> Vec<String> {
    let page = browser.get(server, patient);
    let from = format!("{patient}/session/");
    page.body
        .match_indices(&from)
        .map(|(at, _)| page.body[at..].split('"').next().unwrap().to_owned())
        .collect()
}

/// Milliseconds from the press on the newest set of each of these patients until its film stands there.
fn in_chromium(server: &Running, browser: &Browser, patients: &[String]) -> Option<Vec<f64>> {
    let (modules, program) = chromium::programs()?;
    let (name, value) = browser.0.iter().find(|(name, _)| *name == "__Host-baro")?;
    let out = Command::new("node")
        .arg(FILM)
        .args([&format!("https://{}", server.web), name, value, &program])
        .args(patients)
        .env("NODE_PATH", modules.join("node_modules"))
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    Some(String::from_utf8(out.stdout).unwrap().lines().map(|line| line.parse().unwrap()).collect())
}
