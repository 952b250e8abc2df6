"""The pictures that are measured on: a folder with labels.csv, or the repository's own few."""

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from cases import Case
from environment import REPOSITORY

FIXTURES = Path(__file__).with_name("fixtures.csv")
SIDES = ("fit", "test")


@dataclass(frozen=True)
class Source:
    """A natural picture and what was read off it by eye."""

    path: Path
    case: Case


def side(person: str) -> str:
    """On which side of the split a person is; both pictures of a person are on the same."""
    return SIDES[hashlib.sha256(f"kortautomat {person}".encode()).digest()[0] % 2]


def load(folder: Path | None) -> list[Source]:
    """Every picture of a folder with labels.csv; without a folder the repository's own."""
    table, root = (folder / "labels.csv", folder) if folder else (FIXTURES, REPOSITORY)
    with table.open(newline="") as rows:
        return [source(root / row["file"], row) for row in csv.DictReader(rows)]


def source(path: Path, row: dict[str, str]) -> Source:
    tags = {"ita": row["ita"], "glasses": row["glasses"], "head_covering": row["head_covering"]}
    case = Case(
        name=path.stem,
        person=row["person"],
        origin="natural",
        family="as taken",
        strength=0,
        word={"y": "mild", "border": "doubtful"}.get(row["acceptable"], "clear"),
        truth=truth(row),
        acceptable=row["acceptable"] == "y",
        tags=tags,
    )
    return Source(path, case)


def truth(row: dict[str, str]) -> dict[str, bool]:
    """What the columns say about the rules. `border` and what the columns do not say is left out."""
    known: dict[str, bool] = {}

    def say(broken: bool | None, *rules: str) -> None:
        if broken is not None:
            known.update(dict.fromkeys(rules, broken))

    yes_no = {"y": False, "n": True}
    notes = row["notes"]
    averaged = "average of" in notes
    say(row["faces"] != "1", "one_face")
    say({"y": False}.get(row["frontal"]), "yaw", "pitch")
    roll = abs(float(row["roll_deg"]))
    say(roll > 17 if not 13 < roll <= 17 else None, "roll")
    say(yes_no.get(row["eyes_open"]), "eyes_open")
    say(yes_no.get(row["looking_at_camera"]), "gaze")
    say(yes_no.get(row["mouth_closed"]), "mouth_closed")
    say(yes_no.get(row["neutral"]), "neutral_expression")
    bare = {"n": False}.get(row["glasses"])
    say(bare, "tinted_glasses", "glare", "frames_over_eyes")
    say(True if bare is None else bare, "glasses")
    # a band over the hair is neither: not counted
    say({"n": False, "y": True}.get(row["head_covering"]), "head_covering")
    say({"n": False}.get(row["occlusion"]), "face_occluded", "mouth_occluded", "eyes_occluded")
    background = row["background"]
    say({"plain": False, "gradient": False, "busy": True}.get(background), "background_plain")
    say(None if background == "busy" else False, "background_objects", "background_shadow")
    lit = False if row["exposure"] == "ok" else None
    say(lit, "exposure", "dynamic_range", "hot_spots")
    say(None if "brighter" in notes else lit, "even_light")
    say(yes_no.get(row["sharp"]), "sharp")
    clean = False if row["sharp"] == "y" else None
    say(clean, "motion_blur", "noise", "compression", "pixelation")
    say(False if row["colour"] == "ok" else None, "colour_cast")
    say(False, "greyscale", "red_eye", "photo_of_photo", "large_enough", "resolution")
    # an average of faces is smoother than any skin
    say(None if averaged else False, "heavy_edit")
    whole = False if row["whole_head"] == "y" else None
    say(whole, "whole_head", "head_size", "centred", "eye_line")
    near = next((cm < 40 for cm in (15, 30, 45, 60) if f"about {cm}cm" in notes), None)
    say(near if near is not None else None if row["set"] == "lisa" else False, "camera_distance")
    return known
