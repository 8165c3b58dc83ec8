//! A questionnaire of the clinic, one question at a time: what was answered, and where one is.

use super::now;
use crate::locale::Texts;
use baro_agent::Agent;
use baro_home::PersonFolder;
use baro_review::measures::{Answer, Item, ItemKind, Questionnaire, Sheets, Words};
use baro_screens::{
    flow::Frame,
    rooms::{Answers, QuestionView, QuestionsPress, QuestionsView, questions},
};
use baro_wire::{PostBody, PostId};
use bevy::log::warn;
use bevy_egui::egui::Ui;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the clinic asks, and what is being answered.
#[derive(Default)]
pub struct Questions {
    /// Whose they are; answers are kept there until all are given.
    folder: Option<PersonFolder>,
    sheets: Sheets,
    sheet: Option<Sheet>,
    /// What is being typed.
    draft: String,
    end: Option<End>,
}

/// How answering ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// Written; does an answer ask for safety?
    Done(bool),
    /// It could not be written.
    Failed,
}

/// What is kept of one that is not finished.
#[derive(Serialize, Deserialize)]
struct Kept {
    post: String,
    answers: BTreeMap<String, Answer>,
}

/// One that is being answered.
struct Sheet {
    post: PostId,
    questionnaire: Questionnaire,
    answers: BTreeMap<String, Answer>,
    /// Place of the question among the questionnaire's items.
    at: usize,
}

/// Its name, where it can be read.
pub fn title(questionnaire: &str, texts: &Texts) -> String {
    let questionnaire = Questionnaire::from_json(questionnaire);
    questionnaire.map(|it| words(&it.title, texts).to_owned()).unwrap_or_default()
}

fn words<'a>(words: &'a Words, texts: &Texts) -> &'a str {
    words.in_language(texts.language().tag())
}

fn today() -> Date {
    now().day
}

impl Questions {
    /// Of this person; what they answered before the window was closed is there.
    pub fn of(folder: PersonFolder) -> Self {
        Self { folder: Some(folder), ..Self::default() }
    }

    /// Reads what is asked now.
    pub fn read(&mut self, agent: &Agent) {
        let wanted = |body: &PostBody| matches!(body, PostBody::Asked { .. } | PostBody::Answered { .. });
        match agent.posts(wanted) {
            Ok(posts) => {
                self.sheets = Sheets::default();
                posts.iter().for_each(|(_, post)| self.sheets.post(post.id, &post.body));
            }
            Err(error) => warn!("{error}"),
        }
    }

    /// Asks this one.
    #[cfg(test)]
    pub fn ask(&mut self, questionnaire: &str) {
        let Ok(questionnaire) = baro_wire::Text::new(questionnaire) else { return };
        let asked = PostBody::Asked { questionnaire, every_days: None, withdrawn: false };
        self.sheets.post(PostId([1; 16]), &asked);
    }

    /// Does this post ask something that can be answered now?
    pub fn is_due(&self, post: PostId) -> bool {
        self.sheets.due(today()).any(|asked| asked.post == post)
    }

    /// What is asked now, in a sentence; empty where nothing is.
    pub fn sentence(&self, texts: &Texts) -> String {
        let Some(asked) = self.sheets.due(today()).next() else { return String::new() };
        let questions = asked.questionnaire.items.iter().filter(|item| item.kind != ItemKind::Group).count();
        let args = [
            ("title", words(&asked.questionnaire.title, texts).into()),
            // About five a minute.
            ("minutes", questions.div_ceil(5).into()),
        ];
        texts.with("rooms-questions-due", args)
    }

    /// Takes up what is asked now where it was left.
    fn begin(&mut self) {
        if self.sheet.is_some() || self.end.is_some() {
            return;
        }
        let Some(asked) = self.sheets.due(today()).next() else { return };
        let (post, questionnaire) = (asked.post, asked.questionnaire.clone());
        let Some(at) = questionnaire.items.iter().position(is_shown) else { return };
        let answers = kept(self.folder.as_ref(), post).unwrap_or_default();
        let mut sheet = Sheet { post, questionnaire, answers, at };
        sheet.go_on();
        self.draft = sheet.typed();
        self.sheet = Some(sheet);
    }

    /// Draws the room; gives back what was pressed.
    pub fn show(&mut self, ui: &mut Ui, frame: Frame, texts: &Texts) -> Option<QuestionsPress> {
        self.begin();
        let Self { sheet, draft, end, .. } = self;
        let names = sheet.as_ref().map(|sheet| sheet.names(texts)).unwrap_or_default();
        let view = match (end, &sheet) {
            (Some(End::Done(safety)), _) => QuestionsView::Done(*safety),
            (Some(End::Failed), _) => QuestionsView::Failed,
            (None, Some(sheet)) => QuestionsView::Question(sheet.view(&names, texts)),
            (None, None) => QuestionsView::Nothing,
        };
        questions(ui, frame, &view, draft)
    }

