//! A course in words: which sections the page has, and what they say.

use super::{
    course::{Course, ERROR, Event, Happened},
    sheet::{Body, Row, Section, Sheet, Table},
};
use baro_coach::{plan::Prescription, safety::NPRS_CHANGE};
use baro_home::history::{Changed, Of, Point, Trend};
use baro_locale::{FluentValue, Texts};
use baro_review::measures::Questionnaire;
use jiff::civil::Date;

/// The page.
pub fn sheet(course: &Course, texts: &Texts) -> Sheet {
    let told = Told { course, texts };
    let mut rows = vec![vec![told.brief()]];
    rows.extend(told.charts().map(|section| vec![section]));
    rows.extend(told.ranges().map(|section| vec![section]));
    let pairs = [vec![told.events(), told.measures()], vec![told.plan(), told.scores()]];
    rows.extend(
        pairs
            .map(|pair| pair.into_iter().flatten().collect::<Vec<_>>())
            .into_iter()
            .filter(|row| !row.is_empty()),
    );
    rows.push(vec![told.sure()]);
    let at = course.written.at;
    Sheet {
        language: texts.language().tag(),
        title: texts.text("paper-title"),
        facts: told.facts(),
        rows,
        foot: vec![
            told.say("paper-errors", []),
            told.say("paper-no-diagnosis", []),
            told.say("paper-by", [("by", course.written.by.clone()), ("day", told.day(at.day))]),
        ],
        written: at.at,
    }
}

pub struct Told<'a> {
    pub course: &'a Course,
    pub texts: &'a Texts,
}

