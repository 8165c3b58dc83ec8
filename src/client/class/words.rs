//! The class in words: who is there, what happens.

use super::Classroom;
use crate::locale::Texts;
use baro_agent::{Person, RoomLink};
use baro_home::Catalogue;
use baro_screens::class::{Moment, Own, Somebody};
use baro_wire::room::{Activity, Alarm, Ball, Happening, Play, Reaction, Slot};

/// Everything that the class's screen says.
#[derive(Debug, Clone, Default)]
pub struct HallWords {
    /// What it is called.
    pub title: String,
    /// How many are there, or that the connection is lost.
    pub line: String,
    /// Everybody, who needs somebody first.
    pub people: Vec<Somebody>,
    /// What stands below.
    pub caption: String,
    /// The code for others.
    pub invitation: String,
    /// What can be done together.
    pub exercises: Vec<(String, String)>,
    /// What can be said to one person.
    pub cues: Vec<(String, String)>,
    /// Other ways to do it.
    pub variants: Vec<(String, String)>,
    /// What was said lately.
    pub talk: Vec<String>,
    /// What the class does.
    pub moment: Moment,
    /// What is played.
    pub play: Option<baro_wire::room::PlayKind>,
    /// Oneself.
    pub own: Own,
}

/// How somebody is called.
fn name(person: Option<&Person>) -> String {
    person
        .and_then(|person| person.member.as_ref())
        .map(|member| member.called.to_string())
        .unwrap_or_default()
}

/// What a happening says; none: nothing that has to be said.
pub fn line(link: &RoomLink, what: &Happening, texts: &Texts) -> Option<String> {
    let called = |slot: Slot| link.look(|view, _| name(view.people.get(&slot)));
    let by = |key: &str, slot: Slot, more: Option<(&'static str, String)>| {
        let mut arguments = vec![("name", called(slot).into())];
        arguments.extend(more.map(|(key, value)| (key, value.into())));
        texts.with(key, arguments)
    };
    Some(match what {
        Happening::Reacted { by: slot, reaction } => {
            by("class-reacted", *slot, Some(("reaction", texts.text(reaction_key(*reaction)))))
        }
        Happening::Phrase { by: slot, phrase } => {
            by("class-said", *slot, Some(("text", texts.text(&format!("room-phrase-{}", phrase.id())))))
        }
        Happening::Said { by: slot, text } => by("class-said", *slot, Some(("text", text.to_string()))),
        Happening::Cued { by: slot, cue } => by("class-cued", *slot, Some(("text", texts.text(cue)))),
        Happening::Reported { by: slot, slot: other } => {
            by("class-reported", *slot, Some(("other", called(*other))))
        }
        Happening::Caught { by: slot } => by("class-caught", *slot, None),
        Happening::Dropped { by: slot } => by("class-dropped", *slot, None),
        Happening::Round { together: true, .. } => texts.text("class-together"),
        Happening::Round { together: false, .. } => texts.text("class-apart"),
    })
}

const fn reaction_key(reaction: Reaction) -> &'static str {
    match reaction {
        Reaction::Cheer => "room-reaction-cheer",
        Reaction::Clap => "room-reaction-clap",
        Reaction::Heart => "room-reaction-heart",
        Reaction::Laugh => "room-reaction-laugh",
        Reaction::Phew => "room-reaction-phew",
    }
}

impl Classroom {
    /// The class as it stands now, in words; none where there is none.
    pub fn words(&self, catalogue: &Catalogue, texts: &Texts) -> Option<HallWords> {
        let link = self.link.as_ref()?;
        let (inside, room_ms) = (link.is_inside(), link.room_ms());
        let mut words = link.look(|view, own| {
            let mut words = HallWords::default();
            let Some(room) = &view.room else { return words };
            words.title = room.title.to_string();
            words.invitation = room.invitation.as_ref().map(|code| code.to_string()).unwrap_or_default();
            words.own.voice = self.own_voice();
            words.own.leads = own.is_some() && room.leader == own;
            words.own.offered = own.is_some() && room.offered == own;
            words.play = room.play.as_ref().map(Play::kind);
            words.people = view
                .people
                .iter()
                .filter_map(|(slot, person)| {
                    let voice = (self.has_voice(), self.speaks(*slot, own));
                    somebody(*slot, person, room.leader, own, voice, texts)
                })
                .collect();
            words.people.sort_by_key(|somebody| (!somebody.needs, !somebody.own, somebody.slot));
            if let Some(me) = own.and_then(|own| view.people.get(&own)) {
                let member = me.member.as_ref();
                words.own.ready = member.is_some_and(|member| member.ready);
                words.own.hand = member.is_some_and(|member| member.hand);
                words.own.muted = member.is_some_and(|member| member.muted);
                words.own.shows = member.map(|member| member.shows).unwrap_or_default();
                words.own.alarm = me.doing.as_ref().is_some_and(|doing| doing.alarm.is_some());
            }
            let called = |slot: Slot| name(view.people.get(&slot));
            (words.moment, words.caption) = activity(&room.activity, room_ms, catalogue, texts);
            if words.own.leads && words.moment == Moment::Rest {
                words.caption = texts.with(
                    "class-resting-leads",
                    [("ready", words.people.iter().filter(|one| one.ready).count().into())],
                );
            }
            if let Some(Play::PassBall { ball, .. }) = &room.play {
                let ((key, slot), mine) = match ball {
                    Ball::Held { by } => (("class-ball-held", *by), Some(*by) == own),
                    Ball::Flying { to, .. } => (("class-ball-flies", *to), false),
                };
                words.own.ball = mine;
                words.caption = if mine {
                    texts.text("class-ball-yours")
                } else {
                    texts.with(key, [("name", called(slot).into())])
                };
            }
            if words.own.offered {
                words.caption = texts.text("class-offered");
            }
            words.line = texts.with("class-people", [("count", words.people.len().into())]);
            words
        });
        if !inside {
            let key = if self.entered { "class-lost" } else { "class-entering" };
            words.line =
                texts.text(if link.fault().is_some() && !self.entered { "class-unreachable" } else { key });
        }
        if let Some((line, _)) = &self.caption {
            words.caption.clone_from(line);
        }
        words.talk = self.talk.iter().cloned().collect();
        // The others' programs have what ships.
        let shipped = catalogue.exercises.iter().filter(|file| !file.is_taught());
        words.exercises =
            shipped.map(|file| (file.exercise.id.clone(), texts.text(&file.exercise.name_key))).collect();
        self.of_exercise(&mut words, catalogue, texts);
        Some(words)
    }

