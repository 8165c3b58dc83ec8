//! The set at the coach, seeing, and time.

use super::{END_WITHIN_S, LEFT, SetEnd, Step, UNSEEN_PAUSE_S, Visit};
use crate::{Effect, Moment, SetDone, What, diary::SetEnding};

impl Visit {
    /// Asks the coach to end the set. `awaited`: the visit goes on when it has ended; else at once, and what was done is written when
    /// it comes.
    pub(super) fn end_set(&mut self, awaited: bool) {
        let Some(running) = &mut self.running else { return };
        if running.ending_s.is_none() {
            running.ending_s = Some(0.0);
            self.effects.push(Effect::EndSet);
        }
        if !awaited {
            self.left.extend(self.running.take());
            let over = self.left.len().saturating_sub(LEFT);
            self.left.drain(..over);
        }
    }

    /// A set is over: what was done is written, wherever the visit is by now.
    pub(super) fn set_ended(&mut self, end: &SetEnd, now: Moment) {
        let awaited = self.running.take_if(|running| running.run == end.run);
        let goes_on = awaited.is_some();
        let left = self.left.iter().position(|left| left.run == end.run);
        let Some(running) = awaited.or_else(|| left.map(|at| self.left.remove(at))) else { return };
        let done = SetDone::seen(
            running.item,
            running.set,
            &running.asked,
            &end.report,
            end.record.clone(),
            end.failed,
        );
        // A set that failed before anything was done leaves nothing to tell.
        if done.done + done.partial > 0 || done.end == SetEnding::Whole || !end.failed {
            self.write_for(running.visit, What::Set(done.clone()), now);
        }
        if !goes_on {
            return;
        }
        if end.failed {
            self.leave_sides_for(Step::Exercise, Step::Explain);
        } else {
            self.leave_sides_for(Step::Exercise, Step::SetCheck);
            self.effects.push(Effect::Say("home-say-set-done"));
            if self.step == Step::SetCheck {
                self.ask(done, now);
            } else {
                self.checked = Some(done);
            }
        }
    }

    /// The set is over while a pause, a question or a room stands before it: from there the way leads on to `to`.
    fn leave_sides_for(&mut self, from: Step, to: Step) {
        for step in self.beside.iter_mut().chain([&mut self.step]) {
            if *step == from || (*step == Step::Explain && to == Step::SetCheck) {
                *step = to;
            }
        }
    }

    pub(super) fn sight(&mut self, seen: bool) {
        self.seen = seen;
        self.unseen_s = 0.0;
        if !seen && self.countdown_s.take().is_some() {
            self.effects.push(Effect::Say("home-say-not-seen"));
        }
    }

    pub(super) fn tick(&mut self, elapsed_s: f64, now: Moment) {
        if !(elapsed_s.is_finite() && elapsed_s > 0.0) {
            return;
        }
        self.wait_for_end(elapsed_s, now);
        match self.step {
            Step::Rest => self.rest(elapsed_s),
            Step::SetUp => {
                if let Some(left_s) = self.countdown_s {
                    self.count_down(left_s, left_s - elapsed_s);
                    self.countdown_s = Some(left_s - elapsed_s);
                    if left_s <= elapsed_s {
                        self.start_set();
                    }
                }
            }
            Step::Exercise if !self.seen => {
                self.unseen_s += elapsed_s;
                if self.unseen_s >= UNSEEN_PAUSE_S {
                    self.pause();
                    self.effects.push(Effect::Say("home-say-paused-unseen"));
                }
            }
            _ => {}
        }
    }

    fn rest(&mut self, elapsed_s: f64) {
        let left_s = self.rest_left_s - elapsed_s;
        self.count_down(self.rest_left_s, left_s);
        self.rest_left_s = left_s.max(0.0);
        if left_s <= 0.0 {
            self.explain_or_set_up();
        }
    }

    /// Says three, two, one as each begins.
    fn count_down(&mut self, from_s: f64, to_s: f64) {
        let passed =
            |at_s: f64| (from_s > at_s || from_s >= super::COUNTDOWN_S && at_s >= from_s) && to_s <= at_s;
        let words = [(3.0, "count-3"), (2.0, "count-2"), (1.0, "count-1")];
        if let Some((_, key)) = words.into_iter().rev().find(|(at_s, _)| passed(*at_s)) {
            self.effects.push(Effect::Say(key));
        }
    }

    /// A coach that does not end the set within seconds has died: the visit goes on without it.
    fn wait_for_end(&mut self, elapsed_s: f64, now: Moment) {
        let Some(running) = &mut self.running else { return };
        let Some(ending_s) = &mut running.ending_s else { return };
        *ending_s += elapsed_s;
        if *ending_s < END_WITHIN_S {
            return;
        }
        let Some(running) = self.running.take() else { return };
        let mut unseen = SetDone::told(running.item, running.set, &running.asked);
        (unseen.done, unseen.end) = (0, SetEnding::Failed);
        self.write_for(running.visit, What::Set(unseen), now);
        self.leave_sides_for(Step::Exercise, Step::Explain);
    }
}
