//! Texts, bytes and lists that can't be longer than their type says: refused before they are copied.

use crate::Version;
use crate::schema::{Described, Lines};
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::{fmt, marker::PhantomData, ops::Deref};

/// Longer than its place allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{is} are too many, {most} fit")]
pub struct TooLong {
    /// Its length, in bytes or elements.
    pub is: usize,
    /// What fits.
    pub most: usize,
}

const fn fits(is: usize, most: usize) -> Result<(), TooLong> {
    if is <= most { Ok(()) } else { Err(TooLong { is, most }) }
}

macro_rules! bounded {
    ($(#[$meta:meta])* $name:ident($inner:ty) as $target:ty $(, $t:ident)?) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct $name<$($t,)? const MOST: usize>($inner);

        impl<$($t,)? const MOST: usize> $name<$($t,)? MOST> {
            /// All of it, where it fits.
            pub fn new(inner: impl Into<$inner>) -> Result<Self, TooLong> {
                let inner = inner.into();
                fits(inner.len(), MOST).map(|()| Self(inner))
            }
            /// What it holds.
            pub fn into_inner(self) -> $inner {
                self.0
            }
        }

        impl<$($t,)? const MOST: usize> Deref for $name<$($t,)? MOST> {
            type Target = $target;
            fn deref(&self) -> &$target {
                &self.0
            }
        }

        impl<$($t,)? const MOST: usize> Default for $name<$($t,)? MOST> {
            fn default() -> Self {
                Self(Default::default())
            }
        }
    };
}

bounded!(
    /// UTF-8 of at most `MOST` bytes.
    Text(String) as str
);
bounded!(
    /// At most `MOST` bytes.
    Bytes(Vec<u8>) as [u8]
);
bounded!(
    /// At most `MOST` elements.
    List(Vec<T>) as [T], T
);

impl<const MOST: usize> Serialize for Text<MOST> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de, const MOST: usize> Deserialize<'de> for Text<MOST> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Seen<const MOST: usize>;
        impl<const MOST: usize> Visitor<'_> for Seen<MOST> {
            type Value = Text<MOST>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                write!(f, "at most {MOST} bytes of text")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                fits(text.len(), MOST).map(|()| Text(text.to_owned())).map_err(E::custom)
            }
        }
        from.deserialize_str(Seen)
    }
}

impl<const MOST: usize> Serialize for Bytes<MOST> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_bytes(&self.0)
    }
}

impl<'de, const MOST: usize> Deserialize<'de> for Bytes<MOST> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Seen<const MOST: usize>;
        impl<const MOST: usize> Visitor<'_> for Seen<MOST> {
            type Value = Bytes<MOST>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                write!(f, "at most {MOST} bytes")
            }
            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
                fits(bytes.len(), MOST).map(|()| Bytes(bytes.to_owned())).map_err(E::custom)
            }
        }
        from.deserialize_bytes(Seen)
    }
}

impl<T: Serialize, const MOST: usize> Serialize for List<T, MOST> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for List<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Seen<T, const MOST: usize>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for Seen<T, MOST> {
            type Value = List<T, MOST>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                write!(f, "at most {MOST} elements")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
                fits(elements.size_hint().unwrap_or_default(), MOST).map_err(A::Error::custom)?;
                let mut list = Vec::new();
                while let Some(element) = elements.next_element()? {
                    list.push(element);
                    fits(list.len(), MOST).map_err(A::Error::custom)?;
                }
                Ok(List(list))
            }
        }
        from.deserialize_seq(Seen(PhantomData))
    }
}

impl<const MOST: usize> Described for Text<MOST> {
    fn name() -> String {
        format!("text[{MOST}]")
    }
}

impl<const MOST: usize> Described for Bytes<MOST> {
    fn name() -> String {
        format!("bytes[{MOST}]")
    }
}

impl<T: Described, const MOST: usize> Described for List<T, MOST> {
    fn name() -> String {
        format!("list[{MOST}] of {}", T::name())
    }
    fn describe(lines: &mut Lines) {
        lines.add::<T>();
    }
    fn since(&self) -> Version {
        self.0.iter().map(T::since).max().unwrap_or(Version::V1)
    }
}
