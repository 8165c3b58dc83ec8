//! The secrets of a folder of records: what signs them, and what seals them.
//!
//! Beside the records lies `baro.keys`. It says where the secrets are: in the system's key store, in the file itself sealed with a
//! passphrase, or, where there is neither, in the file as they are, readable by its owner alone. So a copied record is unreadable,
//! and who erases the folder erases the keys of every copy of its records.

mod passphrase;
mod system;
#[cfg(test)]
mod tests;

use crate::{Author, PersonKey, Secret, seal::SealError, seal::random};
use keyring_core::CredentialStore;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};
use zeroize::Zeroizing;

/// Name of the file that tells where the secrets are.
pub const KEY_FILE: &str = "baro.keys";
/// The passphrase, for a machine without a key store.
pub const PASSPHRASE_VARIABLE: &str = "BARO_PASSPHRASE";
/// `file`: leave the system's key store alone.
pub const KEYS_VARIABLE: &str = "BARO_KEYS";

const MAGIC: [u8; 8] = *b"BAROK\n\x01\0";

/// The seed that signs, then the key that seals.
type Both = Zeroizing<[u8; 64]>;

/// The secrets can't be had.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum KeyError {
    #[error(
        "there are no keys in {folder}; open the record in the folder it was made in, or the copy that `baro export` made"
    )]
    None { folder: PathBuf },
    #[error("can't read or write {path}: {source}")]
    File { path: PathBuf, source: io::Error },
    #[error("{path} is no key file of this version")]
    Content { path: PathBuf },
    #[error("the system's key store does not give the key: {0}; unlock it and try again")]
    Store(#[from] keyring_core::Error),
    #[error("the system's key store has no key for this folder any more")]
    Forgotten,
    #[error(
        "the records are locked with a passphrase: type it when Baro starts, or give it in BARO_PASSPHRASE"
    )]
    NoPassphrase,
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    #[error("the passphrase can't be used: {0}")]
    Derive(argon2::Error),
    #[error(transparent)]
    Seal(#[from] SealError),
}

/// Where the secrets of a folder are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptIn {
    /// The system's key store.
    System,
    /// The key file, sealed with a passphrase.
    Passphrase,
    /// The key file, as they are.
    File,
}

#[derive(Serialize, Deserialize)]
enum KeyFile {
    System { name: String },
    Passphrase(passphrase::Locked),
    File { secret: Vec<u8> },
}

/// What secrets may be kept in; the first that is there is taken for a new folder.
#[derive(Default)]
pub struct KeyRing {
    /// The system's key store.
    pub store: Option<Arc<CredentialStore>>,
    /// A passphrase that the person gave.
    pub passphrase: Option<Zeroizing<String>>,
}

impl KeyRing {
    /// The system's key store, where it answers and [`KEYS_VARIABLE`] allows it; and the passphrase in [`PASSPHRASE_VARIABLE`].
    pub fn of_system() -> Self {
        let allowed = std::env::var_os(KEYS_VARIABLE).is_none_or(|kept| kept != "file");
        let passphrase = std::env::var(PASSPHRASE_VARIABLE).ok().filter(|text| !text.is_empty());
        Self { store: allowed.then(system::store).flatten(), passphrase: passphrase.map(Zeroizing::new) }
    }
}

/// The secrets of a folder of records.
pub struct Keys {
    person: PersonKey,
    sealing: Option<Secret>,
    kept: KeptIn,
}

impl Keys {
    /// The secrets of this folder; makes them where it has none.
    ///
    /// # Errors
    /// They are there and can't be had, or can't be kept.
    pub fn of_folder(folder: &Path, ring: &KeyRing) -> Result<Self, KeyError> {
        match Self::find(folder, ring) {
            Err(KeyError::None { .. }) => Self::make(folder, ring),
            found => found,
        }
    }

    /// The secrets that this folder has.
    ///
    /// # Errors
    /// It has none, or they can't be had.
    pub fn find(folder: &Path, ring: &KeyRing) -> Result<Self, KeyError> {
        open(folder, ring).map(|(secret, kept)| Self::new(&secret, kept))
    }