    /// What can be said about the exercise under way, and how else it can be done.
    fn of_exercise(&self, words: &mut HallWords, catalogue: &Catalogue, texts: &Texts) {
        let id = match &self.activity {
            Some(Activity::Starting { exercise, .. } | Activity::Moving { exercise, .. }) => {
                exercise.to_string()
            }
            _ => return,
        };
        let Some(file) = catalogue.exercise(&id) else { return };
        let exercise = &file.exercise;
        words.cues =
            exercise.rules.iter().map(|rule| (rule.cue.to_string(), texts.text(&rule.cue))).collect();
        words.cues.dedup();
        let about = &exercise.about;
        let others = [&about.easier, &about.harder, &about.seated].into_iter().flatten();
        words.variants = others
            .filter_map(|id| {
                let name = &catalogue.exercise(id)?.exercise.name_key;
                Some((id.clone(), texts.text(name)))
            })
            .collect();
    }
}

/// What the class does, and what stands below.
fn activity(activity: &Activity, room_ms: f64, catalogue: &Catalogue, texts: &Texts) -> (Moment, String) {
    let named = |id: &str| {
        let name = catalogue.exercise(id).map(|file| texts.text(&file.exercise.name_key));
        name.unwrap_or_else(|| id.to_owned())
    };
    match activity {
        Activity::Rest => (Moment::Rest, texts.text("class-resting")),
        Activity::Starting { exercise, starts_ms } => {
            let seconds = ((f64::from(*starts_ms) - room_ms) / 1000.0).ceil().max(0.0) as u32;
            let arguments = vec![("name", named(exercise).into()), ("seconds", seconds.into())];
            (Moment::Starting, texts.with("class-starting", arguments))
        }
        Activity::Moving { exercise, .. } => {
            (Moment::Moving, texts.with("class-moving", [("name", named(exercise).into())]))
        }
        Activity::Stopped { .. } => (Moment::Stopped, texts.text("class-stopped")),
    }
}

fn somebody(
    slot: Slot,
    person: &Person,
    leader: Option<Slot>,
    own: Option<Slot>,
    (voices, speaks): (bool, bool),
    texts: &Texts,
) -> Option<Somebody> {
    let member = person.member.as_ref()?;
    let doing = person.doing.as_ref();
    let alarm = doing.and_then(|doing| doing.alarm);
    let unseen = doing.and_then(|doing| doing.form.as_ref()).is_some_and(|form| !form.seen);
    let mut notes = Vec::new();
    let mut note = |on: bool, key: &str| {
        if on {
            notes.push(texts.text(key));
        }
    };
    note(Some(slot) == own, "class-note-you");
    note(Some(slot) == leader, "class-note-leader");
    note(alarm == Some(Alarm::Pain), "class-note-pain");
    note(alarm == Some(Alarm::Stopped), "class-note-stopped");
    note(alarm == Some(Alarm::Fall), "class-note-fall");
    note(!member.here, "class-note-away");
    note(unseen, "class-note-unseen");
    note(member.hand, "class-note-hand");
    note(member.muted, "class-note-muted");
    note(speaks, "class-note-speaks");
    // Who could be heard, and does not hear.
    note(voices && member.here && !member.voice, "class-note-silent");
    note(member.ready, "class-note-ready");
    if let Some(score) = doing.and_then(|doing| doing.score) {
        notes.push(texts.with("class-note-score", [("score", score.into())]));
    }
    let count = doing.and_then(|doing| doing.repetitions).map(|count| count.to_string());
    Some(Somebody {
        slot,
        name: if member.called.is_empty() { texts.text("flow-nameless") } else { member.called.to_string() },
        note: notes.join(" · "),
        count: count.unwrap_or_default(),
        needs: Some(slot) != own && (alarm.is_some() || member.hand),
        own: Some(slot) == own,
        muted: member.muted,
        ready: member.ready,
        speaks,
    })
}
