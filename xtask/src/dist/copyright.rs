//! Whose work is in the packages, and under which licences: `copyright` in Debian's form, and the texts of all crates.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::Release;
use super::bundled::BUNDLED;
use super::crates::Crate;
use super::stage::Tree;
use crate::{onnxruntime, sh};

/// Writes everything of this kind into the packages' documentation.
pub fn write(release: &Release, crates: &[Crate], runtime: &Path, tree: &Tree) -> Result<()> {
    let read =
        |file: PathBuf| fs::read_to_string(&file).with_context(|| format!("can't read {}", file.display()));
    tree.write("share/doc/baro/copyright", &copyright(&read(runtime.join(onnxruntime::NOTICES[0]))?)?)?;
    tree.write_compressed("share/doc/baro/crates.txt", &texts_of_crates(crates)?)?;
    let notices = read(runtime.join(onnxruntime::NOTICES[1]))?;
    tree.write_compressed("share/doc/baro/onnxruntime-notices.txt", &notices)?;
    // The compiler's own library is in every Rust program.
    let sysroot = sh::sh("rustc").args(["--print", "sysroot"]).read()?;
    let library = Path::new(sysroot.trim()).join("share/doc/rust/COPYRIGHT-library.html");
    tree.write_compressed("share/doc/baro/rust-library.html", &read(library)?)?;
    let log = format!(
        "baro ({}) unstable; urgency=medium\n\n  * Made of commit {}.\n\n -- {}  {}\n",
        release.version,
        release.commit,
        release.maintainer,
        release.date("+%a, %d %b %Y %H:%M:%S +0000")?
    );
    tree.write_compressed("share/doc/baro/changelog", &log)
}

fn copyright(runtime_licence: &str) -> Result<String> {
    let mut text = String::from(
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\
         Upstream-Name: Baro\n\
         Comment: The program also contains the Rust crates of crates.txt.gz and Rust's own library\n \
         (rust-library.html.gz), each with its licence there. baro.cdx.json.gz is the bill of materials.\n\n\
         Files: *\nCopyright: The Baro authors\nLicense: Apache-2.0\n\n",
    );
    for part in &BUNDLED {
        text += &format!(
            "Files: usr/lib/baro/{}\nCopyright: {}\nLicense: {}\n",
            part.files, part.holders, part.licence
        );
        text += &format!(
            "Comment: {} {}, from {}\n{}\n",
            part.name,
            part.version,
            part.from,
            indented(part.comment)
        );
    }
    let common =
        |name: &str| format!(" On Debian systems the text is in /usr/share/common-licenses/{name}.\n");
    let font = fs::read_to_string(sh::root().join("assets/fonts/OFL.txt"))
        .context("can't read the font's licence")?;
    for (name, body) in [
        ("Apache-2.0", common("Apache-2.0")),
        ("CC0-1.0", common("CC0-1.0")),
        ("MIT", indented(runtime_licence)),
        ("OFL-1.1", indented(&font)),
    ] {
        text += &format!("License: {name}\n{body}\n");
    }
    Ok(text)
}

/// As a continued field of a Debian file.
fn indented(text: &str) -> String {
    let line = |line: &str| {
        if line.trim().is_empty() { " .\n".to_owned() } else { format!(" {}\n", line.trim_end()) }
    };
    text.trim().lines().map(line).collect()
}

/// Every crate with its licence, then each text once, under the crates that carry it.
fn texts_of_crates(crates: &[Crate]) -> Result<String> {
    let mut out = String::from("Rust crates compiled into Baro, and their licences.\n\n");
    // Keyed without layout: many texts differ by line ends only.
    let mut texts: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    for one in crates.iter().filter(|one| !one.is_ours) {
        let name = format!("{} {}", one.name, one.version);
        out += &format!("{name}: {}\n", one.licence);
        for text in licence_texts(one)? {
            let key = text.split_whitespace().collect::<Vec<_>>().join(" ");
            texts.entry(key).or_insert_with(|| (text, Vec::new())).1.push(name.clone());
        }
    }
    let mut texts: Vec<_> = texts.into_values().collect();
    texts.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.1.cmp(&b.1)));
    for (text, names) in texts {
        out += &format!("\n{}\n{}\n\n{}\n", "=".repeat(78), names.join(", "), text.trim_end());
    }
    Ok(out)
}

