//! Message types that describe themselves: their text is hashed into the handshake and held against the document.

use crate::Version;
use std::collections::BTreeSet;

/// A type that crosses the wire.
pub trait Described {
    /// Its name in the schema.
    fn name() -> String;

    /// Adds its lines, and those of every type inside it.
    fn describe(_lines: &mut Lines) {}

    /// The version that brought all that stands in this value. A peer with an older one can't read it.
    fn since(&self) -> Version {
        Version::V1
    }
}

/// The lines of a version's schema. Sorted: the order in which types are met says nothing about the bytes.
pub struct Lines {
    version: Version,
    seen: BTreeSet<String>,
    lines: BTreeSet<String>,
}

impl Lines {
    /// None yet.
    pub const fn of(version: Version) -> Self {
        Self { version, seen: BTreeSet::new(), lines: BTreeSet::new() }
    }

    /// Does the version have what came with this one?
    pub fn has(&self, since: Version) -> bool {
        since <= self.version
    }

    /// A type and all inside it.
    pub fn add<T: Described>(&mut self) {
        if self.seen.insert(T::name()) {
            T::describe(self);
        }
    }

    /// One line; for the macros.
    pub fn line(&mut self, text: String) {
        self.lines.insert(text);
    }

    /// All of them.
    pub fn text(self) -> String {
        self.lines.into_iter().map(|line| line + "\n").collect()
    }
}

/// A struct of the wire. It never changes: postcard has no field names. What must change becomes a new type.
macro_rules! wire_struct {
    ($(#[$meta:meta])* pub struct $name:ident { $( $(#[$field_meta:meta])* pub $field:ident: $ty:ty ),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[allow(missing_docs, reason = "names say it; what they don't say stands beside them")]
        pub struct $name { $( $(#[$field_meta])* pub $field: $ty ),* }

        impl $crate::schema::Described for $name {
            fn name() -> String {
                stringify!($name).into()
            }
            fn describe(lines: &mut $crate::schema::Lines) {
                let fields: &[String] = &[
                    $( format!("{}: {}", stringify!($field), <$ty as $crate::schema::Described>::name()) ),*
                ];
                lines.line(format!("{} {{ {} }}", stringify!($name), fields.join(", ")));
                $( lines.add::<$ty>(); )*
            }
            fn since(&self) -> $crate::Version {
                let since = $crate::Version::V1;
                $( let since = since.max($crate::schema::Described::since(&self.$field)); )*
                since
            }
        }
    };
}

/// An enum of the wire: before each variant stands the version that brought it; new ones come last.
macro_rules! wire_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $(
        $(#[$variant_meta:meta])* $since:ident $variant:ident
        $({ $( $(#[$field_meta:meta])* $field:ident: $ty:ty ),* $(,)? })?
    ),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[allow(missing_docs, reason = "names say it; what they don't say stands beside them")]
        pub enum $name { $( $(#[$variant_meta])* $variant $({ $( $(#[$field_meta])* $field: $ty ),* })? ),* }

        impl $crate::schema::Described for $name {
            fn name() -> String {
                stringify!($name).into()
            }
            fn describe(lines: &mut $crate::schema::Lines) {
                let mut index = 0;
                $(
                    if lines.has($crate::Version::$since) {
                        let fields: &[String] = &[
                            $( $( format!("{}: {}", stringify!($field), <$ty as $crate::schema::Described>::name()) ),* )?
                        ];
                        let fields = if fields.is_empty() { String::new() } else { format!(" {{ {} }}", fields.join(", ")) };
                        lines.line(format!("{}.{index:02} {}{fields}", stringify!($name), stringify!($variant)));
                        $( $( lines.add::<$ty>(); )* )?
                    }
                    index += 1;
                )*
                let _ = index;
            }
            fn since(&self) -> $crate::Version {
                match self { $(
                    Self::$variant $({ $( $field ),* })? => {
                        let since = $crate::Version::$since;
                        $( $( let since = since.max($crate::schema::Described::since($field)); )* )?
                        since
                    }
                ),* }
            }
        }
    };
}

pub(crate) use {wire_enum, wire_struct};

macro_rules! plain {
    ($($ty:ty),*) => { $( impl Described for $ty { fn name() -> String { stringify!($ty).into() } } )* };
}
plain!(bool, u8, u16, u32, u64, i16, i64);

impl<T: Described> Described for Option<T> {
    fn name() -> String {
        format!("{}?", T::name())
    }
    fn describe(lines: &mut Lines) {
        lines.add::<T>();
    }
    fn since(&self) -> Version {
        self.as_ref().map_or(Version::V1, T::since)
    }
}
