"""The testing generator's light and optics: everything in linear light, as a lens and a sensor do it."""

import cv2
import numpy as np
from io import BytesIO
from PIL import Image

import pixels
from cases import CLEAR, DOUBTFUL, GROSS, MILD, Family
from scene import Scene
from testing_mesh import normals

BEHIND = ("background_plain", "background_objects", "background_shadow")


def convolved(scene: Scene, kernel: np.ndarray) -> np.ndarray:
    light = cv2.filter2D(pixels.linear(scene.picture), -1, kernel / kernel.sum(), borderType=cv2.BORDER_REFLECT)
    return pixels.srgb(light)


def defocus(scene: Scene, strength: float, _) -> np.ndarray:
    """A disc; radius in pixels at 200 pixels between the eyes."""
    radius = strength * scene.ied / 200
    size = 2 * int(np.ceil(radius)) + 3
    return convolved(scene, pixels.disc((size, size), (size // 2, size // 2), radius, 1.0))


def shake(scene: Scene, strength: float, random) -> np.ndarray:
    """A hand's path: nearly straight, of uneven speed; length by IED."""
    length = strength * scene.ied
    steps = 200
    angle = random.uniform(0, np.pi) + np.cumsum(random.normal(0, 0.02, steps))
    speed = np.abs(1 + np.cumsum(random.normal(0, 0.06, steps)))
    path = np.cumsum(np.stack([np.cos(angle), np.sin(angle)], 1) * speed[:, None], 0)
    path = (path - (path.min(0) + path.max(0)) / 2) * length / np.hypot(*(path.max(0) - path.min(0)))
    size = 2 * int(np.ceil(length)) + 5
    kernel = np.zeros((size, size), np.float32)
    for x, y in path + size // 2:
        column, row = int(x), int(y)
        kernel[row : row + 2, column : column + 2] += np.outer([1 - y % 1, y % 1], [1 - x % 1, x % 1])
    return convolved(scene, kernel)


def enlarged(scene: Scene, strength: float, _) -> np.ndarray:
    """From a picture with so many pixels between the eyes, enlarged smoothly."""
    height, width = scene.shape
    scale = strength / scene.ied
    if scale > 0.9:
        return None
    small = cv2.resize(pixels.linear(scene.picture), (int(width * scale), int(height * scale)), interpolation=cv2.INTER_AREA)
    return cv2.resize(pixels.srgb(small), (width, height), interpolation=cv2.INTER_LANCZOS4)


def mosaic(scene: Scene, strength: float, random) -> np.ndarray:
    """Squares of one colour each, on a grid that begins anywhere."""
    height, width = scene.shape
    step = strength * scene.ied
    start = random.uniform(0, step, 2)
    rows = ((np.arange(height) + start[0]) / step).astype(int)
    columns = ((np.arange(width) + start[1]) / step).astype(int)
    index = rows[:, None] * (columns.max() + 1) + columns[None, :]
    count = np.bincount(index.ravel())
    light = pixels.linear(scene.picture)
    means = np.stack([np.bincount(index.ravel(), light[..., channel].ravel()) for channel in range(3)], 1)
    return pixels.srgb((means / np.maximum(count, 1)[:, None])[index].astype(np.float32))


def grain(scene: Scene, strength: float, random) -> np.ndarray:
    """Light counted in few quanta, read out with rows of their own, colour spread by demosaicing. Strength: deviation at
    middle grey, of sRGB."""
    light = pixels.linear(scene.picture)
    shape = light.shape
    drawn = random.standard_normal(shape, dtype=np.float32)
    # colour is known at every second pixel only
    drawn = 0.6 * drawn + 0.9 * cv2.GaussianBlur(drawn, (0, 0), 0.9)
    rows = random.standard_normal((shape[0], 1, 1), dtype=np.float32)
    slope = 0.61  # of linear light by sRGB at middle grey
    noise = strength * slope * (np.sqrt(np.maximum(light, 0) / 0.214) * 0.85 + 0.2) * drawn + 0.1 * strength * slope * rows
    return pixels.srgb(light + noise)


def jpeg(scene: Scene, strength: float, _) -> bytes:
    """Another encoder, progressive, with colour at half the size."""
    out = BytesIO()
    Image.fromarray(pixels.bytes_of(scene.picture)).save(out, "JPEG", quality=int(strength), subsampling=2, progressive=True)
    return out.getvalue()


def passed_on(scene: Scene, strength: float, _) -> np.ndarray:
    """Shrunk, compressed twice and enlarged again, as messengers do."""
    height, width = scene.shape
    picture = pixels.resized(scene.picture, int(width * 0.8), int(height * 0.8))
    for quality in (strength + 6, strength):
        picture = pixels.decoded(pixels.encoded(picture, int(quality), halved_colour=True))
    return pixels.resized(picture, width, height)


def stops(scene: Scene, strength: float, _) -> np.ndarray:
    """So many stops more or less light; highlights roll off."""
    light = pixels.linear(scene.picture) * 2**strength
    return pixels.srgb(np.where(light > 0.8, 0.8 + 0.2 * np.tanh((light - 0.8) / 0.2), light))


def burnt(scene: Scene, strength: float, _) -> np.ndarray:
    """So much light that this share of the face is beyond the sensor in all channels."""
    light = pixels.linear(scene.picture)
    inside = light[scene.face() > 0.5].min(1)
    return pixels.srgb(light * 1.02 / max(float(np.quantile(inside, 1 - strength)), 1e-3))


def sunk(scene: Scene, strength: float, random) -> np.ndarray:
    """So little light that the brightest part of the face reaches this sRGB value, with what the sensor reads out as black
    taken off and its noise left."""
    light = pixels.linear(scene.picture)
    inside = light[scene.face() > 0.5].max(1)
    aim = float(pixels.linear(np.float32(strength)))
    light = light * aim / float(np.quantile(inside, 0.98))
    light = light + random.standard_normal(light.shape, dtype=np.float32) * aim * 0.03 - aim * 0.02
    return pixels.srgb(light)


def veil(scene: Scene, strength: float, _) -> np.ndarray:
    """Stray light: this share of what reaches the sensor is the same everywhere."""
    return pixels.srgb(pixels.linear(scene.picture) * (1 - strength) + 0.45 * strength)


def lamp(scene: Scene, strength: float, random) -> np.ndarray:
    """This share of the person's light comes from one side, by the face's own normals; the wall stays as it is."""
    facing = normals(scene)
    angle = np.radians(72) * random.choice([-1, 1])
    lit = np.clip(facing[..., 0] * np.sin(angle) + facing[..., 2] * np.cos(angle) - facing[..., 1] * 0.15, 0, 1)
    factor = (1 - strength) + strength * lit / 0.95
    light = pixels.linear(scene.picture)
    return pixels.srgb(pixels.over(light, light * factor[..., None], scene.person))


def shine(scene: Scene, strength: float, random) -> np.ndarray:
    """A lamp mirrored in the skin, by the face's own normals; strength: how much light it adds."""
    facing = normals(scene)
    towards = np.array([random.choice([-1, 1]) * random.uniform(0.2, 0.4), -random.uniform(0.15, 0.4), 1])
    towards /= np.linalg.norm(towards)
    spot = np.clip(facing @ towards.astype(np.float32), 0, 1) ** 60
    return pixels.srgb(pixels.linear(scene.picture) + (strength * spot * scene.face(0.03 * scene.ied))[..., None])


LAMPS = np.float32([[1.55, 1.0, 0.42], [0.7, 1.0, 1.5], [0.8, 1.2, 0.75], [1.3, 0.8, 1.25]])


def lamps(scene: Scene, strength: float, random) -> np.ndarray:
    """The light of a bulb, of shade, of tubes, of diodes, not balanced."""
    light = pixels.linear(scene.picture) * LAMPS[random.integers(len(LAMPS))] ** strength
    return pixels.srgb(light / max(1.0, float(np.quantile(light.max(-1), 0.98))))


def grey(scene: Scene, strength: float, _) -> np.ndarray:
    """This share of the colour is left, in linear light."""
    light = pixels.linear(scene.picture)
    luminance = (light @ np.float32([0.2126, 0.7152, 0.0722]))[..., None]
    return pixels.srgb(luminance + (light - luminance) * strength)


def flash(scene: Scene, strength: float, _) -> np.ndarray:
    """The flash comes back from the retina: a red glow of this radius in IED."""
    light, face = pixels.linear(scene.picture), scene.face()
    right, down = scene.grid
    for side in scene.inward(scene.pupils):
        far = np.hypot(right - side[0], down - side[1]) / strength
        glow = np.exp(-(far**4)) * face
        light = light * (1 - 0.5 * glow[..., None]) + glow[..., None] * np.float32([0.5, 0.025, 0.03])
    return pixels.srgb(light)


FAMILIES = [
    Family("defocus", "sharp", ((1.3, MILD), (4, DOUBTFUL), (8, CLEAR), (12, CLEAR), (20, GROSS)), defocus,
           also=("motion_blur",), either=("pixelation", "compression", "heavy_edit", "dynamic_range", "photo_of_photo", "red_eye")),
    Family("shake", "motion_blur", ((0.012, MILD), (0.035, DOUBTFUL), (0.1, CLEAR), (0.16, CLEAR), (0.28, CLEAR)), shake,
           also=("sharp",), either=("heavy_edit", "gaze", "eyes_open", "mouth_closed", "red_eye", "photo_of_photo")),
    Family("enlarged", "sharp", ((110, MILD), (55, DOUBTFUL), (26, CLEAR), (18, CLEAR)), enlarged,
           also=("pixelation", "motion_blur"), either=("compression", "heavy_edit", "photo_of_photo", "resolution", "red_eye")),
    Family("mosaic", "pixelation", ((0.02, DOUBTFUL), (0.045, CLEAR), (0.08, CLEAR)), mosaic,
           also=("compression", "sharp"), either=("motion_blur", "noise", "photo_of_photo", "heavy_edit", "red_eye", *BEHIND)),
    Family("grain", "noise", ((0.01, MILD), (0.03, DOUBTFUL), (0.075, CLEAR), (0.13, CLEAR)), grain,
           either=("sharp", "motion_blur", "compression", "pixelation", "photo_of_photo", "dynamic_range", *BEHIND)),
    Family("jpeg", "compression", ((80, MILD), (55, MILD), (28, DOUBTFUL), (11, CLEAR), (5, CLEAR)), jpeg,
           also=("pixelation",), either=("sharp", "noise", "motion_blur", "heavy_edit", "colour_cast", *BEHIND)),
    Family("passed on", "compression", ((30, DOUBTFUL), (8, CLEAR)), passed_on,
           also=("pixelation",), either=("sharp", "noise", "motion_blur", "heavy_edit", "colour_cast", *BEHIND)),
    Family("stops", "exposure", ((-0.7, MILD), (0.35, MILD)), stops, mild_either=BEHIND),
    Family("too bright", "exposure", ((0.08, DOUBTFUL), (0.35, CLEAR), (0.65, CLEAR), (0.92, GROSS)), burnt,
           also=("hot_spots", "dynamic_range"),
           either=("even_light", "colour_cast", "greyscale", "sharp", "noise", "whole_head", "heavy_edit", *BEHIND)),
    Family("too dark", "exposure", ((0.28, DOUBTFUL), (0.11, CLEAR), (0.055, CLEAR), (0.025, GROSS)), sunk,
           also=("dynamic_range",),
           either=("even_light", "colour_cast", "greyscale", "sharp", "noise", "compression", "tinted_glasses", "motion_blur", *BEHIND)),
    Family("veil", "dynamic_range", ((0.04, MILD), (0.3, DOUBTFUL), (0.75, CLEAR), (0.87, CLEAR)), veil,
           also=("exposure",), either=("greyscale", "sharp", "even_light", "noise", "tinted_glasses", "heavy_edit")),
    Family("lamp", "even_light", ((0.2, MILD), (0.55, DOUBTFUL), (0.9, CLEAR), (0.97, CLEAR)), lamp,
           also=("exposure", "dynamic_range"), either=("hot_spots", "face_occluded", "head_covering")),
    Family("shine", "hot_spots", ((0.05, MILD), (0.35, DOUBTFUL), (2, CLEAR), (5, CLEAR)), shine,
           also=("exposure", "even_light"), either=("face_occluded", "heavy_edit")),
    Family("lamps", "colour_cast", ((0.08, MILD), (0.3, DOUBTFUL), (1.0, CLEAR), (1.6, CLEAR)), lamps,
           either=("greyscale", "exposure", "dynamic_range", "red_eye", "even_light")),
    Family("colourless", "greyscale", ((0.7, MILD), (0.3, DOUBTFUL), (0.05, CLEAR), (0.0, CLEAR)), grey, also=("colour_cast",)),
    Family("flash", "red_eye", ((0.05, CLEAR), (0.065, CLEAR), (0.085, CLEAR)), flash,
           either=("gaze", "eyes_occluded", "heavy_edit")),
]
