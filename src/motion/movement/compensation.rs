//! Movements that help out: a trunk that leans to bring an arm up, a knee that falls inwards.

use super::range::medians;
use crate::Estimate;

/// How far something that should stay went, at most, from where it was when the repetition began: a trunk that leans, bends or
/// turns to bring an arm up. In the unit of the values, never negative; its error is that of the difference. Both ends are
/// medians of three.
///
/// `None` for fewer than 4 usable values.
///
/// Source: Levin, Michaelsen, Cirstea, Roby-Brami, "Use of the trunk for reaching targets placed within and beyond the reach
/// in adult hemiparesis", Exp Brain Res 143 (2002) 171.
pub fn compensation(repetition: &[Estimate]) -> Option<Estimate> {
    let mut medians = medians(repetition);
    let rest = medians.next()?;
    let away = |now: &Estimate| (now.value - rest.value).abs();
    let far = medians.max_by(|a, b| away(a).total_cmp(&away(b)))?;
    Some(Estimate {
        value: away(&far),
        sd: libm::hypotf(rest.sd, far.sd),
        visibility: rest.visibility.min(far.visibility),
        claim: rest.claim.max(far.claim),
    })
}

/// One knee in one frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KneeSample {
    /// Bend of the knee, radians.
    pub flexion_rad: f32,
    /// Frontal-plane projection angle, radians, inwards positive.
    pub valgus: Estimate,
}

/// How a knee tracked over its foot in one repetition; radians, inwards positive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KneeAlignment {
    /// The most that it was bent.
    pub flexion_rad: f32,
    /// Where it was most bent: the usual moment to compare.
    pub at_peak_flexion: Estimate,
    /// The most inward that it was, of medians of three.
    pub peak: Estimate,
}

/// Alignment of one knee, seen from the front. `None` for fewer than 3 usable frames.
///
/// Source: Munro, Herrington, Carolan, "Reliability of 2-dimensional video assessment of frontal-plane dynamic knee valgus",
/// J Sport Rehabil 21 (2012) 7.
pub fn knee_alignment(repetition: &[KneeSample]) -> Option<KneeAlignment> {
    let valgus: Vec<Estimate> = repetition.iter().map(|sample| sample.valgus).collect();
    let peak = medians(&valgus).max_by(|a, b| a.value.total_cmp(&b.value))?;
    let usable = repetition.iter().filter(|s| s.flexion_rad.is_finite() && s.valgus.value.is_finite());
    let bent = usable.max_by(|a, b| a.flexion_rad.total_cmp(&b.flexion_rad))?;
    Some(KneeAlignment { flexion_rad: bent.flexion_rad, at_peak_flexion: bent.valgus, peak })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Claim;

    fn estimate(value: f32) -> Estimate {
        Estimate { value, sd: 0.03, visibility: 1.0, claim: Claim::Firm }
    }

    #[test]
    fn a_lean_counts_from_where_the_repetition_began() {
        let mut lean: Vec<Estimate> = (0..30).map(|i| estimate(if i > 10 { -0.2 } else { 0.05 })).collect();
        lean[20].value = -2.0; // one slipped frame
        lean[25].value = f32::NAN;
        lean[15].claim = Claim::Cautious;
        let found = compensation(&lean).unwrap();
        assert!((found.value - 0.25).abs() < 1e-6 && (found.sd - 0.03 * 2.0_f32.sqrt()).abs() < 1e-6);
        assert_eq!(compensation(&[estimate(0.1); 10]).unwrap().value, 0.0);
        assert_eq!(compensation(&lean[..3]), None);
    }

    #[test]
    fn a_knee_is_judged_where_it_is_most_bent_and_most_inward() {
        let knee: Vec<KneeSample> = (0..=20)
            .map(|i| {
                let far = 1.0 - (i as f32 - 10.0).abs() / 10.0;
                let valgus = if (14..17).contains(&i) { 0.3 } else { 0.1 * far };
                KneeSample { flexion_rad: 1.5 * far, valgus: estimate(valgus) }
            })
            .collect();
        let found = knee_alignment(&knee).unwrap();
        assert!((found.peak.value - 0.3).abs() < 1e-6 && (found.at_peak_flexion.value - 0.1).abs() < 1e-6);
        assert!((found.flexion_rad - 1.5).abs() < 1e-6);
        assert_eq!(knee_alignment(&knee[..2]), None);
    }
}
