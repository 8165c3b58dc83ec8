"""Python MediaPipe Pose over a video or picture: the peer of `baro track`.

    mediapipe_pose.py INPUT --complexity 0|1|2 [--raw] [--static] [--out FILE.json]

Prints `frames=N found=N fps=X`; the rate counts decoding, colour conversion and the pose, but not the first frame,
in which the library sets itself up. --out writes every frame's landmarks.
"""

import argparse
import json
import time

import cv2
import mediapipe


def pictures(path):
    """Of a video, or the one still: OpenCV's video reader gives stills other colours."""
    if path.endswith((".jpg", ".png")):
        yield cv2.imread(path)
        return
    capture = cv2.VideoCapture(path)
    while True:
        whole, picture = capture.read()
        if not whole:
            return
        yield picture


def points(landmarks):
    return [[p.x, p.y, p.z, p.visibility] for p in landmarks.landmark] if landmarks else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("input")
    parser.add_argument("--complexity", type=int, default=1)
    parser.add_argument("--raw", action="store_true")
    parser.add_argument("--static", action="store_true")
    parser.add_argument("--out")
    arguments = parser.parse_args()
    pose = mediapipe.solutions.pose.Pose(
        static_image_mode=arguments.static,
        model_complexity=arguments.complexity,
        smooth_landmarks=not arguments.raw,
    )
    frames, found, began = [], 0, None
    for picture in pictures(arguments.input):
        result = pose.process(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
        found += result.pose_landmarks is not None
        frames.append({"image": points(result.pose_landmarks), "world": points(result.pose_world_landmarks)})
        began = began or time.perf_counter()
    seconds = time.perf_counter() - began
    rate = (len(frames) - 1) / seconds if len(frames) > 1 else 0.0
    print(f"frames={len(frames)} found={found} fps={rate:.3f}")
    if arguments.out:
        with open(arguments.out, "w") as file:
            json.dump({"frames": frames}, file)


if __name__ == "__main__":
    main()
