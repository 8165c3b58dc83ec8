//! Language and person; what to be called, and the body on the screen.

use super::{Drafts, Frame, first_steps, step_name};
use crate::{
    Language, Page, text,
    widgets::{choices, list_row, text_field, toggle_row},
};
use baro_home::{Body, Person, PersonId, visit::Event};
use egui::Ui;

/// What was pressed on the first screen.
#[derive(Debug, Clone, PartialEq)]
pub enum WelcomePress {
    /// Show this language.
    Language(Language),
    /// Something for the visit.
    Visit(Event),
}

/// Language and who it is. `people`: those who exercise here already, with what they want to be called.
pub fn welcome(ui: &mut Ui, frame: Frame, people: &[(PersonId, String)]) -> Option<WelcomePress> {
    let Frame { texts, look, hands } = frame;
    let (title, sentence) = (texts.text("flow-welcome"), texts.text("flow-welcome-sentence"));
    let (begin, other) = (texts.text("flow-begin"), texts.text("flow-new-person"));
    let walk = texts.text("hands-walk");
    let page = Page::new(&title).sentence(&sentence).walk(&walk);
    let page = match people {
        [] => page.main(&begin, WelcomePress::Visit(Event::NewPerson)),
        [(id, _), ..] => page
            .main(&begin, WelcomePress::Visit(Event::Who(id.clone())))
            .other(&other, WelcomePress::Visit(Event::NewPerson)),
    };
    page.show(ui, look, hands, |ui| {
        let languages = Language::ALL.map(|language| (language, name(language)));
        let items = languages.map(|(language, name)| (name, "", language == texts.language()));
        let mut pressed = choices(ui, look, 2, false, items)
            .and_then(|i| Language::ALL.get(i))
            .map(|language| WelcomePress::Language(*language));
        if people.len() > 1 {
            text::heading(ui, look, &texts.text("flow-who"));
            for (id, name) in people {
                let nameless = texts.text("flow-nameless");
                let shown = if name.is_empty() { &nameless } else { name };
                if list_row(ui, look, shown, "", "", false).clicked() {
                    pressed = Some(WelcomePress::Visit(Event::Who(id.clone())));
                }
            }
        }
        pressed
    })
}

/// A language in its own words.
const fn name(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::Korean => "한국어",
    }
}

/// What to be called, the body on the screen, seated or not.
pub fn profile(ui: &mut Ui, frame: Frame, drafts: &mut Drafts) -> Option<Event> {
    let Frame { texts, look, hands } = frame;
    let (title, sentence) = (texts.text("flow-profile"), texts.text("flow-profile-sentence"));
    let (next, back, step) = (texts.text("flow-next"), texts.text("flow-back"), step_name(texts, 1));
    let walk = texts.text("hands-walk");
    let page = Page::new(&title).sentence(&sentence).other(&back, Event::Back).walk(&walk);
    let page = page.main(&next, Event::Profile(drafts.profile.clone()));
    first_steps(page, 1, &step).show(ui, look, hands, |ui| {
        let draft = &mut drafts.profile;
        text_field(ui, look, &texts.text("flow-profile-name"), &mut draft.name, Person::NAME_CHARS);
        text::heading(ui, look, &texts.text("flow-profile-body"));
        let names = Body::ALL.map(|body| texts.text(&format!("home-body-{}", body.id())));
        let items = names.iter().zip(Body::ALL).map(|(name, body)| (name.as_str(), "", body == draft.body));
        if let Some(body) = choices(ui, look, 3, false, items).and_then(|i| Body::ALL.get(i)) {
            draft.body = *body;
        }
        let note = texts.text("flow-profile-seated-note");
        if toggle_row(ui, look, &texts.text("flow-profile-seated"), &note, draft.seated).clicked() {
            draft.seated = !draft.seated;
        }
        None
    })
}
