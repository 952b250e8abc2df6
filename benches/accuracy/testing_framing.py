"""The testing generator's framing and surroundings: other people, walls, rooms, shadows, photos of photos."""

import cv2
import numpy as np

import pixels
import scene as face
from cases import CLEAR, DOUBTFUL, MILD, Family
from scene import Scene
from testing_worn import any_colour, cloth, curve, field

GEOMETRY = ("whole_head", "head_size", "centred", "eye_line", "resolution")
BEHIND = ("background_plain", "background_objects", "background_shadow")


def wall(scene: Scene) -> np.ndarray:
    """What the background's median colour would be as a plain wall with a little grain of its own."""
    behind = scene.picture[scene.person < 0.1]
    colour = np.median(behind, axis=0) if len(behind) > 100 else np.float32([0.7, 0.7, 0.7])
    return np.broadcast_to(colour.astype(np.float32), scene.picture.shape)


def placed(scene: Scene, matrix: np.ndarray, width: int, height: int) -> np.ndarray:
    """The portrait moved by a matrix on a canvas; where there is none of it, wall that begins softly."""
    picture = cv2.warpAffine(scene.picture, matrix, (width, height), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    there = cv2.warpAffine(np.ones(scene.shape, np.float32), matrix, (width, height))
    person = cv2.warpAffine(scene.person, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    small = cv2.resize(picture, (max(width // 16, 4), max(height // 16, 4)), interpolation=cv2.INTER_AREA)
    soft = cv2.resize(cv2.GaussianBlur(small, (0, 0), 3), (width, height))
    keep = np.maximum(pixels.softened(cv2.erode(there, np.ones((15, 15))), 5), person)
    return pixels.over(soft, picture, keep)


def leaned(scene: Scene, strength: float, random) -> np.ndarray:
    """The eye line at this angle; turned about the picture's middle."""
    height, width = scene.shape
    angle = scene.roll - strength * random.choice([-1, 1])
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 0.97)
    return placed(scene, matrix, width, height)


def bounded(scene: Scene, left: float, above: float, right: float, below: float) -> np.ndarray | None:
    """Edges in units of T from the eyes, made larger again; T from eyes to chin."""
    height, width = scene.shape
    unit = scene.chin * scene.ied
    x, y = scene.eyes
    box = np.rint([max(x - left * unit, 0), max(y - above * unit, 0), min(x + right * unit, width), min(y + below * unit, height)]).astype(int)
    part = scene.picture[box[1] : box[3], box[0] : box[2]]
    if min(part.shape[:2]) < 90:
        return None
    scale = max(1.0, 820 / max(part.shape[:2]))
    return cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_LANCZOS4)


def headless(scene: Scene, strength: float, random) -> np.ndarray | None:
    """1 cut at the forehead, 2 at the brows, 3 at one temple, 4 at the lower lip, 5 at forehead and chin alike."""
    edges = {
        1: (9, random.uniform(0.5, 0.68), 9, 9), 2: (9, random.uniform(0.22, 0.35), 9, 9), 3: (random.uniform(0.25, 0.42), 9, 9, 9),
        4: (9, 9, 9, random.uniform(0.5, 0.75)), 5: (0.75, 0.6, 0.75, 0.85),
    }[int(strength)]  # fmt: skip
    if int(strength) == 3 and random.random() < 0.5:
        edges = (9, 9, edges[0], 9)
    return bounded(scene, *edges)


def close(scene: Scene, strength: float, random) -> np.ndarray | None:
    """As near as a card still allows: all sides this far, in shares of what a card needs at the least."""
    return bounded(scene, 0.77 * strength, 0.95 * strength, 0.77 * strength, 1.2 * strength)


def aside(scene: Scene, strength: float, random) -> np.ndarray | None:
    """The face at one edge, which begins this many T beside the eyes: the head is whole, a card is not."""
    edges = [strength, 9] if random.random() < 0.5 else [9, strength]
    return bounded(scene, edges[0], 9, edges[1], 9)


def far(scene: Scene, strength: float, random) -> np.ndarray:
    """So many pixels between the eyes, somewhere in a room of 900 × 1000."""
    scale = strength / scene.ied
    width, height = 900, 1000
    across = random.uniform(0.35, 0.65) * width - scene.eyes[0] * scale
    down = height - scene.shape[0] * scale
    return placed(scene, np.float32([[scale, 0, across], [0, scale, down]]), width, height)


def shrunk(scene: Scene, strength: float, _) -> np.ndarray:
    scale = strength / max(scene.shape)
    light = cv2.resize(pixels.linear(scene.picture), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return pixels.srgb(light)


def somebody(scene: Scene, strength: float, random, other: Scene) -> np.ndarray:
    """Another person behind, cut out by the mask; strength: that face's area by the first one's."""
    height, width = scene.shape
    scale = np.sqrt(strength) * scene.ied / other.ied
    side = random.choice([-1, 1])
    away = 1.25 + 0.8 * np.sqrt(strength)
    target = scene.at([side * away, -0.35 - 0.3 * np.sqrt(strength)])[0]
    reach = 0.9 * np.sqrt(strength) * scene.ied
    target[0] = np.clip(target[0], reach, width - reach)
    matrix = np.float32([[scale, 0, target[0] - other.eyes[0] * scale], [0, scale, target[1] - other.eyes[1] * scale]])
    mask = cv2.warpAffine(other.person, matrix, (width, height), flags=cv2.INTER_AREA)
    picture = cv2.warpAffine(other.picture, matrix, (width, height), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    # a little out of focus, as what stands behind is
    picture = cv2.GaussianBlur(picture, (0, 0), 0.8)
    return pixels.over(scene.picture, picture, mask * (1 - scene.person))


somebody.needs_others = True


def faceless(scene: Scene, strength: float, random) -> np.ndarray:
    """1 an empty wall, 2 the back of a head: hair where the face was."""
    if strength == 1:
        _, down = scene.grid
        shade = 1 + 0.04 * field(scene.shape, random, 200)[..., None] + 0.02 * down[..., None]
        return np.clip(wall(scene) * shade, 0, 1)
    right, down = scene.grid
    colour = any_colour(random) * 0.4
    streaks = np.sin(right * 40 + 3 * field(scene.shape, random, 0.5 * scene.ied))
    hair = np.clip(colour * (1 + 0.25 * streaks[..., None]), 0, 1)
    oval = scene.inward(scene.points[face.OVAL])
    middle = oval.mean(0)
    ball = curve(middle + (oval[::3] - middle) * [1.25, 1.3])
    return pixels.over(scene.picture, hair, pixels.polygon(scene.shape, scene.at(*ball), 2))


def behind(scene: Scene, background: np.ndarray) -> np.ndarray:
    """The person before another background, whose light wraps around the outline a little."""
    edge = pixels.softened(scene.person, 0.8)
    return pixels.over(np.clip(background, 0, 1), scene.picture, edge)


def room(scene: Scene, strength: float, random) -> np.ndarray:
    """Bricks, leaves, books or a pattern, mixed into a plain wall by this share."""
    height, width = scene.shape
    right, down = scene.grid
    plain = wall(scene)
    kind = int(random.integers(4))
    if kind == 0:
        rows = np.floor(down / 0.22)
        joints = (((right / 0.5 + 0.5 * (rows % 2)) % 1) < 0.05) | (((down / 0.22) % 1) < 0.1)
        tone = 0.6 + 0.12 * field(scene.shape, random, 0.4 * scene.ied)
        busy = np.where(joints[..., None], np.float32([0.8, 0.78, 0.74]), np.float32([0.62, 0.3, 0.22]) * tone[..., None] * 1.6)
    elif kind == 1:
        busy = np.full((height, width, 3), [0.2, 0.3, 0.15], np.float32)
        for _ in range(350):
            centre = tuple(int(v) for v in random.uniform(0, [width, height]))
            size = tuple(int(v) for v in random.uniform(0.08, 0.28, 2) * scene.ied)
            colour = random.uniform(0.5, 1.5) * np.float32([0.25, 0.45, 0.2])
            cv2.ellipse(busy, centre, size, random.uniform(0, 180), 0, 360, [float(v) for v in np.clip(colour, 0, 1)], -1, cv2.LINE_AA)
    elif kind == 2:
        busy = np.full((height, width, 3), 0.2, np.float32)
        shelf = int(0.95 * scene.ied)
        for top in range(int(random.integers(0, shelf)) - shelf, height, shelf):
            x = 0
            while x < width:
                thick = int(random.uniform(0.08, 0.25) * scene.ied) + 2
                tall = int(random.uniform(0.6, 0.88) * shelf)
                cv2.rectangle(busy, (x, top + shelf - tall), (x + thick, top + shelf - 8), [float(v) for v in random.uniform(0.1, 0.85, 3)], -1)
                x += thick + 1
            cv2.rectangle(busy, (0, top + shelf - 8), (width, top + shelf), [0.45, 0.33, 0.22], -1)
    else:
        period = random.uniform(0.25, 0.5)
        petals = np.sin(right * 2 * np.pi / period) * np.sin(down * 2 * np.pi / period) > 0.35
        busy = np.where(petals[..., None], random.uniform(0.2, 0.9, 3), random.uniform(0.2, 0.9, 3)).astype(np.float32)
    return behind(scene, plain * (1 - strength) + busy * strength)


def plaster_wall(scene: Scene, strength: float, random) -> np.ndarray:
    """A wall with a grain and light that falls off to one corner."""
    height, width = scene.shape
    down, across = np.mgrid[:height, :width].astype(np.float32)
    fall = ((across / width) * random.uniform(-1, 1) + (down / height) * random.uniform(-1, 1)) * strength
    grain = 0.006 * cv2.GaussianBlur(random.standard_normal((height, width), dtype=np.float32), (0, 0), 1.2) * 3
    colour = np.float32([[0.78, 0.78, 0.76], [0.62, 0.66, 0.7], [0.8, 0.76, 0.68]][random.integers(3)])
    return behind(scene, colour + (fall + grain)[..., None])


def furniture(scene: Scene, strength: float, random) -> np.ndarray | None:
    """So many of: a framed picture, a plant, a door's edge, a lamp."""
    picture = np.array(scene.picture)
    height, free = scene.shape[0], scene.behind
    if not len(free):
        return None
    for number in range(int(strength)):
        y, x = free[random.integers(len(free))]
        kind = (number + int(random.integers(4))) % 4
        unit = scene.ied
        if kind == 0:
            half = (random.uniform(0.35, 0.6, 2) * unit).astype(int)
            cv2.rectangle(picture, (int(x - half[0]), int(y - half[1])), (int(x + half[0]), int(y + half[1])), [0.25, 0.17, 0.1], -1)
            inner = (half * 0.8).astype(int)
            cv2.rectangle(picture, (int(x - inner[0]), int(y - inner[1])), (int(x + inner[0]), int(y + inner[1])), [float(v) for v in random.uniform(0.3, 0.9, 3)], -1)
            cv2.circle(picture, (int(x), int(y)), int(0.15 * unit), [float(v) for v in random.uniform(0.1, 0.9, 3)], -1, cv2.LINE_AA)
        elif kind == 1:
            for _ in range(24):
                angle = random.uniform(0, 2 * np.pi)
                end = (int(x + np.cos(angle) * random.uniform(0.3, 0.7) * unit), int(y + np.sin(angle) * random.uniform(0.3, 0.7) * unit))
                cv2.line(picture, (int(x), int(y)), end, [0.1, float(random.uniform(0.25, 0.55)), 0.12], int(0.07 * unit), cv2.LINE_AA)
        elif kind == 2:
            wide = int(0.35 * unit)
            left = int(x - wide / 2)
            cv2.rectangle(picture, (left, 0), (left + wide, height), [0.42, 0.3, 0.2], -1)
            cv2.rectangle(picture, (left + wide // 3, 0), (left + wide // 3 + 4, height), [0.2, 0.14, 0.1], -1)
        else:
            cv2.circle(picture, (int(x), int(y)), int(0.35 * unit), [0.98, 0.92, 0.7], -1, cv2.LINE_AA)
            cv2.line(picture, (int(x), int(y)), (int(x), 0), [0.1, 0.1, 0.1], max(int(0.04 * unit), 1))
    return behind(scene, picture)


def cast_shadow(scene: Scene, strength: float, random) -> np.ndarray:
    """A lamp from above at one side: the outline on the wall, larger and soft, takes away this share of the light."""
    height, width = scene.shape
    scale = 1.06
    side = random.choice([-1, 1]) * random.uniform(0.3, 0.55) * scene.ied
    matrix = np.float32([[scale, 0, side - (scale - 1) * scene.eyes[0]], [0, scale, 0.2 * scene.ied - (scale - 1) * scene.eyes[1]]])
    outline = pixels.softened(cv2.warpAffine(scene.person, matrix, (width, height)), 0.09 * scene.ied)
    light = pixels.linear(np.ascontiguousarray(scene.picture)) * (1 - strength * outline[..., None])
    return behind(scene, pixels.srgb(light))


def monitor(scene: Scene, strength: float, random) -> np.ndarray:
    """Shown on a screen whose stripes of red, green and blue are this deep, and taken at a small angle."""
    height, width = scene.shape
    down, across = np.mgrid[:height, :width].astype(np.float32)
    angle, pitch = random.uniform(0.02, 0.12), random.uniform(2.3, 3.6)
    along = (across * np.cos(angle) + down * np.sin(angle)) / pitch
    rows = (down * np.cos(angle) - across * np.sin(angle)) / pitch
    stripes = np.stack([0.5 + 0.5 * np.cos(2 * np.pi * (along - shift / 3)) for shift in range(3)], -1)
    gaps = 0.5 + 0.5 * np.cos(2 * np.pi * rows)
    light = pixels.linear(scene.picture) * (1 - strength + 2 * strength * stripes * 0.75) * (1 - 0.4 * strength * gaps[..., None])
    glow = 0.03 * np.exp(-(((across - width * random.random()) / (0.3 * width)) ** 2))
    return pixels.srgb(cv2.GaussianBlur(light, (0, 0), 0.55) + glow[..., None])


def on_table(scene: Scene, strength: float, random) -> np.ndarray:
    """A print on a table, seen a little aslant: 1 with a white border, 2 without."""
    height, width = scene.shape
    picture = scene.picture
    if strength == 1:
        edge = int(0.05 * width)
        picture = cv2.copyMakeBorder(picture, *[edge] * 4, cv2.BORDER_CONSTANT, value=[0.95, 0.95, 0.93])
        picture = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    table = cloth(scene, random, random.uniform(0.15, 0.6, 3), 0.08)
    corners = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    target = np.float32([[0.12, 0.1], [0.9, 0.13], [0.87, 0.9], [0.1, 0.88]]) * [width, height] + random.uniform(-0.03, 0.03, (4, 2)) * [width, height]
    matrix = cv2.getPerspectiveTransform(corners, target.astype(np.float32))
    printed = cv2.warpPerspective(picture * 0.92 + 0.03, matrix, (width, height), flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.ones((height, width), np.float32), matrix, (width, height))
    dark = 1 - 0.4 * pixels.softened(mask, 0.02 * width)
    return pixels.over(table * dark[..., None], printed, mask)


def filtered(scene: Scene, strength: float, random) -> np.ndarray:
    """1 skin smoothed by a guided filter, 2 eyes, nose and ears of an animal stuck on, 3 both with a glow."""
    picture = scene.picture
    if strength in (1, 3):
        radius = int(0.09 * scene.ied)
        smooth = cv2.ximgproc.guidedFilter(picture, picture, radius, 0.006)
        smooth = cv2.ximgproc.guidedFilter(smooth, smooth, radius, 0.004)
        keep = pixels.polygon(scene.shape, scene.points[face.LEFT_EYE], 4) + pixels.polygon(scene.shape, scene.points[face.RIGHT_EYE], 4)
        picture = pixels.over(picture, smooth, scene.face(5) * (1 - np.clip(keep, 0, 1)))
    if strength in (2, 3):
        fur = any_colour(random)
        for side in (-1, 1):
            ear = scene.at(*curve([(side * 0.5, -1.2), (side * 0.75, -2.1), (side * 1.25, -1.9), (side * 1.2, -0.9)]))
            picture = pixels.over(picture, fur, pixels.polygon(scene.shape, ear, 1))
        nose = scene.at(*curve([(-0.2, 0.6), (0, 0.52), (0.2, 0.6), (0.12, 0.75), (0, 0.8), (-0.12, 0.75)]))
        picture = pixels.over(picture, [0.08, 0.05, 0.06], pixels.polygon(scene.shape, nose, 1))
    if strength == 3:
        glow = cv2.GaussianBlur(picture, (0, 0), 0.06 * scene.ied)
        picture = 1 - (1 - picture) * (1 - 0.25 * glow)
    return picture


FAMILIES = [
    Family("leaned", "roll", ((4, MILD), (9, MILD), (13.5, DOUBTFUL), (18.5, CLEAR), (25, CLEAR), (38, CLEAR)), leaned,
           either=(*GEOMETRY, *BEHIND, "yaw", "pitch", "photo_of_photo"), mild_either=BEHIND),
    Family("headless", "whole_head", ((1, CLEAR), (2, CLEAR), (3, CLEAR), (4, CLEAR), (5, CLEAR)), headless,
           also=("head_size", "eye_line", "centred"),
           either=("one_face", "sharp", "mouth_closed", "pitch", "yaw", "even_light", "resolution", "head_covering", *BEHIND)),
    Family("close", "head_size", ((1.12, MILD), (0.98, DOUBTFUL), (0.78, CLEAR)), close,
           also=("whole_head", "eye_line", "centred"), either=("one_face", "sharp", "even_light", *BEHIND), mild_either=BEHIND),
    Family("aside", "centred", ((0.9, MILD), (0.74, DOUBTFUL), (0.64, CLEAR)), aside,
           also=("head_size", "eye_line", "whole_head"), either=("one_face", "yaw", "even_light", *BEHIND), mild_either=BEHIND),
    Family("far", "resolution", ((80, MILD), (64, DOUBTFUL), (50, CLEAR), (34, CLEAR)), far,
           also=("large_enough",), either=("sharp", "compression", "pixelation", "noise", "one_face", *BEHIND), mild_either=BEHIND),
    Family("shrunk", "large_enough", ((680, MILD), (570, CLEAR), (400, CLEAR)), shrunk,
           also=("resolution",), either=("sharp", "compression", "pixelation", "noise", "motion_blur", *BEHIND)),
    Family("somebody", "one_face", ((0.05, MILD), (0.14, DOUBTFUL), (0.28, CLEAR), (0.5, CLEAR)), somebody,
           either=BEHIND, mild_either=BEHIND),
    Family("faceless", "one_face", ((1, CLEAR), (2, CLEAR)), faceless, either=GEOMETRY),
    Family("room", "background_plain", ((0.2, DOUBTFUL), (0.5, CLEAR), (1.0, CLEAR)), room,
           also=("background_objects",), either=("background_shadow", "photo_of_photo", "colour_cast")),
    Family("wall", "background_plain", ((0.05, MILD), (0.12, MILD)), plaster_wall, mild_either=("colour_cast",)),
    Family("furniture", "background_objects", ((1, CLEAR), (2, CLEAR), (4, CLEAR)), furniture,
           also=("background_plain", "background_shadow"), either=("photo_of_photo",)),
    Family("cast shadow", "background_shadow", ((0.1, MILD), (0.25, DOUBTFUL), (0.55, CLEAR), (0.75, CLEAR)), cast_shadow,
           also=("background_plain", "background_objects"), mild_either=("background_plain",)),
    Family("monitor", "photo_of_photo", ((0.08, DOUBTFUL), (0.3, CLEAR), (0.55, CLEAR)), monitor,
           either=("noise", "compression", "sharp", "pixelation", "heavy_edit", "colour_cast", *BEHIND)),
    Family("on table", "photo_of_photo", ((1, CLEAR), (2, CLEAR)), on_table, either=(*BEHIND, "resolution", "colour_cast", "roll", "yaw", "pitch")),
    Family("filtered", "heavy_edit", ((1, CLEAR), (2, CLEAR), (3, CLEAR)), filtered,
           either=("sharp", "motion_blur", "compression", "face_occluded", "head_covering", "camera_distance", "mouth_occluded",
                   "hot_spots", "exposure", "neutral_expression", "dynamic_range", *BEHIND)),
]
