// The trainer: a rim of light around a thin body, so that it can't be taken for the person.

#import bevy_pbr::{forward_io::VertexOutput, mesh_view_bindings::view}

struct Ghost {
    // Colour of the inside, linear, and how solid it is.
    fill: vec4<f32>,
    // Colour of the rim, and how solid it is.
    rim: vec4<f32>,
    // x: 1 where parts are left out instead of blended; y: how narrow the rim is.
    how: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> ghost: Ghost;

@fragment
fn fragment(in: VertexOutput) -> @location(0) vec4<f32> {
    let n = normalize(in.world_normal);
    let to_eye = normalize(view.world_position - in.world_position.xyz);
    let edge = pow(1.0 - abs(dot(n, to_eye)), ghost.how.y);
    let light = 0.80 + 0.20 * n.y;
    let solid = mix(ghost.fill.a, ghost.rim.a, edge);
    if ghost.how.x > 0.5 {
        // Jimenez 2014, interleaved gradient noise: left-out pixels make no pattern.
        let noise = fract(52.9829189 * fract(dot(floor(in.position.xy), vec2(0.06711056, 0.00583715))));
        if solid < noise {
            discard;
        }
    }
    return vec4(mix(ghost.fill.rgb * light, ghost.rim.rgb, edge), solid);
}
