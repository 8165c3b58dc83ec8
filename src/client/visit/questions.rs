//! A questionnaire of the clinic, one question at a time: what was answered, and where one is.

use super::now;
use crate::locale::Texts;
use baro_agent::Agent;
use baro_review::measures::{Answer, Item, ItemKind, Questionnaire, Sheets, Words};
use baro_screens::{
    flow::Frame,
    rooms::{Answers, QuestionView, QuestionsPress, QuestionsView, questions},
};
use baro_wire::{PostBody, PostId};
use bevy::log::warn;
use bevy_egui::egui::Ui;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What the clinic asks, and what is being answered.
#[derive(Default)]
pub struct Questions {
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

    /// Draws the room; gives back what was pressed.
    pub fn show(&mut self, ui: &mut Ui, frame: Frame, texts: &Texts) -> Option<QuestionsPress> {
        if self.sheet.is_none() && self.end.is_none() {
            self.sheet = self.sheets.due(today()).next().and_then(|asked| {
                let (post, questionnaire) = (asked.post, asked.questionnaire.clone());
                let at = asked.questionnaire.items.iter().position(is_shown)?;
                Some(Sheet { post, questionnaire, answers: BTreeMap::new(), at })
            });
        }
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
                agent.iter().for_each(|agent| self.read(agent));
            }
            Err(error) => {
                warn!("answers were not written: {error}");
                self.end = Some(End::Failed);
            }
        }
    }
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
