use super::*;
use keyring_core::mock;

fn ring(store: bool, passphrase: Option<&str>) -> KeyRing {
    KeyRing {
        store: store.then(|| mock::Store::new().unwrap() as Arc<CredentialStore>),
        passphrase: passphrase.map(|text| Zeroizing::new(text.to_owned())),
    }
}

#[test]
fn a_folder_keeps_its_keys() {
    let system = ring(true, None);
    for (ring, kept) in [
        (&system, KeptIn::System),
        (&ring(false, Some("correct horse")), KeptIn::Passphrase),
        (&ring(false, None), KeptIn::File),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let other = tempfile::tempdir().unwrap();
        assert!(matches!(Keys::find(folder.path(), ring), Err(KeyError::None { .. })));
        let made = Keys::of_folder(folder.path(), ring).unwrap();
        let found = Keys::of_folder(folder.path(), ring).unwrap();
        assert_eq!((made.kept_in(), found.kept_in()), (kept, kept));
        assert_eq!(made.author(), found.author());
        assert_eq!(made.sealing(), found.sealing());
        assert_ne!(made.author(), Keys::of_folder(other.path(), ring).unwrap().author());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing but the key file is left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(folder.path().join(KEY_FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        forget_keys(folder.path(), ring).unwrap();
        assert!(matches!(Keys::find(folder.path(), ring), Err(KeyError::None { .. })));
    }
}

#[test]
fn without_what_opens_them_there_are_no_keys_and_none_are_made() {
    let folder = tempfile::tempdir().unwrap();
    Keys::of_folder(folder.path(), &ring(false, Some("correct horse"))).unwrap();
    let again = |passphrase| Keys::of_folder(folder.path(), &ring(false, passphrase)).err().unwrap();
    assert!(matches!(again(None), KeyError::NoPassphrase));
    assert!(matches!(again(Some("correct house")), KeyError::WrongPassphrase));

    let folder = tempfile::tempdir().unwrap();
    let (system, nothing) = (ring(true, None), ring(false, None));
    Keys::of_folder(folder.path(), &system).unwrap();
    assert!(matches!(Keys::of_folder(folder.path(), &nothing).err(), Some(KeyError::Store(_))));
    assert!(matches!(Keys::of_folder(folder.path(), &ring(true, None)).err(), Some(KeyError::Forgotten)));

    fs::write(folder.path().join(KEY_FILE), "no keys").unwrap();
    assert!(matches!(Keys::of_folder(folder.path(), &system).err(), Some(KeyError::Content { .. })));
}

#[test]
fn a_passphrase_can_be_set_changed_and_taken_away_and_is_typed_once() {
    for store in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let ring = ring(store, None);
        let path = folder.path();
        let author = Keys::of_folder(path, &ring).unwrap().author();
        let unset = if store { KeptIn::System } else { KeptIn::File };
        assert_eq!((kept_in(path).unwrap(), is_locked(path)), (Some(unset), false));
        let mut copies = Vec::new();
        for passphrase in ["correct horse", "battery staple"] {
            Keys::keep_with(path, &ring, Some(passphrase)).unwrap();
            // Set just now, so it is open. A copy of an earlier one is not.
            assert_eq!((kept_in(path).unwrap(), is_locked(path)), (Some(KeptIn::Passphrase), false));
            assert_eq!(Keys::find(path, &ring).unwrap().author(), author);
            copies.push(fs::read(path.join(KEY_FILE)).unwrap());
        }
        assert_ne!(copies[0][8..], copies[1][8..]);
        assert!(matches!(Keys::unlock(path, "correct horse"), Err(KeyError::WrongPassphrase)));
        Keys::keep_with(path, &ring, None).unwrap();
        assert_eq!(kept_in(path).unwrap(), Some(unset));
        assert_eq!(Keys::find(path, &ring).unwrap().author(), author);
    }
}

#[test]
fn what_was_locked_in_another_run_is_unlocked_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let author = Keys::of_folder(path, &ring(false, Some("correct horse"))).unwrap().author();
    let nothing = ring(false, None);
    assert!(is_locked(path));
    assert!(matches!(Keys::unlock(path, "correct house"), Err(KeyError::WrongPassphrase)));
    assert!(is_locked(path), "a wrong one opens nothing");
    Keys::unlock(path, "correct horse").unwrap();
    assert!(!is_locked(path));
    assert_eq!(Keys::find(path, &nothing).unwrap().author(), author);
}

/// A key file of somebody else may ask for any amount of memory.
#[test]
fn a_key_file_can_not_ask_for_all_the_memory() {
    let folder = tempfile::tempdir().unwrap();
    let ring = ring(false, Some("x"));
    Keys::of_folder(folder.path(), &ring).unwrap();
    let path = folder.path().join(KEY_FILE);
    let mut bytes = fs::read(&path).unwrap();
    assert_eq!(bytes[8..12], [1, 0x80, 0x80, 4], "64 MiB as a varint behind the variant");
    bytes[10] = 0xff;
    bytes[11] = 0x7f;
    fs::write(&path, bytes).unwrap();
    assert!(matches!(Keys::find(folder.path(), &ring).err(), Some(KeyError::Derive(_))));
}

/// With the real key store, where this machine has one that is unlocked (`dbus-run-session` and gnome-keyring will do).
#[test]
fn the_systems_key_store_keeps_them() {
    let Some(store) = system::store() else {
        eprintln!("skipped: no key store answers on D-Bus");
        return;
    };
    let ring = KeyRing { store: Some(store), passphrase: None };
    let folder = tempfile::tempdir().unwrap();
    let made = match Keys::of_folder(folder.path(), &ring) {
        Ok(made) => made,
        Err(error) => {
            eprintln!("skipped: {error}");
            return;
        }
    };
    assert_eq!(Keys::find(folder.path(), &ring).unwrap().author(), made.author());
    forget_keys(folder.path(), &ring).unwrap();
}
