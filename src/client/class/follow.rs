//! Follows the class: what happens is told, and what all do together the own coach begins and ends in step.

use super::{Classroom, bodies::phase, obey::faults, words};
use crate::{
    audio::Voice,
    avatar::{AvatarPose, Bone},
    coaching::{Command, EyeChoice, Routine, Session, Status},
    locale::Texts,
    scene::OwnBody,
    visit::{VisitEvent, Visiting},
};
use baro_agent::{Over, RoomEvent};
use baro_coach::{Phase, Sight};
use baro_home::{Step, diary::TogetherDone};
use baro_wire::{
    Refusal, RoomAsk,
    limits::FAULTS,
    room::{Activity, Ball, Doing, Ending, Play},
};
use bevy::prelude::*;

/// How often the class is told how the own exercise goes, seconds.
const TELL_S: f32 = 0.5;
/// The last seconds before an exercise are counted aloud.
const ALOUD: u32 = 3;
/// Where a thrown ball comes to, in the body's own frame, metres.
pub(super) const CATCH_AT: Vec3 = Vec3::new(0.0, 1.15, 0.35);
/// A hand so near catches it, metres.
const REACH_M: f32 = 0.5;

/// Takes in what happened in the room.
pub fn take(
    mut classroom: ResMut<Classroom>,
    texts: Res<Texts>,
    voice: Res<Voice>,
    time: Res<Time<Real>>,
    visiting: Option<Res<Visiting>>,
    mut events: MessageWriter<VisitEvent>,
) {
    let classroom = &mut *classroom;
    if let Some(visiting) = &visiting {
        classroom.mind_who(visiting);
    }
    if let Some((_, left_s)) = &mut classroom.caption {
        *left_s -= time.delta_secs();
    }
    classroom.caption.take_if(|(_, left_s)| *left_s < 0.0);
    let Some(link) = &classroom.link else { return };
    let happened = link.events();
    for event in happened {
        match event {
            RoomEvent::Entered => classroom.entered = true,
            RoomEvent::Happened { what, .. } => {
                let Some(line) = classroom.link.as_ref().and_then(|link| words::line(link, &what, &texts))
                else {
                    continue;
                };
                voice.say("class", line.clone(), texts.language());
                classroom.note(line);
            }
            RoomEvent::Refused(why) => classroom.note(texts.text(refused(&why))),
            RoomEvent::Over(over) => {
                classroom.end(Some(told(over)));
                let away = visiting.as_ref().is_some_and(|visiting| visiting.visit.step() != Step::Class);
                if away {
                    // Said where it can be read.
                    events.write(VisitEvent(baro_home::Event::Open(baro_home::visit::Room::Class)));
                }
                return;
            }
        }
    }
}

/// Fluent key of why something is not done.
const fn refused(why: &Refusal) -> &'static str {
    match why {
        Refusal::NotAllowed => "class-not-yours",
        Refusal::Busy { .. } => "class-not-so-fast",
        _ => "class-not-now",
    }
}

/// Fluent key of why a stay is over.
const fn told(over: Over) -> &'static str {
    match over {
        Over::Told(Ending::Left) => "class-over-left",
        Over::Told(Ending::Ended) => "class-over-ended",
        Over::Told(Ending::Removed) => "class-over-removed",
        Over::Told(Ending::NotAgreed) => "class-over-not-agreed",
        Over::Told(Ending::Elsewhere) => "class-over-elsewhere",
        Over::Told(Ending::TooMuch) => "class-over-too-much",
        Over::Told(Ending::Over) => "class-over-over",
        Over::Told(Ending::Moving) => "class-over-moving",
        Over::Told(Ending::TooLong) => "class-over-too-long",
        Over::Told(Ending::Erased) => "class-over-erased",
        Over::Gone => "class-over-gone",
        Over::OldServer => "class-refused-old-server",
        Over::Refused(Refusal::TooManyAttempts { .. }) => "class-refused-wait",
        Over::Refused(Refusal::NotFound | Refusal::WrongCode) => "class-refused-not-found",
        Over::Refused(Refusal::RoomFull) => "class-refused-full",
        Over::Refused(Refusal::FactorMissing | Refusal::SignIn) => "class-refused-digits",
        Over::Refused(_) => "class-refused-other",
    }
}

/// What was done in a set of the class stands in the diary.
pub fn keep(mut classroom: ResMut<Classroom>, session: Res<Session>, mut events: MessageWriter<VisitEvent>) {
    if let Some(done) = classroom.ended_set(&session) {
        events.write(VisitEvent(baro_home::Event::Together(done)));
    }
}

/// Begins and ends the own set with the class.
pub fn sets(
    mut classroom: ResMut<Classroom>,
    mut session: ResMut<Session>,
    mut routine: ResMut<Routine>,
    visiting: Option<Res<Visiting>>,
    eye: Res<EyeChoice>,
    voice: Res<Voice>,
    texts: Res<Texts>,
) {
    let (classroom, Some(visiting)) = (&mut *classroom, visiting) else { return };
    let wanted = if classroom.link.is_some() { classroom.wanted(&voice, &texts) } else { None };
    let inside = classroom.link.is_some() && classroom.entered;
    // Everybody who may be seen is seen from the first moment on.
    if inside && session.is_asleep() && visiting.may_look() {
        *session = Session::open(eye.0.clone(), visiting.demo_of("squat"));
        classroom.woke = true;
    }
    if classroom.set != wanted {
        classroom.set = wanted;
        if classroom.under_way.is_some() {
            session.command(Command::Finish);
        }
        classroom.begins = classroom.set.is_some();
    }
    // The set before is to be in the diary first.
    if classroom.under_way.is_none() {
        if std::mem::take(&mut classroom.begins) {
            classroom.begin_set(&visiting, &mut session, &mut routine);
        } else if classroom.link.is_none() && std::mem::take(&mut classroom.woke) {
            *session = Session::asleep();
        }
    }
}

