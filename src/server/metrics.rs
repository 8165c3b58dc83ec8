//! Figures of a running server, in Prometheus' text format. Nothing in them is about a person.

use baro_net::Counts;
use prometheus_client::{
    encoding::{
        EncodeLabelSet,
        text::{encode, encode_registry},
    },
    metrics::{
        counter::{ConstCounter, Counter},
        family::Family,
        gauge::ConstGauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};
use std::{sync::Arc, time::Duration};

/// What a request was, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub struct Asked {
    /// Its kind.
    pub kind: &'static str,
    /// `answered`, or the refusal's name.
    pub outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    call: &'static str,
}

/// All of them.
pub struct Metrics {
    registry: Registry,
    /// Requests for FHIR.
    pub fhir: Family<Asked, Counter>,
    store: Family<Call, Histogram>,
    failures: Family<Call, Counter>,
    chunk_bytes: Counter,
}

impl Metrics {
    /// All at nothing.
    pub fn new() -> Arc<Self> {
        let mut registry = Registry::with_prefix("baro");
        let latency = || Histogram::new(exponential_buckets(0.000_25, 2.0, 16));
        let metrics = Self {
            fhir: Family::default(),
            store: Family::new_with_constructor(latency),
            failures: Family::default(),
            chunk_bytes: Counter::default(),
            registry: Registry::default(),
        };
        registry.register("fhir_requests", "Requests for FHIR", metrics.fhir.clone());
        registry.register("store_seconds", "From asking the store to its answer", metrics.store.clone());
        registry.register("store_failures", "What the store could not do", metrics.failures.clone());
        registry.register("chunk_bytes", "Bytes of chunks that were stored", metrics.chunk_bytes.clone());
        Arc::new(Self { registry, ..metrics })
    }

    /// The store answered a call.
    pub fn store(&self, call: &'static str, took: Duration, done: bool) {
        self.store.get_or_create(&Call { call }).observe(took.as_secs_f64());
        if !done {
            self.failures.get_or_create(&Call { call }).inc();
        }
    }

    /// A chunk is on the disk.
    pub fn stored(&self, bytes: usize) {
        self.chunk_bytes.inc_by(bytes as u64);
    }

    /// As text, with what the connections counted and what waits for the store (to be written, to be read).
    pub fn text(&self, counts: &Counts, waiting: (usize, usize)) -> Result<String, std::fmt::Error> {
        // These are counted elsewhere: a registry of this moment shows them.
        let mut now = Registry::with_prefix("baro");
        for (name, help, value) in [
            ("connections", "Connections that are open", counts.open),
            ("connections_signed_in", "Of these, signed in", counts.signed_in),
            ("writes_waiting", "Work that waits to be written", waiting.0 as u64),
            ("reads_waiting", "Work that waits to be read", waiting.1 as u64),
        ] {
            let value = i64::try_from(value).unwrap_or(i64::MAX);
            now.register(name, help, ConstGauge::new(value));
        }
        for (name, help, value) in [
            ("handshakes", "Connections whose handshake was done", counts.connections),
            ("handshake_failures", "Handshakes that came to nothing", counts.handshake_failures),
            ("turned_away", "Connections that were not taken in", counts.turned_away),
            ("early_greetings", "Greetings that came as early data", counts.early_greetings),
            ("refusals", "Requests that were refused", counts.refused),
            ("malformed", "Streams whose bytes were no message", counts.malformed),
            ("unavailable", "Connections that ended since the store was silent", counts.unavailable),
            ("received_bytes", "Bytes of messages that came", counts.bytes_in),
            ("sent_bytes", "Bytes of messages that went", counts.bytes_out),
        ] {
            now.register(name, help, ConstCounter::new(value));
        }
        let requests = Family::<Kind, Counter>::default();
        for (ask, count) in &counts.requests {
            requests.get_or_create(&Kind { kind: format!("{ask:?}") }).inc_by(*count);
        }
        now.register("requests", "Requests of devices", requests);
        let mut text = String::new();
        encode_registry(&mut text, &now)?;
        encode(&mut text, &self.registry).map(|()| text)
    }
}
