//! From welcome to the first exercise.

use super::{Event, Goals, Profile, Step, Visit, VisitItem, today};
use crate::{
    CONSENT_TEXT, Consent, Effect, Moment, Person, Purpose, Screening, ScreeningWhat, What,
    diary::{By, DIARY_FORMAT, Ending},
};
use baro_coach::safety::{
    Answers, BeforeSession, Clearance, HealthChange, Morning, Nprs, SafetyEvent, ScreeningDue, Settled,
    StopRule, before_session, next_morning, screening_due,
};

/// The pain of the morning after is asked up to so many days later.
const MORNING_DAYS: i32 = 7;

impl Visit {
    /// The first step that this person has not done yet; today's plan where there is none.
    pub(super) fn go_to_first_open(&mut self, now: Moment) {
        self.beside.clear();
        (self.due, self.pending_pain) = (None, None);
        self.step = if self.known.person.is_none() {
            Step::Profile
        } else if self.known.consents.due() {
            Step::Consent
        } else if let Some(symptom) = self.known.open_symptom() {
            self.stopped_by = Some(StopRule::Symptom(symptom));
            Step::SeeDoctor
        } else if matches!(self.known.screenings.clearance(), Clearance::Blocked { .. }) {
            Step::SeeDoctor
        } else if let Some(due) = self.screening_due(None, now) {
            self.due = Some(due);
            Step::Screening
        } else if !self.known.person.as_ref().is_some_and(|person| person.goals_asked) {
            Step::Goals
        } else {
            self.replan(now);
            Step::Today
        };
    }

    /// What happens at the steps before the first exercise.
    pub(super) fn before(&mut self, event: Event, now: Moment) {
        match (self.step, event) {
            (_, Event::Who(id)) if id == self.known.id => self.go_to_first_open(now),
            (_, Event::Who(id)) => self.effects.push(Effect::OpenPerson(id)),
            (_, Event::NewPerson) if self.known.person.is_none() => self.step = Step::Profile,
            (_, Event::NewPerson) => self.effects.push(Effect::CreatePerson),
            (Step::Profile, Event::Profile(profile)) => self.profile(profile, now),
            (Step::Screening, Event::Screening(answers)) => self.screening(answers, now),
            (Step::Goals, Event::Goals(goals)) => self.goals(goals, now),
            (Step::SeeDoctor, Event::DoctorCleared) => self.doctor_cleared(now),
            (Step::Today | Step::PainMorning | Step::PainBefore | Step::RestToday, event) => {
                self.near_session(event, now);
            }
            (Step::Welcome | Step::Consent | Step::Screening, Event::Next) => self.go_to_first_open(now),
            (Step::Profile, Event::Next) if self.known.person.is_some() => self.go_to_first_open(now),
            (Step::Goals, Event::Next) if self.goals_asked() => self.go_to_first_open(now),
            (step, Event::Back) => self.step = self.previous(step),
            _ => {}
        }
    }

    fn goals_asked(&self) -> bool {
        self.known.person.as_ref().is_some_and(|person| person.goals_asked)
    }

    fn previous(&self, step: Step) -> Step {
        let flagged = matches!(self.known.screenings.clearance(), Clearance::Blocked { .. });
        match step {
            Step::Consent => Step::Profile,
            Step::Screening => Step::Consent,
            Step::SeeDoctor if flagged && self.known.open_symptom().is_none() => Step::Screening,
            Step::Goals => Step::Screening,
            _ => Step::Welcome,
        }
    }

    fn profile(&mut self, profile: Profile, now: Moment) {
        let known = self.known.person.clone().unwrap_or_default();
        let Profile { name, body, seated } = profile;
        self.save(Person { name, body, seated, ..known });
        self.go_to_first_open(now);
    }

    fn goals(&mut self, goals: Goals, now: Moment) {
        let known = self.known.person.clone().unwrap_or_default();
        let Goals { regions, goals, equipment, conditions, days_a_week, minutes } = goals;
        let goals_asked = true;
        self.save(Person {
            regions,
            goals,
            equipment,
            conditions,
            days_a_week,
            minutes,
            goals_asked,
            ..known
        });
        self.go_to_first_open(now);
    }

