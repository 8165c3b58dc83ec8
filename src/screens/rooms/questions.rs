//! A questionnaire that the clinic asks, one question at a time, and what is said when it is done.

use crate::{
    Page,
    flow::Frame,
    text,
    widgets::{Weight, choices, small_button, text_field},
};
use egui::Ui;

/// Characters of an answer in words at most.
const CHARS: usize = 1_000;

/// A question, in words.
#[derive(Debug, Clone, Copy)]
pub struct QuestionView<'a> {
    /// The questionnaire's name.
    pub title: &'a str,
    /// What stands before several questions; empty where nothing does.
    pub intro: &'a str,
    /// What is asked, or told.
    pub text: &'a str,
    /// Its place, from 1, and how many there are as far as is known.
    pub place: (usize, usize),
    /// What can be answered.
    pub answers: Answers<'a>,
    /// Can it be left out?
    pub optional: bool,
    /// Source and licence; shown with the first question.
    pub copyright: &'a str,
}

/// What can be answered to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answers<'a> {
    /// Nothing: it is only told.
    Told,
    /// One of these; the one that was chosen.
    OneOf(&'a [String], Option<usize>),
    /// A number, as it is typed.
    Number,
    /// Words.
    Words,
}

/// Where a questionnaire is.
#[derive(Debug, Clone, Copy)]
pub enum QuestionsView<'a> {
    /// None is asked.
    Nothing,
    /// A question.
    Question(QuestionView<'a>),
    /// All is answered, and written for the clinic. Does an answer ask for safety?
    Done(bool),
    /// It could not be written; nothing that was answered is lost.
    Failed,
}

/// What was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionsPress {
    /// This one of the choices.
    Choose(usize),
    /// What was typed, or nothing: to the next question.
    Next,
    /// To the question before.
    Before,
    /// Out of here; what was answered stays for later.
    Close,
}

/// The room of questions; `draft` is what is being typed.
pub fn questions(
    ui: &mut Ui,
    frame: Frame,
    view: &QuestionsView,
    draft: &mut String,
) -> Option<QuestionsPress> {
    match view {
        QuestionsView::Question(question) => ask(ui, frame, question, draft),
        QuestionsView::Nothing => end(ui, frame, ["rooms-questions", "rooms-questions-none"]),
        QuestionsView::Failed => end(ui, frame, ["rooms-questions", "rooms-questions-failed"]),
        QuestionsView::Done(false) => end(ui, frame, ["rooms-questions-done", "rooms-questions-sent"]),
        QuestionsView::Done(true) => crisis(ui, frame),
    }
}

fn ask(ui: &mut Ui, frame: Frame, view: &QuestionView, draft: &mut String) -> Option<QuestionsPress> {
    let Frame { texts, look, hands } = frame;
    let [next, later, walk] = ["flow-next", "rooms-questions-later", "hands-walk"].map(|key| texts.text(key));
    let (at, of) = view.place;
    let place = texts.with("flow-question", [("at", at.into()), ("of", of.into())]);
    let answered = match view.answers {
        Answers::Told => true,
        Answers::OneOf(_, chosen) => chosen.is_some(),
        Answers::Number => draft.trim().parse::<f64>().is_ok_and(f64::is_finite),
        Answers::Words => !draft.trim().is_empty(),
    };
    let page = Page::new(view.text).sentence(view.intro).main(&next, QuestionsPress::Next);
    let page = page.main_enabled(answered || view.optional).other(&later, QuestionsPress::Close).walk(&walk);
    page.show(ui, look, hands, |ui| {
        let mut pressed = None;
        text::note(ui, look, &format!("{} · {place}", view.title));
        match view.answers {
            Answers::Told => {}
            Answers::OneOf(names, chosen) => {
                let cards =
                    names.iter().enumerate().map(|(at, name)| (name.as_str(), "", chosen == Some(at)));
                pressed = choices(ui, look, 2, false, cards).map(QuestionsPress::Choose);
            }
            Answers::Number => {
                text_field(ui, look, &texts.text("rooms-questions-number"), draft, 12);
            }
            Answers::Words => {
                text_field(ui, look, &texts.text("rooms-questions-words"), draft, CHARS);
            }
        }
        let before = texts.text("flow-question-back");
        if at > 1 && small_button(ui, look, &before, Weight::Plain).clicked() {
            pressed = Some(QuestionsPress::Before);
        }
        if at == 1 && !view.copyright.is_empty() {
            text::note(ui, look, view.copyright);
        }
        pressed
    })
}

fn end(ui: &mut Ui, frame: Frame, [title, sentence]: [&str; 2]) -> Option<QuestionsPress> {
    let Frame { texts, look, hands } = frame;
    let [title, sentence, close] = [title, sentence, "rooms-close"].map(|key| texts.text(key));
    let page = Page::new(&title).sentence(&sentence).main(&close, QuestionsPress::Close);
    page.show(ui, look, hands, |_| None)
}

/// Somebody who may think of hurting themselves reads first whom they can call now.
fn crisis(ui: &mut Ui, frame: Frame) -> Option<QuestionsPress> {
    let Frame { texts, look, hands } = frame;
    let keys = ["rooms-crisis", "rooms-crisis-sentence", "rooms-crisis-read"];
    let [title, sentence, read] = keys.map(|key| texts.text(key));
    let page = Page::new(&title).sentence(&sentence).main(&read, QuestionsPress::Close);
    page.show(ui, look, hands, |ui| {
        for key in ["rooms-crisis-call", "rooms-crisis-danger", "rooms-crisis-near"] {
            text::heading(ui, look, &texts.text(key));
        }
        text::note(ui, look, &texts.text("rooms-crisis-clinic"));
        None
    })
}
