//! Two ends of a voice over networks that lose and delay, seeded; and over this machine's devices.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

mod alike;
mod link;
mod note;
mod signal;

use baro_voice::{Ear, Ears, Mouth, RATE, Spot, Talk};
use baro_wire::room::Speech;
use link::{Link, run};
use signal::speech;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn speech_arrives_over_any_link() {
    for (lost, jitter_ms, least, most_ms) in [
        (0.0, 0.0, 0.95, 65.0),
        (0.02, 20.0, 0.94, 85.0),
        (0.05, 40.0, 0.93, 105.0),
        (0.10, 80.0, 0.90, 145.0),
        (0.20, 80.0, 0.85, 145.0),
    ] {
        for seed in 1..=4 {
            let said = speech(seed, 20);
            let came = run(Link::of(lost, jitter_ms), seed, &said, Talk::Held);
            let ((alike, late_ms), silent) = (came.alike(&said), came.silent(&said));
            let told = format!(
                "{lost} lost, {jitter_ms} ms: alike {alike:.3}, {late_ms} ms later, {:.0} ms added, {:.1} % silent, {:?}",
                came.mean_added_ms(),
                100.0 * silent,
                came.counts
            );
            println!("{told}");
            assert!(alike >= least, "{told}");
            assert!(silent < 0.01 + lost / 10.0, "gaps are heard: {told}");
            assert!(came.mean_added_ms() < most_ms, "{told}");
            // What is told of the delay is what is heard: to 20 ms, and Opus' own 6.5.
            let heard_ms = late_ms - 30.0;
            assert!((heard_ms - came.mean_added_ms()).abs() < 35.0, "{told}");
            if lost == 0.0 {
                assert!(came.counts[1] + came.counts[2] < 5, "but where a pause begins: {told}");
            }
        }
    }
}

#[test]
fn what_is_lost_is_made_up_from_what_follows() {
    let said = speech(9, 20);
    let came = run(Link::of(0.1, 0.0), 3, &said, Talk::Held);
    let [_, made_up, guessed] = came.counts;
    assert!(made_up > 3 * guessed, "{:?}", came.counts);
}

/// Two sound cards never tick alike: in five minutes 200 ppm are 60 ms.
#[test]
fn clocks_that_differ_are_followed() {
    for drift_ppm in [-200.0, 200.0] {
        let said = speech(5, 300);
        let came = run(Link { drift_ppm, ..Link::of(0.01, 20.0) }, 7, &said, Talk::Held);
        let tail = &came.added_ms[came.added_ms.len() - 1_000..];
        let mean_ms = tail.iter().sum::<f64>() / tail.len() as f64;
        assert!((30.0..=95.0).contains(&mean_ms), "{mean_ms} ms at {drift_ppm} ppm");
        assert!(came.silent(&said) < 0.02);
    }
}

#[test]
fn an_open_microphone_sends_speech_and_nothing_else() {
    let said = speech(2, 20);
    let open = run(Link::of(0.0, 10.0), 1, &said, Talk::Open);
    let (alike, _) = open.alike(&said);
    assert!(alike > 0.9 && open.silent(&said) < 0.03, "{alike}, {}", open.silent(&said));
    let all = said.len() / 960;
    assert!(open.sent < all * 95 / 100, "{} of {all} sent: pauses are not", open.sent);
    // A room with a fan in it.
    let mut rng = fastrand::Rng::with_seed(4);
    let fan: Vec<f32> = (0..30 * RATE).map(|_| (rng.f32() - 0.5) * 0.02).collect();
    let late = run(Link::of(0.0, 0.0), 1, &fan, Talk::Open);
    assert!(late.sent < 15 * 50, "{} of {} sent: a fan is no speech", late.sent, 30 * 50);
    assert_eq!(run(Link::of(0.0, 0.0), 1, &said, Talk::Silent).sent, 0);
}

#[test]
fn a_key_that_is_let_go_sends_the_end_of_the_word() {
    let (mut mouth, said) = (Mouth::new().unwrap(), speech(2, 2));
    let count = |mouth: &mut Mouth, talk| mouth.hears(&said[RATE / 2..RATE], talk, -90.0).len();
    assert_eq!(count(&mut mouth, Talk::Silent), 0);
    assert_eq!(count(&mut mouth, Talk::Held), 25);
    assert_eq!(count(&mut mouth, Talk::Silent), 9, "a fifth of a second");
    assert_eq!(count(&mut mouth, Talk::Held), 25);
    mouth.hush();
    assert_eq!(count(&mut mouth, Talk::Silent), 0, "who is muted is silent at once");
}

