//! The places of a plan: what is written there, and what is a step below and above.

use super::{LeftOut, Why, dose};
use crate::{Catalogue, Known, Person, diary::Source};
use baro_coach::{
    Exercise, Position, Routine, SideChoice,
    plan::{Neighbour, Prescription, Variants},
};

/// A place in a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// What ties its sessions together.
    pub course: String,
    /// The dose that is written.
    pub base: Prescription,
    /// The step down that is written.
    pub easier: Option<Prescription>,
    /// The step up that is written.
    pub harder: Option<Prescription>,
}

impl Slot {
    /// What is below and above a dose of this place: as written next to it, else the exercise's own variants.
    pub fn variants<'a>(&'a self, now: &Prescription, catalogue: &'a Catalogue) -> Variants<'a> {
        let is =
            |dose: &Option<Prescription>| dose.as_ref().is_some_and(|dose| dose.exercise == now.exercise);
        let written = |dose: &'a Option<Prescription>| dose.as_ref().map(Neighbour::Dose);
        let (easier, harder) = match () {
            () if now.exercise == self.base.exercise => (written(&self.easier), written(&self.harder)),
            () if is(&self.easier) => (None, Some(Neighbour::Dose(&self.base))),
            () if is(&self.harder) => (Some(Neighbour::Dose(&self.base)), None),
            () => (None, None),
        };
        let about = catalogue.exercise(&now.exercise).map(|file| &file.exercise.about);
        let own = |id: &'a Option<String>| id.as_deref().map(Neighbour::Exercise);
        Variants {
            easier: easier.or_else(|| own(&about?.easier)),
            harder: harder.or_else(|| own(&about?.harder)),
        }
    }
}

/// Why an exercise is not for this person; `None`: it is. `chosen`: by themselves, so that place and things are their own affair.
pub fn unsuitable(exercise: &Exercise, person: &Person, chosen: bool) -> Option<Why> {
    let about = &exercise.about;
    if about.avoid.iter().any(|condition| person.conditions.contains(condition)) {
        return Some(Why::Condition);
    }
    if chosen {
        return None;
    }
    if person.seated && about.position != Position::Seated {
        return Some(Why::Position);
    }
    about.equipment.iter().any(|thing| !person.equipment.contains(thing)).then_some(Why::Equipment)
}

/// The places of a plan, and what had to be left out of it.
pub fn slots(source: &Source, known: &Known, catalogue: &Catalogue) -> (Vec<Slot>, Vec<LeftOut>) {
    let (mut slots, chosen) = match source {
        Source::Assigned => return (assigned(known), Vec::new()),
        Source::Routine(id) => (catalogue.routine(id).map(|routine| of_routine(routine)), false),
        Source::ChosenRoutine(id) => (catalogue.routine(id).map(|routine| of_routine(routine)), true),
        Source::ChosenExercise(id) => {
            let slot = |exercise: &Exercise| Slot {
                course: format!("alone/{}", exercise.id),
                base: dose::alone(exercise, catalogue),
                easier: None,
                harder: None,
            };
            (catalogue.exercise(id).map(|file| vec![slot(&file.exercise)]), true)
        }
    };
    let mut left_out = Vec::new();
    if let (Some(slots), Some(person)) = (&mut slots, &known.person) {
        slots.retain_mut(|slot| match suit(slot, person, chosen, catalogue) {
            Ok(()) => true,
            Err(why) => {
                left_out.push(LeftOut { exercise: slot.base.exercise.clone(), why });
                false
            }
        });
    }
    (slots.unwrap_or_default(), left_out)
}

fn assigned(known: &Known) -> Vec<Slot> {
    let Some(Ok(plan)) = &known.assigned else { return Vec::new() };
    let mut slots: Vec<Slot> = Vec::new();
    for dose in &plan.doses {
        let course = course(&slots, "plan", dose);
        slots.push(Slot { course, base: dose.clone(), easier: None, harder: None });
    }
    slots
}

fn of_routine(routine: &Routine) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    for item in &routine.items {
        let sides: &[SideChoice] =
            if item.each_side { &[SideChoice::Left, SideChoice::Right] } else { &[item.dose.side] };
        for &side in sides {
            let base = Prescription { side, ..item.dose.clone() };
            let course = course(&slots, &routine.id, &base);
            slots.push(Slot { course, base, easier: item.easier.clone(), harder: item.harder.clone() });
        }
    }
    slots
}

/// `knee/step-up/left`; a second one of the same `knee/step-up/left/2`.
fn course(slots: &[Slot], plan: &str, dose: &Prescription) -> String {
    let side = match dose.side {
        SideChoice::Auto => "",
        SideChoice::Left => "/left",
        SideChoice::Right => "/right",
    };
    let name = format!("{plan}/{}{side}", dose.exercise);
    let same = slots.iter().filter(|slot| slot.base.exercise == dose.exercise && slot.base.side == dose.side);
    match same.count() {
        0 => name,
        n => format!("{name}/{}", n + 1),
    }
}

/// Puts a variant that suits the person in the place of an exercise that does not.
fn suit(slot: &mut Slot, person: &Person, chosen: bool, catalogue: &Catalogue) -> Result<(), Why> {
    let Some(file) = catalogue.exercise(&slot.base.exercise) else { return Err(Why::Unknown) };
    let Some(why) = unsuitable(&file.exercise, person, chosen) else { return Ok(()) };
    let about = &file.exercise.about;
    let written = slot.easier.as_ref().map(|easier| &easier.exercise);
    let others = [about.seated.as_ref(), written, about.easier.as_ref()];
    let suits = |id: &&String| {
        let other = catalogue.exercise(id);
        other.is_some_and(|other| unsuitable(&other.exercise, person, chosen).is_none())
    };
    let Some(id) = others.into_iter().flatten().find(suits).cloned() else { return Err(why) };
    let easier = slot.easier.take().filter(|easier| easier.exercise == id);
    slot.base = match easier {
        Some(easier) => Prescription { side: slot.base.side, ..easier },
        None => Prescription { exercise: id, tempo_s: None, load_kg: None, ..slot.base.clone() },
    };
    if let Some(file) = catalogue.exercise(&slot.base.exercise) {
        slot.base = dose::fitted(slot.base.clone(), &file.exercise, catalogue);
    }
    slot.harder = None;
    Ok(())
}
