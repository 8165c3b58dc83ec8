//! The recent past, in memory that never grows.

/// Something that was at a moment.
pub(crate) trait Timed {
    /// Seconds.
    fn time_s(&self) -> f64;
}

/// The moments from `from_s` to `to_s`, of some in rising order of time.
pub(crate) fn between<T: Timed>(moments: &[T], from_s: f64, to_s: f64) -> &[T] {
    let from = moments.partition_point(|moment| moment.time_s() < from_s);
    let to = moments.partition_point(|moment| moment.time_s() <= to_s);
    moments.get(from..to.max(from)).unwrap_or_default()
}

/// Moments in rising order of time.
#[derive(Debug, Clone)]
pub(crate) struct Recent<T> {
    moments: Vec<T>,
    capacity: usize,
    finest_s: f64,
    spacing_s: f64,
}

impl<T: Timed> Recent<T> {
    /// Moments nearer together than `finest_s` are skipped.
    pub fn new(capacity: usize, finest_s: f64) -> Self {
        Self { moments: Vec::with_capacity(capacity), capacity, finest_s, spacing_s: finest_s }
    }

    /// Would a moment be kept? `false` where it is too near to the last one.
    pub fn wants(&self, time_s: f64) -> bool {
        self.moments.last().is_none_or(|last| time_s - last.time_s() >= self.spacing_s)
    }

    /// Adds a moment that is wanted. When the memory is full, every other one is dropped and the spacing doubles.
    pub fn push(&mut self, moment: T) {
        if !self.wants(moment.time_s()) {
            return;
        }
        if self.moments.len() == self.capacity {
            let mut keep = false;
            self.moments.retain(|_| {
                keep = !keep;
                keep
            });
            self.spacing_s *= 2.0;
        }
        self.moments.push(moment);
    }

    /// Forgets what is older than `time_s`.
    pub fn forget_before(&mut self, time_s: f64) {
        let old = self.moments.partition_point(|moment| moment.time_s() < time_s);
        // In steps: moving the rest for every frame would be waste.
        if old >= self.capacity / 4 || old == self.moments.len() {
            self.moments.drain(..old);
            self.spacing_s = self.finest_s;
        }
    }

    /// What is remembered from `from_s` to `to_s`.
    pub fn between(&self, from_s: f64, to_s: f64) -> &[T] {
        between(&self.moments, from_s, to_s)
    }

    /// All that is remembered.
    pub fn all(&self) -> &[T] {
        &self.moments
    }
}