/// With a loudspeaker the others would hear themselves: what it plays comes back a tenth of a second later, 12 dB quieter.
#[test]
fn what_the_loudspeaker_plays_is_not_sent_back() {
    let (played, own) = (speech(6, 20), speech(8, 20));
    let echo = |at: usize| at.checked_sub(RATE / 10).map_or(0.0, |at| 0.25 * played[at]);
    let sent = |speaks: bool, knows: bool| {
        let mut mouth = Mouth::new().unwrap();
        let mut sent = 0;
        for from in (0..played.len()).step_by(960) {
            let heard: Vec<f32> =
                (from..from + 960).map(|at| echo(at) + if speaks { own[at] } else { 0.0 }).collect();
            let played_db = if knows { 10.0 * power(&played[from..from + 960]).log10() } else { -90.0 };
            sent += mouth.hears(&heard, Talk::Open, played_db).len();
        }
        sent
    };
    let (with, without) = (sent(false, true), sent(false, false));
    assert!(without > 500, "{without}: the echo is loud enough to be heard");
    assert!(with * 20 < without, "{with} of {without}");
    assert!(sent(true, true) > 500, "who speaks meanwhile is still heard");
}

fn power(samples: &[f32]) -> f32 {
    (samples.iter().map(|sample| sample * sample).sum::<f32>() / samples.len() as f32).max(1e-9)
}

#[test]
fn who_begins_anew_or_pauses_for_long_is_heard_again() {
    let said = speech(3, 4);
    let (mut ear, mut out, mut now_ms) = (Ear::new().unwrap(), vec![0.0; 960], 0.0);
    for (pause_ms, from) in [(0.0, 0_u16), (700_000.0, 35_200), (900.0, 7), (2_000_000.0, 9)] {
        now_ms += pause_ms;
        let mut mouth = Mouth::new().unwrap();
        let mut loud = 0;
        for speech in mouth.hears(&said, Talk::Held, -90.0) {
            now_ms += 20.0;
            ear.came(now_ms, Speech { number: speech.number.wrapping_add(from), ..speech });
            ear.play(now_ms, &mut out);
            loud += usize::from(power(&out) > 1e-5);
        }
        assert!(loud > 80, "{loud} of 200 after {pause_ms} ms");
        for _ in 0..40 {
            now_ms += 20.0;
            ear.play(now_ms, &mut out);
        }
        assert!(ear.behind_ms(now_ms).is_none() && power(&out) < 1e-8, "silent when nothing comes");
    }
}

#[test]
fn garbage_is_silence_or_noise_and_nothing_else() {
    let mut rng = fastrand::Rng::with_seed(1);
    let (mut ears, mut out) = (Ears::default(), vec![0.0; 2 * 480]);
    ears.set_volume(1.0);
    for at in 0..20_000 {
        let opus = (0..rng.usize(1..128)).map(|_| rng.u8(..)).collect();
        let number = if rng.bool() { (at / 2) as u16 } else { rng.u16(..) };
        ears.came(f64::from(at) * 10.0, rng.u8(..), Speech { number, opus });
        ears.play(f64::from(at) * 10.0, &mut out);
        assert!(out.iter().all(|sample| sample.is_finite() && sample.abs() <= 1.0));
        if at % 100 == 0 {
            ears.stand((0..8).map(|slot| (slot, Spot::default())).collect());
        }
    }
}

#[test]
fn voices_come_from_their_sides_and_are_lowered() {
    let spots =
        BTreeMap::from([(1, Spot { right_m: -2.0, away_m: 2.0 }), (2, Spot { right_m: 2.0, away_m: 2.0 })]);
    let (said, mut ears) = (speech(1, 6), Ears::default());
    ears.stand(spots);
    ears.set_volume(1.0);
    let (mut mouth, mut now_ms, mut sides) = (Mouth::new().unwrap(), 0.0, [0.0_f32; 2]);
    let mut second = |ears: &mut Ears, by: u8| {
        let mut out = vec![0.0; 2 * 960];
        sides = [0.0; 2];
        let mut speaking = BTreeSet::new();
        for frame in said[..RATE * 3].chunks(960) {
            now_ms += 20.0;
            mouth
                .hears(frame, Talk::Held, -90.0)
                .into_iter()
                .for_each(|speech| ears.came(now_ms, by, speech));
            ears.play(now_ms, &mut out);
            speaking.extend(ears.speaking(now_ms));
            out.chunks(2).for_each(|both| (0..2).for_each(|side| sides[side] += both[side] * both[side]));
        }
        assert_eq!(speaking, BTreeSet::from([by]));
        for _ in 0..40 {
            now_ms += 20.0;
            mouth.hears(&[0.0; 960], Talk::Silent, -90.0);
            ears.play(now_ms, &mut out);
        }
        assert!(ears.speaking(now_ms).is_empty());
        sides
    };
    let [left, right] = second(&mut ears, 1);
    assert!(left > 3.0 * right && right > 0.0);
    let [left_of, right_of] = second(&mut ears, 2);
    assert!(right_of > 3.0 * left_of);
    ears.set_volume(0.3);
    let [quiet, _] = second(&mut ears, 1);
    assert!((quiet / left - 0.09).abs() < 0.03, "{}", quiet / left);
}
