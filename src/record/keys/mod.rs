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
    #[error("the keys are sealed with a passphrase; give it in BARO_PASSPHRASE")]
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
        let path = folder.join(KEY_FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => Zeroizing::new(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(KeyError::None { folder: folder.to_owned() });
            }
            Err(source) => return Err(KeyError::File { path, source }),
        };
        let file = bytes.strip_prefix(&MAGIC).and_then(|rest| postcard::from_bytes(rest).ok());
        let content = || KeyError::Content { path: path.clone() };
        Ok(match file.ok_or_else(content)? {
            KeyFile::System { name } => {
                let secret = system::load(ring.store.as_ref(), &name)?;
                Self::new(&both(&secret).ok_or(KeyError::Forgotten)?, KeptIn::System)
            }
            KeyFile::Passphrase(locked) => {
                Self::new(&locked.open(ring.passphrase.as_deref())?, KeptIn::Passphrase)
            }
            KeyFile::File { secret } => {
                let secret = Zeroizing::new(secret);
                Self::new(&both(&secret).ok_or_else(content)?, KeptIn::File)
            }
        })
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
        write_new(folder, &file)?;
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

/// Forgets the secrets of a folder, wherever they are: every sealed record of it, and every copy, is unreadable from then on.
///
/// # Errors
/// The key file is there and can't be removed, or the system's key store refuses.
pub fn forget_keys(folder: &Path, ring: &KeyRing) -> Result<(), KeyError> {
    let path = folder.join(KEY_FILE);
    let Ok(bytes) = fs::read(&path) else { return Ok(()) };
    if let Some(KeyFile::System { name }) =
        bytes.strip_prefix(&MAGIC).and_then(|rest| postcard::from_bytes(rest).ok())
    {
        system::forget(ring.store.as_ref(), &name)?;
    }
    fs::remove_file(&path).map_err(|source| KeyError::File { path, source })
}

fn both(secret: &[u8]) -> Option<Both> {
    secret.try_into().ok().map(Zeroizing::new)
}

/// Written whole or not at all, before the first record; never over another.
fn write_new(folder: &Path, file: &KeyFile) -> Result<(), KeyError> {
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
        fs::hard_link(&part, &path) // fails where there is one, unlike a rename
    };
    let outcome = write();
    let _ = fs::remove_file(&part);
    outcome.map_err(failed)
}
