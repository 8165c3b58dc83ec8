//! Figures on their way.

use crate::hall::*;

struct Mover {
    encoder: Encoder,
    turned: f32,
}

impl Mover {
    fn new() -> Self {
        Self { encoder: Encoder::default(), turned: 0.0 }
    }

    fn up(&mut self, hall: &Hall, held: Vec<Held>) -> Up {
        self.turned += 0.03;
        let mut figure = Figure { heart_rate_bpm: Some(99), ..Figure::default() };
        let (sin, cos) = self.turned.sin_cos();
        figure.turns[4] = [sin, 0.0, 0.0, cos];
        let mut blob = Vec::new();
        let time_ms = hall.room.time_ms(hall.now) as u16;
        self.encoder.encode(time_ms, &figure, &mut blob);
        Up { sent_ms: time_ms, held, blob }
    }
}

impl Hall {
    fn sends(&mut self, visit: Visit, up: &Up) {
        let mut bytes = Vec::new();
        up.write(&mut bytes);
        self.input(Input::Datagram(visit, bytes));
    }
}

#[test]
fn a_delta_comes_with_its_key_until_the_key_is_held() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[Aspect::Avatar]));
    let of = hall.slot(anna);
    let (mut mover, mut decoder, mut held) = (Mover::new(), pose::Decoder::default(), Vec::new());
    let (mut with_key, mut alone) = (0, 0);
    for tick in 0..60 {
        let up = mover.up(&hall, vec![]);
        hall.sends(anna, &up);
        let sent_ms = hall.room.time_ms(hall.now) as u16;
        // From the middle on, the leader says what it holds.
        let held_now = if tick > 30 { held.clone() } else { vec![] };
        hall.sends(leader, &Up { sent_ms, held: held_now, blob: vec![] });
        hall.passes(33);
        for down in std::mem::take(&mut hall.ear(anna).downs) {
            down.own.iter().for_each(|key| mover.encoder.acknowledged(pose::KeyId(*key)));
        }
        for down in std::mem::take(&mut hall.ear(leader).downs) {
            let mut kinds = Vec::new();
            for (slot, blob) in &down.entries {
                assert_eq!(*slot, of);
                let figure = decoder
                    .decode(blob)
                    .expect("each datagram can be read by itself or by what was said to be held");
                assert_eq!(figure.heart_rate_bpm, None, "what is not shown is not in it");
                let head = Head::read(blob).unwrap();
                if let Kind::Key(id) = head.kind {
                    held = vec![Held { slot: of, key: id.0 }];
                }
                kinds.push(head.kind);
            }
            match kinds[..] {
                [Kind::Key(key), Kind::Delta(base)] if key == base => with_key += 1,
                [Kind::Delta(_)] => alone += 1,
                _ => {}
            }
        }
    }
    assert!(with_key > 15 && alone > 15, "{with_key} {alone}");
}

#[test]
fn hidden_movement_goes_to_nobody() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[Aspect::Avatar]));
    let mut mover = Mover::new();
    let mut counts = Vec::new();
    for round in 0..3 {
        let shown: &[Aspect] = if round == 1 { &[] } else { &[Aspect::Avatar] };
        hall.asks(anna, RoomAsk::Show { shows: shows(shown) });
        for _ in 0..10 {
            let up = mover.up(&hall, vec![]);
            hall.sends(anna, &up);
            hall.passes(33);
        }
        counts.push(hall.ear(leader).downs.drain(..).filter(|down| !down.entries.is_empty()).count());
    }
    assert_eq!((counts[0] > 8, counts[1], counts[2] > 8), (true, 0, true), "{counts:?}");
    // An old figure again, and one of tomorrow.
    let up = mover.up(&hall, vec![]);
    hall.sends(anna, &up);
    hall.passes(33);
    hall.ear(leader).downs.clear();
    hall.sends(anna, &up);
    let future = Up {
        blob: {
            let mut b = up.blob.clone();
            b[2] = b[2].wrapping_add(0x40);
            b
        },
        ..up
    };
    hall.sends(anna, &future);
    hall.passes(33);
    assert!(hall.ears[&leader].downs.iter().all(|down| down.entries.is_empty()));
}

/// Where not all fit, those who matter come more often, and nobody never.
#[test]
fn a_narrow_path_is_shared_by_what_matters() {
    let mut hall = Hall::open();
    let leader = hall.leader();
    let viewer = hall.patient(ANNA, &[]);
    let others: Vec<Visit> = (0..12).map(|n| hall.patient(100 + n, &[Aspect::Avatar])).collect();
    let all: Vec<Visit> = [leader].into_iter().chain(others.iter().copied()).collect();
    hall.asks(others[7], RoomAsk::Hand { up: true });
    hall.input(Input::Path(viewer, 120));
    let mut movers: Vec<Mover> = all.iter().map(|_| Mover::new()).collect();
    let (mut came, mut last, mut longest) = (BTreeMap::new(), BTreeMap::new(), 0);
    for tick in 0..300_u64 {
        for (visit, mover) in all.iter().zip(&mut movers) {
            let up = mover.up(&hall, vec![]);
            hall.sends(*visit, &up);
        }
        hall.passes(33);
        for down in hall.ear(viewer).downs.drain(..).collect::<Vec<_>>() {
            let mut bytes = Vec::new();
            down.write(&mut bytes);
            assert!(bytes.len() <= 120);
            for (slot, _) in down.entries {
                *came.entry(slot).or_insert(0_u32) += 1;
                longest = longest.max(tick - last.insert(slot, tick).unwrap_or(tick));
            }
        }
    }
    let count = |visit: Visit| came.get(&hall.slot(visit)).copied().unwrap_or(0);
    let usual = others.iter().map(|visit| count(*visit)).sum::<u32>() / 12;
    assert!(count(leader) > usual && count(others[7]) > usual, "{came:?}");
    assert!(came.len() == 13 && longest < 60, "{came:?}, {longest} ticks without one");
}
