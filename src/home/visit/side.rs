//! What stands beside the way: a pause, rooms, "something is wrong", and how it ends.

use super::{Event, Room, Step, Visit};
use crate::{Effect, Moment, What, diary::Ending};
use baro_coach::safety::{SafetyEvent, StopRule, StopSymptom};

impl Visit {
    pub(super) fn pause(&mut self) {
        self.hold_set();
        self.countdown_s = None;
        self.beside.push(self.step);
        self.step = Step::Paused;
    }

    fn hold_set(&mut self) {
        if self.step == Step::Exercise {
            self.effects.push(Effect::PauseSet);
        }
    }

    pub(super) fn paused(&mut self, event: &Event, now: Moment) {
        match event {
            Event::Resume | Event::Next | Event::Back => self.go_back(),
            Event::ExplainAgain if self.beside.last() != Some(&Step::SetCheck) => {
                self.beside.pop();
                self.step = Step::Explain;
            }
            Event::Skip if self.beside.last() != Some(&Step::SetCheck) => {
                self.beside.pop();
                self.end_set(false);
                self.skip(crate::diary::By::Person, now);
            }
            Event::Easier | Event::Harder if self.beside.last() != Some(&Step::SetCheck) => {
                self.step = self.beside.pop().unwrap_or(Step::Explain);
                // Held all the while.
                self.change(*event == Event::Harder, now);
                if self.step == Step::Exercise {
                    self.beside.push(self.step);
                    self.step = Step::Paused;
                }
            }
            Event::Stop => self.stop(now),
            _ => {}
        }
    }

    /// Back to where the way was left.
    fn go_back(&mut self) {
        self.step = self.beside.pop().unwrap_or(Step::Today);
        if self.step == Step::Exercise {
            self.unseen_s = 0.0;
            self.effects.push(Effect::ResumeSet);
            self.effects.push(Effect::Say("home-say-resumed"));
        }
    }

    /// A set under way is paused first, and stays so on the way back.
    pub(super) fn open_room(&mut self, room: Room) {
        if self.step == Step::Exercise {
            self.pause();
        }
        self.stand_beside(room.step());
    }

    /// To a step beside the way; where it is open already, back to it.
    fn stand_beside(&mut self, step: Step) {
        if let Some(at) = self.beside.iter().position(|open| *open == step) {
            self.beside.truncate(at);
        } else if self.step != step {
            self.beside.push(self.step);
        }
        (self.step, self.countdown_s) = (step, None);
    }

    pub(super) fn room(&mut self, event: Event, now: Moment) {
        match event {
            Event::Choose(choice) if !self.open => self.choose(Some(choice), now),
            Event::ChoosePlan if !self.open => self.choose(None, now),
            Event::Who(id) if id != self.known.id && !self.open => self.effects.push(Effect::OpenPerson(id)),
            Event::NewPerson if !self.open => self.effects.push(Effect::CreatePerson),
            Event::HealthChange(change) if !self.open => {
                self.beside.clear();
                self.change = Some(change);
                self.go_to_first_open(now);
            }
            Event::Profile(_) | Event::Goals(_) if !self.open => {
                self.beside.clear();
                self.step = if matches!(event, Event::Goals(_)) { Step::Goals } else { Step::Profile };
                self.before(event, now);
            }
            Event::Back | Event::Next | Event::Resume => self.go_back(),
            _ => {}
        }
    }

    pub(super) fn something_wrong(&mut self) {
        if self.step == Step::Exercise {
            self.pause();
        }
        if self.step != Step::Stopped {
            self.stand_beside(Step::Symptoms);
        }
    }

    pub(super) fn symptoms(&mut self, event: &Event, now: Moment) {
        match event {
            Event::Symptom(symptom) => self.stop_for(*symptom, now),
            Event::NoSymptom | Event::Back | Event::Next => self.go_back(),
            _ => {}
        }
    }

    fn stop_for(&mut self, symptom: StopSymptom, now: Moment) {
        self.end_set(false);
        if !self.open {
            self.begin_empty(now);
        }
        self.write(What::Safety { event: SafetyEvent::Symptom { symptom } }, now);
        self.stopped_by = Some(StopRule::Symptom(symptom));
        self.end(Ending::Safety, now);
        self.step = Step::Stopped;
    }

    pub(super) fn stopped(&mut self, event: &Event) {
        if matches!(event, Event::Next | Event::Back | Event::Stop) {
            self.step = Step::Summary;
        }
    }

    pub(super) fn summary(&mut self, event: &Event, now: Moment) {
        if matches!(event, Event::Next | Event::Back | Event::Stop) {
            self.choice = None;
            self.go_to_first_open(now);
        }
    }
}
