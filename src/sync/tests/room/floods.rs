//! What one of them can do to the others.

use crate::hall::*;

/// Whoever sends more than a person can do is not heard, then sent away, and nobody else notices.
#[test]
fn floods_end_with_who_makes_them() {
    let mut hall = Hall::open();
    let (leader, anna, ben) = (hall.leader(), hall.patient(ANNA, &[]), hall.patient(BEN, &[]));
    for _ in 0..30 {
        hall.asks(anna, RoomAsk::Hand { up: true });
    }
    assert!(hall.ears[&anna].refused.is_empty());
    for _ in 0..1_000 {
        hall.asks(anna, RoomAsk::Hand { up: true });
    }
    assert!(hall.ears[&anna].refused.len() < 500 && hall.ears[&anna].over == Some(Ending::TooMuch));
    for bytes in [vec![], vec![1], vec![255; 4_000], [vec![Up::KIND, 0, 0, 0], vec![99; 50]].concat()] {
        let ben = if hall.ears[&ben].over.is_some() { hall.patient(BEN, &[]) } else { ben };
        (0..1_000).for_each(|_| hall.input(Input::Datagram(ben, bytes.clone())));
        assert_eq!(hall.ears[&ben].over, Some(Ending::TooMuch));
    }
    hall.passes(100);
    assert!(hall.ears[&leader].over.is_none() && hall.ears[&leader].refused.is_empty());
}

/// A reader who takes nothing costs a bounded queue, and is told how things stand when they read again.
#[test]
fn a_slow_reader_costs_little() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    let mut queued = 0;
    for n in 0..2_000 {
        hall.now = hall.now.after(40);
        let ready = RoomAsk::Ready { ready: n % 2 == 0 };
        let mut actions =
            if n % 5 == 0 { hall.room.handle(hall.now, Input::Ask(leader, ready)) } else { vec![] };
        actions.extend(hall.room.handle(hall.now, Input::Tick));
        for action in actions {
            if let Action::Tell(visit, told) = action {
                queued += usize::from(visit == anna);
                hall.ear(visit).hear(told);
                let _ = hall.room.handle(hall.now, Input::Sent(visit, usize::from(visit == leader)));
            }
        }
    }
    assert!((QUEUE - 4..=QUEUE).contains(&queued), "{queued}");
    hall.input(Input::Sent(anna, queued));
    hall.passes(100);
    assert!(!hall.ears[&anna].members[&hall.slot(leader)].ready);
}
