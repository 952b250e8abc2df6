"""The fitting generator's drawings on the face itself: lids, mouth, glasses, patches, coverings, and turns of the head."""

import cv2
import numpy as np

import pixels
import scene as face
from cases import CLEAR, DOUBTFUL, GROSS, MILD, Family
from scene import Scene

OCCLUDED = ("face_occluded", "mouth_occluded", "eyes_occluded")
LENSES = ("tinted_glasses", "glare", "frames_over_eyes", "glasses")
FRAME = ("whole_head", "head_size", "centred", "eye_line")


def drawn_from(scene: Scene, right: np.ndarray, down: np.ndarray) -> np.ndarray:
    """The picture with each pixel taken from a place given in the face's own frame."""
    axes = scene.axes.astype(np.float32)
    across = scene.eyes[0] + right * axes[0, 0] + down * axes[1, 0]
    below = scene.eyes[1] + right * axes[0, 1] + down * axes[1, 1]
    return cv2.remap(scene.picture, across.astype(np.float32), below.astype(np.float32), cv2.INTER_CUBIC,
                     borderMode=cv2.BORDER_REPLICATE)  # fmt: skip


def lids(scene: Scene, strength: float, _) -> np.ndarray | None:
    """Upper lids drawn down until this opening by T is left; the skin above the eye is stretched."""
    right, down = scene.grid
    source = down.copy()
    lashes = np.zeros(scene.shape, np.float32)
    for ring in (face.LEFT_EYE, face.RIGHT_EYE):
        places = scene.inward(scene.points[ring])
        above, below = places[:9], places[8:]
        above, below = above[np.argsort(above[:, 0])], below[np.argsort(below[:, 0])]
        top = np.interp(right, above[:, 0], above[:, 1])
        bottom = np.interp(right, np.append(below[:, 0], above[-1, 0]), np.append(below[:, 1], above[-1, 1]))
        opening = float((bottom - top)[(right > above[0, 0]) & (right < above[-1, 0])].max())
        left = min(strength * scene.chin / opening, 1)
        if strength and left > 0.9:
            return None
        lid = bottom - (bottom - top) * left
        inside = (right > above[0, 0]) & (right < above[-1, 0])
        skin = 0.09
        stretched = inside & (down > top - skin) & (down < lid)
        share = skin / (lid - top + skin)
        source[stretched] = ((top - skin) + (down - (top - skin)) * share)[stretched]
        lashes = np.maximum(lashes, inside * np.exp(-(((down - lid) / 0.014) ** 2)))
    return pixels.over(drawn_from(scene, right, source), [0.12, 0.08, 0.07], 0.75 * lashes)


def gaze(scene: Scene, strength: float, random) -> np.ndarray:
    """Both irises moved sideways by so many of their radii."""
    picture, side = scene.picture.copy(), random.choice([-1, 1])
    for ring, iris in ((face.LEFT_EYE, face.LEFT_IRIS), (face.RIGHT_EYE, face.RIGHT_IRIS)):
        centre = scene.points[iris[0], :2]
        radius = float(np.hypot(*(scene.points[iris[1:], :2] - centre).T).mean())
        eye = pixels.polygon(scene.shape, scene.points[ring], 0.8)
        white = np.quantile(scene.picture[eye > 0.6], 0.85, axis=0)
        disc = pixels.disc(scene.shape, centre, 1.12 * radius, 2)
        move = np.float32([[1, 0, side * strength * radius], [0, 1, 0]])
        moved = cv2.warpAffine(scene.picture, move, scene.shape[::-1])
        there = cv2.warpAffine(disc, move, scene.shape[::-1])
        picture = pixels.over(picture, white, disc * eye)
        picture = pixels.over(picture, moved, there * eye)
    return picture


