"""Mirrored and quarter-turned copies: the verdict has to be the same."""

import hashlib
from pathlib import Path

import cv2

import pixels
import rates
from environment import WORK
from judged import Program

WAYS = {
    "mirrored": lambda picture: picture[:, ::-1],
    "turned left": lambda picture: cv2.rotate(picture, cv2.ROTATE_90_COUNTERCLOCKWISE),
    "turned right": lambda picture: cv2.rotate(picture, cv2.ROTATE_90_CLOCKWISE),
    "upside down": lambda picture: cv2.rotate(picture, cv2.ROTATE_180),
}


def measured(program: Program, pictures: list[Path], processes: int) -> dict:
    """How many copies get their original's verdict, and which do not."""
    folder = WORK / "copies"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = []
    for path in pictures:
        name = f"{path.stem}-{hashlib.sha256(str(path).encode()).hexdigest()[:6]}"
        first = folder / f"{name}.jpg"
        targets = {way: folder / f"{name}-{way.replace(' ', '-')}.jpg" for way in WAYS}
        if not all(target.exists() for target in (first, *targets.values())):
            picture = pixels.read(path)
            scale = min(1000 / max(picture.shape), 1)
            picture = pixels.resized(picture, round(picture.shape[1] * scale), round(picture.shape[0] * scale))
            for way, target in targets.items():
                target.write_bytes(pixels.encoded(WAYS[way](picture), 96))
            first.write_bytes(pixels.encoded(picture, 96))
        wanted.append((first, targets))
    reports = program.judge([path for first, targets in wanted for path in (first, *targets.values())], processes)
    result = {}
    for way in WAYS:
        same, opposite, differing = 0, 0, []
        for first, targets in wanted:
            before, after = reports[first], reports[targets[way]]
            if before["verdict"] == after["verdict"]:
                same += 1
                continue
            rules = [{found["rule"] for found in report["findings"] if found["weight"] != "advice"} for report in (before, after)]
            differing.append({"picture": first.stem, "verdicts": [before["verdict"], after["verdict"]], "rules": sorted(rules[0] ^ rules[1])})
            opposite += {before["verdict"], after["verdict"]} == {"accept", "refuse"}
        result[way] = {
            "n": len(wanted), "same": same, "interval": rates.wilson(same, len(wanted)),
            "accept_against_refuse": opposite, "differing": differing,
        }  # fmt: skip
    return result
