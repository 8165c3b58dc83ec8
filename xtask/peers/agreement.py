"""Holds the landmarks of `baro track --out X.jsonl` against a reference.

    agreement.py compare OURS.jsonl REFERENCE WIDTH HEIGHT [REFERENCE_WORLD]
    agreement.py switches OURS.jsonl|REFERENCE
    agreement.py steadiness OURS.jsonl REFERENCE

REFERENCE: MediaPipe's landmarks as mediapipe_pose.py writes them (also .gz), or a list of frames in pixels (tfjs).
Distances are medians over visible points (visibility above 0.5); percent of the person's height in that frame.
Frames in which the two follow different people (hips further apart than half a height) are counted, not compared.
"""

import gzip
import json
import sys

import numpy as np

HIPS = (23, 24)


def load_ours(path):
    with open(path) as file:
        return [json.loads(line) for line in file]


def load_reference(path, width, height, world_path=None):
    with (gzip.open if path.endswith(".gz") else open)(path, "rt") as file:
        data = json.load(file)
    if isinstance(data, dict):
        return data["frames"]
    with open(world_path) as file:
        world = json.load(file)
    scale = np.array([width, height, width])
    return [{"image": (np.array(i) / scale).tolist(), "world": w} for i, w in zip(data, world)]


def hips(points):
    return np.mean([points[i][:2] for i in HIPS], axis=0)


def compare(ours, reference, width, height):
    percent, pixels, world, others, only = [], [], [], 0, 0
    size = np.array([width, height])
    for mine, theirs in zip(ours, reference):
        if mine["image"] is None or theirs["image"] is None:
            only += mine["image"] is not theirs["image"]
            continue
        a, b = np.array(mine["image"]), np.array(theirs["image"])
        tall = np.ptp(b[:, 1]) * height
        if np.linalg.norm((hips(a) - hips(b)) * size) > tall / 2:
            others += 1
            continue
        visible = (b[:, 3] if b.shape[1] > 3 else a[:, 3]) > 0.5
        distance = np.linalg.norm((a[:, :2] - b[:, :2]) * size, axis=1)[visible]
        pixels.extend(distance)
        percent.extend(distance / tall * 100)
        apart = np.array(mine["world"])[:, :3] - np.array(theirs["world"])[:, :3]
        world.extend(np.linalg.norm(apart, axis=1)[visible] * 1000)
    print(
        f"px={np.median(pixels):.3f} percent={np.median(percent):.4f} percent_p95={np.percentile(percent, 95):.3f} "
        f"world_mm={np.median(world):.2f} world_p95_mm={np.percentile(world, 95):.1f} "
        f"other_person={others} only_one={only}"
    )


def walker_x(i):
    """Where the walker of sports2d_demo is in picture i, as a fraction of its width."""
    return 0.32 - 0.0055 * (i - 146) if i < 146 else 0.32 - 0.0062 * (i - 146)


def switches(frames):
    """sports2d_demo: an athlete on a roof, who leaves it by a somersault; a walker crosses below, to the left."""
    followed, count = None, 0
    for i, frame in enumerate(frames):
        if frame["image"] is None:
            continue
        x, y = hips(frame["image"])
        walker = 38 <= i <= 205 and y > 0.6 and abs(x - walker_x(i)) < 0.1
        count += followed is not None and walker != followed
        followed = walker
    found = sum(frame["image"] is not None for frame in frames)
    print(f"switches={count} found={found}")


def jitter(frames):
    """Median size of the second difference of the world landmarks, mm: trembling, not movement."""
    series = [np.array(f["world"])[:, :3] for f in frames if f["world"] is not None]
    return np.median(np.linalg.norm(np.diff(series, 2, axis=0), axis=2)) * 1000


def main():
    job, ours, *rest = sys.argv[1:]
    if job == "compare":
        width, height = int(rest[1]), int(rest[2])
        compare(load_ours(ours), load_reference(rest[0], width, height, *rest[3:4]), width, height)
    elif job == "switches":
        switches(load_ours(ours) if ours.endswith(".jsonl") else load_reference(ours, 1, 1))
    elif job == "steadiness":
        print(f"ours_mm={jitter(load_ours(ours)):.3f} peer_mm={jitter(load_reference(rest[0], 1, 1)):.3f}")


if __name__ == "__main__":
    main()