    /// Opens what is sealed with a passphrase, for this folder and until the program ends: who typed it is not asked again for
    /// each record. Takes a good part of a second.
    ///
    /// # Errors
    /// It is another passphrase, or the secrets can't be had at all.
    pub fn unlock(folder: &Path, passphrase: &str) -> Result<(), KeyError> {
        match read(folder)? {
            KeyFile::Passphrase(locked) => locked.unlock(passphrase),
            KeyFile::System { .. } | KeyFile::File { .. } => Ok(()),
        }
    }

    /// Keeps the secrets of this folder sealed with this passphrase from now on; without one, as a new folder would. Makes them
    /// where there are none. What was sealed with them stays readable. Takes a good part of a second.
    ///
    /// # Errors
    /// They can't be had, or can't be kept; then they are where they were.
    pub fn keep_with(folder: &Path, ring: &KeyRing, passphrase: Option<&str>) -> Result<(), KeyError> {
        let (secret, before) = match open(folder, ring) {
            Ok((secret, _)) => (secret, Some(read(folder)?)),
            Err(KeyError::None { .. }) => (random::<64>()?, None),
            Err(error) => return Err(error),
        };
        let file = match (passphrase, &ring.store) {
            (Some(passphrase), _) => {
                let locked = passphrase::Locked::new(passphrase, &secret)?;
                locked.unlock(passphrase)?;
                KeyFile::Passphrase(locked)
            }
            (None, Some(store)) => KeyFile::System { name: system::keep(store, &secret)? },
            (None, None) => KeyFile::File { secret: secret.to_vec() },
        };
        write(folder, &file, Over::Another)?;
        if let Some(KeyFile::System { name }) = before {
            // The new lock holds already: what is left of the old one opens nothing that it doesn't.
            let _ = system::forget(ring.store.as_ref(), &name);
        }
        Ok(())
    }

    fn make(folder: &Path, ring: &KeyRing) -> Result<Self, KeyError> {
        let secret = random::<64>()?;
        let (file, kept) = match (&ring.store, &ring.passphrase) {
            (Some(store), _) => (KeyFile::System { name: system::keep(store, &secret)? }, KeptIn::System),
            (None, Some(passphrase)) => {
                (KeyFile::Passphrase(passphrase::Locked::new(passphrase, &secret)?), KeptIn::Passphrase)
            }
            (None, None) => (KeyFile::File { secret: secret.to_vec() }, KeptIn::File),
        };
        write(folder, &file, Over::Nothing)?;
        Ok(Self::new(&secret, kept))
    }

    fn new(secret: &Both, kept: KeptIn) -> Self {
        let (mut seed, mut sealing) = (Zeroizing::new([0; 32]), Zeroizing::new([0; 32]));
        seed.copy_from_slice(&secret[..32]);
        sealing.copy_from_slice(&secret[32..]);
        Self { person: PersonKey::from_seed(&seed), sealing: Some(sealing), kept }
    }

    /// Signs with this person's key and seals nothing: for a copy that goes to somebody else, and for tests.
    pub const fn unsealed(person: PersonKey) -> Self {
        Self { person, sealing: None, kept: KeptIn::File }
    }

    /// Whose records these keys sign.
    pub fn author(&self) -> Author {
        self.person.author()
    }

    /// Where they are.
    pub const fn kept_in(&self) -> KeptIn {
        self.kept
    }

    /// What signs: the person's identity towards a server, too.
    pub const fn person(&self) -> &PersonKey {
        &self.person
    }

    /// A key for something else that lies beside the records, such as what waits to be sent; `None` for [`Self::unsealed`].
    pub fn derived(&self, what: &str) -> Option<Secret> {
        let sealing = self.sealing.as_ref()?;
        let text = Zeroizing::new([b"baro derived key 1\0", what.as_bytes(), b"\0", &sealing[..]].concat());
        Some(Zeroizing::new(crate::sha256(&text).0))
    }

    pub(crate) const fn sealing(&self) -> Option<&Secret> {
        self.sealing.as_ref()
    }
}

