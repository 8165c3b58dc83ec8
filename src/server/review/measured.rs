//! What was asked with questionnaires and what was answered, of the posts about somebody.

use super::care::About;
use baro_review::measures::{Asked, Filled, Questionnaire, Sheets};
use baro_wire::{Cursor, Entry, PostBody, PostId};
use jiff::civil::Date;

impl About {
    /// What is asked and was not withdrawn, by the same rule as on the patient's device.
    pub fn asked(&self) -> Vec<Asked> {
        let mut sheets = Sheets::default();
        self.entries.iter().for_each(|entry| sheets.post(entry.post.id, &entry.post.body));
        sheets.all().to_vec()
    }

    /// When a post came, by the server's clock.
    pub fn stored_ms(&self, post: PostId) -> Option<i64> {
        self.entries.iter().find(|entry| entry.post.id == post).map(|entry| entry.stored_ms)
    }

    /// Each questionnaire that was answered, with its answers, oldest first. Sums are counted again here: what stands in a post is what a device
    /// says.
    pub fn answered(&self) -> Vec<(Questionnaire, Vec<Filled>)> {
        let mut all: Vec<(Questionnaire, Vec<Filled>)> =
            self.questionnaires().into_iter().map(|which| (which, Vec::new())).collect();
        for filled in self.entries.iter().filter_map(filled) {
            let of_it = |(which, _): &&mut (Questionnaire, _)| {
                which.id == filled.questionnaire && which.version == filled.version
            };
            let Some((which, fillings)) = all.iter_mut().find(of_it) else { continue };
            fillings.extend(which.fill(filled.day, filled.answers).ok());
        }
        all.retain(|(_, filled)| !filled.is_empty());
        all
    }

    /// The last answers that ask for safety and that nobody has dealt with: where they stand in the feed, and of which day. What a device says of
    /// its answers counts, also where they can't be counted here; so does what is counted here.
    pub fn open_safety(&self) -> Option<(Cursor, Date)> {
        let known = self.questionnaires();
        let counted = |filled: &Filled| {
            let which = known
                .iter()
                .find(|which| (&which.id, &which.version) == (&filled.questionnaire, &filled.version));
            which.is_some_and(|which| which.asks_for_safety(&filled.answers))
        };
        let open =
            self.entries.iter().filter(|entry| self.safe_until.is_none_or(|until| entry.cursor > until));
        let asking = open.filter_map(|entry| Some((entry.cursor, filled(entry)?)));
        let last = asking.rev().find(|(_, filled)| filled.asks_for_safety || counted(filled));
        last.map(|(cursor, filled)| (cursor, filled.day))
    }

    /// All that were ever asked here, and those that ship; of each version one.
    fn questionnaires(&self) -> Vec<Questionnaire> {
        let mut all = Questionnaire::shipped().unwrap_or_default();
        for entry in &self.entries {
            if let PostBody::Asked { questionnaire, .. } = &entry.post.body
                && let Ok(read) = Questionnaire::from_json(questionnaire)
                && all.iter().all(|known| (&known.id, &known.version) != (&read.id, &read.version))
            {
                all.push(read);
            }
        }
        all
    }
}

/// What a patient's device says that they answered.
fn filled(entry: &Entry) -> Option<Filled> {
    match &entry.post.body {
        PostBody::Answered { filled, .. } if entry.author == entry.post.about => {
            serde_json::from_str(filled).ok()
        }
        _ => None,
    }
}
