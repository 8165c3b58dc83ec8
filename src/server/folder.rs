//! The server's folder: its key, its certificate, its database. All of it is the owner's alone.

use anyhow::{Context as _, bail};
use baro_net::Identity;
use ed25519_dalek::SigningKey;
use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    io::{ErrorKind, Write as _},
    net::SocketAddr,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};
use zeroize::Zeroizing;

const KEY: &str = "server.key";
const IDENTITY: &str = "identity.pem";
const WEB: &str = "web.pem";
const DATABASE: &str = "baro.db";

/// The folder, made where it was not there.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// Makes it, or finds it.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
        made.with_context(|| format!("the data folder {} can't be made", path.display()))?;
        Ok(Self(path.to_owned()))
    }

    /// Finds it: a command for a server that was never started is a mistake in `--data`.
    pub fn find(path: &Path) -> anyhow::Result<Self> {
        let folder = Self(path.to_owned());
        if folder.file(KEY).exists() {
            return Ok(folder);
        }
        bail!(
            "{} is no data folder of a server: give --data FOLDER, or start the server once",
            path.display()
        )
    }

    /// Where the database is.
    pub fn database(&self) -> PathBuf {
        self.file(DATABASE)
    }

    /// A file in it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The server's own key, which signs tokens and receipts; made at the first start.
    pub fn key(&self) -> anyhow::Result<SigningKey> {
        let bytes = self.secret(KEY, || {
            let mut seed = Zeroizing::new(vec![0; 32]);
            getrandom::fill(&mut seed).context("the operating system gives no random numbers")?;
            Ok(seed)
        })?;
        let seed = <[u8; 32]>::try_from(bytes.as_slice());
        let seed = Zeroizing::new(seed.ok().with_context(|| {
            format!("{} is damaged: put back the copy that you keep of it", self.file(KEY).display())
        })?);
        Ok(SigningKey::from_bytes(&seed))
    }

    /// The certificate that devices pin, and its key; made at the first start.
    pub fn identity(&self) -> anyhow::Result<Identity> {
        let make = || Ok(Zeroizing::new(Identity::new()?.to_pem().as_bytes().to_vec()));
        Ok(Identity::from_pem(&String::from_utf8_lossy(&self.secret(IDENTITY, make)?))?)
    }

    /// The certificate of the pages for staff, and its key: browsers take no Ed25519, which devices pin. Made at the first start, for these
    /// addresses; a clinic's own, chain and key, may be put in its place.
    pub fn web_certificate(
        &self,
        at: SocketAddr,
        public: Option<&str>,
    ) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        let host =
            public.and_then(|public| public.rsplit_once(':')).map(|(host, _)| host.trim_matches(['[', ']']));
        let names = [Some("localhost".to_owned()), Some(at.ip().to_string()), host.map(str::to_owned)];
        self.secret(WEB, || {
            let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P256_SHA256)?;
            let mut params = rcgen::CertificateParams::new(names.into_iter().flatten().collect::<Vec<_>>())?;
            params.distinguished_name = rcgen::DistinguishedName::new();
            params.distinguished_name.push(rcgen::DnType::CommonName, "Baro");
            let certificate = params.self_signed(&key)?;
            Ok(Zeroizing::new([certificate.pem(), key.serialize_pem()].concat().into_bytes()))
        })
    }

    /// A file that only its owner may read; made where there is none.
    fn secret(
        &self,
        name: &str,
        make: impl FnOnce() -> anyhow::Result<Zeroizing<Vec<u8>>>,
    ) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        let path = self.file(name);
        match fs::read(&path) {
            Ok(bytes) => {
                let bytes = Zeroizing::new(bytes);
                let mode = fs::metadata(&path)?.permissions().mode();
                if mode & 0o077 != 0 {
                    bail!("others may read {0}: run `chmod 600 {0}` and think about who did", path.display());
                }
                Ok(bytes)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let bytes = make()?;
                self.write_secret(name, &bytes)
                    .with_context(|| format!("{} can't be written", path.display()))?;
                Ok(bytes)
            }
            Err(error) => Err(error).with_context(|| format!("{} can't be read", path.display())),
        }
    }

    /// Whole on the disk under another name first: half a key would be none.
    fn write_secret(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let part = self.file(&format!("{name}.part"));
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&part, self.file(name))?;
        File::open(&self.0)?.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_nobody_elses() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("a/b");
        assert!(Folder::find(&path).is_err());
        let folder = Folder::open(&path).unwrap();
        let key = folder.key().unwrap();
        assert_eq!(Folder::find(&path).unwrap().key().unwrap(), key);
        let file = folder.file(KEY);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(folder.key().unwrap_err().to_string().contains("chmod 600"));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&file, b"short").unwrap();
        assert!(folder.key().unwrap_err().to_string().contains("damaged"));
    }
}