/// How the secrets of this folder are kept, without opening them; `None` where it has none.
///
/// # Errors
/// The key file can't be read.
pub fn kept_in(folder: &Path) -> Result<Option<KeptIn>, KeyError> {
    match read(folder) {
        Ok(KeyFile::System { .. }) => Ok(Some(KeptIn::System)),
        Ok(KeyFile::Passphrase(_)) => Ok(Some(KeptIn::Passphrase)),
        Ok(KeyFile::File { .. }) => Ok(Some(KeptIn::File)),
        Err(KeyError::None { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Must a passphrase be typed before the secrets of this folder can be had? Not where one stands in [`PASSPHRASE_VARIABLE`].
pub fn is_locked(folder: &Path) -> bool {
    let given = || std::env::var_os(PASSPHRASE_VARIABLE).is_some_and(|text| !text.is_empty());
    matches!(read(folder), Ok(KeyFile::Passphrase(locked)) if !locked.is_open() && !given())
}

/// Forgets the secrets of a folder, wherever they are: every sealed record of it, and every copy, is unreadable from then on.
///
/// # Errors
/// The key file is there and can't be removed, or the system's key store refuses.
pub fn forget_keys(folder: &Path, ring: &KeyRing) -> Result<(), KeyError> {
    let path = folder.join(KEY_FILE);
    if !path.exists() {
        return Ok(());
    }
    if let Ok(KeyFile::System { name }) = read(folder) {
        system::forget(ring.store.as_ref(), &name)?;
    }
    fs::remove_file(&path).map_err(|source| KeyError::File { path, source })
}

fn both(secret: &[u8]) -> Option<Both> {
    secret.try_into().ok().map(Zeroizing::new)
}

fn open(folder: &Path, ring: &KeyRing) -> Result<(Both, KeptIn), KeyError> {
    let content = || KeyError::Content { path: folder.join(KEY_FILE) };
    Ok(match read(folder)? {
        KeyFile::System { name } => {
            let secret = system::load(ring.store.as_ref(), &name)?;
            (both(&secret).ok_or(KeyError::Forgotten)?, KeptIn::System)
        }
        KeyFile::Passphrase(locked) => (locked.open(ring.passphrase.as_deref())?, KeptIn::Passphrase),
        KeyFile::File { secret } => {
            let secret = Zeroizing::new(secret);
            (both(&secret).ok_or_else(content)?, KeptIn::File)
        }
    })
}

fn read(folder: &Path) -> Result<KeyFile, KeyError> {
    let path = folder.join(KEY_FILE);
    let bytes = match fs::read(&path) {
        Ok(bytes) => Zeroizing::new(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(KeyError::None { folder: folder.to_owned() });
        }
        Err(source) => return Err(KeyError::File { path, source }),
    };
    let file = bytes.strip_prefix(&MAGIC).and_then(|rest| postcard::from_bytes(rest).ok());
    file.ok_or(KeyError::Content { path })
}

/// What a new key file may take the place of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    Nothing,
    Another,
}

/// Written whole or not at all.
fn write(folder: &Path, file: &KeyFile, over: Over) -> Result<(), KeyError> {
    let path = folder.join(KEY_FILE);
    let part = folder.join(format!("{KEY_FILE}.{}.part", std::process::id()));
    let failed = |source| KeyError::File { path: path.clone(), source };
    let bytes = postcard::to_extend(file, MAGIC.to_vec()).map(Zeroizing::new);
    let bytes = bytes.map_err(|error| failed(io::Error::other(error)))?;
    let write = || {
        fs::create_dir_all(folder)?;
        let _ = fs::remove_file(&part);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&part)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        match over {
            Over::Nothing => fs::hard_link(&part, &path), // fails where there is one, unlike a rename
            Over::Another => {
                fs::rename(&part, &path)?;
                // Before anything that the old file names is forgotten.
                #[cfg(unix)]
                fs::File::open(folder)?.sync_all()?;
                Ok(())
            }
        }
    };
    let outcome = write();
    let _ = fs::remove_file(&part);
    outcome.map_err(failed)
}
