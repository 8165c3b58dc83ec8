//! Who is there.

use crate::Id;
use baro_wire::{Text, limits::NODE_BYTES};
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// A node says that it is there.
pub(crate) const EVERY: Duration = Duration::from_millis(250);
/// Who is not heard for so long is gone.
const GONE: Duration = Duration::from_millis(1_500);
/// And need not be remembered any more.
const FORGOTTEN: Duration = Duration::from_secs(60);

/// What was heard of the nodes.
#[derive(Debug, Default)]
pub(crate) struct Beats(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    nodes: BTreeMap<Id, Node>,
    /// Since when this node hears itself, and when it did last: so it hears the others too.
    since: Option<Instant>,
    last: Option<Instant>,
}

#[derive(Debug)]
struct Node {
    at: Text<NODE_BYTES>,
    heard: Instant,
    left: bool,
}

impl Beats {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn heard(&self, oneself: bool, id: Id, at: Text<NODE_BYTES>, left: bool) {
        let (now, mut state) = (Instant::now(), self.state());
        if oneself {
            if state.last.is_none_or(|last| now - last >= GONE) {
                state.since = Some(now);
            }
            state.last = Some(now);
        }
        state.nodes.retain(|_, node| now - node.heard < FORGOTTEN);
        state.nodes.insert(id, Node { at, heard: now, left });
    }

    pub fn is_well(&self) -> bool {
        self.state().is_well()
    }

    pub fn places(&self) -> Vec<Text<NODE_BYTES>> {
        let here = |node: &&Node| !node.left && node.heard.elapsed() < GONE;
        self.state().nodes.values().filter(here).map(|node| node.at.clone()).collect()
    }

    /// Is a node gone? None: it can't be said, since NATS was away, or this node began just now.
    pub fn is_gone(&self, id: Id) -> Option<bool> {
        let state = self.state();
        match state.nodes.get(&id) {
            Some(node) if node.left => Some(true),
            Some(node) if node.heard.elapsed() < GONE => Some(false),
            _ => {
                (state.is_well() && state.since.is_some_and(|since| since.elapsed() >= GONE)).then_some(true)
            }
        }
    }
}

impl State {
    fn is_well(&self) -> bool {
        self.last.is_some_and(|last| last.elapsed() < GONE)
    }
}