    fn save(&mut self, person: Person) {
        let person = person.tidied();
        self.known.person = Some(person.clone());
        self.effects.push(Effect::SavePerson(person));
    }

    /// Given or taken back, at the consent step or later in the settings.
    pub(super) fn consent(&mut self, words: &[(Purpose, bool)], now: Moment) {
        for &(purpose, given) in words {
            let consent = Consent { when: now, purpose, text: CONSENT_TEXT, given };
            self.known.consents.add(consent);
            self.effects.push(Effect::WriteConsent(consent));
        }
        let due = self.known.consents.due();
        if due && self.known.person.is_some() {
            // Nothing goes on without what is needed.
            self.end_set(false);
            if self.open {
                self.end(Ending::Stopped, now);
            }
            self.beside.clear();
            self.step = Step::Consent;
            self.effects.push(Effect::Say("home-say-consent-needed"));
        } else if self.step == Step::Consent {
            self.go_to_first_open(now);
        }
    }

    /// Are the health questions due? `pain`: now, where it is known.
    fn screening_due(&self, pain: Option<Nprs>, now: Moment) -> Option<ScreeningDue> {
        if self.screened && self.change.is_none() {
            return None;
        }
        let answered = self.known.screenings.answered();
        let visits = self.known.visits();
        // The pain at the time, else the first that was told since; as long as none was told, none has risen.
        let usual = answered.map(|(when, at_the_time)| {
            let since = visits.iter().filter(|visit| visit.began.at >= when.at);
            let first = since.into_iter().find_map(|visit| visit.pain_before);
            at_the_time.or(first).or(pain).or(Nprs::new(0).ok())
        });
        let after_answers = |at: Moment| answered.is_none_or(|(when, _)| when.at < at.at);
        let stopped = visits.iter().filter_map(|visit| visit.symptom_at).any(after_answers);
        let change = self.change.or(stopped.then_some(HealthChange::StoppedSession));
        let last = visits.iter().rev().find(|visit| visit.is_session()).map(|visit| visit.began.day_number());
        let heard = last.max(answered.filter(|_| last.is_some()).map(|(when, _)| when.day_number()));
        let idle = heard.and_then(|day| u32::try_from(now.day_number() - day).ok());
        screening_due(usual.flatten(), change, pain, idle)
    }

    fn screening(&mut self, answers: Answers, now: Moment) {
        if matches!(baro_coach::safety::clearance(&answers, &[]), Clearance::Unanswered(_)) {
            return; // the questions stay until all are answered
        }
        let due = self.due.unwrap_or(ScreeningDue::First);
        let what = ScreeningWhat::Answered { due, answers, pain: self.pending_pain };
        self.write_screening(what, now);
        (self.screened, self.change) = (true, None);
        let pain = self.pending_pain.take();
        self.go_to_first_open(now);
        if let (Step::Today, Some(pain)) = (self.step, pain) {
            self.pain_before(Some(pain), now);
        }
    }

    fn write_screening(&mut self, what: ScreeningWhat, now: Moment) {
        let screening = Screening { when: now, what };
        self.known.screenings.add(screening.clone());
        self.effects.push(Effect::WriteScreening(screening));
    }

    /// Someone who knows has looked into what stood against exercising, says the person.
    fn doctor_cleared(&mut self, now: Moment) {
        while let Some(symptom) = self.known.open_symptom() {
            self.write(What::SymptomCleared { symptom }, now);
            self.change = Some(HealthChange::StoppedSession);
        }
        if let Clearance::Blocked { flags, .. } = self.known.screenings.clearance() {
            self.write_screening(ScreeningWhat::Cleared { flags }, now);
        }
        self.stopped_by = None;
        self.go_to_first_open(now);
    }

