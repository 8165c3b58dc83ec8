#!/usr/bin/env python3
"""How well a pose model sees the demo clips: MediaPipe Pose against the true joint angles.

    python3 check.py CLIP.mp4 [CLIP.mp4 ...]       (Python 3.11, mediapipe==0.10.21, opencv)

The truth is read from CLIP.truth.json. Prints the share of frames with a body, the visibility, and the error of the
counted angle: all frames, and the peak of every repetition.
"""

import json
import sys
from pathlib import Path

import cv2
import mediapipe
import numpy as np

POINTS = {"shoulder": (11, 12), "elbow": (13, 14), "wrist": (15, 16), "hip": (23, 24), "knee": (25, 26), "ankle": (27, 28)}


def between(a, b):
    return np.degrees(np.arctan2(np.linalg.norm(np.cross(a, b)), a @ b))


def angles(world):
    """Same definitions as in render_demo.rs: left and right knee, left and right abduction, degrees."""
    at = {name: world[list(index)] * [1, -1, -1] for name, index in POINTS.items()}
    up = at["shoulder"].mean(axis=0) - at["hip"].mean(axis=0)
    up = up / np.linalg.norm(up)
    left = at["shoulder"][0] - at["shoulder"][1]
    left = left - up * (left @ up)
    left = left / np.linalg.norm(left)
    out = [between(at["knee"][s] - at["hip"][s], at["ankle"][s] - at["knee"][s]) for s in (0, 1)]
    for s, sign in ((0, 1), (1, -1)):
        arm = at["elbow"][s] - at["shoulder"][s]
        out.append(np.degrees(np.arctan2(sign * (arm @ left), -(arm @ up))))
    return out


def measure(path):
    pose = mediapipe.solutions.pose.Pose(model_complexity=1)
    video, rows, seen = cv2.VideoCapture(str(path)), [], []
    needed = [i for pair in POINTS.values() for i in pair]
    while True:
        ok, frame = video.read()
        if not ok:
            break
        result = pose.process(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))
        if result.pose_world_landmarks is None:
            rows.append([np.nan] * 4)
            continue
        marks = result.pose_world_landmarks.landmark
        rows.append(angles(np.array([[m.x, m.y, m.z] for m in marks])))
        seen.append([marks[i].visibility for i in needed])
    return np.array(rows), np.array(seen)


def main():
    for path in map(Path, sys.argv[1:]):
        truth = json.loads(path.with_suffix(".truth.json").read_text())
        rows, seen = measure(path)
        true = np.array(truth["frames"])[: len(rows), 1:5]
        found = ~np.isnan(rows[:, 0])
        print(f"{path.name}: body in {found.sum()} of {len(rows)} frames, least median visibility {np.median(seen, axis=0).min():.2f}")
        squat = "squat" in path.name
        columns = {"left knee": 0, "right knee": 1} if squat else {"left abduction": 2, "right abduction": 3}
        for name, k in columns.items():
            error = rows[found, k] - true[found, k]
            r = np.corrcoef(rows[found, k], true[found, k])[0, 1]
            print(
                f"  {name}: mean error {error.mean():+.1f}, median |error| {np.median(np.abs(error)):.1f}, "
                f"p95 {np.percentile(np.abs(error), 95):.1f} degrees, correlation {r:.3f}"
            )
            for rep in truth["reps"]:
                t = np.arange(len(rows)) / truth["fps"]
                inside = (t >= rep["start_s"]) & (t <= rep["end_s"] + 0.3) & found
                print(
                    f"    {rep['peak_s']:5.1f} s: true peak {true[inside, k].max():5.1f}, "
                    f"seen {rows[inside, k].max():5.1f}  {' '.join(rep['faults'])}"
                )


if __name__ == "__main__":
    main()
