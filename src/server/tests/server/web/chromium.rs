//! The way through the pages in a real Chromium, looked through by axe-core. Where npm's `playwright-core` and `axe-core` are below the folder in
//! `BARO_CHECK_BROWSER`, and Chromium is `/usr/bin/chromium` or in `BARO_CHROMIUM`; `cargo xtask test` gets the packages. Pictures of the pages are
//! kept in the folder in `BARO_WEB_SCREENSHOTS`, where it is named.

use super::clinic::Clinic;
use crate::restored::until;
use baro_agent::SaidWhat;
use std::{
    path::{Path, PathBuf},
    process::Command,
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/server/web");

/// Where npm's packages are, and Chromium; `None` where one of them is not.
pub fn programs() -> Option<(PathBuf, String)> {
    let named = std::env::var_os("BARO_CHECK_BROWSER");
    let modules = PathBuf::from(named.clone().unwrap_or_else(|| ".".into()));
    let chromium = std::env::var("BARO_CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".into());
    if modules.join("node_modules/axe-core").is_dir() && Path::new(&chromium).exists() {
        return Some((modules, chromium));
    }
    assert!(
        named.is_none() || !Path::new(&chromium).exists(),
        "the browser's tests are named, and not there"
    );
    None
}

/// Walks, as the therapist with these digits. `false`: there is no Chromium here, and it is said.
pub fn walk(walk: &str, clinic: &Clinic, digits: &str) -> bool {
    let Some((modules, chromium)) = programs() else {
        eprintln!("skipped: playwright-core, axe-core or Chromium is not installed");
        return false;
    };
    let pictures = std::env::var("BARO_WEB_SCREENSHOTS").unwrap_or_default();
    let out = Command::new("node")
        .arg(Path::new(FOLDER).join(walk))
        .args([
            &format!("https://{}", clinic.server.web),
            &clinic.therapist.name,
            super::browser::PASSWORD,
            digits,
        ])
        .args([&chromium, &pictures])
        .env("NODE_PATH", modules.join("node_modules"))
        .output()
        .unwrap();
    let said = [out.stdout, out.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    assert!(out.status.success(), "{said}");
    eprintln!("{said}");
    true
}

#[test]
fn from_sign_in_to_a_changed_plan_in_chromium() {
    let mut clinic = Clinic::new();
    drop(clinic.agent.take());
    let digits = clinic.therapist.late_digits();
    if !walk("walk.cjs", &clinic, &digits) {
        return;
    }
    clinic.connect();
    let agent = clinic.agent.as_ref().unwrap();
    let is_it = |what: &SaidWhat| matches!(what, SaidWhat::Note { text, .. } if text == "Go deeper here");
    until("it comes", agent, || agent.talk().unwrap().iter().any(|said| is_it(&said.what)));
    until("the plan is new", agent, || agent.take_new_plan());
    let plan = clinic.files.folder().assigned().unwrap().unwrap().unwrap();
    assert_eq!((plan.doses[0].sets, plan.why.as_deref()), (2, Some("It goes well")));
}
