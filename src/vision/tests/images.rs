//! Stills, alone and as a folder.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{BLUE, RED, color_at, near, read_all};
    use baro_vision::{SourceError, SourceSpec, open};
    use image::{Rgb, RgbImage};
    use std::path::Path;

    fn halves() -> RgbImage {
        RgbImage::from_fn(64, 32, |x, _| Rgb(if x < 32 { RED } else { BLUE }))
    }

    fn refused(spec: &SourceSpec) -> SourceError {
        open(spec).err().expect("it should be refused")
    }

    #[test]
    fn a_still_is_given_once() {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a.png", "a.jpg"] {
            let file = dir.path().join(name);
            halves().save(&file).unwrap();
            let spec = SourceSpec::from_path(&file, None);
            assert_eq!(spec, SourceSpec::Image(file));
            let (frames, end) = read_all(&mut *open(&spec).unwrap());
            end.unwrap();
            assert_eq!(frames.len(), 1);
            assert!(frames[0].is_whole() && near(color_at(&frames[0], 0.2, 0.5), RED));
        }
    }

    /// A JPEG with an EXIF block that says how it must be turned.
    fn with_orientation(path: &Path, orientation: u8) {
        let mut jpeg = Vec::new();
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 95);
        halves().write_with_encoder(encoder).unwrap();
        let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
        let mut out = vec![0xff, 0xd8, 0xff, 0xe1];
        out.extend(((exif.len() + 2) as u16).to_be_bytes());
        out.extend(exif);
        out.extend(&jpeg[2..]);
        std::fs::write(path, out).unwrap();
    }

    #[test]
    fn exif_says_which_side_is_up() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("phone.jpg");
        with_orientation(&file, 6);
        let (frames, _) = read_all(&mut *open(&SourceSpec::Image(file)).unwrap());
        // Turned clockwise by a quarter: left is up now.
        assert_eq!((frames[0].width, frames[0].height), (32, 64));
        assert!(near(color_at(&frames[0], 0.5, 0.2), RED) && near(color_at(&frames[0], 0.5, 0.8), BLUE));
    }

    #[test]
    fn a_folder_is_read_by_name_at_its_rate() {
        let dir = tempfile::tempdir().unwrap();
        for (name, color) in [("002.png", BLUE), ("001.png", RED), ("003.JPG", RED)] {
            RgbImage::from_pixel(8, 8, Rgb(color)).save(dir.path().join(name)).unwrap();
        }
        std::fs::write(dir.path().join("notes.txt"), "not a picture").unwrap();
        let mut source = open(&SourceSpec::from_path(dir.path(), Some(4.0))).unwrap();
        assert_eq!(source.info().frames, Some(3));
        let (frames, end) = read_all(&mut *source);
        end.unwrap();
        assert_eq!(frames.iter().map(|f| f.time_s).collect::<Vec<_>>(), [0.0, 0.25, 0.5]);
        for (frame, color) in frames.iter().zip([RED, BLUE, RED]) {
            assert!(near(color_at(frame, 0.5, 0.5), color));
        }
    }

    #[test]
    fn broken_stills_and_empty_folders_are_refused() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str, bytes: &[u8]| {
            let file = dir.path().join(name);
            std::fs::write(&file, bytes).unwrap();
            SourceSpec::Image(file)
        };
        let mut png = Vec::new();
        halves().write_with_encoder(image::codecs::png::PngEncoder::new(&mut png)).unwrap();
        assert!(matches!(refused(&at("empty.png", b"")), SourceError::Empty { .. }));
        assert!(matches!(refused(&at("text.jpg", b"hello")), SourceError::BadImage { .. }));
        assert!(matches!(refused(&at("cut.png", &png[..png.len() / 2])), SourceError::BadImage { .. }));
        assert!(matches!(refused(&SourceSpec::Image("/no/such.png".into())), SourceError::Unreadable { .. }));
        let folder = dir.path().join("folder");
        std::fs::create_dir(&folder).unwrap();
        let sequence = |fps| SourceSpec::ImageSequence { dir: folder.clone(), fps };
        assert!(matches!(refused(&sequence(30.0)), SourceError::EmptySequence { .. }));
        for fps in [0.0, -1.0, f64::NAN] {
            assert!(matches!(refused(&sequence(fps)), SourceError::BadRate { .. }));
        }
    }
}
