//! How light a picture is.

/// How light a picture is, and the person in it: luma (Rec. 709) of the coded colours, 0 black to 1 white.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Light {
    /// Mean over the picture.
    pub picture: f32,
    /// Mean over what is not the person; that of the picture where nobody is seen.
    pub around: f32,
    /// The level below which nine tenths of the person lie: clothes may be black, but a lit person has skin or a seam that is not.
    /// `None` where nobody is seen.
    pub person: Option<f32>,
    /// Share of the picture, 0 to 1, that is burnt out to white.
    pub burnt: f32,
}
