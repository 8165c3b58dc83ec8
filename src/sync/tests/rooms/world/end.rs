//! The last quiet seconds, and what must be so after them.

use super::*;

impl World {
    pub(super) fn heal(&mut self) -> Verdict {
        for human in 0..PEOPLE {
            self.humans[human].link = Link::Wifi;
            let person = self.humans[human].actor.person;
            if !self.humans[human].actor.role.is_staff() {
                let consents = self.oracle.consents[&person].with(Purpose::Class, true);
                self.consent(person, consents)?;
            }
            self.later(3_500, Step::Come(human));
        }
        self.later(8_000, Step::LastWords);
        Ok(())
    }

    /// All see the same, and of each other what they may: all of it, and nothing else.
    pub(super) fn at_the_end(&self) -> Verdict {
        let inside: Vec<&Human> =
            self.humans.iter().filter(|human| human.guest.as_ref().is_some_and(|g| g.is_inside())).collect();
        if inside.len() < 2 {
            return Err("hardly anybody is in the room at the end".into());
        }
        for human in &inside {
            let me = human.actor.person;
            let view = human.guest.as_ref().map(|guest| guest.view().clone()).unwrap_or_default();
            let first = inside[0].guest.as_ref().map(|guest| guest.view().clone()).unwrap_or_default();
            let bare = |view: &baro_sync::room::View| {
                let mut room = view.room.clone();
                room.as_mut().into_iter().for_each(|room| room.invitation = None);
                let people = view.people.iter().map(|(slot, person)| {
                    let mut member = person.member.clone();
                    member
                        .as_mut()
                        .into_iter()
                        .for_each(|member| (member.person, member.variant) = (None, None));
                    (*slot, member)
                });
                (room, people.collect::<BTreeMap<_, _>>())
            };
            if bare(&view) != bare(&first) {
                return Err(format!(
                    "{me} and {} see two rooms:\n{view:?}\n{first:?}",
                    inside[0].actor.person
                ));
            }
            self.heard_all(human)?;
            for other in &inside {
                self.sees_all(human, other)?;
            }
        }
        Ok(())
    }

    pub(super) fn heard_all(&self, human: &Human) -> Verdict {
        let me = human.actor.person;
        let known = &self.oracle.known;
        let mut once = human.heard.clone();
        once.sort_unstable();
        once.dedup();
        if once.len() != human.heard.len() {
            return Err(format!("{me} heard something twice: {:?}", human.heard));
        }
        let said = &known.said[self.oracle.from.get(&me).copied().unwrap_or(0)..];
        let heard: Vec<u64> = human.heard.iter().copied().filter(|word| known.said.contains(word)).collect();
        if heard.ends_with(said) { Ok(()) } else { Err(format!("{me} heard {heard:?} of {said:?}")) }
    }

    pub(super) fn sees_all(&self, human: &Human, other: &Human) -> Verdict {
        let (me, of) = (human.actor.person, other.actor.person);
        let slot = self.oracle.slot(of).ok_or("who is inside has no slot")?;
        let view = human.guest.as_ref().and_then(|guest| guest.view().people.get(&slot));
        let seen = view.and_then(|person| person.doing.clone());
        let truth = self.oracle.known.doing.get(&of);
        let sees = |aspect| self.oracle.sees(me, of, aspect);
        let repetitions = truth.map(|doing| doing.repetitions).filter(|_| sees(Aspect::Repetitions));
        let score = truth.and_then(|doing| doing.score).filter(|_| sees(Aspect::Score));
        let pulse = truth.and_then(|doing| doing.heart_rate).filter(|_| sees(Aspect::HeartRate));
        let form = truth.filter(|_| sees(Aspect::Form)).map(|doing| doing.seen);
        let expected = (repetitions, score, pulse, form);
        let seen = seen.map_or((None, None, None, None), |seen| {
            (seen.repetitions, seen.score, seen.heart_rate, seen.form.map(|form| form.seen))
        });
        if seen != expected {
            return Err(format!("{me} sees {seen:?} of {of}, and may see {expected:?}"));
        }
        let drawn = human.drawn.get(&slot).is_some_and(|at| at + 1_500 > self.now);
        let may = me != of && other.moves && sees(Aspect::Avatar);
        if drawn == may { Ok(()) } else { Err(format!("{me} sees {of} move: {drawn}, and may: {may}")) }
    }
}
