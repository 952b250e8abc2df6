"""The generator that limits are fitted on: plain drawing on sRGB values. The one that is published is in `testing`
and does everything by other means."""

import cv2
import numpy as np

import pixels
from cases import CLEAR, DOUBTFUL, GROSS, MILD, Family
from fitting_worn import FAMILIES as WORN
from scene import Scene

GEOMETRY = ("whole_head", "head_size", "centred", "eye_line", "resolution")
BEHIND = ("background_plain", "background_objects", "background_shadow")
FINE = ("sharp", "motion_blur", "noise", "compression", "pixelation")


def blur(scene: Scene, strength: float, _) -> np.ndarray:
    """Gauss; σ in pixels at 200 pixels between the eyes."""
    return cv2.GaussianBlur(scene.picture, (0, 0), strength * scene.ied / 200)


def motion(scene: Scene, strength: float, random) -> np.ndarray:
    """A straight line; length by IED."""
    length = max(int(round(strength * scene.ied)), 2)
    kernel = np.zeros((2 * length + 1, 2 * length + 1), np.float32)
    angle = random.uniform(0, np.pi)
    reach = length / 2 * np.array([np.cos(angle), np.sin(angle)])
    centre = np.array([length, length])
    cv2.line(kernel, *[tuple(int(v) for v in np.rint(centre + s * reach)) for s in (-1, 1)], 1.0)
    return cv2.filter2D(scene.picture, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE)


def noise(scene: Scene, strength: float, random) -> np.ndarray:
    return scene.picture + random.normal(0, strength, scene.picture.shape).astype(np.float32)


def compression(scene: Scene, strength: float, _) -> bytes:
    return pixels.encoded(scene.picture, int(strength), halved_colour=True)


def pixelation(scene: Scene, strength: float, _) -> np.ndarray:
    """Blocks of a share of the IED."""
    height, width = scene.shape
    block = strength * scene.ied
    small = pixels.resized(scene.picture, max(int(width / block), 8), max(int(height / block), 8))
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST)


def burnt(scene: Scene, strength: float, _) -> np.ndarray:
    """Raised until this share of the face is burnt out in all channels: the same for every skin."""
    inside = scene.picture[scene.face() > 0.5].min(1)
    return scene.picture / max(float(np.quantile(inside, 1 - strength)), 0.02)


def sunk(scene: Scene, strength: float, _) -> np.ndarray:
    """Lowered until the brightest part of the face has this value."""
    inside = scene.picture[scene.face() > 0.5].max(1)
    return scene.picture * strength / float(np.quantile(inside, 0.98))


def flat(scene: Scene, strength: float, _) -> np.ndarray:
    """Haze: this share of the contrast is left."""
    return 0.45 + (scene.picture - 0.45) * strength


def side_light(scene: Scene, strength: float, random) -> np.ndarray:
    """One cheek gets this share of the other one's light, in sRGB values."""
    right, _ = scene.grid
    towards = random.choice([-1, 1])
    ramp = np.clip(right * towards / 1.1 + 0.5, -0.2, 1.2)
    return scene.picture * (1 - (1 - strength) * (1 - ramp))[..., None]


def hot_spots(scene: Scene, strength: float, random) -> np.ndarray:
    """White discs on forehead, cheek and nose, of a radius in IED; blurred edges."""
    mask = np.zeros(scene.shape, np.float32)
    for place in ([0.0, -0.55], [0.5 * random.choice([-1, 1]), 0.5], [0.0, 0.55]):
        centre = scene.at(place)[0]
        mask = np.maximum(mask, pixels.disc(scene.shape, centre, strength * scene.ied))
    return pixels.over(scene.picture, [1.0, 1.0, 1.0], pixels.softened(mask, 0.04 * scene.ied))


def sheen(scene: Scene, strength: float, random) -> np.ndarray:
    """A little shine as every forehead has: brighter, not white."""
    right, down = scene.grid
    spot = np.exp(-((right**2 + (down + 0.5) ** 2) / 0.06))
    return scene.picture * (1 + strength * spot[..., None])