def mouth(scene: Scene, strength: float, random) -> np.ndarray:
    """The lower lip and chin drawn down by this share of T; teeth in the gap in half of the cases."""
    right, down = scene.grid
    corners = scene.inward(scene.points[[78, 308]])
    middle = scene.inward(scene.points[[13, 14]]).mean(0)
    half = (corners[1, 0] - corners[0, 0]) / 2
    across = (right - middle[0]) / half
    opening = strength * scene.chin * np.clip(1 - across**2, 0, 1)
    line = middle[1] + (corners[:, 1].mean() - middle[1]) * across**2
    below = down - line
    reach = scene.chin - middle[1] + 0.25
    source = down - opening * np.clip(1 - (below - opening) / reach, 0, 1) * (below > opening)
    gap = pixels.softened(((below > 0) & (below <= opening)).astype(np.float32), 0.7)
    picture = pixels.over(drawn_from(scene, right, source), [0.16, 0.05, 0.05], gap)
    if random.random() < 0.5:
        teeth = ((below > 0) & (below < 0.7 * opening) & (np.abs(across) < 0.8)).astype(np.float32)
        light = float(np.quantile(scene.picture[scene.face() > 0.5], 0.8))
        picture = pixels.over(picture, np.float32([0.9, 0.87, 0.8]) * min(light * 1.2, 1), pixels.softened(teeth, 0.7))
    return picture


def lenses(scene: Scene, drop: float = 0.06, radii=(0.36, 0.27)):
    """Rings of both lenses in the face's own frame."""
    turns = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    outline = np.stack([np.cos(turns) * radii[0], np.sin(turns) * radii[1]], 1)
    return [outline + np.array([0.5 * side * 1.04, drop]) for side in (-1, 1)]


def frame(scene: Scene, picture: np.ndarray, rings, thickness: float, colour) -> np.ndarray:
    """Rims, bridge and temples of a thickness in IED."""
    mask = np.zeros(scene.shape, np.uint8)
    width = max(int(round(thickness * scene.ied)), 1)

    def line(places, closed=False):
        cv2.polylines(mask, [np.rint(scene.at(*places) * 16).astype(np.int32)], closed, 255, width, cv2.LINE_AA, 4)

    for ring in rings:
        line(ring, True)
        side = np.sign(ring[:, 0].mean())
        line([[side * np.abs(ring[:, 0]).max(), ring[:, 1].mean() - 0.1], [side * 1.08, -0.06]])
    inner = np.abs(rings[1][:, 0]).min()
    line([[-inner, 0.0], [0, -0.05], [inner, 0.0]])
    return pixels.over(picture, colour, mask.astype(np.float32) / 255)


def dark(random):
    return random.uniform(0.02, 0.25) * np.float32([1, random.uniform(0.7, 1), random.uniform(0.6, 1)])


def glasses(scene: Scene, strength: float, random) -> np.ndarray:
    """Clear glasses, their rims this thick."""
    return frame(scene, scene.picture, lenses(scene), strength, dark(random))


def low_frame(scene: Scene, strength: float, random) -> np.ndarray:
    """Glasses slipped down: the upper rim lies this far (IED) below the pupils."""
    return frame(scene, scene.picture, lenses(scene, drop=0.27 + strength), 0.05, dark(random))


def tinted(scene: Scene, strength: float, random) -> np.ndarray:
    """Lenses that keep back this share of the light."""
    rings, picture = lenses(scene, radii=(0.4, 0.3)), scene.picture
    colour = random.uniform(0, 0.15, 3).astype(np.float32)
    for ring in rings:
        picture = pixels.over(picture, colour, strength * pixels.polygon(scene.shape, scene.at(*ring), 0.6))
    return frame(scene, picture, rings, 0.03, dark(random))


def reflection(scene: Scene, places, size: float, picture: np.ndarray) -> np.ndarray:
    rings = lenses(scene)
    for ring, place in zip(rings, places, strict=True):
        spot = pixels.disc(scene.shape, scene.at(place)[0], size * scene.ied, 2) * pixels.polygon(scene.shape, scene.at(*ring))
        picture = pixels.over(picture, [1.0, 1.0, 1.0], 0.95 * pixels.softened(spot, 1.0))
    return picture