impl Told<'_> {
    pub fn say<const N: usize>(&self, key: &str, words: [(&'static str, String); N]) -> String {
        self.texts.with(key, words.map(|(name, words)| (name, FluentValue::from(words))))
    }

    pub fn count(&self, key: &str, name: &'static str, count: impl Into<FluentValue<'static>>) -> String {
        self.texts.with(key, [(name, count.into())])
    }

    pub fn day(&self, day: Date) -> String {
        let month = FluentValue::from(i64::from(day.month()));
        let [year, number] =
            [i64::from(day.year()), i64::from(day.day())].map(|n| FluentValue::from(n.to_string()));
        self.texts.with("paper-day", [("year", year), ("month", month), ("day", number)])
    }

    /// A day without its year, for charts.
    pub fn short_day(&self, day: Date) -> String {
        let month = FluentValue::from(i64::from(day.month()));
        self.texts
            .with("paper-short-day", [("month", month), ("day", FluentValue::from(day.day().to_string()))])
    }

    pub fn exercise(&self, id: &str) -> String {
        let key = format!("exercise-{}", id.replace('_', "-"));
        if self.texts.has(self.texts.language(), &key) { self.texts.text(&key) } else { id.to_owned() }
    }

    pub fn heading(&self, key: &str, body: Body, [weight, least]: [u8; 2]) -> Section {
        Section { heading: self.texts.text(key), body, note: None, weight, least: least.into(), share: 1.0 }
    }

    fn facts(&self) -> Vec<[String; 2]> {
        let Course { person, period: [from, to], sessions, .. } = self.course;
        let [from, to] = [*from, *to].map(|day| self.day(day));
        let fact = |key: &str, value: String| [self.texts.text(key), value];
        vec![
            fact("paper-person", person.clone()),
            fact("paper-person-by-hand", "_".repeat(34)),
            fact("paper-period", self.say("paper-from-to", [("from", from), ("to", to)])),
            fact("paper-sessions", self.count("paper-sessions-of", "count", *sessions)),
        ]
    }

    fn brief(&self) -> Section {
        let mut lines = vec![self.adherence()];
        if let Some(pain) = self.course.trends.iter().find(|trend| trend.of == Of::Pain) {
            let [first, last] = ends(pain).map(|point| format!("{:.0}", point.value));
            let verdict = self.verdict(&Of::Pain, pain.changed);
            let least = NPRS_CHANGE.to_string();
            lines.push(self.say(
                "paper-brief-pain",
                [("from", first), ("to", last), ("verdict", verdict), ("least", least)],
            ));
        }
        let ranges: Vec<_> = self.ranges_of().filter(|trend| trend.points.len() > 1).collect();
        let changed = ranges.iter().filter(|trend| is_change(trend.changed)).count();
        if !ranges.is_empty() {
            let counts = [("changed", changed.into()), ("all", ranges.len().into())];
            lines.push(self.texts.with("paper-brief-ranges", counts));
        }
        let events = &self.course.events;
        let open = events.iter().filter(|event| is_open(event)).count();
        if events.is_empty() {
            lines.push(self.say("paper-no-events", []));
        } else {
            lines.push(
                self.texts
                    .with("paper-brief-events", [("count", events.len().into()), ("open", open.into())]),
            );
        }
        let least = lines.len() as u8;
        self.heading("paper-brief", Body::Lines(lines), [u8::MAX, least])
    }

    pub fn adherence(&self) -> String {
        let done = self.course.adherence.done;
        let Some(planned) = self.course.adherence.planned else {
            return self.count("paper-adherence-no-plan", "done", done);
        };
        let whole = planned.round().max(1.0);
        let share = 100.0 * f64::from(done) / whole;
        self.texts.with(
            "paper-adherence",
            [
                ("done", done.into()),
                ("planned", (whole as i64).into()),
                ("percent", format!("{share:.0}").into()),
            ],
        )
    }

    fn ranges_of(&self) -> impl Iterator<Item = &Trend> {
        self.course.trends.iter().filter(|trend| matches!(trend.of, Of::Range { .. }))
    }

    /// How far movements go: those that changed first, then those that were measured most often.
    fn ranges(&self) -> Option<Section> {
        let mut all: Vec<&Trend> = self.ranges_of().collect();
        all.sort_by_key(|trend| (!is_change(trend.changed), usize::MAX - trend.points.len()));
        let row = |trend: &&Trend| {
            let Of::Range { exercise, unit, .. } = &trend.of else { return None };
            let [first, last] = ends(trend);
            let value = |point: &Point| self.with_error(point, unit);
            let alone = trend.points.len() < 2;
            let difference =
                if alone { String::from("–") } else { self.difference(last.value - first.value, unit) };
            let verdict =
                if alone { self.say("paper-once", []) } else { self.verdict(&trend.of, trend.changed) };
            let cells = vec![
                self.exercise(exercise),
                self.movement(&trend.of),
                self.say("paper-value-on", [("value", value(&first)), ("day", self.short_day(first.day))]),
                self.say("paper-value-on", [("value", value(&last)), ("day", self.short_day(last.day))]),
                difference,
                verdict,
            ];
            Some(Row { cells, strong: is_change(trend.changed) })
        };
        let rows: Vec<Row> = all.iter().filter_map(row).collect();
        let columns = [
            ("paper-exercise", 1.45),
            ("paper-movement", 1.5),
            ("paper-first", 1.35),
            ("paper-last", 1.35),
            ("paper-difference", 0.75),
            ("paper-verdict", 1.05),
        ];
        (!rows.is_empty()).then(|| self.heading("paper-ranges", self.table(columns, rows), [7, 4]))
    }

    fn table<const N: usize>(&self, columns: [(&str, f32); N], rows: Vec<Row>) -> Body {
        let columns = columns.map(|(key, share)| (self.texts.text(key), share)).into();
        Body::Table(Table { columns, rows })
    }

    /// Scores and functional tests.
    fn scores(&self) -> Option<Section> {
        let scored = self.course.trends.iter().filter_map(|trend| {
            let (name, unit) = match &trend.of {
                Of::Score { exercise } => (self.exercise(exercise), "points"),
                Of::Test { exercise, unit } => {
                    (self.say("paper-test", [("exercise", self.exercise(exercise))]), unit.as_str())
                }
                Of::Pain | Of::Range { .. } => return None,
            };
            let [first, last] = ends(trend);
            let value = |point: &Point| match unit {
                "points" | "count" => format!("{:.0}", point.value),
                unit => self.texts.value(point.value, unit),
            };
            let verdict = if trend.points.len() < 2 {
                self.say("paper-once", [])
            } else if matches!(trend.of, Of::Test { .. }) {
                self.say("paper-no-least", [])
            } else {
                self.verdict(&trend.of, trend.changed)
            };
            let cells = vec![name, value(&first), value(&last), verdict];
            Some((trend.points.len(), Row { cells, strong: is_change(trend.changed) }))
        });
        let mut rows: Vec<(usize, Row)> = scored.collect();
        rows.sort_by_key(|(points, row)| (!row.strong, usize::MAX - points));
        let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
        let columns =
            [("paper-exercise", 1.5), ("paper-first", 0.6), ("paper-last", 0.6), ("paper-verdict", 1.3)];
        (!rows.is_empty()).then(|| self.heading("paper-scores", self.table(columns, rows), [3, 2]))
    }

    fn measures(&self) -> Option<Section> {
        let tag = self.texts.language().tag();
        let row = |measured: &super::Measured| {
            let (first, last) = (measured.trend.points.first()?, measured.trend.points.last()?);
            let sum = measured.questionnaire.sums.first();
            let band = sum
                .and_then(|sum| sum.band(last.1))
                .map(|key| self.texts.text(&format!("review-band-{key}")));
            let last_told = match band {
                Some(band) => self.say("paper-with-band", [("value", number(last.1)), ("band", band)]),
                None => number(last.1),
            };
            let on = |value: String, day: Date| {
                self.say("paper-value-on", [("value", value), ("day", self.short_day(day))])
            };
            let verdict = match (measured.trend.points.len(), measured.trend.changed) {
                (..2, _) => self.say("paper-once", []),
                (_, None) => self.say("paper-no-least", []),
                (_, changed) => self.measure_verdict(sum.is_none_or(|sum| sum.higher_is_worse), changed),
            };
            let least = sum.and_then(|sum| sum.change).map_or_else(|| String::from("–"), number);
            let cells = vec![
                called(&measured.questionnaire, tag),
                on(number(first.1), first.0),
                on(last_told, last.0),
                least,
                verdict,
            ];
            Some(Row { cells, strong: is_change(measured.trend.changed) })
        };
        let rows: Vec<Row> = self.course.measures.iter().filter_map(row).collect();
        let columns = [
            ("paper-measure", 0.8),
            ("paper-first", 0.95),
            ("paper-last", 1.45),
            ("paper-least", 0.8),
            ("paper-verdict", 1.2),
        ];
        let asked = self.course.measures.iter().filter_map(|measured| measured.asked_for_safety).max();
        let note = asked.map(|day| self.say("paper-asked-for-safety", [("day", self.day(day))]));
        (!rows.is_empty()).then(|| Section {
            note,
            share: 1.3,
            ..self.heading("paper-measures", self.table(columns, rows), [6, 2])
        })
    }

    fn plan(&self) -> Option<Section> {
        let (since, plan) = self.course.plan.as_ref()?;
        let row = |dose: &Prescription| {
            let days = self.count("paper-days-a-week", "days", dose.days_a_week);
            Row { cells: vec![self.exercise(&dose.exercise), self.dose(dose), days], strong: false }
        };
        let rows: Vec<Row> = plan.doses.iter().map(row).collect();
        if rows.is_empty() {
            return None;
        }
        let columns = [("paper-exercise", 1.3), ("paper-dose", 1.5), ("paper-how-often", 0.9)];
        let since = self.say("paper-plan-since", [("day", self.day(*since))]);
        let note = match &plan.why {
            Some(why) => self.say("paper-plan-why", [("since", since), ("why", why.clone())]),
            None => since,
        };
        Some(Section { note: Some(note), ..self.heading("paper-plan", self.table(columns, rows), [5, 3]) })
    }

    fn dose(&self, dose: &Prescription) -> String {
        let counts = [("sets", dose.sets), ("reps", dose.reps)].map(|(name, n)| (name, n.into()));
        let mut parts = vec![match dose.minutes {
            Some(minutes) => self.count("paper-dose-minutes", "minutes", minutes),
            None => self.texts.with("paper-dose-sets", counts),
        }];
        parts.extend(dose.hold_s.map(|hold_s| self.count("paper-dose-hold", "seconds", hold_s)));
        parts.extend(dose.load_kg.map(|load_kg| self.say("paper-dose-load", [("load", number(load_kg))])));
        parts.join(", ")
    }

    fn events(&self) -> Option<Section> {
        let row = |event: &Event| {
            let state = match event.cleared {
                _ if is_over(event) => String::from("–"),
                true => self.say("paper-cleared", []),
                false => self.say("paper-open", []),
            };
            let cells = vec![self.short_day(event.day), self.happened(event), state];
            Row { cells, strong: is_open(event) }
        };
        let rows: Vec<Row> = self.course.events.iter().map(row).collect();
        let columns = [("paper-day-column", 0.6), ("paper-event", 2.4), ("paper-state", 1.0)];
        (!rows.is_empty()).then(|| self.heading("paper-events", self.table(columns, rows), [8, 3]))
    }

    fn happened(&self, event: &Event) -> String {
        match &event.what {
            Happened::Symptom(symptom) => {
                let name = self.texts.text(&format!("safety-symptom-{}", symptom.id()));
                self.say("paper-event-symptom", [("symptom", name)])
            }
            Happened::Flags(flags) => {
                let names: Vec<String> =
                    flags.iter().map(|flag| self.texts.text(&format!("review-flag-{}", flag.id()))).collect();
                self.say("paper-event-flags", [("flags", names.join(", "))])
            }
            Happened::PainBefore(pain) => {
                self.count("paper-event-pain-before", "pain", u32::from(pain.get()))
            }
            Happened::AfterSet(exercise, pain) => {
                let pain = pain.map_or_else(|| String::from("–"), |pain| pain.get().to_string());
                self.say("paper-event-after-set", [("exercise", self.exercise(exercise)), ("pain", pain)])
            }
        }
    }

    fn sure(&self) -> Section {
        let seen = self.course.seen;
        let sets = [("camera", seen.camera.into()), ("told", seen.told.into())];
        let mut lines = vec![self.texts.with("paper-seen", sets)];
        let all: u32 = seen.claims.iter().sum();
        if all > 0 {
            let share = |n: u32| format!("{:.0}", 100.0 * f64::from(n) / f64::from(all));
            let [firm, cautious, refused] = seen.claims.map(share);
            lines.push(
                self.say("paper-claims", [("firm", firm), ("cautious", cautious), ("refused", refused)]),
            );
        }
        if let Some(error) = seen.error_deg {
            lines.push(self.say("paper-usual-error", [("error", self.texts.value(error, "deg"))]));
        }
        // As one: they belong together.
        self.heading("paper-sure", Body::Lines(vec![lines.join(" ")]), [u8::MAX, 1])
    }

    pub fn movement(&self, of: &Of) -> String {
        let Of::Range { measure, side, .. } = of else { return String::new() };
        let name = self.texts.text(&format!("measure-{measure}"));
        match side.as_str() {
            "both" => name,
            side => self.say(
                "paper-side",
                [("movement", name), ("side", self.texts.text(&format!("report-{side}")))],
            ),
        }
    }

    pub fn with_error(&self, point: &Point, unit: &str) -> String {
        let value = self.texts.value(point.value, unit);
        match point.sd {
            Some(sd) => self
                .say("paper-value-error", [("value", value), ("error", self.texts.value(sd * ERROR, unit))]),
            None => value,
        }
    }

    fn difference(&self, by: f64, unit: &str) -> String {
        let sign = if by < 0.0 { "−" } else { "+" };
        format!("{sign}{}", self.texts.value(by.abs(), unit))
    }

    pub fn verdict(&self, of: &Of, changed: Option<Changed>) -> String {
        let pain = matches!(of, Of::Pain);
        let key = match changed {
            Some(Changed::More(_)) if pain => "paper-pain-more",
            Some(Changed::Less(_)) if pain => "paper-pain-less",
            Some(Changed::More(_)) => "paper-more-than-before",
            Some(Changed::Less(_)) => "paper-less-than-before",
            Some(Changed::NotYet) | None => "paper-not-yet",
        };
        self.texts.text(key)
    }

    fn measure_verdict(&self, higher_is_worse: bool, changed: Option<Changed>) -> String {
        let worse = match changed {
            Some(Changed::More(_)) => higher_is_worse,
            Some(Changed::Less(_)) => !higher_is_worse,
            Some(Changed::NotYet) | None => return self.texts.text("paper-not-yet"),
        };
        self.texts.text(if worse { "paper-worse" } else { "paper-better" })
    }
}

/// By the short name that doctors know, where the title has it.
fn called(questionnaire: &Questionnaire, tag: &str) -> String {
    let (title, short) = (questionnaire.title.in_language(tag), questionnaire.id.to_uppercase());
    if title.to_uppercase().contains(&short) { short } else { title.to_owned() }
}

/// Stops by pain are over with their day: nobody has to release them.
const fn is_over(event: &Event) -> bool {
    matches!(event.what, Happened::PainBefore(_) | Happened::AfterSet(..))
}

const fn is_open(event: &Event) -> bool {
    !event.cleared && !is_over(event)
}

pub const fn is_change(changed: Option<Changed>) -> bool {
    matches!(changed, Some(Changed::More(_) | Changed::Less(_)))
}

/// The first and the last point; a trend has at least one.
pub fn ends(trend: &Trend) -> [Point; 2] {
    let none = Point { day: Date::ZERO, value: 0.0, sd: None };
    [trend.points.first(), trend.points.last()].map(|point| point.copied().unwrap_or(none))
}

/// Whole where it is whole, else with one decimal.
fn number(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}
