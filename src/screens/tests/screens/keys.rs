//! The texts that the screens ask for.

use crate::support::texts;
use baro_screens::Language;
use std::path::Path;

fn sources(folder: &Path, all: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("tests") {
            sources(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            // Tests name keys that are meant to be missing.
            let text = std::fs::read_to_string(&path).unwrap();
            all.push_str(text.split("#[cfg(test)]").next().unwrap());
        }
    }
}

#[test]
fn every_text_is_there_in_both_languages() {
    let mut all = String::new();
    sources(Path::new(env!("CARGO_MANIFEST_DIR")), &mut all);
    let is_key = |word: &str| {
        word.contains('-')
            && word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !word.ends_with('-')
    };
    let keys: Vec<&str> = all.split('"').filter(|word| is_key(word)).collect();
    assert!(keys.len() > 40, "the search for keys no longer finds them: {}", keys.len());
    let texts = texts(Language::English);
    for language in Language::ALL {
        for key in &keys {
            assert!(texts.has(language, key), "{language:?} lacks {key}");
        }
    }
}