def glare(scene: Scene, strength: float, random) -> np.ndarray:
    """White discs of this radius over both irises, in glasses."""
    worn = frame(scene, scene.picture, lenses(scene), 0.03, dark(random))
    return reflection(scene, [[-0.5, 0.0], [0.5, 0.0]], strength, worn)


def glint(scene: Scene, strength: float, random) -> np.ndarray:
    """A small reflection at the edge of the lenses, away from the irises."""
    worn = frame(scene, scene.picture, lenses(scene), 0.03, dark(random))
    return reflection(scene, [[-0.73, 0.17], [0.3, 0.2]], strength, worn)


def cap(scene: Scene, strength: float, random) -> np.ndarray:
    """A cap of one colour down to this height (IED) above the eyes."""
    turns = np.linspace(np.pi, 2 * np.pi, 40)
    top = max(scene.crown, 1.3) + 0.2
    dome = np.stack([np.cos(turns) * 1.2, -strength + np.sin(turns) * (top - strength)], 1)
    mask = pixels.polygon(scene.shape, scene.at(*dome), 1)
    return pixels.over(scene.picture, random.uniform(0.05, 0.7, 3), mask)


def scarf(scene: Scene, strength: float, random) -> np.ndarray:
    """Cloth around the face, which is left free; one colour, so much wider than the face."""
    oval = scene.inward(scene.points[face.OVAL])
    middle = oval.mean(0)
    top = oval[:, 1].min()
    outer = middle + (oval - middle) * [strength, (max(scene.crown, 1.2) + 0.15 + middle[1]) / (middle[1] - top)]
    mask = pixels.polygon(scene.shape, scene.at(*outer), 1)
    _, down = scene.grid
    right, _ = scene.grid
    shoulders = ((down > middle[1]) & (np.abs(right) < strength * np.abs(oval[:, 0]).max())).astype(np.float32)
    mask = np.maximum(mask, pixels.softened(shoulders, 1))
    free = pixels.polygon(scene.shape, scene.at(*(middle + (oval - middle) * 1.02)), 1)
    return pixels.over(scene.picture, random.uniform(0.05, 0.8, 3), mask * (1 - free))


def cover(scene: Scene, centre, half, colour) -> np.ndarray:
    x, y = centre
    corners = [[x - half[0], y - half[1]], [x + half[0], y - half[1]], [x + half[0], y + half[1]], [x - half[0], y + half[1]]]
    return pixels.over(scene.picture, colour, pixels.polygon(scene.shape, scene.at(*corners), 0.7))


def cloth(random):
    """A colour that is no skin's."""
    return np.float32([[0.1, 0.1, 0.12], [0.55, 0.75, 0.85], [0.9, 0.9, 0.92], [0.15, 0.3, 0.5], [0.2, 0.45, 0.25]][random.integers(5)])


def over_mouth(scene: Scene, strength: float, random) -> np.ndarray:
    """A rectangle over this share of the mouth, from one side."""
    lips = scene.inward(scene.points[face.OUTER_LIPS])
    low, high = lips.min(0) - 0.04, lips.max(0) + 0.04
    width = (high[0] - low[0]) * strength
    middle = low[0] + width / 2 if random.random() < 0.5 else high[0] - width / 2
    return cover(scene, (middle, (low[1] + high[1]) / 2), (width / 2, (high[1] - low[1]) / 2 * 1.3), cloth(random))


def mask(scene: Scene, strength: float, random) -> np.ndarray:
    """A rectangle from the nose (at this height) to below the chin."""
    return cover(scene, (0, (strength + scene.chin) / 2 + 0.03), (0.85, (scene.chin - strength) / 2), cloth(random))


def skin(scene: Scene) -> np.ndarray:
    right, down = scene.grid
    cheeks = (np.abs(np.abs(right) - 0.55) < 0.12) & (np.abs(down - 0.5) < 0.12)
    return np.median(scene.picture[cheeks], axis=0)


