//! Appointments with the therapist: what holds of all that was written, and a calendar file of one.
//!
//! An appointment is never changed: what moves or cancels it is written behind it and names it. Who gets them in the order in which the
//! server stored them knows what holds.

use jiff::Timestamp;
use std::fmt::Write as _;

/// Which appointment, the 16 bytes of its post.
pub type AppointmentId = [u8; 16];

/// Minutes before, when a calendar reminds; and a day before.
const REMIND_MINUTES: [u32; 2] = [60, 24 * 60];
/// Changes that are followed back from one: more is no appointment of anybody's.
const MOST_CHANGES: usize = 200;
/// A line of a calendar file, bytes without its end (RFC 5545, 3.1).
const LINE_BYTES: usize = 75;

/// What was written about an appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppointmentPost {
    /// Its own.
    pub id: AppointmentId,
    /// The one that this moves or cancels.
    pub instead_of: Option<AppointmentId>,
    /// When it was stored, ms since 1970.
    pub stored_ms: i64,
    /// When it begins, ms since 1970.
    pub starts_ms: i64,
    /// How long.
    pub minutes: u16,
    /// In a live room, not in the practice.
    pub live: bool,
    /// It is not.
    pub cancelled: bool,
    /// The therapist's words.
    pub text: String,
}

/// An appointment as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Of the first that was written of it: it stays.
    pub first: AppointmentId,
    /// What was written last of it.
    pub now: AppointmentPost,
    /// When it was until the last change; none where nothing changed yet.
    pub was_ms: Option<i64>,
    /// How often it was moved or cancelled.
    pub changes: u32,
}

impl Appointment {
    /// When it ends, ms since 1970.
    pub fn ends_ms(&self) -> i64 {
        self.now.starts_ms.saturating_add(i64::from(self.now.minutes) * 60_000)
    }

    /// The device of the patient told them of it before, and it is otherwise now.
    pub fn changed_since(&self, told_ms: i64) -> bool {
        self.changes > 0 && self.now.stored_ms > told_ms
    }
}

/// Every appointment as it is now, cancelled ones too, by when it begins. Posts are in the order in which they were stored: of two that
/// change the same, the later counts. What names none that is known is one of its own.
pub fn appointments(posts: impl IntoIterator<Item = AppointmentPost>) -> Vec<Appointment> {
    let mut all: Vec<(Vec<AppointmentId>, Appointment)> = Vec::new();
    for post in posts {
        if all.iter().any(|(ids, _)| ids.contains(&post.id)) {
            continue;
        }
        let before = post
            .instead_of
            .and_then(|id| all.iter_mut().find(|(ids, _)| ids.contains(&id) && ids.len() < MOST_CHANGES));
        match before {
            Some((ids, one)) => {
                ids.push(post.id);
                one.was_ms = Some(one.now.starts_ms);
                one.changes += 1;
                one.now = post;
            }
            None => {
                let id = post.id;
                all.push((vec![id], Appointment { first: id, now: post, was_ms: None, changes: 0 }));
            }
        }
    }
    let mut all: Vec<Appointment> = all.into_iter().map(|(_, one)| one).collect();
    all.sort_by_key(|one| (one.now.starts_ms, one.first));
    all
}

/// Those that are not over at `now_ms`, the next one first; cancelled ones too, so that they can be told of.
pub fn coming(all: &[Appointment], now_ms: i64) -> impl Iterator<Item = &Appointment> {
    all.iter().filter(move |one| one.ends_ms() > now_ms)
}

/// Those that were moved or cancelled after `told_ms`, and are not over.
pub fn changed(all: &[Appointment], told_ms: i64, now_ms: i64) -> impl Iterator<Item = &Appointment> {
    coming(all, now_ms).filter(move |one| one.changed_since(told_ms))
}

