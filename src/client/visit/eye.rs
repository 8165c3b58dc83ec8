//! What the eye sees for the visit, and when it looks.

use super::{Hands, Visiting, start};
use crate::coaching::{Outcome, Session, Status};
use baro_coach::{Coach, Report, SideChoice, Sight, setup};
use baro_home::{Choice, Event, Purpose, Step, visit::SetEnd};
use std::{path::PathBuf, sync::Arc};

impl Visiting {
    /// What the coach's newest state means for the visit.
    pub(super) fn seen_events(&mut self, session: &Session) -> Vec<Event> {
        let live = &session.live;
        let mut events = Vec::new();
        let seen = match self.visit.step() {
            Step::SetUp => Some(live.guide.state(setup::Check::Seen) == setup::State::Ok),
            Step::Exercise => Some(live.feedback.sight != Sight::Lost),
            _ => None,
        };
        if let Some(seen) = seen.filter(|seen| self.seen != Some(*seen)) {
            self.seen = Some(seen);
            events.push(Event::Seen(seen));
        }
        if self.visit.step() == Step::SetUp && live.guide.ready {
            events.push(Event::Ready);
        }
        if let Some(run) = self.run
            && let Some((outcome, failed)) = match &live.status {
                Status::Ended(outcome) => Some((Some(outcome), false)),
                Status::Failed(failure) => Some((failure.outcome.as_ref(), true)),
                _ => None,
            }
        {
            self.run = None;
            let record = outcome.and_then(Outcome::record);
            let report = outcome.map_or_else(|| self.nothing_done(), |outcome| outcome.report.clone());
            events.push(Event::SetEnded(SetEnd { run, report, record, failed }));
        }
        events
    }

    /// Without a camera, someone new begins with the routine whose exercises have a demo clip each.
    pub(super) fn first_look(&mut self) -> Option<Event> {
        if !self.demo || self.first_look || self.visit.step() != Step::Today {
            return None;
        }
        self.first_look = true;
        self.visit
            .known()
            .visits()
            .is_empty()
            .then(|| Event::Choose(Choice::Routine(start::FIRST_LOOK.into())))
    }

    /// The report of a set that could not begin.
    fn nothing_done(&self) -> Arc<Report> {
        let exercise = self.visit.exercise().cloned().map(Arc::new);
        let any = || self.catalogue.exercises[0].exercise.clone();
        Arc::new(Coach::new(exercise.unwrap_or_else(any), SideChoice::Auto).report().clone())
    }

    /// The camera looks only with consent; between exercises it watches for raised hands where that is wanted.
    pub(super) fn mind_the_eye(&mut self, hands: &mut Hands) {
        let consents = &self.visit.known().consents;
        if !consents.given(Purpose::Camera) {
            if !hands.session.is_asleep() {
                *hands.session = Session::asleep();
            }
        } else if self.settings.hands_free && !self.demo && hands.session.is_asleep() {
            hands.wake(&PathBuf::new());
        }
    }
}