    fn near_session(&mut self, event: Event, now: Moment) {
        match (self.step, event) {
            (Step::Today, Event::Next) if !self.today.items.is_empty() => {
                self.step = if self.morning_due(now) { Step::PainMorning } else { Step::PainBefore };
            }
            (_, Event::HealthChange(change)) => {
                self.change = Some(change);
                self.go_to_first_open(now);
            }
            (_, Event::Choose(choice)) => self.choose(Some(choice), now),
            (_, Event::ChoosePlan) => self.choose(None, now),
            (Step::Today, Event::Back) => self.step = Step::Welcome,
            (Step::PainMorning, Event::Pain(pain)) => {
                self.write(What::Safety { event: SafetyEvent::PainNextMorning { pain } }, now);
                self.replan(now);
                self.step = Step::PainBefore;
            }
            (Step::PainMorning, Event::Skip | Event::Next) => self.step = Step::PainBefore,
            (Step::PainBefore, Event::Pain(pain)) => self.pain_before(Some(pain), now),
            (Step::PainBefore, Event::Skip) => self.pain_before(None, now),
            (Step::RestToday, Event::Next) => self.go_to_first_open(now),
            (Step::PainMorning | Step::PainBefore | Step::RestToday, Event::Back | Event::Stop) => {
                self.go_to_first_open(now);
            }
            _ => {}
        }
    }

    /// Something else than the plan, or the plan again.
    pub(super) fn choose(&mut self, choice: Option<super::Choice>, now: Moment) {
        self.choice = choice;
        self.go_to_first_open(now);
    }

    /// Did the last session leave pain that should have settled by the next morning, and was that not asked yet?
    fn morning_due(&self, now: Moment) -> bool {
        let visits = self.known.visits();
        let Some(last) = visits.iter().rev().find(|visit| visit.is_session()) else { return false };
        let days = now.day_number() - last.began.day_number();
        let pains =
            Morning { before: last.pain_before, worst: last.worst_pain(), after: last.pain_next_morning };
        (1..=MORNING_DAYS).contains(&days) && next_morning(&pains) == Settled::Unknown
    }

    fn pain_before(&mut self, pain: Option<Nprs>, now: Moment) {
        if let Some(due) = self.screening_due(pain, now) {
            (self.due, self.pending_pain, self.step) = (Some(due), pain, Step::Screening);
            return;
        }
        let doses: Vec<_> = self.today.items.iter().map(|item| item.planned.dose.clone()).collect();
        let visits = self.known.visits();
        let usual = visits.iter().rev().find_map(|visit| visit.pain_before);
        let symptom = self.known.open_symptom();
        let verdict = pain.map(|pain| (pain, before_session(pain, usual, symptom, &doses, &self.limits)));
        self.begin(now);
        self.before = verdict.map(|(_, verdict)| verdict);
        if let Some((pain, verdict)) = verdict {
            self.write(What::Safety { event: SafetyEvent::PainBefore { pain, verdict } }, now);
        }
        match self.before {
            None | Some(BeforeSession::GoOn) => {}
            Some(BeforeSession::Easier(_)) => self.ease_all(now),
            Some(BeforeSession::RestToday(rule)) => {
                self.stopped_by = Some(rule);
                self.end(Ending::Safety, now);
                self.step = Step::RestToday;
                return;
            }
            Some(BeforeSession::Blocked(rule)) => {
                self.stopped_by = Some(rule);
                self.end(Ending::Safety, now);
                self.step = Step::SeeDoctor;
                return;
            }
        }
        self.explain_or_set_up();
    }

    /// A new visit with today's exercises.
    fn begin(&mut self, now: Moment) {
        self.number += 1;
        self.open = true;
        let items = self.today.items.clone();
        let planned = items.iter().map(|item| item.planned.clone()).collect();
        let (source, program) = (self.today.source.clone(), self.program.clone());
        self.write(What::Began { format: DIARY_FORMAT, program, source, items: planned }, now);
        let item =
            |today: today::TodayItem| VisitItem { dose: today.planned.dose.clone(), today, eased: false };
        self.items = items.into_iter().map(item).collect();
        (self.at, self.set, self.explained) = (0, 1, None);
        (self.checked, self.verdict, self.stopped_by) = (None, None, None);
    }

    /// A visit without exercises, where something must be written and none is open.
    pub(super) fn begin_empty(&mut self, now: Moment) {
        let items = std::mem::take(&mut self.today.items);
        self.begin(now);
        self.today.items = items;
    }

    /// Less of everything today.
    fn ease_all(&mut self, now: Moment) {
        for at in 0..self.items.len() {
            self.at = at;
            if let Some(dose) = self.less(true) {
                self.adjust(dose, false, By::Rule, now);
            }
        }
        self.at = 0;
    }
}
