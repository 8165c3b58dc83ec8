// A body: cloth and skin in soft daylight, with a glow where muscles work and amber where a limb should move otherwise.
//
// Cheaper than Bevy's own material (no textures, one lamp, the sky and the floor as two colours), so that it serves a processor too.

#import bevy_pbr::{
    forward_io::Vertex,
    mesh_functions,
    mesh_view_bindings::{lights, view},
    mesh_view_types,
    shadows,
    skinning,
    view_transformations::position_world_to_clip,
}

struct Limb {
    // For each joint of the skin how much is worked at its front, back, outside and inside, 0 to 1.
    worked: array<vec4<f32>, 64>,
    // For each joint: how faulty it is, 0 to 1; on which side of the body, 1 left, -1 right, 0 in the middle.
    joint: array<vec4<f32>, 64>,
    // Colours of the two marks, linear.
    glow: vec4<f32>,
    warn: vec4<f32>,
    // x: how grey it is, 0 to 1.
    how: vec4<f32>,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> limb: Limb;

struct Fragment {
    @builtin(position) position: vec4<f32>,
    @location(0) world_position: vec4<f32>,
    @location(1) world_normal: vec3<f32>,
    @location(2) color: vec3<f32>,
    // Worked, faulty.
    @location(3) marks: vec2<f32>,
}

// How much of a joint's work shows at a vertex whose normal at rest is `n`.
fn worked_at(joint: u32, n: vec3<f32>) -> f32 {
    let side = limb.joint[joint].y;
    let outward = select(abs(n.x), n.x * side, side != 0.0);
    let facing = max(vec4(n.z, -n.z, outward, -outward), vec4(0.0));
    return min(dot(limb.worked[joint], facing * facing), 1.0);
}

@vertex
fn vertex(in: Vertex) -> Fragment {
    var out: Fragment;
    var world_from_local = mesh_functions::get_world_from_local(in.instance_index);
    out.color = vec3(0.8);
    out.marks = vec2(0.0);
#ifdef SKINNED
    world_from_local = skinning::skin_model(in.joint_indices, in.joint_weights, in.instance_index);
    // Bones turn and don't stretch, so the matrix that turns points turns normals too.
    let turn = mat3x3<f32>(world_from_local[0].xyz, world_from_local[1].xyz, world_from_local[2].xyz);
    out.world_normal = normalize(turn * in.normal);
    let j = min(in.joint_indices, vec4(63u));
    let w = in.joint_weights;
    let n = normalize(in.normal);
    out.marks = vec2(
        w.x * worked_at(j.x, n) + w.y * worked_at(j.y, n) + w.z * worked_at(j.z, n) + w.w * worked_at(j.w, n),
        w.x * limb.joint[j.x].x + w.y * limb.joint[j.y].x + w.z * limb.joint[j.z].x + w.w * limb.joint[j.w].x,
    );
#else
    out.world_normal = mesh_functions::mesh_normal_local_to_world(in.normal, in.instance_index);
#endif
    out.world_position = mesh_functions::mesh_position_local_to_world(world_from_local, vec4(in.position, 1.0));
    out.position = position_world_to_clip(out.world_position.xyz);
#ifdef VERTEX_COLORS
    out.color = in.color.rgb;
#endif
    return out;
}

@fragment
fn fragment(in: Fragment) -> @location(0) vec4<f32> {
    let n = normalize(in.world_normal);
    let lamp = lights.directional_lights[0];
    // Wrapped, so that the turn from light to shade is soft.
    var key = clamp(dot(n, lamp.direction_to_light) * 0.62 + 0.38, 0.0, 1.0);
#ifdef SHADOWED
    if (lamp.flags & mesh_view_types::DIRECTIONAL_LIGHT_FLAGS_SHADOWS_ENABLED_BIT) != 0u {
        let depth = dot(vec4(view.view_from_world[0].z, view.view_from_world[1].z, view.view_from_world[2].z, view.view_from_world[3].z), in.world_position);
        key *= 0.45 + 0.55 * shadows::fetch_directional_shadow(0u, in.world_position, n, depth, in.position.xy);
    }
#endif
    // Sky above, oak below.
    let around = mix(vec3(0.34, 0.29, 0.25), vec3(0.46, 0.49, 0.52), n.y * 0.5 + 0.5);
    let to_eye = normalize(view.world_position - in.world_position.xyz);
    let rim = pow(1.0 - max(dot(n, to_eye), 0.0), 3.0);
    var color = in.color * (around + key * vec3(0.80, 0.77, 0.72)) + rim * vec3(0.10, 0.11, 0.12);
    let worked = smoothstep(0.12, 0.75, in.marks.x);
    let faulty = smoothstep(0.15, 0.80, in.marks.y);
    let shade = 0.55 + 0.45 * key;
    color = mix(color, limb.glow.rgb * shade + rim * limb.glow.rgb, worked * limb.glow.a * (1.0 - faulty));
    color = mix(color, limb.warn.rgb * shade, faulty * limb.warn.a);
    // Rec. 709 luminance.
    color = mix(color, vec3(dot(color, vec3(0.2126, 0.7152, 0.0722))) * 0.8 + 0.08, limb.how.x);
    return vec4(color, 1.0);
}
