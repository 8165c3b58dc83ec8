// The angle that is counted on, at its joint: how far it is, how sure that is, and where it should come to.

#import bevy_pbr::forward_io::VertexOutput

struct Arc {
    // Measured angle, its standard deviation, and the band that is aimed at; radians from where the angle is 0.
    angles: vec4<f32>,
    measured: vec4<f32>,
    aimed: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> arc: Arc;

// 1 between two radii or angles, with edges as soft as `soft`.
fn within(low: f32, high: f32, x: f32, soft: f32) -> f32 {
    return smoothstep(low - soft, low + soft, x) * (1.0 - smoothstep(high - soft, high + soft, x));
}

@fragment
fn fragment(in: VertexOutput) -> @location(0) vec4<f32> {
    let p = vec2(in.uv.x * 2.0 - 1.0, 1.0 - in.uv.y * 2.0);
    let r = length(p);
    let a = atan2(p.y, p.x);
    let pixel = max(fwidth(r), 1e-4);
    let turn = pixel / max(r, 0.05);
    // The band: from where a repetition counts to the whole way.
    let band = within(0.80, 0.97, r, pixel) * within(arc.angles.z, arc.angles.w, a, turn);
    // The measured angle fades where it is not sure.
    let edge = max(arc.angles.y, turn);
    let sector = within(0.34, 0.74, r, pixel) * smoothstep(-turn, turn, a)
        * (1.0 - smoothstep(arc.angles.x - edge, arc.angles.x + edge, a));
    let mark = within(0.34, 0.80, r, pixel) * within(arc.angles.x - 0.02, arc.angles.x + 0.02, a, turn);
    let solid = max(max(band * arc.aimed.a, sector * arc.measured.a), mark);
    if solid < 0.01 {
        discard;
    }
    let inner = mix(arc.measured.rgb, vec3(1.0), mark * 0.6);
    return vec4(mix(inner, arc.aimed.rgb, step(0.77, r)), solid);
}
