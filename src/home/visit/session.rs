//! The session under way: explanation, set-up, set, questions, rest, and the next one.

use super::{Event, Start, Step, Visit};
use crate::{
    Effect, Moment, Purpose, SetDone, What,
    diary::{By, Ending},
};
use baro_coach::{
    SideChoice,
    plan::Prescription,
    safety::{Nprs, Rpe, SafetyEvent, SetCheck, SetVerdict, after_set},
};

impl Visit {
    pub(super) fn session(&mut self, event: Event, now: Moment) {
        match (self.step, event) {
            (_, Event::Pause) => self.pause(),
            (_, Event::Stop) => self.stop(now),
            (Step::SetCheck, Event::SetCheck { pain, effort }) => self.answered(pain, effort, now),
            // Not answered: nothing is known, and nothing grows on that.
            (Step::SetCheck, Event::Next | Event::Skip) => self.answered(None, None, now),
            (Step::SetCheck, _) => {}
            (_, Event::Skip) => {
                self.end_set(false);
                self.skip(By::Person, now);
            }
            (_, Event::Easier) => self.change(false, now),
            (_, Event::Harder) => self.change(true, now),
            (Step::Explain, Event::Next) if self.running.is_some() => {
                self.step = Step::Exercise;
                self.effects.push(Effect::ResumeSet);
            }
            (Step::Explain, Event::Next) => self.set_up(),
            (Step::Explain, Event::Back) => self.pause(),
            (Step::Explain | Step::SetUp, Event::DoneUnseen) if self.running.is_none() => {
                self.done_unseen(now)
            }
            (Step::SetUp, Event::Next) => self.start_set(),
            (Step::SetUp, Event::Ready) if self.countdown_s.is_none() => {
                self.countdown_s = Some(super::COUNTDOWN_S);
                self.effects.push(Effect::Say("home-say-i-see-you"));
            }
            (Step::SetUp, Event::Back | Event::ExplainAgain) => {
                self.countdown_s = None;
                self.step = Step::Explain;
            }
            (Step::Exercise, Event::Next) => self.end_set(true),
            (Step::Exercise, Event::Back | Event::ExplainAgain) => {
                self.effects.push(Effect::PauseSet);
                self.step = Step::Explain;
            }
            (Step::Rest, Event::Next) => self.explain_or_set_up(),
            (Step::Rest, Event::Back | Event::ExplainAgain) => self.step = Step::Explain,
            _ => {}
        }
    }

    /// What comes next needs an explanation once, then only the camera's view.
    pub(super) fn explain_or_set_up(&mut self) {
        self.rest_left_s = 0.0;
        let Some(item) = self.item() else { return };
        if self.explained.as_ref() == Some(&item.dose.exercise) {
            self.set_up();
        } else {
            self.step = Step::Explain;
        }
    }

    fn set_up(&mut self) {
        let Some(start) = self.start() else { return };
        self.explained = Some(start.dose.exercise.clone());
        (self.step, self.countdown_s) = (Step::SetUp, None);
        match start.dose.side {
            SideChoice::Left => self.effects.push(Effect::Say("home-say-left")),
            SideChoice::Right => self.effects.push(Effect::Say("home-say-right")),
            SideChoice::Auto => {}
        }
        self.effects.push(Effect::StartSetUp(start));
    }

    fn start(&self) -> Option<Start> {
        let item = self.item()?;
        let record = self.known.consents.given(Purpose::Movements);
        Some(Start { run: self.runs, item: self.at, set: self.set, dose: item.dose.clone(), record })
    }

    pub(super) fn start_set(&mut self) {
        self.runs += 1;
        let Some(start) = self.start() else { return };
        self.running = Some(super::Running {
            run: start.run,
            visit: self.number,
            item: start.item,
            set: start.set,
            asked: start.dose.clone(),
            ending_s: None,
        });
        (self.step, self.countdown_s, self.unseen_s) = (Step::Exercise, None, 0.0);
        self.effects.push(Effect::StartSet(start));
    }

    fn done_unseen(&mut self, now: Moment) {
        let Some(item) = self.item() else { return };
        let set = SetDone::told(self.at, self.set, &item.dose);
        self.explained = Some(item.dose.exercise.clone());
        self.write(What::Set(set.clone()), now);
        self.ask(set, now);
    }

    /// The questions after a set, where there are any.
    pub(super) fn ask(&mut self, set: SetDone, now: Moment) {
        self.checked = Some(set);
        let asks = self.asks();
        if asks.pain || asks.effort {
            self.step = Step::SetCheck;
        } else {
            self.advance(now);
        }
    }