/// A calendar file (`.ics`, RFC 5545) of one appointment, which a calendar takes in place of the one it has. `title` stands in it, and
/// nothing else that is read: a calendar is often seen by others. The same appointment makes the same bytes.
pub fn ics(one: &Appointment, title: &str) -> String {
    let mut file = String::new();
    let mut line = |text: &str| fold(&mut file, text);
    let title = escaped(title);
    for text in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Baro//Baro//EN", "CALSCALE:GREGORIAN"] {
        line(text);
    }
    line(if one.now.cancelled { "METHOD:CANCEL" } else { "METHOD:PUBLISH" });
    line("BEGIN:VEVENT");
    line(&format!("UID:{}@baro", hex(&one.first)));
    line(&format!("SEQUENCE:{}", one.changes));
    line(&format!("DTSTAMP:{}", utc(one.now.stored_ms)));
    line(&format!("DTSTART:{}", utc(one.now.starts_ms)));
    line(&format!("DTEND:{}", utc(one.ends_ms())));
    line(&format!("SUMMARY:{title}"));
    line(if one.now.cancelled { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
    line("CLASS:PRIVATE");
    if !one.now.cancelled {
        for minutes in REMIND_MINUTES {
            line("BEGIN:VALARM");
            line("ACTION:DISPLAY");
            line(&format!("DESCRIPTION:{title}"));
            line(&format!("TRIGGER:-PT{minutes}M"));
            line("END:VALARM");
        }
    }
    line("END:VEVENT");
    line("END:VCALENDAR");
    file
}

fn hex(id: &AppointmentId) -> String {
    id.iter().fold(String::new(), |mut text, byte| {
        // A `String` takes whatever is written.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn utc(ms: i64) -> String {
    Timestamp::from_millisecond(ms).unwrap_or_default().strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace(['\r', '\n'], " ")
}

/// A line, and its continuations where it is too long; never inside a letter.
fn fold(file: &mut String, text: &str) {
    let mut used = 0;
    for letter in text.chars() {
        if used + letter.len_utf8() > LINE_BYTES {
            file.push_str("\r\n ");
            used = 1;
        }
        file.push(letter);
        used += letter.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use icalendar::{Calendar, CalendarComponent, Component as _, EventStatus};

    /// 23 November 2026, 09:00 UTC.
    const NINE: i64 = 1_795_424_400_000;
    const HOUR: i64 = 3_600_000;

    fn post(id: u8, instead_of: Option<u8>, starts_ms: i64) -> AppointmentPost {
        AppointmentPost {
            id: [id; 16],
            instead_of: instead_of.map(|id| [id; 16]),
            stored_ms: i64::from(id) * 1_000,
            starts_ms,
            minutes: 30,
            live: true,
            cancelled: false,
            text: "We look at the knee".into(),
        }
    }

    #[test]
    fn what_was_written_last_holds() {
        let cancel = AppointmentPost { cancelled: true, ..post(5, Some(4), NINE + 3 * HOUR) };
        let posts = [
            post(1, None, NINE + 2 * HOUR),
            post(2, None, NINE),
            post(3, Some(1), NINE + HOUR),
            // The same one moved again, by the name of its first; and something that names nothing that is known.
            post(4, Some(1), NINE + 3 * HOUR),
            cancel,
            post(6, Some(99), NINE + 5 * HOUR),
            post(6, None, NINE + 6 * HOUR),
        ];
        let all = appointments(posts);
        let told: Vec<_> =
            all.iter().map(|one| (one.first[0], one.now.id[0], one.changes, one.was_ms)).collect();
        assert_eq!(told, [(2, 2, 0, None), (1, 5, 3, Some(NINE + 3 * HOUR)), (6, 6, 0, None)]);
        let ids = |found: Vec<&Appointment>| found.iter().map(|one| one.first[0]).collect::<Vec<_>>();
        assert_eq!(ids(coming(&all, NINE + 29 * 60_000).collect()), [2, 1, 6], "it goes on");
        assert_eq!(ids(coming(&all, NINE + 30 * 60_000).collect()), [1, 6], "it is over");
        assert_eq!(ids(changed(&all, 4_000, NINE).collect()), [1]);
        assert!(changed(&all, 5_000, NINE).next().is_none(), "told already");
    }

    #[test]
    fn a_calendar_reads_it_and_learns_nothing_of_health() {
        let moved = appointments([post(1, None, NINE), post(2, Some(1), NINE + HOUR)]).remove(0);
        let text = ics(&moved, "Baro; 진료 예약, 오전");
        assert!(!text.contains("knee") && text.lines().all(|line| line.len() <= 75), "{text}");
        assert_eq!(text, ics(&moved, "Baro; 진료 예약, 오전"), "without a clock");
        let calendar: Calendar = text.parse().unwrap();
        let [CalendarComponent::Event(event)] = &calendar.components[..] else { panic!("{calendar:?}") };
        assert_eq!(event.get_uid(), Some(format!("{}@baro", "01".repeat(16)).as_str()));
        assert_eq!(event.property_value("SEQUENCE"), Some("1"));
        assert_eq!(event.property_value("DTSTART"), Some("20261123T100000Z"));
        assert_eq!(event.property_value("DTEND"), Some("20261123T103000Z"));
        assert_eq!(event.get_status(), Some(EventStatus::Confirmed));
        assert_eq!(event.property_value("SUMMARY"), Some("Baro; 진료 예약, 오전"));
        let alarms: Vec<_> = event.components().iter().map(|alarm| alarm.property_value("TRIGGER")).collect();
        assert_eq!(alarms, [Some("-PT60M"), Some("-PT1440M")]);

        let cancelled = AppointmentPost { cancelled: true, ..post(3, Some(2), NINE + HOUR) };
        let gone = appointments([post(1, None, NINE), post(2, Some(1), NINE + HOUR), cancelled]).remove(0);
        let calendar: Calendar = ics(&gone, "Baro").parse().unwrap();
        let [CalendarComponent::Event(event)] = &calendar.components[..] else { panic!("{calendar:?}") };
        assert_eq!(event.get_uid(), Some(format!("{}@baro", "01".repeat(16)).as_str()), "the same one");
        assert_eq!(
            (event.property_value("SEQUENCE"), event.get_status()),
            (Some("2"), Some(EventStatus::Cancelled))
        );
        assert!(event.components().is_empty(), "nobody is reminded of it");
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        let one = appointments([post(1, None, NINE)]).remove(0);
        let title = "가".repeat(100);
        let text = ics(&one, &title);
        assert!(text.lines().all(|line| line.len() <= 75));
        assert!(text.replace("\r\n ", "").contains(&format!("SUMMARY:{title}\r\n")));
    }
}
