//! What several screens show, as plain borrowed data.

use baro_motion::Landmarks;
use egui::TextureId;

/// Where the picture comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source<'a> {
    /// A camera, by name.
    Camera(&'a str),
    /// A file, by name.
    File(&'a str),
    /// The bundled demo, as asked.
    Demo,
    /// The bundled demo, since there is no camera.
    DemoNoCamera,
    /// The bundled demo, since the camera can't be used.
    DemoCameraFailed,
}

/// Can cues be heard?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sound {
    /// Yes.
    #[default]
    On,
    /// The person turned it off.
    Muted,
    /// There is no sound device.
    NoDevice,
}

/// The camera picture, and the body that is seen in it.
#[derive(Debug, Clone, Copy)]
pub struct Preview<'a> {
    /// The picture.
    pub texture: TextureId,
    /// Its width over its height.
    pub aspect: f32,
    /// Is the picture shown as in a mirror, as people know themselves? The landmarks are not.
    pub mirror: bool,
    /// Landmarks as fractions of the picture's width and height.
    pub body: Option<&'a Landmarks>,
}