def hand(scene: Scene, strength: float, random) -> np.ndarray:
    """Four bars in the person's own skin colour, up to this height (IED below the eyes)."""
    picture, colour = scene.picture, skin(scene) * 0.92
    side = random.choice([-1, 1])
    for finger in range(4):
        x = side * (0.42 - 0.24 * finger)
        top = strength + 0.08 * abs(finger - 1.5)
        corners = [[x - 0.11, top], [x + 0.11, top], [x + 0.13, 2.6], [x - 0.13, 2.6]]
        outline = pixels.polygon(scene.shape, scene.at(*corners), 1)
        inner = pixels.polygon(scene.shape, scene.at(*corners) * 1.0, 0.06 * scene.ied)
        picture = pixels.over(picture, colour * 0.6, outline)
        picture = pixels.over(picture, colour, np.clip(inner * 1.6 - 0.45, 0, 1) * outline)
    return picture


def over_eyes(scene: Scene, strength: float, random) -> np.ndarray:
    """A bar over one (1) or both eyes (2)."""
    if strength == 1:
        return cover(scene, (0.5 * random.choice([-1, 1]), 0), (0.33, 0.2), cloth(random))
    return cover(scene, (0, 0), (0.85, 0.2), cloth(random))


def patch(scene: Scene, strength: float, random) -> np.ndarray:
    """A square on one cheek and jaw, of this side in IED."""
    place = (random.choice([-1, 1]) * 0.55, 0.75)
    return cover(scene, place, (strength / 2, strength / 2), cloth(random))


def depth(scene: Scene) -> np.ndarray:
    """How far in front of its own axis each pixel of the head lies, in IED: an ellipsoid that fades out."""
    right, down = scene.grid
    ball = 1 - (right / 1.35) ** 2 - ((down - 0.25) / 1.9) ** 2
    nose = 0.22 * np.exp(-((right / 0.16) ** 2) - ((down - 0.5) / 0.3) ** 2)
    return np.sqrt(np.clip(ball, 0, 1)) * 1.2 + nose