/// The texts that a crate brings; where it brings none, the licence that it names.
fn licence_texts(one: &Crate) -> Result<Vec<String>> {
    let mut files = licence_files(&one.folder, false)?;
    if let Ok(fonts) = licence_files(&one.folder.join("fonts"), true) {
        files.extend(fonts);
    }
    // The library that a crate compiles in has a text of its own.
    if let Ok(library) = licence_files(&one.folder.join("opus"), false) {
        files.extend(library);
    }
    if !files.is_empty() {
        // A few old texts are not UTF-8: a name may show a mark.
        return files.iter().map(|file| Ok(String::from_utf8_lossy(&fs::read(file)?).into_owned())).collect();
    }
    let said = &one.licence;
    let holders =
        if one.authors.is_empty() { format!("The authors of {}", one.name) } else { one.authors.join(", ") };
    Ok(vec![if said.contains("Apache-2.0") {
        fs::read_to_string(sh::root().join("LICENSE"))?
    } else if said.contains("MIT") {
        MIT.replace("HOLDERS", &holders)
    } else if said.contains("CC0-1.0") {
        "CC0 1.0 Universal, no rights reserved: https://creativecommons.org/publicdomain/zero/1.0/legalcode"
            .into()
    } else {
        bail!("{} {} ({said}) brings no text of its licence; add it to copyright.rs", one.name, one.version)
    }])
}

/// Files in a folder that are named as licences are; where it holds fonts, every text.
fn licence_files(folder: &Path, fonts: bool) -> Result<Vec<PathBuf>> {
    let starts = ["licen", "copying", "copyright", "notice", "unlicense"];
    let is_licence = |file: &PathBuf| {
        let name = file.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        file.is_file()
            && (starts.iter().any(|start| name.starts_with(start)) || fonts && name.ends_with(".txt"))
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        files.extend(Some(entry?.path()).filter(is_licence));
    }
    files.sort();
    Ok(files)
}

const MIT: &str = "\
MIT License

Copyright (c) HOLDERS

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the \"Software\"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
";

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, licence: &str, folder: &Path) -> Crate {
        Crate {
            name: name.into(),
            version: "1.0.0".into(),
            licence: licence.into(),
            authors: vec!["Ann".into()],
            folder: folder.to_owned(),
            is_ours: false,
            checksum: None,
            uses: Vec::new(),
        }
    }

    #[test]
    fn a_text_stands_once_under_all_its_crates_and_none_is_left_without() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["ant", "bee", "bare"] {
            fs::create_dir(dir.path().join(name)).unwrap();
        }
        fs::write(dir.path().join("ant/LICENSE-MIT"), "Let\r\nit be.\r\n").unwrap();
        fs::write(dir.path().join("bee/licence.txt"), "Let it be.").unwrap();
        let made = |name: &str, licence: &str| one(name, licence, &dir.path().join(name));
        let text = texts_of_crates(&[made("ant", "MIT"), made("bee", "Odd"), made("bare", "MIT")]).unwrap();
        assert!(text.contains("ant 1.0.0, bee 1.0.0\n"), "{text}");
        assert!(text.contains("Copyright (c) Ann"), "{text}");
        let error = texts_of_crates(&[made("bare", "Odd")]).unwrap_err().to_string();
        assert!(error.contains("bare 1.0.0 (Odd)"), "{error}");
    }

    #[test]
    fn empty_lines_of_a_field_are_dots() {
        assert_eq!(indented("a\n\n  b \n"), " a\n .\n   b\n");
    }
}