    /// Does what was pressed; true: the room is left.
    pub fn pressed(&mut self, press: QuestionsPress, agent: Option<&Agent>) -> bool {
        if press == QuestionsPress::Close {
            // Who answered so and leaves in the middle is not left alone with it either.
            let safety =
                self.sheet.as_ref().is_some_and(|sheet| sheet.questionnaire.asks_for_safety(&sheet.answers));
            let ended = self.end.take();
            if ended.is_none() && safety {
                self.end = Some(End::Done(true));
            }
            return self.end.is_none();
        }
        let Some(sheet) = &mut self.sheet else { return false };
        let onwards = match press {
            QuestionsPress::Before => sheet.step(false),
            QuestionsPress::Choose(chosen) => {
                sheet.choose(chosen);
                sheet.step(true)
            }
            _ => {
                sheet.type_in(&self.draft);
                sheet.step(true)
            }
        };
        self.draft = sheet.typed();
        keep(self.folder.as_ref(), sheet);
        if !onwards && press != QuestionsPress::Before {
            self.finish(agent);
        }
        false
    }

    fn finish(&mut self, agent: Option<&Agent>) {
        let Some(sheet) = &self.sheet else { return };
        let filled =
            sheet.questionnaire.fill(today(), sheet.answers.clone()).map_err(|error| error.to_string());
        let sent = filled.and_then(|filled| {
            let json = serde_json::to_string(&filled).map_err(|error| error.to_string())?;
            let agent = agent.ok_or("no clinic is connected")?;
            agent.answer(sheet.post, &json).map_err(|error| error.to_string())?;
            Ok(filled.asks_for_safety)
        });
        match sent {
            Ok(safety) => {
                (self.sheet, self.end) = (None, Some(End::Done(safety)));
                let forgotten = self.folder.iter().try_for_each(|folder| folder.keep_half_filled(None));
                forgotten.unwrap_or_else(|error| warn!("{error}"));
                agent.iter().for_each(|agent| self.read(agent));
            }
            Err(error) => {
                warn!("answers were not written: {error}");
                self.end = Some(End::Failed);
            }
        }
    }
}

/// What was answered of this one before.
fn kept(folder: Option<&PersonFolder>, post: PostId) -> Option<BTreeMap<String, Answer>> {
    let kept: Kept = serde_json::from_str(&folder?.half_filled()?).ok()?;
    (kept.post == post.to_string()).then_some(kept.answers)
}

fn keep(folder: Option<&PersonFolder>, sheet: &Sheet) {
    let kept = Kept { post: sheet.post.to_string(), answers: sheet.answers.clone() };
    let (Some(folder), Ok(text)) = (folder, serde_json::to_string(&kept)) else { return };
    folder.keep_half_filled(Some(&text)).unwrap_or_else(|error| warn!("{error}"));
}

fn is_shown(item: &Item) -> bool {
    item.kind != ItemKind::Group
}

impl Sheet {
    fn item(&self) -> &Item {
        &self.questionnaire.items[self.at]
    }

    /// What is shown as far as it was answered, in order: places among the items.
    fn shown(&self) -> Vec<usize> {
        let asked: Vec<&str> =
            self.questionnaire.asked(&self.answers).map(|item| item.link_id.as_str()).collect();
        let items = self.questionnaire.items.iter().enumerate();
        items
            .filter(|(_, item)| is_shown(item) && asked.contains(&item.link_id.as_str()))
            .map(|(at, _)| at)
            .collect()
    }

    /// To the first question that was not answered; to the last one, where all were.
    fn go_on(&mut self) {
        let items = &self.questionnaire.items;
        self.answers.retain(|link_id, _| items.iter().any(|item| item.link_id == *link_id));
        if self.answers.is_empty() {
            return;
        }
        let shown = self.shown();
        let open = |at: &usize| !self.answers.contains_key(&self.questionnaire.items[*at].link_id);
        let asks = |at: &usize| self.questionnaire.items[*at].kind != ItemKind::Display;
        let next = shown.iter().copied().find(|at| asks(at) && open(at)).or(shown.last().copied());
        self.at = next.unwrap_or(self.at);
    }

    /// To the next question, or the one before; false where there is none.
    fn step(&mut self, onwards: bool) -> bool {
        let shown = self.shown();
        let to = match onwards {
            true => shown.into_iter().find(|at| *at > self.at),
            false => shown.into_iter().rev().find(|at| *at < self.at),
        };
        self.at = to.unwrap_or(self.at);
        to.is_some()
    }

