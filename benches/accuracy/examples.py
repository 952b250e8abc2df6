"""The page's pictures: right and wrong side by side, with the finding drawn where the program has it."""

from pathlib import Path

import cv2
import numpy as np

import generated
import pixels
from environment import REPOSITORY, WORK
from judged import Program
from scene import Eyes

FOLDER = REPOSITORY / "docs" / "pictures" / "rules"
# averages of four faces each: nobody real (see tests/fixtures/photos/SOURCES.md)
PORTRAITS = ["composite_f-african", "composite_f-easian", "composite_m-multi", "composite_f-multi"]
# rule, change, strength, change that is fine, its strength
SHOWN = [
    ("one_face", "somebody", 0.5, "somebody", 0.05),
    ("whole_head", "headless", 1, "close", 1.12),
    ("yaw", "turn", 19, "turn", 3),
    ("roll", "leaned", 25, "leaned", 9),
    ("eyes_open", "eyelids", 0, "eyelids", 0.06),
    ("mouth_closed", "jaw", 0.1, None, 0),
    ("frames_over_eyes", "crossing frame", 1, "spectacles", 0.03),
    ("tinted_glasses", "sunglasses", 0.06, "sunglasses", 0.85),
    ("glare", "window", 0.2, "window aside", 0.05),
    ("head_covering", "headwear", 1, "headwear", 4),
    ("mouth_occluded", "fingers", 1, None, 0),
    ("eyes_occluded", "hair over eye", 120, "fringe", 6),
    ("background_plain", "room", 1.0, "wall", 0.12),
    ("background_shadow", "cast shadow", 0.75, "cast shadow", 0.1),
    ("even_light", "lamp", 0.97, "lamp", 0.2),
    ("hot_spots", "shine", 5, "shine", 0.05),
    ("exposure", "too bright", 0.65, "stops", 0.35),
    ("sharp", "defocus", 12, "defocus", 1.3),
    ("noise", "grain", 0.13, "grain", 0.01),
    ("compression", "jpeg", 5, "jpeg", 55),
    ("photo_of_photo", "on table", 1, None, 0),
]
HEIGHT = 260
GOOD, BAD = (110, 160, 60), (50, 60, 200)


def write(program: Program) -> None:
    """One JPEG for each rule of `SHOWN`: fine on the left, broken on the right."""
    families = {family.name: family for family in generated.families("test")}
    eyes, scenes = Eyes(), []
    for name in PORTRAITS:
        scenes.append(eyes.scene(REPOSITORY / "tests" / "fixtures" / "photos" / f"{name}.jpg"))
    work = WORK / "examples"
    work.mkdir(parents=True, exist_ok=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for number, (rule, wrong, strength, right, mild) in enumerate(SHOWN):
        scene, other = scenes[number % len(scenes)], scenes[(number + 1) % len(scenes)]
        pair = []
        for change, value, colour in ((right, mild, GOOD), (wrong, strength, BAD)):
            target = work / f"{rule}-{colour is BAD}.jpg"
            target.write_bytes(changed(scene, other, families[change] if change else None, value))
            report = program.judge_anew(target)
            found = [finding for finding in report["findings"] if finding["rule"] == rule and colour is BAD]
            pair.append(framed(target, found, colour))
        gap = np.full((HEIGHT, 8, 3), 255, np.uint8)
        cv2.imwrite(str(FOLDER / f"{rule}.jpg"), np.hstack([pair[0], gap, pair[1]]), [cv2.IMWRITE_JPEG_QUALITY, 80])


def changed(scene, other, family, strength: float) -> bytes:
    if family is None:
        return pixels.encoded(scene.picture)
    random = np.random.default_rng(4)
    more = (other,) if getattr(family.make, "needs_others", False) else ()
    picture = family.make(scene, strength, random, *more)
    return picture if isinstance(picture, bytes) else pixels.encoded(picture)


def framed(path: Path, findings: list[dict], colour) -> np.ndarray:
    """The picture, small, with the finding's place and a frame in green or red."""
    picture = cv2.imread(str(path))
    for finding in findings:
        if finding["region"]:
            x, y, width, height = (int(round(v)) for v in finding["region"])
            cv2.rectangle(picture, (x, y), (x + width, y + height), colour, max(picture.shape[0] // 160, 2))
    scale = HEIGHT / picture.shape[0]
    small = cv2.resize(picture, (round(picture.shape[1] * scale), HEIGHT), interpolation=cv2.INTER_AREA)
    cv2.rectangle(small, (0, 0), (small.shape[1] - 1, HEIGHT - 1), colour, 3)
    return small
