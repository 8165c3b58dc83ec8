//! Secrets in the system's key store: on a Linux desktop the Secret Service, over D-Bus.

use super::{Both, KeyError};
use crate::RecordId;
use keyring_core::{CredentialStore, Error};
use std::sync::Arc;
use zeroize::Zeroizing;

/// How the entries are called in the key store.
const SERVICE: &str = "baro";

/// The key store; `None` where none answers.
pub(super) fn store() -> Option<Arc<CredentialStore>> {
    // Without a session there is nobody to ask; asking would take seconds.
    std::env::var_os("DBUS_SESSION_BUS_ADDRESS")?;
    zbus_secret_service_keyring_store::Store::new().ok().map(|store| store as Arc<CredentialStore>)
}

/// Keeps a secret under a new name, which it gives back.
pub(super) fn keep(store: &Arc<CredentialStore>, secret: &Both) -> Result<String, KeyError> {
    let name = RecordId::now().to_string();
    store.build(SERVICE, &name, None)?.set_secret(secret.as_slice())?;
    Ok(name)
}

pub(super) fn load(store: Option<&Arc<CredentialStore>>, name: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let store = store.ok_or(Error::NoDefaultStore)?;
    match store.build(SERVICE, name, None)?.get_secret() {
        Ok(secret) => Ok(Zeroizing::new(secret)),
        Err(Error::NoEntry) => Err(KeyError::Forgotten),
        Err(error) => Err(error.into()),
    }
}

pub(super) fn forget(store: Option<&Arc<CredentialStore>>, name: &str) -> Result<(), KeyError> {
    let store = store.ok_or(Error::NoDefaultStore)?;
    match store.build(SERVICE, name, None)?.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