    fn choose(&mut self, chosen: usize) {
        let item = self.item();
        let answer = match item.kind {
            ItemKind::Choice => item.choices.get(chosen).map(|choice| Answer::Code(choice.code.clone())),
            ItemKind::Boolean => Some(Answer::Yes(chosen == 0)),
            _ => None,
        };
        let link_id = item.link_id.clone();
        if let Some(answer) = answer {
            self.answers.insert(link_id, answer);
        }
    }

    fn type_in(&mut self, draft: &str) {
        let (item, draft) = (self.item(), draft.trim());
        let answer = match item.kind {
            ItemKind::Integer => draft.parse::<f64>().ok().map(|number| Answer::Number(number.round())),
            ItemKind::Decimal => draft.parse().ok().map(Answer::Number),
            ItemKind::Text => (!draft.is_empty()).then(|| Answer::Text(draft.to_owned())),
            ItemKind::Group | ItemKind::Display | ItemKind::Choice | ItemKind::Boolean => return,
        };
        let link_id = item.link_id.clone();
        match answer {
            Some(answer) => self.answers.insert(link_id, answer),
            None => self.answers.remove(&link_id),
        };
    }

    /// What was typed for this question before.
    fn typed(&self) -> String {
        match self.answers.get(&self.item().link_id) {
            Some(Answer::Number(number)) => number.to_string(),
            Some(Answer::Text(text)) => text.clone(),
            _ => String::new(),
        }
    }

    fn names(&self, texts: &Texts) -> Vec<String> {
        match self.item().kind {
            ItemKind::Boolean => {
                ["rooms-questions-yes", "rooms-questions-no"].map(|key| texts.text(key)).into()
            }
            _ => self.item().choices.iter().map(|choice| words(&choice.text, texts).to_owned()).collect(),
        }
    }

    fn view<'a>(&'a self, names: &'a [String], texts: &Texts) -> QuestionView<'a> {
        let (questionnaire, item, shown) = (&self.questionnaire, self.item(), self.shown());
        let answer = self.answers.get(&item.link_id);
        let chosen = match answer {
            Some(Answer::Code(code)) => item.choices.iter().position(|choice| choice.code == *code),
            Some(Answer::Yes(yes)) => Some(usize::from(!yes)),
            _ => None,
        };
        let answers = match item.kind {
            ItemKind::Group | ItemKind::Display => Answers::Told,
            ItemKind::Choice | ItemKind::Boolean => Answers::OneOf(names, chosen),
            ItemKind::Integer | ItemKind::Decimal => Answers::Number,
            ItemKind::Text => Answers::Words,
        };
        let group = item.group.and_then(|group| questionnaire.items.get(group));
        QuestionView {
            title: words(&questionnaire.title, texts),
            intro: group.map_or("", |group| words(&group.text, texts)),
            text: words(&item.text, texts),
            place: (shown.iter().position(|at| *at == self.at).unwrap_or(0) + 1, shown.len()),
            answers,
            optional: !item.required || item.kind == ItemKind::Display,
            copyright: &questionnaire.copyright,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use baro_home::{Effect, Home, Person};

    const PHQ_9: &str = include_str!("../../../assets/questionnaires/phq-9.json");

    #[test]
    fn what_was_answered_before_the_window_was_closed_is_there() {
        let place = tempfile::tempdir().unwrap();
        let (mut files, _) = Home::open(place.path()).unwrap().new_person();
        files.keep(&Effect::SavePerson(Person::default())).unwrap();
        let open = || {
            let mut questions = Questions::of(files.folder().clone());
            questions.ask(PHQ_9);
            questions.begin();
            questions
        };
        let number = |questions: &Questions| {
            let sheet = questions.sheet.as_ref().unwrap();
            sheet.shown().iter().filter(|at| **at < sheet.at).count()
        };
        let mut questions = open();
        let first = number(&questions);
        for _ in 0..3 {
            questions.pressed(QuestionsPress::Choose(1), None);
        }
        let again = open();
        assert_eq!((number(&again), number(&questions)), (first + 3, first + 3));
        assert_eq!(again.sheet.unwrap().answers, questions.sheet.as_ref().unwrap().answers);

        // What can't be sent is not lost either.
        while questions.end.is_none() {
            questions.pressed(QuestionsPress::Choose(0), None);
        }
        assert_eq!(questions.end, Some(End::Failed));
        assert!(open().sheet.unwrap().answers.len() >= 9);
        // Of another questionnaire nothing is taken over; nor what nobody can read.
        files.folder().keep_half_filled(Some("{\"post\":\"00\",\"answers\":{}}")).unwrap();
        assert_eq!(number(&open()), first);
        files.folder().keep_half_filled(Some("no json")).unwrap();
        assert_eq!(number(&open()), first);
        files.folder().keep_half_filled(None).unwrap();
        files.folder().keep_half_filled(None).unwrap();
        assert_eq!(files.folder().half_filled(), None);
    }
}