impl Classroom {
    /// The exercise that the own coach is to follow now; the last seconds before it are counted aloud.
    fn wanted(&mut self, voice: &Voice, texts: &Texts) -> Option<String> {
        let link = self.link.as_ref().filter(|_| self.entered)?;
        let (activity, variant, alarm) = link.look(|view, own| {
            let me = own.and_then(|own| view.people.get(&own));
            let variant = me.and_then(|me| me.member.as_ref()?.variant.clone());
            let alarm = me.and_then(|me| me.doing.as_ref()?.alarm);
            view.room.as_ref().map(|room| (room.activity.clone(), variant, alarm))
        })?;
        let room_ms = link.room_ms();
        let exercise = match &activity {
            Activity::Starting { exercise, starts_ms } => {
                let left_s = ((f64::from(*starts_ms) - room_ms) / 1000.0).ceil().max(0.0) as u32;
                if left_s > 0 && left_s <= ALOUD && self.counted != Some(left_s) {
                    let key = format!("count-{left_s}");
                    voice.say(&key, texts.text(&key), texts.language());
                    self.counted = Some(left_s);
                }
                (left_s == 0).then(|| exercise.to_string())
            }
            Activity::Moving { exercise, .. } => Some(exercise.to_string()),
            Activity::Rest | Activity::Stopped { .. } => None,
        };
        if self.activity.as_ref() != Some(&activity) {
            self.counted = None;
            self.activity = Some(activity);
        }
        let exercise = exercise.map(|exercise| variant.map_or(exercise, |variant| variant.to_string()));
        // Who said that something is wrong sits it out until they are well again.
        self.pressed &= alarm.is_none();
        exercise.filter(|_| alarm.is_none() && !self.pressed)
    }

    fn begin_set(&mut self, visiting: &Visiting, session: &mut Session, routine: &mut Routine) {
        let Some(id) = &self.set else { return };
        let Some(set) = visiting.class_set(id) else {
            // One takes part without the coach.
            warn!("the class does an exercise that is not known here");
            return;
        };
        routine.show(set.exercise.clone());
        session.begin(set);
        (self.under_way, self.hurt) = (Some((session.number(), id.clone())), false);
    }

    /// The set that has ended just now, as the diary keeps it.
    fn ended_set(&mut self, session: &Session) -> Option<TogetherDone> {
        let mine = self.under_way.as_ref()?.0 == session.number() && !session.is_asleep();
        let outcome = match &session.live.status {
            _ if !mine => None,
            Status::Ended(outcome) => Some(outcome),
            Status::Failed(failure) => failure.outcome.as_ref(),
            _ => return None,
        };
        let (_, exercise) = self.under_way.take()?;
        let outcome = outcome?;
        TogetherDone::seen(&exercise, &outcome.report, self.hurt, outcome.record())
    }
}

/// Tells the class how the own exercise goes; each person chose who sees it.
pub fn tell(
    mut classroom: ResMut<Classroom>,
    session: Res<Session>,
    time: Res<Time<Real>>,
    own: Query<&AvatarPose, With<OwnBody>>,
    mut caught: Local<Option<u32>>,
) {
    let classroom = &mut *classroom;
    let Some(link) = classroom.link.as_ref().filter(|link| link.is_inside()) else { return };
    let (room_ms, play) =
        (link.room_ms(), link.look(|view, own| Some((view.room.as_ref()?.play.clone()?, own?))));
    let feedback = &session.live.feedback;
    match play {
        Some((Play::PassBall { ball: Ball::Flying { to, lands_ms, .. }, .. }, slot))
            if to == slot && room_ms >= f64::from(lands_ms) && *caught != Some(lands_ms) =>
        {
            *caught = Some(lands_ms);
            classroom.ask(RoomAsk::Catch { caught: own.single().is_ok_and(is_near) });
        }
        Some((Play::Squats { .. }, _)) => {
            let down = feedback.phase == Phase::Peak;
            if down && !classroom.beaten {
                classroom.ask(RoomAsk::Beat { at_ms: room_ms as u32 });
            }
            classroom.beaten = down;
        }
        _ => {}
    }
    classroom.doing_s += time.delta_secs();
    if classroom.doing_s < TELL_S || classroom.set.is_none() {
        return;
    }
    classroom.doing_s = 0.0;
    let rep = session.live.last_rep.as_ref();
    let found = rep.into_iter().flat_map(|rep| rep.faults.iter().map(|fault| fault.rule.clone()));
    let doing = Doing {
        phase: phase(feedback.phase),
        repetitions: u16::try_from(feedback.count).unwrap_or(u16::MAX),
        score: feedback.score.map(|score| score.round().clamp(0.0, 100.0) as u8),
        heart_rate: None,
        faults: faults::<FAULTS>(found),
        seen: feedback.sight != Sight::Lost,
    };
    if classroom.doing.as_ref() != Some(&doing) {
        classroom.ask(RoomAsk::Doing { doing: doing.clone() });
        classroom.doing = Some(doing);
    }
}

/// Is a hand where the ball comes to?
fn is_near(AvatarPose { skeleton, pose }: &AvatarPose) -> bool {
    let at = skeleton.positions(pose);
    [Bone::HandL, Bone::HandR].into_iter().any(|hand| (at[hand as usize] - CATCH_AT).length() < REACH_M)
}
