//! Report, questionnaires and administration in a real Chromium; see `chromium.rs` for what must be installed.

use super::{browser::PASSWORD, questionnaires::answer_that_asks_for_safety, whos::Whos};
use std::{path::Path, process::Command};

const WALK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/server/web/walk_more.cjs");

#[test]
fn report_questionnaires_and_administration_in_chromium() {
    let named = std::env::var_os("BARO_CHECK_BROWSER");
    let modules = named.clone().unwrap_or_else(|| ".".into());
    let chromium = std::env::var("BARO_CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".into());
    if !Path::new(&modules).join("node_modules/axe-core").is_dir() || !Path::new(&chromium).exists() {
        assert!(
            named.is_none() || !Path::new(&chromium).exists(),
            "the browser's tests are named, and not there"
        );
        eprintln!("skipped: playwright-core, axe-core or Chromium is not installed");
        return;
    }
    let mut whos = Whos::new();
    answer_that_asks_for_safety(&whos.clinic);
    // Chooses a password.
    drop(whos.browser("administers"));
    let pictures = std::env::var("BARO_WEB_SCREENSHOTS").unwrap_or_default();
    for (role, staff) in [("therapist", &mut whos.clinic.therapist), ("administrator", &mut whos.admin)] {
        let digits = staff.late_digits();
        let out = Command::new("node")
            .arg(WALK)
            .args([&format!("https://{}", whos.clinic.server.web), &chromium, &pictures, role])
            .args([&*staff.name, PASSWORD, &digits])
            .env("NODE_PATH", Path::new(&modules).join("node_modules"))
            .output()
            .unwrap();
        let said = [out.stdout, out.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
        assert!(out.status.success(), "{said}");
        eprintln!("{said}");
    }
}