def cast(scene: Scene, strength: float, random) -> np.ndarray:
    """Channels multiplied apart by 1 ± strength, over all the picture."""
    factors = [(1, 1 - strength / 3, 1 - strength), (1 - strength, 1, 1), (1, 1 - strength, 1), (1 - strength, 1, 1 - strength)]
    return scene.picture * np.float32(factors[random.integers(len(factors))])


def grey(scene: Scene, strength: float, _) -> np.ndarray:
    """This share of the colour is left."""
    luma = scene.picture @ np.float32([0.299, 0.587, 0.114])
    return luma[..., None] + (scene.picture - luma[..., None]) * strength


def red_eye(scene: Scene, strength: float, _) -> np.ndarray:
    """Red pupils of a radius in IED."""
    picture = scene.picture
    for pupil in scene.pupils:
        mask = pixels.disc(scene.shape, pupil, strength * scene.ied, 1.5) * scene.face()
        picture = pixels.over(picture, [0.85, 0.12, 0.1], 0.9 * mask)
    return picture


def roll(scene: Scene, strength: float, random) -> np.ndarray:
    """Turned so that the eye line stands at this angle; the corners get the colour of the edge."""
    angle = scene.roll - strength * random.choice([-1, 1])
    height, width = scene.shape
    turn = cv2.getRotationMatrix2D([float(v) for v in scene.eyes], angle, 1.0)
    return cv2.warpAffine(scene.picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def cut(scene: Scene, left: float, above: float, right: float, below: float) -> np.ndarray | None:
    """What lies within so many IED of the eyes on each side, blown up again to a large picture."""
    height, width = scene.shape
    x, y, ied = *scene.eyes, scene.ied
    edges = [x - left * ied, y - above * ied, x + right * ied, y + below * ied]
    bounds = np.clip(np.rint(edges), 0, [width, height, width, height]).astype(int)
    part = scene.picture[bounds[1] : bounds[3], bounds[0] : bounds[2]]
    if min(part.shape[:2]) < 100:
        return None
    scale = max(1.0, 760 / max(part.shape[:2]))
    return pixels.resized(part, int(part.shape[1] * scale), int(part.shape[0] * scale))


def cut_above(scene: Scene, strength: float, _):
    """The upper edge at this share of the way from the eyes to the crown."""
    return cut(scene, 9, strength * scene.chin, 9, 9)


def cut_below(scene: Scene, strength: float, _):
    """The lower edge at this share of the way from the eyes to the chin."""
    return cut(scene, 9, 9, 9, strength * scene.chin)


def cut_beside(scene: Scene, strength: float, random):
    sides = [strength * scene.chin, 9]
    random.shuffle(sides)
    return cut(scene, sides[0], 9, sides[1], 9)


def small_face(scene: Scene, strength: float, _) -> np.ndarray:
    """So many pixels between the eyes, in a picture that is large enough."""
    scale = strength / scene.ied
    height, width = (max(int(side * scale), 60) for side in scene.shape)
    small = pixels.resized(scene.picture, width, height)
    room = max(700 - height, 0), max(700 - width, 0)
    # the person stays at the lower edge, as somebody does who stands far from the camera
    return cv2.copyMakeBorder(small, room[0], 0, room[1] // 2, room[1] - room[1] // 2, cv2.BORDER_REPLICATE)


def small_picture(scene: Scene, strength: float, _) -> np.ndarray:
    scale = strength / max(scene.shape)
    return pixels.resized(scene.picture, round(scene.shape[1] * scale), round(scene.shape[0] * scale))


def second_face(scene: Scene, strength: float, random) -> np.ndarray:
    """The same person once more, smaller and mirrored, at an upper corner; the area of that face by the first one's."""
    scale = np.sqrt(strength)
    height, width = scene.shape
    small = pixels.resized(scene.picture[:, ::-1], int(width * scale), int(height * scale))
    mask = cv2.resize(scene.person[:, ::-1], small.shape[1::-1])
    # the smaller face stands beside the head: its middle at a quarter of an IED from the picture's edge
    away = 1.35 + 0.75 * scale
    left = random.random() < 0.5
    eyes = np.array([width - scene.eyes[0], scene.eyes[1]]) * scale
    target = scene.at([-away if left else away, -0.6])[0]
    target[0] = np.clip(target[0], 0.85 * scale * scene.ied, width - 0.85 * scale * scene.ied)
    shift = np.float32([[1, 0, target[0] - eyes[0]], [0, 1, target[1] - eyes[1]]])
    placed = cv2.warpAffine(small, shift, (width, height), borderMode=cv2.BORDER_REPLICATE)
    mask = cv2.warpAffine(mask, shift, (width, height))
    return pixels.over(scene.picture, placed, mask * (1 - scene.person))


def nobody(scene: Scene, strength: float, _) -> np.ndarray:
    """The face wiped out by a blur of so many IED."""
    height, width = scene.shape
    small = pixels.resized(scene.picture, width // 8, height // 8)
    blurred = cv2.resize(cv2.GaussianBlur(small, (0, 0), strength * scene.ied / 8), (width, height))
    return pixels.over(scene.picture, blurred, pixels.softened(cv2.dilate(scene.person, np.ones((9, 9))), 6))


def behind(scene: Scene, background: np.ndarray) -> np.ndarray:
    return pixels.over(background, scene.picture, scene.person)


def texture(scene: Scene, strength: float, random) -> np.ndarray:
    """Stripes or squares of this contrast behind the person."""
    right, down = scene.grid
    step = random.uniform(0.25, 0.6)
    pattern = np.sign(np.sin(right * np.pi / step))
    if random.random() < 0.5:
        pattern = pattern * np.sign(np.sin(down * np.pi / step))
    colour = random.uniform(0.35, 0.75, 3).astype(np.float32)
    return behind(scene, np.clip(colour + strength / 2 * pattern[..., None], 0, 1))


def gradient(scene: Scene, strength: float, random) -> np.ndarray:
    """A one-way gradient, as light makes on any wall."""
    height, width = scene.shape
    ramp = np.linspace(-0.5, 0.5, height if random.random() < 0.5 else width, dtype=np.float32)
    ramp = ramp[:, None] if len(ramp) == height else ramp[None, :]
    colour = random.uniform(0.55, 0.8, 3).astype(np.float32)
    return behind(scene, np.broadcast_to(np.clip(colour + strength * ramp[..., None], 0, 1), scene.picture.shape))


def objects(scene: Scene, strength: float, random) -> np.ndarray | None:
    """So many boxes of one colour behind the person."""
    picture, wall = scene.picture.copy(), scene.behind
    if not len(wall):
        return None
    for _ in range(int(strength)):
        middle = wall[random.integers(len(wall))][::-1]
        half = scene.ied * random.uniform(0.3, 0.6, 2)
        corners = [tuple(int(v) for v in np.rint(middle + s * half)) for s in (-1, 1)]
        cv2.rectangle(picture, *corners, [float(v) for v in random.uniform(0, 0.8, 3)], -1)
    return behind(scene, picture)


def shadow(scene: Scene, strength: float, random) -> np.ndarray:
    """The person's outline on the wall, this much darker."""
    height, width = scene.shape
    move = np.float32([[1, 0, random.choice([-1, 1]) * 0.4 * scene.ied], [0, 1, 0.15 * scene.ied]])
    outline = pixels.softened(cv2.warpAffine(scene.person, move, (width, height)), 0.05 * scene.ied)
    return behind(scene, scene.picture * (1 - strength * outline[..., None]))


def screen(scene: Scene, strength: float, random) -> np.ndarray:
    """Moiré: two gratings that beat, of this contrast."""
    height, width = scene.shape
    down, across = np.mgrid[:height, :width].astype(np.float32)
    waves = [np.sin(2 * np.pi * (across * np.cos(a) + down * np.sin(a)) / p)
             for a, p in ((random.uniform(0, 0.4), random.uniform(4, 7)), (random.uniform(1.2, 1.6), random.uniform(4, 7)))]  # fmt: skip
    return scene.picture * (1 + strength * (waves[0] + waves[1])[..., None] / 2)


def printed(scene: Scene, strength: float, random) -> np.ndarray:
    """A white border of this share of the width, on a table."""
    border = int(strength * scene.shape[1])
    framed = cv2.copyMakeBorder(scene.picture, *[border] * 4, cv2.BORDER_CONSTANT, value=[0.96, 0.96, 0.94])
    table = [float(v) for v in random.uniform(0.15, 0.55, 3)]
    around = int(0.12 * scene.shape[1])
    return cv2.copyMakeBorder(framed, *[around] * 4, cv2.BORDER_CONSTANT, value=table)


def smoothed(scene: Scene, strength: float, _) -> np.ndarray:
    """Skin smoothed by a bilateral filter."""
    done = scene.picture
    for _ in range(int(strength)):
        done = cv2.bilateralFilter(done, 5, 0.12, 0.05 * scene.ied)
    return pixels.over(scene.picture, done, scene.face(4))


FAMILIES = [
    Family("blur", "sharp", ((0.8, MILD), (1.8, DOUBTFUL), (3.5, CLEAR), (5, CLEAR), (9, GROSS)), blur,
           also=("motion_blur",), either=("pixelation", "compression", "heavy_edit", "dynamic_range", "photo_of_photo")),
    Family("motion", "motion_blur", ((0.012, MILD), (0.035, DOUBTFUL), (0.08, CLEAR), (0.13, CLEAR), (0.25, CLEAR)), motion,
           also=("sharp",), either=("heavy_edit", "gaze", "eyes_open", "mouth_closed", "red_eye", "photo_of_photo")),
    Family("noise", "noise", ((0.012, MILD), (0.03, DOUBTFUL), (0.07, CLEAR), (0.12, CLEAR)), noise,
           either=("sharp", "compression", "pixelation", "photo_of_photo", "dynamic_range", *BEHIND)),
    Family("compression", "compression", ((75, MILD), (50, MILD), (28, DOUBTFUL), (12, CLEAR), (6, CLEAR)), compression,
           also=("pixelation",), either=("sharp", "noise", "motion_blur", "heavy_edit", "colour_cast", *BEHIND)),
    Family("pixelation", "pixelation", ((0.007, MILD), (0.02, DOUBTFUL), (0.05, CLEAR), (0.09, CLEAR)), pixelation,
           also=("compression", "sharp"), either=("motion_blur", "noise", "photo_of_photo", "heavy_edit", *BEHIND)),
    Family("burnt", "exposure", ((0.005, DOUBTFUL), (0.1, DOUBTFUL), (0.3, CLEAR), (0.55, CLEAR), (0.9, GROSS)), burnt,
           also=("hot_spots", "dynamic_range"),
           either=("even_light", "colour_cast", "greyscale", "sharp", "noise", "whole_head", "heavy_edit", *BEHIND)),
    Family("sunk", "exposure", ((0.5, MILD), (0.3, DOUBTFUL), (0.12, CLEAR), (0.06, CLEAR), (0.025, GROSS)), sunk,
           also=("dynamic_range",),
           either=("even_light", "colour_cast", "greyscale", "sharp", "noise", "compression", "tinted_glasses", *BEHIND)),
    Family("haze", "dynamic_range", ((0.85, MILD), (0.55, DOUBTFUL), (0.25, CLEAR), (0.15, CLEAR)), flat,
           also=("exposure",), either=("greyscale", "sharp", "even_light", "noise", "tinted_glasses", "heavy_edit")),
    Family("side light", "even_light", ((0.88, MILD), (0.7, DOUBTFUL), (0.4, CLEAR), (0.22, CLEAR)), side_light,
           also=("exposure", "dynamic_range"), either=("hot_spots", "face_occluded", "background_plain", "background_shadow")),
    Family("hot spots", "hot_spots", ((0.12, DOUBTFUL), (0.2, CLEAR), (0.28, CLEAR)), hot_spots,
           also=("exposure", "even_light"), either=("face_occluded", "heavy_edit")),
    Family("sheen", "hot_spots", ((0.08, MILD), (0.15, MILD)), sheen),
    Family("cast", "colour_cast", ((0.04, MILD), (0.15, DOUBTFUL), (0.35, CLEAR), (0.5, CLEAR)), cast,
           either=("greyscale", "exposure", "dynamic_range", "red_eye", "even_light")),
    Family("grey", "greyscale", ((0.75, MILD), (0.3, DOUBTFUL), (0.06, CLEAR), (0.0, CLEAR)), grey, also=("colour_cast",)),
    Family("red eye", "red_eye", ((0.045, CLEAR), (0.06, CLEAR), (0.08, CLEAR)), red_eye,
           either=("gaze", "eyes_occluded", "heavy_edit")),
    Family("roll", "roll", ((4, MILD), (9, MILD), (13.5, DOUBTFUL), (19, CLEAR), (27, CLEAR), (40, CLEAR)), roll,
           either=(*GEOMETRY, *BEHIND, "yaw", "pitch", "photo_of_photo"), mild_either=BEHIND),
    Family("cut above", "whole_head", ((1.02, DOUBTFUL), (0.7, CLEAR), (0.45, CLEAR)), cut_above,
           also=("head_size", "eye_line", "centred"), either=("sharp", "one_face", *BEHIND)),
    Family("cut below", "whole_head", ((1.25, MILD), (1.05, DOUBTFUL), (0.8, CLEAR), (0.55, CLEAR)), cut_below,
           also=("head_size", "eye_line", "centred"), either=("one_face", "mouth_closed", "pitch", "yaw", *BEHIND)),
    Family("cut beside", "whole_head", ((0.95, MILD), (0.72, DOUBTFUL), (0.4, CLEAR), (0.25, CLEAR)), cut_beside,
           also=("head_size", "eye_line", "centred"), either=("one_face", "yaw", "resolution", "even_light", *BEHIND)),
    Family("tight", "centred", ((0.68, CLEAR), (0.6, CLEAR)), cut_beside,
           also=("head_size", "eye_line", "whole_head"), either=("one_face", "yaw", "even_light", *BEHIND)),
    Family("small face", "resolution", ((85, MILD), (66, DOUBTFUL), (48, CLEAR), (36, CLEAR)), small_face,
           also=("large_enough",), either=("sharp", "compression", "pixelation", "noise", "one_face", *BEHIND)),
    Family("small picture", "large_enough", ((700, MILD), (560, CLEAR), (420, CLEAR)), small_picture,
           also=("resolution",), either=("sharp", "compression", "pixelation", "noise", "motion_blur", *BEHIND)),
    Family("second face", "one_face", ((0.05, MILD), (0.14, DOUBTFUL), (0.3, CLEAR), (0.5, CLEAR)), second_face,
           either=BEHIND, mild_either=BEHIND),
    Family("nobody", "one_face", ((0.6, CLEAR), (1.2, CLEAR)), nobody, either=GEOMETRY),
    Family("texture", "background_plain", ((0.02, MILD), (0.1, DOUBTFUL), (0.25, CLEAR), (0.5, CLEAR)), texture,
           also=("background_objects",), either=("background_shadow", "photo_of_photo", "colour_cast")),
    Family("gradient", "background_plain", ((0.15, MILD), (0.3, MILD)), gradient, mild_either=("colour_cast",)),
    Family("objects", "background_objects", ((1, CLEAR), (3, CLEAR), (6, CLEAR)), objects,
           also=("background_plain", "background_shadow"), either=("photo_of_photo",)),
    Family("shadow", "background_shadow", ((0.06, MILD), (0.15, DOUBTFUL), (0.35, CLEAR), (0.55, CLEAR)), shadow,
           also=("background_plain", "background_objects"), mild_either=("background_plain",)),
    Family("screen", "photo_of_photo", ((0.04, DOUBTFUL), (0.12, CLEAR), (0.2, CLEAR)), screen,
           either=("noise", "compression", "sharp", "pixelation", "heavy_edit", *BEHIND)),
    Family("print", "photo_of_photo", ((0.04, CLEAR), (0.08, CLEAR)), printed, either=(*BEHIND, "resolution")),
    Family("smoothed", "heavy_edit", ((1, DOUBTFUL), (4, CLEAR), (8, CLEAR)), smoothed, either=("sharp", "motion_blur", "compression")),
    *WORN,
]
