//! Movements that help out: a trunk that leans to bring an arm up, a knee that falls inwards.

/// The trunk in one frame, radians.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the names are those of the measures")]
pub struct TrunkSample {
    pub flexion_rad: f32,
    pub side_lean_rad: f32,
    pub rotation_rad: f32,
}

/// How far the trunk went from its posture at the beginning, at most, radians; never negative.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(missing_docs, reason = "the names are those of the measures")]
pub struct TrunkCompensation {
    pub flexion_rad: f32,
    pub side_lean_rad: f32,
    pub rotation_rad: f32,
}

/// Frames at the beginning whose mean is the posture to compare with.
const REST_FRAMES: usize = 3;

/// Trunk compensation over one repetition, from its first frame at rest. An axis that is not measured in a frame is NaN there
/// and left out; one that never is gives 0. `None` for fewer than 4 frames.
///
/// Source: Levin, Michaelsen, Cirstea, Roby-Brami, "Use of the trunk for reaching targets placed within and beyond the reach
/// in adult hemiparesis", Exp Brain Res 143 (2002) 171.
pub fn trunk_compensation(repetition: &[TrunkSample]) -> Option<TrunkCompensation> {
    if repetition.len() <= REST_FRAMES {
        return None;
    }
    let most = |value: fn(&TrunkSample) -> f32| {
        let seen = || repetition.iter().map(value).filter(|v| v.is_finite());
        let count = seen().take(REST_FRAMES).count().max(1);
        let rest = seen().take(REST_FRAMES).sum::<f32>() / count as f32;
        seen().map(|v| (v - rest).abs()).fold(0.0, f32::max)
    };
    Some(TrunkCompensation {
        flexion_rad: most(|s| s.flexion_rad),
        side_lean_rad: most(|s| s.side_lean_rad),
        rotation_rad: most(|s| s.rotation_rad),
    })
}

/// One knee in one frame, radians.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KneeSample {
    /// Bend of the knee.
    pub flexion_rad: f32,
    /// Frontal-plane projection angle, inwards positive.
    pub valgus_rad: f32,
}

/// How a knee tracked over its foot in one repetition, radians, inwards positive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KneeAlignment {
    /// The most inward that it was.
    pub peak_valgus_rad: f32,
    /// Where it was most bent: the usual moment to compare.
    pub valgus_at_peak_flexion_rad: f32,
    /// Mean over the repetition.
    pub mean_valgus_rad: f32,
}

/// Alignment of one knee, seen from the front. `None` for fewer than 3 usable frames.
///
/// Source: Munro, Herrington, Carolan, "Reliability of 2-dimensional video assessment of frontal-plane dynamic knee valgus",
/// J Sport Rehabil 21 (2012) 7.
pub fn knee_alignment(repetition: &[KneeSample]) -> Option<KneeAlignment> {
    let usable = || repetition.iter().filter(|s| s.flexion_rad.is_finite() && s.valgus_rad.is_finite());
    let count = usable().count();
    if count < 3 {
        return None;
    }
    let bent = usable().max_by(|a, b| a.flexion_rad.total_cmp(&b.flexion_rad))?;
    Some(KneeAlignment {
        peak_valgus_rad: usable().map(|s| s.valgus_rad).reduce(f32::max)?,
        valgus_at_peak_flexion_rad: bent.valgus_rad,
        mean_valgus_rad: usable().map(|s| s.valgus_rad).sum::<f32>() / count as f32,
    })
}
