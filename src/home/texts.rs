//! Every key that is given out here has a text in both languages, and the format's page tells of every field.

use crate::{Body, Consents, Goal, Notice, Palette, Purpose, Step, history::Changed, today::Why};
use baro_locale::{Language, Texts};
use std::path::Path;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The keys that stand in the sources as words of their own.
fn keys_in_sources() -> Vec<String> {
    let mut keys = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for start in ["\"home-", "\"safety-", "\"count-"] {
                let rest =
                    text.match_indices(start).filter_map(|(at, _)| text.get(at + 1..)?.split('"').next());
                let whole = |key: &&str| {
                    key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
                };
                keys.extend(rest.filter(whole).filter(|key| !key.ends_with('-')).map(str::to_owned));
            }
        }
    }
    keys
}

#[test]
fn every_key_has_a_text_in_both_languages() {
    let texts = Texts::load(&root().join("assets"), Language::English).unwrap();
    let mut keys = keys_in_sources();
    assert!(keys.len() > 40, "{keys:?}");
    keys.extend(Goal::ALL.map(|goal| format!("home-goal-{}", goal.id())));
    keys.extend(Body::ALL.map(|body| format!("home-body-{}", body.id())));
    keys.extend(Purpose::ALL.map(|purpose| format!("home-consent-{}", purpose.id())));
    keys.extend(Step::ALL.into_iter().filter_map(Step::prompt).map(str::to_owned));
    keys.extend(
        [Changed::NotYet, Changed::More(1.0), Changed::Less(1.0)].map(|changed| changed.key().to_owned()),
    );
    keys.extend(
        [Why::Condition, Why::Position, Why::Equipment, Why::Time, Why::Unknown]
            .map(|why| why.key().to_owned()),
    );
    keys.push(Notice::ClockBack.key().to_owned());
    for key in keys {
        for language in Language::ALL {
            assert!(texts.has(language, &key), "{key} has no text in {}", language.tag());
        }
    }
}

#[test]
fn both_files_have_the_same_keys_and_every_purpose_says_why() {
    let keys = |language: &str| {
        let path = root().join("assets/locales").join(language).join("home.ftl");
        let text = std::fs::read_to_string(path).unwrap();
        let keys =
            text.lines().filter(|line| line.starts_with("home-")).filter_map(|line| line.split(' ').next());
        let whys = text.matches("    .why = ").count();
        (keys.map(str::to_owned).collect::<Vec<_>>(), whys)
    };
    assert_eq!(keys("en"), keys("ko"));
    assert_eq!(keys("en").1, Purpose::ALL.len());
    assert!(Consents::default().due() && Palette::default() == Palette::Light);
}

#[test]
fn the_page_of_the_format_tells_of_every_field() {
    let page = std::fs::read_to_string(root().join("docs/diary-format.md")).unwrap();
    for source in ["diary/mod.rs", "diary/set.rs", "consent.rs", "screening.rs", "known.rs"] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(source)).unwrap();
        // Fields of structs, and of the diary's variants.
        let fields = text.lines().filter_map(|line| {
            let field = line
                .strip_prefix("    pub ")
                .or_else(|| line.strip_prefix("        ").filter(|_| source == "diary/mod.rs"))?;
            let name = field.split_once(": ")?.0;
            name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_').then_some(name)
        });
        let inside = ["when", "id", "person", "consents", "screenings", "diary", "assigned"];
        for name in fields.filter(|name| !inside.contains(name)) {
            assert!(
                page.contains(&format!("`{name}`"))
                    || page.contains(&format!("{name} = "))
                    || page.contains(&format!("[{name}]"))
                    || page.contains(&format!("[[{name}]]")),
                "docs/diary-format.md doesn't tell of `{name}` ({source})"
            );
        }
    }
}
