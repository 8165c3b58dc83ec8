//! Models that are missing, cut off or altered are refused in a sentence that says what to do.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{LITE, small_store};
    use baro_vision::{Complexity, ModelError, ModelStore, Tracker, TrackerOptions};
    use std::path::Path;

    fn lite(store: &ModelStore) -> Result<Tracker, ModelError> {
        Tracker::new(store, TrackerOptions { complexity: Complexity::Lite, ..TrackerOptions::default() })
    }

    #[test]
    fn only_models_that_are_there_are_offered() {
        let dir = tempfile::tempdir().unwrap();
        let Some(store) = small_store(dir.path()) else { return };
        assert_eq!(store.available(), [Complexity::Lite]);
        lite(&store).unwrap();
        let error = Tracker::new(&store, TrackerOptions::default()).unwrap_err();
        assert!(matches!(error, ModelError::Missing { .. }), "{error}");
        assert!(error.to_string().contains("git checkout models"), "{error}");
    }

    #[test]
    fn a_cut_or_altered_model_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let Some(store) = small_store(dir.path()) else { return };
        let file = dir.path().join(LITE);
        let bytes = std::fs::read(&file).unwrap();
        std::fs::write(&file, &bytes[..bytes.len() - 1]).unwrap();
        let error = lite(&store).unwrap_err();
        assert!(matches!(&error, ModelError::Wrong { detail, .. } if detail.contains("bytes")), "{error}");
        let mut altered = bytes;
        altered[1000] ^= 1;
        std::fs::write(&file, altered).unwrap();
        let error = lite(&store).unwrap_err();
        assert!(matches!(&error, ModelError::Wrong { detail, .. } if detail.contains("SHA-256")), "{error}");
    }

    #[test]
    fn a_missing_or_broken_manifest_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let library = Path::new("/nowhere");
        assert!(matches!(ModelStore::open(dir.path(), library), Err(ModelError::Manifest { .. })));
        std::fs::write(dir.path().join("manifest.json"), "{}").unwrap();
        assert!(matches!(ModelStore::open(dir.path(), library), Err(ModelError::Manifest { .. })));
    }

    #[test]
    fn the_manifest_and_the_files_in_the_repository_agree() {
        let Some(store) = crate::support::models() else { return };
        assert!(store.available().contains(&Complexity::Full));
        for complexity in store.available() {
            Tracker::new(&store, TrackerOptions { complexity, ..TrackerOptions::default() }).unwrap();
        }
    }
}
