//! Logistic regression with weights that are never negative: being farther off can't be better.

/// Times that the step is taken at most; it stops earlier where nothing moves any more.
const STEPS: usize = 1500;
/// The weights have settled where none moves by more than this.
const SETTLED: f64 = 1e-6;

/// Rows of equal length, and which of them are incorrect.
pub(super) struct Rows {
    pub columns: usize,
    pub values: Vec<f64>,
    pub incorrect: Vec<bool>,
}

impl Rows {
    fn iter(&self) -> impl Iterator<Item = (&[f64], bool)> {
        self.values.chunks_exact(self.columns.max(1)).zip(self.incorrect.iter().copied())
    }

    /// Largest eigenvalue of the mean outer product of the rows with a 1 in front, by power iteration.
    fn curvature(&self) -> f64 {
        let (mut v, mut size) = (vec![1.0; self.columns + 1], 1.0);
        for _ in 0..40 {
            let mut next = vec![0.0; v.len()];
            for (row, _) in self.iter() {
                let along = v[0] + dot(row, &v[1..]);
                add(&mut next, along / self.incorrect.len() as f64, row);
            }
            size = next.iter().map(|x| x * x).sum::<f64>().sqrt();
            v = next.into_iter().map(|x| x / size).collect();
        }
        size
    }
}

/// Bias and weights that minimise mean log loss + `ridge`/2 · |w|² + `sparse` · Σw, with w ≥ 0.
///
/// Accelerated proximal gradient (Beck and Teboulle 2009), restarted where it overshoots (O'Donoghue and Candès 2015).
pub(super) fn logistic(rows: &Rows, ridge: f64, sparse: f64) -> (f64, Vec<f64>) {
    let step = 1.0 / (0.25 * 1.1 * rows.curvature() + ridge);
    let mut at = vec![0.0; rows.columns + 1];
    let (mut ahead, mut momentum) = (at.clone(), 1.0_f64);
    for _ in 0..STEPS {
        let mut slope = vec![0.0; at.len()];
        for (row, incorrect) in rows.iter() {
            let odds = ahead[0] + dot(row, &ahead[1..]);
            let off = 1.0 / (1.0 + libm::exp(-odds)) - f64::from(u8::from(incorrect));
            add(&mut slope, off / rows.incorrect.len() as f64, row);
        }
        let mut next: Vec<f64> = ahead.iter().zip(&slope).map(|(x, g)| x - step * g).collect();
        for (x, was) in next.iter_mut().zip(&ahead).skip(1) {
            *x = (*x - step * (ridge * was + sparse)).max(0.0);
        }
        let back: f64 =
            ahead.iter().zip(&next).zip(&at).map(|((ahead, next), at)| (ahead - next) * (next - at)).sum();
        if back > 0.0 {
            momentum = 1.0;
        }
        let faster = (1.0 + (1.0 + 4.0 * momentum * momentum).sqrt()) / 2.0;
        let carry = (momentum - 1.0) / faster;
        momentum = faster;
        let moved = next.iter().zip(&at).fold(0.0, |most: f64, (a, b)| most.max((a - b).abs()));
        ahead = next.iter().zip(&at).map(|(next, at)| next + carry * (next - at)).collect();
        at = next;
        if moved < SETTLED {
            break;
        }
    }
    let weights = at.split_off(1);
    (at[0], weights)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    // Four sums: the same order on every platform, and the processor can do them at once.
    let mut sums = [0.0; 4];
    let (a4, b4) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a4.remainder().iter().zip(b4.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a4.zip(b4) {
        for (sum, (x, y)) in sums.iter_mut().zip(x.iter().zip(y)) {
            *sum += x * y;
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// Adds `by` times (1, `row`).
fn add(to: &mut [f64], by: f64, row: &[f64]) {
    if let Some((first, rest)) = to.split_first_mut() {
        *first += by;
        for (to, x) in rest.iter_mut().zip(row) {
            *to += by * x;
        }
    }
}
