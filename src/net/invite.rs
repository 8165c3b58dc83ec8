//! Where a server is, as one text that a person types or scans: `baro://HOST:PORT/CODE#PIN`.

use crate::{NoPin, Pin};
use baro_wire::{Text, limits::CODE_BYTES};
use std::{fmt, net::Ipv6Addr, str::FromStr};

const SCHEME: &str = "baro://";
/// The longest name that DNS has.
const HOST_BYTES: usize = 253;

/// Where a server is, and which one it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// A name, an IPv4 address, or an IPv6 address without its brackets.
    pub host: String,
    /// UDP.
    pub port: u16,
    /// Of its key.
    pub pin: Pin,
}

/// A server and a pairing code for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    /// It.
    pub server: Address,
    /// Good for one device, for a short time.
    pub code: Text<CODE_BYTES>,
}

/// Why a text is no invitation. Each has an id, for the sentence that a person reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum InviteError {
    #[error("an invitation begins with baro://")]
    Scheme,
    #[error("there is no server with a port in it, such as clinic.example:4433")]
    Server,
    #[error("the code has letters and digits, {CODE_BYTES} at most")]
    Code,
    #[error("the end is missing: copy all of it, up to the last letter behind #")]
    Pin,
}

impl From<NoPin> for InviteError {
    fn from(_: NoPin) -> Self {
        Self::Pin
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { host, port, pin } = self;
        if host.contains(':') {
            write!(f, "{SCHEME}[{host}]:{port}#{pin}")
        } else {
            write!(f, "{SCHEME}{host}:{port}#{pin}")
        }
    }
}

impl fmt::Display for Invite {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let server = self.server.to_string();
        let (place, pin) = server.split_once('#').unwrap_or((&server, ""));
        write!(f, "{place}/{}#{pin}", &*self.code)
    }
}

impl FromStr for Address {
    type Err = InviteError;

    /// What [`Address`] displays: an invitation without its code.
    fn from_str(text: &str) -> Result<Self, InviteError> {
        let (place, pin) = split(text)?;
        address(place, pin)
    }
}

impl FromStr for Invite {
    type Err = InviteError;

    fn from_str(text: &str) -> Result<Self, InviteError> {
        let (place, pin) = split(text)?;
        let (place, code) = place.split_once('/').ok_or(InviteError::Code)?;
        let fits = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        let code = Text::new(code).ok().filter(|_| fits).ok_or(InviteError::Code)?;
        Ok(Self { server: address(place, pin)?, code })
    }
}

/// What stands before and behind the `#`.
fn split(text: &str) -> Result<(&str, &str), InviteError> {
    let text = text.trim();
    let scheme = text.get(..SCHEME.len()).filter(|scheme| scheme.eq_ignore_ascii_case(SCHEME));
    let rest = &text[scheme.ok_or(InviteError::Scheme)?.len()..];
    rest.split_once('#').ok_or(InviteError::Pin)
}

fn address(place: &str, pin: &str) -> Result<Address, InviteError> {
    let (host, port) = place.rsplit_once(':').ok_or(InviteError::Server)?;
    let port = port.parse().ok().filter(|port| *port > 0).ok_or(InviteError::Server)?;
    let host = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(v6) => v6.parse::<Ipv6Addr>().map_err(|_| InviteError::Server)?.to_string(),
        None => host.to_ascii_lowercase(),
    };
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
    let fits = !host.is_empty() && host.len() <= HOST_BYTES;
    if !fits || !(host.bytes().all(is_name) || host.parse::<Ipv6Addr>().is_ok()) {
        return Err(InviteError::Server);
    }
    Ok(Address { host, port, pin: pin.parse()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIN: Pin = Pin([7; 32]);

    #[test]
    fn what_is_shown_is_read() {
        for host in ["clinic.example", "192.168.0.7", "::1", "fe80::7"] {
            let server = Address { host: host.into(), port: 4433, pin: PIN };
            let invite = Invite { server: server.clone(), code: Text::new("7KQ2M9XP").unwrap() };
            assert_eq!(server.to_string().parse(), Ok(server.clone()));
            assert_eq!(invite.to_string().parse(), Ok(invite.clone()));
            assert!(invite.to_string().len() < 120, "fits a small QR code: {invite}");
        }
    }

    #[test]
    fn people_type_as_they_like() {
        let read: Invite = format!("  BARO://Clinic.Example:4433/7kq2-m9xp#{PIN}\n").parse().unwrap();
        assert_eq!((read.server.host.as_str(), &*read.code), ("clinic.example", "7kq2-m9xp"));
    }

    #[test]
    fn bad_ones_are_told_apart() {
        use InviteError::{Code, Pin as NoPin, Scheme, Server};
        let ends = |text: &str| format!("{text}#{PIN}");
        for (text, error) in [
            (String::new(), Scheme),
            ("https://clinic.example:4433/A#B".into(), Scheme),
            ("바로://clinic".into(), Scheme),
            ("baro://h:1/CODE".into(), NoPin),
            ("baro://h:1/CODE#".into(), NoPin),
            ("baro://h:1/CODE#0000".into(), NoPin),
            (ends("baro://h:1"), Code),
            (ends("baro://h:1/"), Code),
            (ends("baro://h:1/A/B"), Code),
            (ends("baro://h:1/1234567890123"), Code),
            (ends("baro://h:1/코드"), Code),
            (ends("baro://h/CODE"), Server),
            (ends("baro://h:0/CODE"), Server),
            (ends("baro://h:65536/CODE"), Server),
            (ends("baro://:1/CODE"), Server),
            (ends("baro://a b:1/CODE"), Server),
            (ends("baro://me@h:1/CODE"), Server),
            (ends("baro://[::g]:1/CODE"), Server),
            (ends("baro://병원:1/CODE"), Server),
            (ends(&format!("baro://{}:1/CODE", "h".repeat(254))), Server),
        ] {
            assert_eq!(text.parse::<Invite>(), Err(error), "{text}");
        }
    }
}
