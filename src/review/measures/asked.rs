//! Which questionnaires a clinic asks now: from the posts in which it asks, and those in which they were answered.

use super::{Filled, Questionnaire};
use baro_wire::{PostBody, PostId};
use jiff::civil::Date;

/// Questionnaires that are asked of one person at most; a clinic that asks more is not heard any further.
const MOST: usize = 32;

/// A questionnaire that is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The post that asks.
    pub post: PostId,
    /// It.
    pub questionnaire: Questionnaire,
    /// Again after so many days; once, where it is missing.
    pub every_days: Option<u16>,
    /// When it was answered last, since it is asked.
    pub answered: Option<Date>,
}

/// All that are asked of a person. Of one questionnaire what was asked last counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheets {
    asked: Vec<Asked>,
}

impl Sheets {
    /// Takes in a post about the person, in the order of their feed; what can't be read asks nothing.
    pub fn post(&mut self, post: PostId, body: &PostBody) {
        match body {
            PostBody::Asked { questionnaire, every_days, withdrawn } => {
                let Ok(questionnaire) = Questionnaire::from_json(questionnaire) else { return };
                self.asked.retain(|asked| asked.questionnaire.id != questionnaire.id);
                if !withdrawn && self.asked.len() < MOST {
                    self.asked.push(Asked { post, questionnaire, every_days: *every_days, answered: None });
                }
            }
            PostBody::Answered { asked, filled } => {
                let Ok(filled) = serde_json::from_str::<Filled>(filled) else { return };
                let answers = |one: &&mut Asked| match asked {
                    Some(asked) => one.post == *asked,
                    None => one.questionnaire.id == filled.questionnaire,
                };
                if let Some(one) = self.asked.iter_mut().find(answers) {
                    one.answered = one.answered.max(Some(filled.day));
                }
            }
            _ => {}
        }
    }

    /// All that are asked, now or again later.
    pub fn all(&self) -> &[Asked] {
        &self.asked
    }

    /// What is to be answered on this day, in the order in which it was asked.
    pub fn due(&self, today: Date) -> impl Iterator<Item = &Asked> {
        self.asked.iter().filter(move |asked| asked.is_due(today))
    }
}

impl Asked {
    /// Is it to be answered on this day? On a day before the last answer (a clock was set back) it is not.
    pub fn is_due(&self, today: Date) -> bool {
        let Some(answered) = self.answered else { return true };
        let since = answered.until(today).map_or(0, |span| span.get_days());
        self.every_days.is_some_and(|days| i64::from(since) >= i64::from(days.max(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::{Answer, SHIPPED};
    use baro_wire::Text;
    use std::collections::BTreeMap;

    const FIRST: PostId = PostId([1; 16]);
    const SECOND: PostId = PostId([2; 16]);

    fn asks(every_days: Option<u16>, withdrawn: bool) -> PostBody {
        PostBody::Asked { questionnaire: Text::new(SHIPPED[0]).unwrap(), every_days, withdrawn }
    }

    fn answers(asked: Option<PostId>, day: &str) -> PostBody {
        let phq9 = Questionnaire::from_json(SHIPPED[0]).unwrap();
        let code = |item: &crate::measures::Item| Some(Answer::Code(item.choices.first()?.code.clone()));
        let all: BTreeMap<_, _> =
            phq9.items.iter().filter_map(|item| Some((item.link_id.clone(), code(item)?))).collect();
        let filled = phq9.fill(day.parse().unwrap(), all).unwrap();
        PostBody::Answered { asked, filled: Text::new(serde_json::to_string(&filled).unwrap()).unwrap() }
    }

    fn due(posts: &[(PostId, PostBody)], today: &str) -> Vec<PostId> {
        let mut sheets = Sheets::default();
        posts.iter().for_each(|(post, body)| sheets.post(*post, body));
        sheets.due(today.parse().unwrap()).map(|asked| asked.post).collect()
    }

    #[test]
    fn it_is_asked_until_it_is_answered_and_again_when_it_is_time() {
        let once = [(FIRST, asks(None, false)), (SECOND, answers(Some(FIRST), "2026-11-02"))];
        assert_eq!(due(&once[..1], "2026-11-01"), [FIRST]);
        assert!(due(&once, "2026-11-02").is_empty() && due(&once, "2027-11-02").is_empty());
        let often = [(FIRST, asks(Some(14), false)), (SECOND, answers(None, "2026-11-02"))];
        assert!(due(&often, "2026-11-15").is_empty() && due(&often, "2026-10-01").is_empty());
        assert_eq!(due(&often, "2026-11-16"), [FIRST]);
    }

    #[test]
    fn what_was_asked_last_counts_and_what_was_withdrawn_is_asked_no_more() {
        let again = [
            (FIRST, asks(None, false)),
            (PostId([9; 16]), answers(Some(FIRST), "2026-11-02")),
            (SECOND, asks(None, false)),
        ];
        assert_eq!(due(&again, "2026-11-02"), [SECOND], "the old answer is to the old question");
        let withdrawn = [(FIRST, asks(Some(7), false)), (SECOND, asks(None, true))];
        assert!(due(&withdrawn, "2026-11-02").is_empty());
        let nonsense =
            PostBody::Asked { questionnaire: Text::new("{}").unwrap(), every_days: None, withdrawn: false };
        assert!(due(&[(FIRST, nonsense)], "2026-11-02").is_empty());
    }
}
