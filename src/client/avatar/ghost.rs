//! How a body is drawn: as it is, or as a translucent trainer.

use bevy::{light::NotShadowCaster, prelude::*};

/// How an avatar is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Look {
    /// With its own materials.
    #[default]
    Solid,
    /// Translucent in one colour, without a shadow: shows what to do, can't be taken for the person.
    Ghost {
        /// Colour; its alpha is the opacity.
        colour: Color,
    },
}

impl Look {
    /// The trainer's look.
    pub const TRAINER: Self = Self::Ghost { colour: Color::srgba(0.35, 0.75, 1.0, 0.45) };
}

/// Gives the meshes of a loaded avatar the materials of its look.
pub(super) fn dress(commands: &mut Commands, root: Entity, look: Look) {
    let Look::Ghost { colour } = look else { return };
    commands.queue(move |world: &mut World| {
        let material = StandardMaterial {
            base_color: colour,
            emissive: colour.to_linear() * 0.25,
            // By samples instead of blending: what is nearest hides the rest of the body, so no insides show.
            alpha_mode: AlphaMode::AlphaToCoverage,
            perceptual_roughness: 0.9,
            // Only what faces the viewer: the far side showing through would be hard to read.
            double_sided: false,
            ..default()
        };
        let handle = world.resource_mut::<Assets<StandardMaterial>>().add(material);
        let mut meshes = Vec::new();
        let mut open = vec![root];
        while let Some(entity) = open.pop() {
            if world.get::<MeshMaterial3d<StandardMaterial>>(entity).is_some() {
                meshes.push(entity);
            }
            open.extend(world.get::<Children>(entity).into_iter().flatten().copied());
        }
        for mesh in meshes {
            if let Ok(mut mesh) = world.get_entity_mut(mesh) {
                mesh.insert((MeshMaterial3d(handle.clone()), NotShadowCaster));
            }
        }
    });
}