def turned(scene: Scene, by: float, up: bool) -> np.ndarray:
    """The head turned by degrees: each pixel moves as its place on an ellipsoid does."""
    right, down = scene.grid
    front = depth(scene)
    angle = np.radians(by)
    along = down if up else right
    centre = 0.25 if up else 0.0
    move = ((along - centre) * (np.cos(angle) - 1) + front * np.sin(angle)) * np.clip(front / 0.6, 0, 1)
    move = cv2.GaussianBlur(move, (0, 0), 0.08 * scene.ied)
    # where the pixel came from: the same equation, turned around by a few rounds
    height, width = scene.shape
    back = np.zeros_like(move)
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    axis = scene.axes[1 if up else 0].astype(np.float32)
    for _ in range(6):
        back = cv2.remap(move, columns - back * axis[0], rows - back * axis[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return drawn_from(scene, right - (0 if up else back), down - (back if up else 0))


def yaw(scene: Scene, strength: float, random) -> np.ndarray:
    """Turned to this yaw, away from where the head already looks."""
    return turned(scene, np.sign(scene.yaw) * strength - scene.yaw, False)


def pitch(scene: Scene, strength: float, random) -> np.ndarray:
    return turned(scene, strength * random.choice([-1, 1]), True)


def near(scene: Scene, strength: float, _) -> np.ndarray:
    """As from so many cm: what lies in front grows."""
    right, down = scene.grid
    # an IED is 6.3 cm; the portrait is taken to be from far away
    distance = strength / 6.3
    front = cv2.GaussianBlur(depth(scene), (0, 0), 0.05 * scene.ied)
    grown = distance / (distance + 1.2 - front) / (distance / (distance + 0.3))
    return drawn_from(scene, right / grown, down / grown)


FAMILIES = [
    Family("lids", "eyes_open", ((0.06, MILD), (0.04, DOUBTFUL), (0.015, CLEAR), (0.0, CLEAR)), lids,
           either=("gaze", "eyes_occluded", "tinted_glasses", "red_eye", "neutral_expression"), mild_either=("gaze",)),
    Family("gaze", "gaze", ((0.1, MILD), (0.35, DOUBTFUL), (0.8, CLEAR), (1.1, CLEAR)), gaze,
           either=("eyes_open", "eyes_occluded", "red_eye", "heavy_edit")),
    Family("mouth", "mouth_closed", ((0.012, DOUBTFUL), (0.04, CLEAR), (0.08, CLEAR), (0.16, CLEAR)), mouth,
           either=("neutral_expression", "mouth_occluded", "face_occluded", *FRAME)),
    Family("glasses", "glasses", ((0.015, CLEAR), (0.035, CLEAR), (0.06, CLEAR)), glasses, either=("heavy_edit",)),
    Family("low frame", "frames_over_eyes", ((-0.02, CLEAR), (0.03, CLEAR)), low_frame,
           also=("eyes_occluded",), either=(*LENSES, "eyes_open", "face_occluded", "gaze")),
    Family("tinted", "tinted_glasses", ((0.12, MILD), (0.45, DOUBTFUL), (0.82, CLEAR), (0.96, CLEAR)), tinted,
           also=("eyes_occluded",), either=(*LENSES, *OCCLUDED, "gaze", "eyes_open", "dynamic_range"), mild_either=("glasses",)),
    Family("glare", "glare", ((0.12, CLEAR), (0.2, CLEAR)), glare,
           also=("eyes_occluded",), either=(*LENSES, *OCCLUDED, "eyes_open", "gaze", "red_eye", "hot_spots", "exposure")),
    Family("glint", "glare", ((0.05, MILD),), glint, mild_either=("glasses",)),
    Family("cap", "head_covering", ((0.75, CLEAR), (0.5, CLEAR)), cap, either=("face_occluded", "even_light", *FRAME)),
    Family("scarf", "head_covering", ((1.35, CLEAR), (1.6, CLEAR)), scarf, either=("background_plain", "background_objects", *FRAME)),
    Family("over mouth", "mouth_occluded", ((0.15, DOUBTFUL), (0.5, CLEAR), (1.0, GROSS)), over_mouth,
           also=("face_occluded",), either=("mouth_closed", "neutral_expression", "heavy_edit", "even_light")),
    Family("mask", "mouth_occluded", ((0.75, GROSS), (0.5, GROSS)), mask,
           also=("face_occluded",), either=("mouth_closed", "neutral_expression", "heavy_edit", "even_light", "yaw", "pitch", *FRAME)),
    Family("hand", "mouth_occluded", ((1.0, CLEAR), (0.7, CLEAR)), hand,
           also=("face_occluded",), either=("mouth_closed", "neutral_expression", "heavy_edit", "even_light", *FRAME)),
    Family("over eyes", "eyes_occluded", ((1, CLEAR), (2, GROSS)), over_eyes,
           also=("face_occluded", "tinted_glasses"),
           either=(*LENSES, "eyes_open", "gaze", "heavy_edit", "one_face", "yaw", "sharp", "resolution", "roll", *FRAME)),
    Family("patch", "face_occluded", ((0.12, MILD), (0.3, DOUBTFUL), (0.6, CLEAR), (0.85, CLEAR)), patch,
           also=("mouth_occluded",), either=("mouth_closed", "even_light", "heavy_edit", "hot_spots", "neutral_expression")),
    Family("yaw", "yaw", ((3, MILD), (9, DOUBTFUL), (13, CLEAR), (19, GROSS), (25, GROSS)), yaw,
           either=("pitch", "even_light", "gaze", "neutral_expression", "camera_distance", "heavy_edit", *FRAME), mild_either=("pitch",)),
    Family("pitch", "pitch", ((4, MILD), (14, DOUBTFUL), (21, CLEAR), (25, CLEAR)), pitch,
           either=("eyes_open", "yaw", "gaze", "neutral_expression", "mouth_closed", "camera_distance", "heavy_edit", *FRAME)),
    Family("near", "camera_distance", ((80, MILD), (45, DOUBTFUL), (25, CLEAR), (18, CLEAR)), near,
           either=("pitch", "yaw", "heavy_edit", *FRAME)),
]
