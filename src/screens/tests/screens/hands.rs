//! Everything can be chosen with two raised hands: left goes on, right takes.

use crate::support::{Shown, language};
use baro_coach::safety::{Nprs, Rpe};
use baro_home::{Event, Purpose, visit::Asks};
use baro_screens::{
    Hand, Hands, Language,
    flow::{self, Asked, Drafts, Frame},
    paused::{self, PausedPress, PausedView},
};
use std::cell::{Cell, RefCell};

const UP: Hands = Hands { right: Some(0.0), left: Some(0.0), chose: None };

/// Raises a hand so often, and lets the screen come to rest.
fn raise<P>(shown: &mut Shown<P>, hands: &Cell<Hands>, hand: Hand, times: usize) {
    for _ in 0..times {
        hands.set(Hands { chose: Some(hand), ..UP });
        shown.step();
        hands.set(UP);
        shown.run_steps(3);
    }
}

#[test]
fn pain_and_effort_without_touching_anything() {
    let (hands, drafts) = (Cell::new(UP), RefCell::new(Drafts::default()));
    let asked = Asked { asks: Asks { pain: true, effort: true }, done: "8 of 10" };
    let mut shown = language(Language::Korean, |ui, texts, look| {
        let frame = Frame { texts, look, hands: hands.get() };
        flow::set_check(ui, frame, &mut drafts.borrow_mut(), &asked)
    });
    // There is no main button to press yet: it begins with the other one's neighbour, no pain.
    raise(&mut shown, &hands, Hand::Left, 2);
    raise(&mut shown, &hands, Hand::Right, 1);
    assert_eq!((drafts.borrow().pain, drafts.borrow().effort), (Some(2), None));
    // From an answer it goes on to the next question.
    raise(&mut shown, &hands, Hand::Left, 4);
    raise(&mut shown, &hands, Hand::Right, 1);
    assert_eq!((drafts.borrow().pain, drafts.borrow().effort), (Some(2), Some(4)));
    // Everything is answered: the right hand once more, and it is sent.
    raise(&mut shown, &hands, Hand::Right, 1);
    let sent = Event::SetCheck { pain: Some(Nprs::new(2).unwrap()), effort: Some(Rpe::new(4.0).unwrap()) };
    assert_eq!(shown.state().pressed, [sent]);
}

#[test]
fn a_pause_lets_everything_be_chosen() {
    let hands = Cell::new(UP);
    let mut shown = language(Language::English, |ui, texts, look| {
        let exercise = Some("exercise-squat");
        let view = PausedView { exercise, easier: true, harder: true, kept: true, hands: hands.get() };
        paused::show(ui, &view, texts, look)
    });
    let all = [
        PausedPress::Resume,
        PausedPress::Stop,
        PausedPress::ExplainAgain,
        PausedPress::Easier,
        PausedPress::Harder,
        PausedPress::Skip,
        PausedPress::SomethingWrong,
    ];
    for press in all {
        raise(&mut shown, &hands, Hand::Right, 1);
        assert_eq!(shown.state_mut().pressed.drain(..).collect::<Vec<_>>(), [press]);
        raise(&mut shown, &hands, Hand::Left, 1);
    }
    raise(&mut shown, &hands, Hand::Right, 1);
    assert_eq!(shown.state().pressed, [PausedPress::Resume], "round again");
}

#[test]
fn several_can_be_chosen_one_after_the_other() {
    let (hands, drafts) = (Cell::new(UP), RefCell::new(Drafts::default()));
    let mut shown = language(Language::English, |ui, texts, look| {
        flow::goals(ui, Frame { texts, look, hands: hands.get() }, &mut drafts.borrow_mut())
    });
    // Neck, then elbow: behind the first choice it goes on with the second.
    raise(&mut shown, &hands, Hand::Right, 1);
    raise(&mut shown, &hands, Hand::Left, 2);
    raise(&mut shown, &hands, Hand::Right, 1);
    let chosen = drafts.borrow().goals.clone();
    assert_eq!(chosen.regions, [baro_coach::Region::ALL[0], baro_coach::Region::ALL[2]]);
    raise(&mut shown, &hands, Hand::Right, 1);
    assert_eq!(shown.state().pressed, [Event::Goals(chosen)]);
}

#[test]
fn nothing_is_passed_unseen() {
    let (hands, drafts) = (Cell::new(UP), RefCell::new(Drafts::default()));
    drafts.borrow_mut().consent = [true; Purpose::ASKED.len()];
    let mut shown = language(Language::Korean, |ui, texts, look| {
        let look = baro_screens::Look { text_scale: 2.0, ..*look };
        flow::consent(ui, Frame { texts, look: &look, hands: hands.get() }, &mut drafts.borrow_mut())
    });
    // Over the other button to the first two.
    raise(&mut shown, &hands, Hand::Left, 3);
    let seen = |shown: &Shown<Event>, index: usize| {
        let places = crate::support::control_places(shown);
        places[index].1.max.y < shown.ctx.viewport_rect().max.y
    };
    assert!(seen(&shown, 1), "what is highlighted is scrolled to");
    raise(&mut shown, &hands, Hand::Left, 2);
    assert!(seen(&shown, 3), "the last one too");
    raise(&mut shown, &hands, Hand::Right, 1);
    assert!(!drafts.borrow().consent[3] && drafts.borrow().consent[..3] == [true; 3]);
}

#[test]
fn without_watched_hands_there_is_no_highlight() {
    let hands = Cell::new(Hands::NONE);
    let mut shown = language(Language::English, |ui, texts, look| {
        let view =
            PausedView { exercise: None, easier: false, harder: false, kept: false, hands: hands.get() };
        paused::show(ui, &view, texts, look)
    });
    let sentence = "Left hand up: next. Right hand up: choose.";
    let is_said = |shown: &Shown<PausedPress>| {
        use egui_kittest::kittest::Queryable;
        shown.query_by_label(sentence).is_some()
    };
    assert!(!is_said(&shown));
    hands.set(UP);
    shown.run_steps(2);
    assert!(is_said(&shown));
}
