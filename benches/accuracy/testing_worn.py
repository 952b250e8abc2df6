"""The testing generator's faces and what is worn: shapes with shading and folds, faces moved by their mesh."""

import cv2
import numpy as np

import pixels
import scene as face
from cases import CLEAR, DOUBTFUL, GROSS, MILD, Family
from scene import Scene
from testing_mesh import CREASES, LIDS, moved, nearer, turned

OCCLUDED = ("face_occluded", "mouth_occluded", "eyes_occluded")
LENSES = ("tinted_glasses", "glare", "frames_over_eyes", "glasses")
FRAME = ("whole_head", "head_size", "centred", "eye_line")
UPPER_INNER = [191, 80, 81, 82, 13, 312, 311, 310, 415]
LOWER_INNER = [95, 88, 178, 87, 14, 317, 402, 318, 324]


def curve(points, count: int = 80, closed: bool = True) -> np.ndarray:
    """A smooth line through points (Catmull and Rom)."""
    points = np.asarray(points, float)
    ends = points if closed else np.concatenate([points[:1], points, points[-1:]])
    pieces = len(points) if closed else len(points) - 1
    out = []
    for piece in range(pieces):
        a, b, c, d = (ends[(piece + at) % len(ends)] for at in ((-1, 0, 1, 2) if closed else (0, 1, 2, 3)))
        for t in np.linspace(0, 1, max(count // pieces, 3), endpoint=False):
            out.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.array(out)


def area(scene: Scene, places, soften: float = 0.8) -> np.ndarray:
    return pixels.polygon(scene.shape, scene.at(*places), soften)


def field(shape, random, scale: float) -> np.ndarray:
    """Smooth noise of deviation 1, its grains so many pixels wide."""
    small = random.standard_normal((int(shape[0] / scale) + 3, int(shape[1] / scale) + 3), dtype=np.float32)
    return cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def cloth(scene: Scene, random, colour, folds: float = 0.12) -> np.ndarray:
    """Woven and folded: the colour with soft waves and a fine weave."""
    right, down = scene.grid
    bend = field(scene.shape, random, 0.8 * scene.ied)
    waves = np.sin((right * random.uniform(2, 5) + down * random.uniform(1, 4)) * 2 + 2 * bend)
    weave = random.standard_normal(scene.shape, dtype=np.float32)
    shade = 1 + folds * waves + 0.03 * weave
    return np.clip(np.asarray(colour, np.float32) * shade[..., None], 0, 1)


def any_colour(random) -> np.ndarray:
    return np.float32([
        [0.08, 0.08, 0.1], [0.85, 0.85, 0.83], [0.5, 0.1, 0.15], [0.12, 0.2, 0.4], [0.35, 0.45, 0.3], [0.75, 0.6, 0.45], [0.6, 0.45, 0.6],
    ][random.integers(7)])  # fmt: skip


def skin(scene: Scene) -> np.ndarray:
    """The person's own, from cheeks and forehead."""
    places = scene.at([-0.55, 0.5], [0.55, 0.5], [0, -0.5])
    near = np.concatenate([scene.picture[int(y) - 6 : int(y) + 7, int(x) - 6 : int(x) + 7].reshape(-1, 3) for x, y in places])
    return np.median(near, axis=0)


def lids(scene: Scene, strength: float, _) -> np.ndarray | None:
    """Upper lids closed until this opening by T is left; the mesh's triangles between brow and lid stretch."""
    start = scene.points[:, :2].copy()
    end = start.copy()
    openings = [np.hypot(*(start[159] - start[145])), np.hypot(*(start[386] - start[374]))]
    left = strength * scene.chin * scene.ied / np.array(openings)
    if strength and left.max() > 0.9:
        return None
    lashes = np.zeros(scene.shape, np.uint8)
    for eye, share in zip((slice(0, 7), slice(7, 14)), np.minimum(left, 1), strict=True):
        upper, lower = zip(*LIDS[eye], strict=True)
        fall = (start[list(lower)] - start[list(upper)]) * (1 - share) * 0.97
        end[list(upper)] += fall
        end[CREASES[eye]] += 0.35 * fall
        ordered = end[list(upper)][np.argsort(end[list(upper)][:, 0])]
        cv2.polylines(lashes, [np.rint(ordered * 16).astype(np.int32)], False, 255, max(int(0.012 * scene.ied), 1), cv2.LINE_AA, 4)
    keep = np.setdiff1d(np.arange(468), [*face.LEFT_IRIS, *face.RIGHT_IRIS])
    closed = moved(scene, start[keep], end[keep])
    return pixels.over(closed, skin(scene) * 0.25, 0.8 * pixels.softened(lashes.astype(np.float32) / 255, 0.7))


def gaze(scene: Scene, strength: float, random) -> np.ndarray:
    """Both irises pushed sideways by so many of their radii, within the lids."""
    height, width = scene.shape
    down, across = np.mgrid[:height, :width].astype(np.float32)
    map_x, side = across.copy(), random.choice([-1, 1])
    for ring, iris in ((face.LEFT_EYE, face.LEFT_IRIS), (face.RIGHT_EYE, face.RIGHT_IRIS)):
        centre = scene.points[iris[0], :2]
        radius = float(np.hypot(*(scene.points[iris[1:], :2] - centre).T).mean())
        eye = pixels.polygon(scene.shape, scene.points[ring], 1.0)
        target = centre[0] + side * strength * radius
        near = np.clip(1.5 - np.hypot(across - target, down - centre[1]) / (1.3 * radius), 0, 1)
        corners = scene.points[ring][:, 0]
        # white is stretched between the moved iris and the corners
        knots = [corners.min(), max(target - 1.1 * radius, corners.min() + 1), min(target + 1.1 * radius, corners.max() - 1), corners.max()]
        values = [corners.min(), knots[1] - side * strength * radius, knots[2] - side * strength * radius, corners.max()]
        source = np.interp(across, knots, np.maximum.accumulate(values)).astype(np.float32)
        map_x += eye * np.maximum(near, 0.9) * (source - across)
    return cv2.remap(scene.picture, map_x.astype(np.float32), down, cv2.INTER_CUBIC)


def mouth(scene: Scene, strength: float, random) -> np.ndarray:
    """Lower lip, jaw and chin lowered by this share of T; the mouth's inside with tongue and, mostly, teeth."""
    start = scene.points[:468, :2].copy()
    flat = scene.inward(start)
    line = flat[[78, 308]].mean(0)[1]
    half = (flat[308, 0] - flat[78, 0]) / 2
    middle = flat[[78, 308], 0].mean()
    inner_upper = flat[[13]][0, 1]
    below = np.clip((flat[:, 1] - inner_upper) / 0.04, 0, 1)
    below[[*face.OUTER_LIPS[:11], *UPPER_INNER, 78, 308]] = 0
    below[LOWER_INNER] = 1
    width = np.clip(1 - ((flat[:, 0] - middle) / (1.9 * half)) ** 2, 0, 1) ** 0.7
    falloff = np.clip(1 - (flat[:, 1] - line) / (scene.chin - line + 0.6), 0.3, 1)
    target = flat.copy()
    drop = strength * scene.chin
    target[:, 1] += drop * below * width * falloff
    # lips that part grow thinner and the corners come inward a little
    end = scene.at(*target)
    opened = moved(scene, start, end)
    inside = np.concatenate([end[[78, *UPPER_INNER, 308]], end[LOWER_INNER[::-1]]])
    hole = pixels.polygon(scene.shape, inside, 0.8)
    right, down = scene.grid
    depth = np.clip((down - inner_upper) / max(drop, 0.02), 0, 1)
    tongue = np.float32([0.1, 0.03, 0.03]) + np.float32([0.32, 0.12, 0.12]) * (depth**3)[..., None]
    picture = pixels.over(opened, tongue, hole)
    if random.random() < 0.7:
        light = float(np.quantile(scene.picture[scene.face() > 0.5], 0.85))
        row = np.clip(1 - np.abs(((right - middle) / 0.085) % 1 - 0.5) ** 6 * 40, 0.75, 1)
        length = min(0.13, 0.75 * drop)
        edge = ((down - inner_upper) < length).astype(np.float32) * (np.abs(right - middle) < 0.85 * half)
        tint = np.clip(np.float32([0.93, 0.9, 0.83]) * light * 1.25, 0, 1) * row[..., None]
        picture = pixels.over(picture, tint, pixels.softened(edge, 0.8) * hole)
    return picture


def outlines(kind: int, scale: float = 1.0, drop: float = 0.05):
    """Both lenses of glasses of four kinds."""
    shapes = [
        [(-0.36, -0.2), (0, -0.25), (0.33, -0.2), (0.36, 0.02), (0.22, 0.24), (-0.05, 0.27), (-0.3, 0.18)],  # full
        [(-0.35, -0.19), (0.0, -0.2), (0.35, -0.19), (0.37, 0.0), (0.34, 0.18), (0, 0.2), (-0.34, 0.18), (-0.37, 0.0)],  # rectangular
        [(-0.3, -0.1), (-0.15, -0.27), (0.15, -0.27), (0.31, -0.1), (0.27, 0.14), (0, 0.28), (-0.27, 0.14)],  # round
        [(-0.28, -0.2), (0.1, -0.24), (0.4, -0.24), (0.36, 0.08), (0.15, 0.32), (-0.1, 0.28), (-0.27, 0.06)],  # pilot's
    ]
    right = curve(shapes[kind % 4]) * scale
    left = right * [-1, 1]
    return [left + [-0.52, drop], right + [0.52, drop]]


def frames(scene: Scene, picture: np.ndarray, rings, thickness: float, colour, metal: bool) -> np.ndarray:
    """Rims with a lit edge and a shadow on the skin, bridge and temples."""
    height, width = scene.shape

    def drawn(shift, factor):
        mask = np.zeros((height, width), np.uint8)
        wide = max(int(round(factor * thickness * scene.ied)), 1)
        inner = np.abs(rings[1][:, 0]).min()
        bridge = curve([(-inner, 0.02), (-inner / 2, -0.06), (inner / 2, -0.06), (inner, 0.02)], 30, False)
        lines = [(ring, True) for ring in rings] + [(bridge, False)]
        for side in (-1, 1):
            reach = np.abs(rings[0][:, 0]).max()
            top = rings[0][:, 1].mean()
            lines.append((np.array([(side * reach, top - 0.1), (side * 1.0, top - 0.11), (side * 1.12, top - 0.08)]), False))
        for line, closed in lines:
            places = scene.at(*line) + np.asarray(shift) * scene.ied
            cv2.polylines(mask, [np.rint(places * 16).astype(np.int32)], closed, 255, wide, cv2.LINE_AA, 4)
        return mask.astype(np.float32) / 255

    picture = picture * (1 - 0.22 * pixels.softened(drawn((0.01, 0.045), 1.2), 0.025 * scene.ied) * scene.face())[..., None]
    picture = pixels.over(picture, colour, (0.95 if metal else 0.9) * drawn((0, 0), 1))
    light = np.clip(np.asarray(colour) + (0.45 if metal else 0.18), 0, 1)
    return pixels.over(picture, light, 0.7 * drawn((-0.002, -thickness * 0.25), 0.3))


def rim(random):
    """Colour, and whether it is metal."""
    choices = [([0.05, 0.05, 0.06], False), ([0.25, 0.13, 0.07], False), ([0.45, 0.45, 0.47], True), ([0.5, 0.38, 0.2], True), ([0.1, 0.15, 0.3], False)]
    return choices[random.integers(len(choices))]


def glasses(scene: Scene, strength: float, random) -> np.ndarray:
    """Clear glasses of any kind, their rims this thick; the lenses take away and mirror a little."""
    rings = outlines(int(random.integers(4)))
    picture = scene.picture
    for ring in rings:
        picture = pixels.over(picture, [0.85, 0.9, 0.95], 0.05 * area(scene, ring))
    return frames(scene, picture, rings, strength, *rim(random))


def crossing(scene: Scene, strength: float, random) -> np.ndarray:
    """Rectangular glasses worn too low (1: the upper rim crosses the pupils) or too high (2: the lower one does)."""
    drop = 0.2 if strength == 1 else -0.19
    return frames(scene, scene.picture, outlines(1, 1.0, drop), 0.05, *rim(random))


def sunglasses(scene: Scene, strength: float, random) -> np.ndarray:
    """Lenses that let this share of the light through, less above than below."""
    rings = outlines(int(random.choice([0, 1, 3])), 1.12)
    light, (_, down) = pixels.linear(scene.picture), scene.grid
    tint = np.float32([[1, 0.95, 0.85], [0.8, 0.9, 1], [0.9, 1, 0.85]][random.integers(3)])
    through = np.clip(strength * (1 + 0.8 * (down - 0.05)), 0, 1)[..., None] * tint
    for ring in rings:
        light = pixels.over(light, light * through + 0.004, area(scene, ring))
    return frames(scene, pixels.srgb(light), rings, 0.03, *rim(random))


def window(scene: Scene, strength: float, random, at: float = 0.0) -> np.ndarray:
    """A window mirrored in each lens, over the iris or (`at`) beside it; its half width in IED."""
    rings = outlines(int(random.integers(3)))
    picture = scene.picture
    lean = random.uniform(-0.05, 0.05)
    for ring, side in zip(rings, (-1, 1), strict=True):
        x, y = side * 0.5 + at, 0.02 + abs(at) * 0.6
        corners = [(x - strength, y - 0.8 * strength + lean), (x + strength, y - 0.9 * strength), (x + 0.9 * strength, y + strength), (x - strength, y + 0.8 * strength)]
        pane = area(scene, corners, 1.2) * area(scene, ring)
        right, _ = scene.grid
        pane *= np.where(np.abs(right - x) < 0.08 * strength, 0.5, 1.0)
        picture = pixels.over(picture, [0.98, 1.0, 1.0], 0.93 * pane)
    return frames(scene, picture, rings, 0.03, *rim(random))


def aside(scene: Scene, strength: float, random) -> np.ndarray:
    return window(scene, strength, random, at=0.24)


def headwear(scene: Scene, strength: float, random) -> np.ndarray:
    """1 a peaked cap, 2 a knitted one, 3 a turban, 4 a scarf around the face, 5 a hood."""
    oval = scene.inward(scene.points[face.OVAL])
    side, brow = np.abs(oval[:, 0]).max(), scene.inward(scene.points[face.BROWS])[:, 1].min()
    hairline = max(-oval[:, 1].min(), -brow + 0.25)
    top = max(scene.crown, 1.5) + 0.15
    kind, colour = int(strength), any_colour(random)
    fabric = cloth(scene, random, colour, 0.05 if kind == 1 else 0.16)
    right, down = scene.grid
    dim = 1 - 0.3 * np.clip(np.abs(right) / 1.3, 0, 1) ** 3
    fabric = fabric * dim[..., None]
    if kind == 1:
        dome = curve([(-side * 1.1, brow - 0.15), (-side * 1.05, -top * 0.75), (0, -top), (side * 1.05, -top * 0.75), (side * 1.1, brow - 0.15), (0, brow - 0.3)])
        peak = curve([(-side * 0.95, brow - 0.22), (0, brow - 0.32), (side * 0.95, brow - 0.22), (side * 0.7, brow - 0.02), (0, brow + 0.04), (-side * 0.7, brow - 0.02)])
        picture = pixels.over(scene.picture, fabric, area(scene, dome))
        return pixels.over(picture, fabric * 0.6, area(scene, peak))
    if kind == 2:
        ribs = 1 + 0.18 * np.sign(np.sin(right * 60))
        low = brow - 0.2
        dome = curve([(-side * 1.12, low + 0.25), (-side * 1.12, -top * 0.7), (0, -top - 0.1), (side * 1.12, -top * 0.7), (side * 1.12, low + 0.25), (0, low)])
        return pixels.over(scene.picture, np.clip(fabric * ribs[..., None], 0, 1), area(scene, dome))
    if kind == 3:
        low = -hairline + 0.02
        dome = curve([(-side * 1.2, low + 0.6), (-side * 1.35, -top * 0.6), (-side * 0.6, -top - 0.15), (side * 0.6, -top - 0.15), (side * 1.35, -top * 0.6), (side * 1.2, low + 0.6), (side * 0.55, low - 0.05), (0, low - 0.15), (-side * 0.55, low - 0.05)])
        bands = 1 - 0.35 * np.clip(np.sin((down + np.abs(right) * 0.7) * 13), 0.7, 1) + 0.25
        return pixels.over(scene.picture, np.clip(fabric * bands[..., None], 0, 1), area(scene, dome))
    middle = oval.mean(0)
    wide = 1.3 if kind == 4 else 1.5
    free = curve(middle + (oval[::3] - middle) * (1.0 if kind == 4 else 1.08))
    outer = [(-side * wide, middle[1]), (-side * wide * 0.95, -top * 0.6), (0, -top - 0.1), (side * wide * 0.95, -top * 0.6), (side * wide, middle[1])]
    outer += [(side * wide * 1.05, scene.chin), (side * 1.9, scene.chin + 1.2), (side * 1.9, 9), (-side * 1.9, 9), (-side * 1.9, scene.chin + 1.2), (-side * wide * 1.05, scene.chin)]
    hole = area(scene, free)
    mask = area(scene, outer) * (1 - hole)
    fallen = pixels.softened(mask, 0.05 * scene.ied) * hole
    return pixels.over(scene.picture * (1 - 0.3 * fallen)[..., None], fabric, mask)


def medical(scene: Scene, strength: float, random) -> np.ndarray:
    """A pleated mask with loops (1), pulled below the nose (2), or a scarf drawn over the mouth (3)."""
    kind, oval = int(strength), scene.inward(scene.points[face.OVAL])
    side = np.abs(oval[:, 0]).max()
    top = {1: 0.35, 2: 0.78, 3: 0.6}[kind]
    _, down = scene.grid
    if kind == 3:
        fabric = cloth(scene, random, any_colour(random), 0.18)
        shape = [(-side * 1.1, top + 0.05), (0, top), (side * 1.1, top + 0.05), (side * 1.3, 2.2), (side * 1.2, 3.4), (-side * 1.2, 3.4), (-side * 1.3, 2.2)]
        return pixels.over(scene.picture, fabric, area(scene, curve(shape)))
    colour = np.float32([[0.55, 0.75, 0.85], [0.93, 0.94, 0.95], [0.1, 0.1, 0.11]][random.integers(3)])
    pleats = 1 - 0.15 * np.clip(np.sin(down * 24), 0.3, 1)
    shape = curve([(-side * 0.92, top + 0.1), (-0.3, top - 0.02), (0, top - 0.06), (0.3, top - 0.02), (side * 0.92, top + 0.1), (side * 0.75, scene.chin - 0.1), (0, scene.chin + 0.1), (-side * 0.75, scene.chin - 0.1)])
    picture = scene.picture
    loops = np.zeros(scene.shape, np.uint8)
    for way in (-1, 1):
        ends = scene.at([way * side * 0.9, top + 0.12], [way * side * 1.08, 0.15])
        cv2.polylines(loops, [np.rint(ends * 16).astype(np.int32)], False, 255, max(int(0.02 * scene.ied), 1), cv2.LINE_AA, 4)
    picture = pixels.over(picture, colour, loops.astype(np.float32) / 255)
    return pixels.over(picture, np.clip(colour * pleats[..., None], 0, 1), area(scene, shape))


def capsule(scene: Scene, start, end, radius: float) -> tuple[np.ndarray, np.ndarray]:
    """A finger's mask, and how far each pixel lies from its axis (0 to 1)."""
    right, down = scene.grid
    start, end = np.asarray(start, np.float32), np.asarray(end, np.float32)
    along = end - start
    t = np.clip(((right - start[0]) * along[0] + (down - start[1]) * along[1]) / (along @ along), 0, 1)
    far = np.hypot(right - start[0] - t * along[0], down - start[1] - t * along[1]) / radius
    return np.clip((1 - far) * radius * scene.ied + 0.5, 0, 1), np.clip(far, 0, 1)


def hand(scene: Scene, strength: float, random) -> np.ndarray:
    """1 fingers over the mouth, 2 a palm at the cheek and mouth's corner, 3 fingers over the mouth from below."""
    tone, side = np.clip(skin(scene) * random.uniform(0.88, 1.05), 0, 1), random.choice([-1, 1])
    mouth_at = scene.inward(scene.points[face.OUTER_LIPS]).mean(0)[1]
    if strength == 1:
        fingers = [((side * 1.9, mouth_at + 0.9 + 0.2 * n), (-side * (0.38 - 0.07 * abs(n - 1)), mouth_at - 0.22 + 0.2 * n), 0.115) for n in range(4)]
    elif strength == 2:
        fingers = [((side * 1.1, 2.8), (side * (1.05 - 0.2 * n), 0.25 + 0.12 * n), 0.125) for n in range(4)]
        fingers.append(((side * 0.9, 2.6), (side * 0.1, mouth_at + 0.05), 0.14))
    else:
        fingers = [((0.16 * n * 1.3, 3.2), (0.2 * n, mouth_at - 0.15 + 0.07 * abs(n)), 0.11) for n in (-2, -1, 0, 1)]
    picture = scene.picture
    for start, end, radius in fingers:
        mask, far = capsule(scene, start, end, radius)
        shadow, _ = capsule(scene, np.asarray(start) + 0.03, np.asarray(end) + 0.03, radius * 1.15)
        picture = picture * (1 - 0.35 * pixels.softened(shadow, 0.04 * scene.ied) * (1 - mask))[..., None]
        shaded = tone * (1.08 - 0.5 * far**2)[..., None]
        picture = pixels.over(picture, np.clip(shaded, 0, 1), mask)
        way = (np.asarray(end) - start) / np.linalg.norm(np.asarray(end) - start)
        nail, _ = capsule(scene, np.asarray(end) - way * 0.01, np.asarray(end) + way * 0.04, radius * 0.6)
        picture = pixels.over(picture, np.clip(tone * 1.12 + 0.05, 0, 1), 0.6 * nail)
    return picture


def thing(scene: Scene, strength: float, random) -> np.ndarray:
    """A telephone or cup before mouth and chin (1) or before one eye and cheek (2)."""
    side = random.choice([-1, 1])
    x, y = (side * 0.1, 1.25) if strength == 1 else (side * 0.6, 0.1)
    half = (0.38, 0.65) if strength == 1 else (0.36, 0.6)
    lean = random.uniform(-0.4, 0.4)
    turn = np.array([[np.cos(lean), np.sin(lean)], [-np.sin(lean), np.cos(lean)]])
    corners = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * half @ turn + [x, y]
    colour = any_colour(random)
    picture = pixels.over(scene.picture, cloth(scene, random, colour, 0.03), area(scene, corners))
    inner = (corners - [x, y]) * 0.9 + [x, y]
    return pixels.over(picture, np.clip(colour * 0.7 + 0.08, 0, 1), area(scene, inner))


def strands(scene: Scene, strength: float, random) -> np.ndarray:
    """So many strands of the person's own hair from the parting down over one eye and cheek."""
    hair = scene.picture[scene.hair > 0.7]
    colour = np.median(hair, axis=0) if len(hair) > 200 else skin(scene) * 0.35
    side, mask = random.choice([-1, 1]), np.zeros(scene.shape, np.uint8)
    for _ in range(int(strength)):
        begin = side * random.uniform(-0.2, 0.5), -1.0
        end = side * random.uniform(0.25, 0.85), random.uniform(0.4, 0.9)
        bend = side * random.uniform(0.2, 0.85), random.uniform(-0.35, 0.0)
        line = scene.at(*curve([begin, bend, end], 24, False))
        cv2.polylines(mask, [np.rint(line * 16).astype(np.int32)], False, 255, int(random.integers(1, 3)), cv2.LINE_AA, 4)
    tone = colour * (1 + 0.25 * field(scene.shape, random, 5)[..., None])
    return pixels.over(scene.picture, np.clip(tone, 0, 1), 0.95 * mask.astype(np.float32) / 255)


def fringe(scene: Scene, strength: float, random) -> np.ndarray:
    """A few strands on the forehead, above the brows."""
    hair = scene.picture[scene.hair > 0.7]
    colour = np.median(hair, axis=0) if len(hair) > 200 else skin(scene) * 0.35
    mask = np.zeros(scene.shape, np.uint8)
    for _ in range(int(strength)):
        x = random.uniform(-0.7, 0.7)
        line = scene.at(*curve([(x, -1.1), (x + 0.05, -0.75), (x + random.uniform(-0.1, 0.15), -0.45)], 16, False))
        cv2.polylines(mask, [np.rint(line * 16).astype(np.int32)], False, 255, 1, cv2.LINE_AA, 4)
    return pixels.over(scene.picture, colour, 0.9 * mask.astype(np.float32) / 255)


def plaster(scene: Scene, strength: float, random) -> np.ndarray:
    """A dressing on the cheek, of this half length in IED; with a weave and a pad."""
    x, y, lean = random.choice([-1, 1]) * 0.55, 0.6, random.uniform(-0.6, 0.6)
    turn = np.array([[np.cos(lean), np.sin(lean)], [-np.sin(lean), np.cos(lean)]])
    shape = curve(np.array([(-1, -0.5), (0, -0.55), (1, -0.5), (1.1, 0), (1, 0.5), (0, 0.55), (-1, 0.5), (-1.1, 0)]) * strength @ turn + [x, y])
    return pixels.over(scene.picture, cloth(scene, random, [0.9, 0.86, 0.8], 0.03), area(scene, shape))


def yaw(scene: Scene, strength: float, _) -> np.ndarray:
    return turned(scene, np.sign(scene.yaw) * strength - scene.yaw, False)


def pitch(scene: Scene, strength: float, random) -> np.ndarray:
    return turned(scene, strength * random.choice([-1, 1]), True)


def near(scene: Scene, strength: float, _) -> np.ndarray:
    return nearer(scene, strength)


FAMILIES = [
    Family("eyelids", "eyes_open", ((0.06, MILD), (0.04, DOUBTFUL), (0.016, CLEAR), (0.0, CLEAR)), lids,
           either=("gaze", "eyes_occluded", "tinted_glasses", "red_eye", "neutral_expression"), mild_either=("gaze",)),
    Family("look", "gaze", ((0.1, MILD), (0.35, DOUBTFUL), (0.8, CLEAR), (1.05, CLEAR)), gaze,
           either=("eyes_open", "eyes_occluded", "red_eye", "heavy_edit")),
    Family("jaw", "mouth_closed", ((0.012, DOUBTFUL), (0.05, CLEAR), (0.1, CLEAR), (0.18, CLEAR)), mouth,
           either=("neutral_expression", "mouth_occluded", "face_occluded", "pitch", *FRAME)),
    Family("spectacles", "glasses", ((0.014, CLEAR), (0.03, CLEAR), (0.055, CLEAR)), glasses, either=("heavy_edit",)),
    Family("crossing frame", "frames_over_eyes", ((1, CLEAR), (2, CLEAR)), crossing,
           also=("eyes_occluded",), either=(*LENSES, "eyes_open", "face_occluded", "gaze")),
    Family("sunglasses", "tinted_glasses", ((0.85, MILD), (0.4, DOUBTFUL), (0.06, CLEAR), (0.015, CLEAR)), sunglasses,
           also=("eyes_occluded",), either=(*LENSES, *OCCLUDED, "gaze", "eyes_open", "dynamic_range"), mild_either=("glasses",)),
    Family("window", "glare", ((0.13, CLEAR), (0.2, CLEAR)), window,
           also=("eyes_occluded",), either=(*LENSES, *OCCLUDED, "eyes_open", "gaze", "red_eye", "hot_spots", "exposure")),
    Family("window aside", "glare", ((0.05, MILD),), aside, mild_either=("glasses",)),
    Family("headwear", "head_covering", ((1, CLEAR), (2, CLEAR), (3, CLEAR), (4, CLEAR), (5, CLEAR)), headwear,
           either=("face_occluded", "even_light", "background_plain", "background_objects", "background_shadow", *FRAME)),
    Family("covered mouth", "mouth_occluded", ((1, GROSS), (2, GROSS), (3, GROSS)), medical,
           also=("face_occluded",),
           either=("mouth_closed", "neutral_expression", "heavy_edit", "even_light", "yaw", "pitch", "head_covering", *FRAME)),
    Family("fingers", "mouth_occluded", ((1, CLEAR), (2, CLEAR), (3, CLEAR)), hand,
           also=("face_occluded",), either=("mouth_closed", "neutral_expression", "heavy_edit", "even_light", "pitch", *FRAME)),
    Family("thing", "face_occluded", ((1, CLEAR), (2, CLEAR)), thing, also=("mouth_occluded", "eyes_occluded", "tinted_glasses"),
           either=(*LENSES, "mouth_closed", "eyes_open", "gaze", "even_light", "heavy_edit", "neutral_expression", "one_face", "yaw", "pitch", *FRAME)),
    Family("hair over eye", "eyes_occluded", ((25, DOUBTFUL), (120, CLEAR)), strands, also=("face_occluded", "tinted_glasses"),
           either=(*LENSES, "eyes_open", "gaze", "sharp", "even_light", "heavy_edit", "head_covering", "neutral_expression")),
    Family("fringe", "face_occluded", ((6, MILD),), fringe),
    Family("plaster", "face_occluded", ((0.08, MILD), (0.2, DOUBTFUL), (0.45, CLEAR)), plaster, also=("mouth_occluded",),
           either=("even_light", "hot_spots", "heavy_edit", "mouth_closed", "exposure")),
    Family("turn", "yaw", ((3, MILD), (9, DOUBTFUL), (13, CLEAR), (19, GROSS), (25, GROSS)), yaw,
           either=("pitch", "even_light", "gaze", "neutral_expression", "camera_distance", "heavy_edit", *FRAME), mild_either=("pitch",)),
    Family("nod", "pitch", ((4, MILD), (14, DOUBTFUL), (21, CLEAR), (26, CLEAR)), pitch,
           either=("eyes_open", "yaw", "gaze", "neutral_expression", "mouth_closed", "camera_distance", "heavy_edit", *FRAME)),
    Family("arm's length", "camera_distance", ((90, MILD), (45, DOUBTFUL), (24, CLEAR), (17, CLEAR)), near,
           either=("pitch", "yaw", "heavy_edit", *FRAME)),
]
