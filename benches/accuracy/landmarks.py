"""For comparison: mediapipe's landmarks and expression weights, each rule by the one plain value that suits it best."""

import hashlib
import json
import multiprocessing
import sys
from pathlib import Path

import numpy as np

import rates
from cases import Case
from environment import WORK

# rule → values that a plain program would hold it by; of several the best one counts, on the very pictures it is measured on
VALUES = {
    "one_face": ["faces_off"],
    "whole_head": ["margin", "margin_side"],
    "head_size": ["margin", "margin_side"],
    "centred": ["margin_side", "margin"],
    "resolution": ["ied"],
    "yaw": ["yaw"],
    "pitch": ["pitch"],
    "roll": ["roll"],
    "eyes_open": ["eye_opening", "blink"],
    "gaze": ["looking_aside"],
    "mouth_closed": ["lip_gap", "jaw_open"],
    "neutral_expression": ["smile"],
}

_eyes = None


def measured(path: Path) -> dict[str, float]:
    """Plain values of one picture; only the count of faces where there is none."""
    global _eyes
    import cv2
    import pixels
    import scene as face
    from scene import Eyes, angles

    cv2.setNumThreads(1)
    _eyes = _eyes or Eyes()
    picture = pixels.read(path)
    height, width = picture.shape[:2]
    found = _eyes.faces(picture)
    values = {"faces_off": float(abs(len(found.face_landmarks) - 1))}
    if not found.face_landmarks:
        return values
    points = np.array([[p.x * width, p.y * height] for p in found.face_landmarks[0]])
    pupils = np.array([points[face.LEFT_IRIS].mean(0), points[face.RIGHT_IRIS].mean(0)])
    across, down = pupils[1] - pupils[0]
    eyes, ied = pupils.mean(0), float(np.hypot(across, down))
    chin = float(np.hypot(*(points[face.CHIN] - eyes)))
    gap = {name: float(np.hypot(*(points[a] - points[b]))) / chin for name, a, b in
           (("left", 159, 145), ("right", 386, 374), ("lips", 13, 14))}  # fmt: skip
    yaw, pitch = angles(found.facial_transformation_matrixes[0])
    weights = {shape.category_name: shape.score for shape in found.face_blendshapes[0]}
    aside = max(score for name, score in weights.items() if name.startswith(("eyeLookIn", "eyeLookOut")))
    return values | {
        "margin": float(min(eyes[1], height - points[face.CHIN, 1])) / chin,
        "margin_side": float(min(eyes[0], width - eyes[0])) / chin,
        "ied": ied,
        "yaw": abs(yaw),
        "pitch": pitch,
        "roll": abs(float(np.degrees(np.arctan2(down, across)))),
        "eye_opening": min(gap["left"], gap["right"]),
        "blink": max(weights["eyeBlinkLeft"], weights["eyeBlinkRight"]),
        "looking_aside": aside,
        "lip_gap": gap["lips"],
        "jaw_open": weights["jawOpen"],
        "smile": max(weights["mouthSmileLeft"], weights["mouthSmileRight"]),
    }


def of(pictures: list[Path], processes: int) -> dict[Path, dict[str, float]]:
    """The values of every picture, kept as long as this file is the same."""
    code = Path(__file__).read_bytes() + Path(__file__).with_name("scene.py").read_bytes()
    store = WORK / "landmarks" / f"{hashlib.sha256(code).hexdigest()[:16]}.json"
    known = json.loads(store.read_text()) if store.exists() else {}
    missing = [path for path in dict.fromkeys(pictures) if str(path) not in known]
    if missing:
        print(f"accuracy: mediapipe's landmarks of {len(missing)} pictures", file=sys.stderr, flush=True)
        with multiprocessing.get_context("spawn").Pool(processes) as pool:
            for path, values in zip(missing, pool.imap(measured, missing, chunksize=16), strict=True):
                known[str(path)] = values
        store.parent.mkdir(parents=True, exist_ok=True)
        store.write_text(json.dumps(known))
    return {path: known[str(path)] for path in pictures}


def balanced(rule: str, pairs: list[tuple[Case, dict[str, float]]]) -> float | None:
    """The best balanced accuracy that one limit on one value reaches on these pictures."""
    best = None
    truth = np.array([case.truth[rule] for case, _ in pairs])
    for name in VALUES.get(rule, ()):
        # a picture without a face breaks every rule
        found = np.array([values.get(name, np.nan) for _, values in pairs])
        seen = ~np.isnan(found)
        if not truth.any() or truth.all() or not seen.any():
            continue
        if name == "pitch":
            found = np.abs(found - np.nanmedian(found[~truth]))
        _, high, _ = rates.best_limit(found[seen], truth[seen])
        filled = np.where(seen, found, np.inf if high else -np.inf)
        score = rates.best_limit(filled, truth)[2]
        best = score if best is None else max(best, score)
    return best
