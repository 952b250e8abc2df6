"""What is known about a picture: for each rule whether it is broken, kept or not to be counted."""

from collections.abc import Callable
from dataclasses import dataclass, field

RULES = """
large_enough one_face whole_head resolution head_size centred eye_line yaw pitch roll eyes_open gaze mouth_closed
neutral_expression glasses frames_over_eyes tinted_glasses glare head_covering face_occluded mouth_occluded
eyes_occluded ears_visible background_plain background_shadow background_objects exposure even_light dynamic_range
hot_spots sharp motion_blur noise compression pixelation colour_cast greyscale red_eye photo_of_photo heavy_edit
camera_distance
""".split()

# strengths: kept (nothing may be said), doubtful (not counted), broken, and so badly that it must be refused
MILD, DOUBTFUL, CLEAR, GROSS = "mild", "doubtful", "clear", "gross"


@dataclass(frozen=True)
class Family:
    """One kind of change to a good portrait."""

    name: str
    rule: str
    # (strength in the family's own unit, one of the four words above)
    strengths: tuple[tuple[float, str], ...]
    # (scene, strength, generator) → picture, or bytes of a JPEG, or None where the portrait does not allow it
    make: Callable
    # rules whose finding tells the person the same: it counts as found, and is no false alarm
    also: tuple[str, ...] = ()
    # rules that such a change may break too: not counted
    either: tuple[str, ...] = ()
    # rules that a mild change may break: not counted there
    mild_either: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """One picture and what is known about it."""

    name: str
    person: str
    origin: str  # "natural", "fit" or "test"
    family: str
    strength: float
    word: str
    # rule → True (broken), False (kept); what is missing is not known and not counted
    truth: dict[str, bool]
    # rules that are broken so badly that they must be refused
    gross: tuple[str, ...] = ()
    # rule → further rules whose finding counts for it
    also: dict[str, tuple[str, ...]] = field(default_factory=dict)
    acceptable: bool = False
    # from the source: skin tone and the like
    tags: dict[str, str] = field(default_factory=dict)


def of_family(family: Family, source: "Case", strength: float, word: str, origin: str) -> Case:
    """What is known about a changed portrait, from its source and the change."""
    truth = dict(source.truth)
    if word == MILD:
        unknown = family.mild_either
    else:
        unknown = (family.rule, *family.also, *family.either)
    for rule in unknown:
        truth.pop(rule, None)
    if word in (CLEAR, GROSS):
        truth[family.rule] = True
    return Case(
        name=f"{source.name}-{family.name}-{strength:g}",
        person=source.person,
        origin=origin,
        family=family.name,
        strength=strength,
        word=word,
        truth=truth,
        gross=(family.rule,) if word == GROSS else (),
        also={family.rule: family.also},
        acceptable=word == MILD,
        tags=source.tags,
    )
