//! What a search asks for, and where its next page begins.

use super::answer::Problem;
use baro_wire::{Cursor, PersonId, RecordId};
use std::fmt;

/// Resources of a page where nothing else is asked for.
const COUNT: usize = 50;
/// Resources of a page at most.
const MOST: usize = 200;

/// A search's parameters.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Search {
    pub patient: Option<PersonId>,
    pub count: usize,
    pub from: Option<Place>,
}

/// Where a page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Behind this patient, of a list of patients.
    Patient(PersonId),
    /// Behind this line, of the audit log.
    Line(u64),
    /// Behind this place of the patient's feed, among their plans.
    Plan(Cursor),
    /// Behind this record, and behind so many of the resources of the next one.
    Record(Option<RecordId>, usize),
}

impl Search {
    /// A parameter that is not known is refused: a filter that silently does not hold would show too much.
    pub fn of(pairs: &[(String, String)]) -> Result<Self, Problem> {
        let mut search = Self { count: COUNT, ..Self::default() };
        for (name, value) in pairs {
            match name.as_str() {
                "patient" | "subject" => search.patient = Some(patient(value)?),
                "_count" => {
                    let count: usize = value.parse().map_err(|_| Problem::bad("_count is no number"))?;
                    search.count = count.clamp(1, MOST);
                }
                "_page" => {
                    let place =
                        Place::of(value).ok_or_else(|| Problem::bad("_page is none of this server's"))?;
                    search.from = Some(place);
                }
                "_format" if value.contains("json") => {}
                "_format" => return Err(Problem::bad("there is JSON only")),
                _ => {
                    return Err(Problem::bad(
                        "this parameter is not supported; there are patient, subject, _count, _format",
                    ));
                }
            }
        }
        Ok(search)
    }
}

/// `ID` or `Patient/ID`.
fn patient(value: &str) -> Result<PersonId, Problem> {
    let id = value.strip_prefix("Patient/").unwrap_or(value);
    // An id that can't be one is nobody's: as with any other, there is nothing.
    Ok(PersonId(hex(id).unwrap_or_default()))
}

/// 16 bytes as we write them.
pub fn hex(text: &str) -> Option<[u8; 16]> {
    let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?;
    bytes.try_into().ok()
}

impl Place {
    fn of(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_at_checked(1)?;
        match kind {
            "p" => hex(rest).map(|id| Self::Patient(PersonId(id))),
            "l" => rest.parse().ok().map(Self::Line),
            "c" => rest.parse().ok().map(Self::Plan),
            "r" => {
                let (record, skip) = rest.split_once('.')?;
                let record = if record.is_empty() { None } else { Some(RecordId(hex(record)?)) };
                skip.parse().ok().map(|skip| Self::Record(record, skip))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Patient(person) => write!(f, "p{person}"),
            Self::Line(number) => write!(f, "l{number}"),
            Self::Plan(cursor) => write!(f, "c{cursor}"),
            Self::Record(Some(record), skip) => write!(f, "r{record}.{skip}"),
            Self::Record(None, skip) => write!(f, "r.{skip}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(query: &[(&str, &str)]) -> Result<Search, Problem> {
        Search::of(
            &query
                .iter()
                .map(|(name, value)| (String::from(*name), String::from(*value)))
                .collect::<Vec<_>>(),
        )
    }

    #[test]
    fn places_are_text_and_back() {
        for place in [
            Place::Patient(PersonId([7; 16])),
            Place::Line(u64::MAX),
            Place::Plan(u64::MAX),
            Place::Record(None, 3),
            Place::Record(Some(RecordId([9; 16])), 0),
        ] {
            assert_eq!(Place::of(&place.to_string()), Some(place));
        }
        for bad in ["", "x", "p", "p12", "l-1", "r", "r.", "rzz.1", "r.-1", "\u{ac00}"] {
            assert_eq!(Place::of(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let one = PersonId([0x1f; 16]);
        let found =
            search(&[("patient", &format!("Patient/{one}")), ("_count", "7"), ("_format", "json")]).unwrap();
        assert_eq!(found, Search { patient: Some(one), count: 7, from: None });
        assert_eq!(search(&[("_count", "99999")]).unwrap().count, MOST);
        assert_eq!(search(&[("patient", "somebody")]).unwrap().patient, Some(PersonId::default()));
        for bad in
            [("code", "1"), ("_count", "-1"), ("_page", "z"), ("_format", "xml"), ("patient:missing", "true")]
        {
            assert!(search(&[bad]).is_err(), "{bad:?}");
        }
    }
}