    fn answered(&mut self, pain: Option<Nprs>, effort: Option<Rpe>, now: Moment) {
        let (Some(checked), Some(item)) = (self.checked.take(), self.items.get(self.at)) else {
            self.advance(now);
            return;
        };
        let pain_before = self.done().and_then(|done| done.pain_before);
        let check = SetCheck { pain, pain_before, rpe: effort, symptom: None, eased: item.eased };
        let verdict = after_set(&check, &checked.asked, &self.limits);
        self.verdict = Some(verdict);
        let (exercise, set) = (checked.asked.exercise, checked.set);
        let event = SafetyEvent::AfterSet { exercise, set, pain, rpe: effort, verdict };
        self.write(What::Safety { event }, now);
        match verdict {
            SetVerdict::GoOn | SetVerdict::Watch(_) => self.advance(now),
            SetVerdict::Easier(rule) => {
                let pained = !matches!(rule.id(), "effort-above" | "effort-near-limit");
                match self.less(pained) {
                    Some(dose) => {
                        self.adjust(dose, false, By::Rule, now);
                        self.effects.push(Effect::Say("safety-verdict-easier"));
                        self.advance(now);
                    }
                    None => self.skip(By::Rule, now),
                }
            }
            SetVerdict::StopExercise(_) => {
                self.effects.push(Effect::Say("safety-verdict-stop-exercise"));
                self.skip(By::Rule, now);
            }
            SetVerdict::StopSession(rule) => {
                self.stopped_by = Some(rule);
                self.end(Ending::Safety, now);
                self.step = Step::Stopped;
            }
        }
    }

    /// To the next set, the next exercise, or the end.
    pub(super) fn advance(&mut self, now: Moment) {
        let Some(item) = self.item() else { return self.finish(now) };
        let rest_s = item.dose.rest_s;
        if self.set < item.dose.sets {
            self.set += 1;
        } else if !self.next_item() {
            return self.finish(now);
        }
        if rest_s == 0 {
            self.explain_or_set_up();
        } else {
            self.rest_left_s = f64::from(rest_s);
            self.step = Step::Rest;
        }
    }

    fn next_item(&mut self) -> bool {
        let later = (self.at + 1)..self.items.len();
        let known = |&at: &usize| {
            self.items.get(at).is_some_and(|item| self.catalogue.exercise(&item.dose.exercise).is_some())
        };
        let Some(at) = later.into_iter().find(known) else { return false };
        (self.at, self.set) = (at, 1);
        true
    }

    /// Leaves out the rest of this exercise.
    pub(super) fn skip(&mut self, by: By, now: Moment) {
        self.write(What::Skipped { item: self.at, by }, now);
        if self.next_item() { self.explain_or_set_up() } else { self.finish(now) }
    }

    /// Easier or harder, because the person wants it.
    pub(super) fn change(&mut self, harder: bool, now: Moment) {
        let dose = if harder { self.more() } else { self.less(false) };
        let Some(dose) = dose else {
            let key = if harder { "home-say-no-harder" } else { "home-say-no-easier" };
            self.effects.push(Effect::Say(key));
            return;
        };
        let another = self.item().is_none_or(|item| item.dose.exercise != dose.exercise);
        self.adjust(dose.clone(), harder, By::Person, now);
        self.effects.push(Effect::Say(if harder { "home-say-harder" } else { "home-say-easier" }));
        if another {
            self.end_set(false);
            (self.step, self.countdown_s) = (Step::Explain, None);
        } else if let Some(running) = &mut self.running {
            running.asked = dose.clone();
            self.effects.push(Effect::ChangeDose(dose));
        } else if self.step == Step::SetUp {
            self.set_up();
        }
        // Fewer sets than are done: this exercise is over.
        if self.item().is_some_and(|item| self.set > item.dose.sets) && self.running.is_none() {
            if self.next_item() { self.explain_or_set_up() } else { self.finish(now) }
        }
    }

    pub(super) fn adjust(&mut self, dose: Prescription, harder: bool, by: By, now: Moment) {
        let Some(item) = self.items.get_mut(self.at) else { return };
        item.dose = dose.clone();
        item.eased |= !harder && by == By::Rule;
        self.write(What::Adjusted { item: self.at, dose, harder, by }, now);
    }

    /// Enough for today.
    pub(super) fn stop(&mut self, now: Moment) {
        self.end_set(false);
        self.end(Ending::Stopped, now);
        self.step = Step::Summary;
    }

    pub(super) fn finish(&mut self, now: Moment) {
        self.end(Ending::Finished, now);
        self.step = Step::Summary;
    }

    pub(super) fn end(&mut self, how: Ending, now: Moment) {
        if std::mem::take(&mut self.open) {
            self.write(What::Ended { how }, now);
        }
        (self.countdown_s, self.rest_left_s) = (None, 0.0);
        self.beside.clear();
    }
}
