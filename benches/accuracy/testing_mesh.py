"""The testing generator's geometry: faces moved triangle by triangle, and the face's own normals."""

import cv2
import numpy as np

import scene as face
from scene import Scene

LIDS = [(246, 7), (161, 163), (160, 144), (159, 145), (158, 153), (157, 154), (173, 155),
        (466, 249), (388, 390), (387, 373), (386, 374), (385, 380), (384, 381), (398, 382)]  # fmt: skip
# the crease above each upper lid, in the order of LIDS
CREASES = [247, 30, 29, 27, 28, 56, 190, 467, 260, 259, 257, 258, 286, 414]


def triangles(points: np.ndarray, shape) -> np.ndarray:
    """Delaunay's triangles of the points, by their numbers."""
    height, width = shape
    grid = cv2.Subdiv2D((-2, -2, width + 4, height + 4))
    numbers = {}
    for number, (x, y) in enumerate(points[:, :2]):
        place = float(np.clip(x, -1, width)), float(np.clip(y, -1, height))
        grid.insert(place)
        numbers[tuple(np.float32(place))] = number
    found = []
    for corners in grid.getTriangleList().reshape(-1, 3, 2):
        triple = [numbers.get(tuple(corner)) for corner in corners]
        if None not in triple:
            found.append(triple)
    return np.array(found)


def border(shape) -> np.ndarray:
    height, width = shape
    return np.array([[x * (width - 1), y * (height - 1)] for x in (0, 0.5, 1) for y in (0, 0.5, 1) if (x, y) != (0.5, 0.5)])


def moved(scene: Scene, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """The picture with the points `start` at `end`; each triangle between them by its own affine map. Triangles that
    turn away from the camera are not drawn."""
    height, width = scene.shape
    start = np.concatenate([start[:, :2], border(scene.shape)]).astype(np.float32)
    end = np.concatenate([end[:, :2], border(scene.shape)]).astype(np.float32)
    down, across = np.mgrid[:height, :width].astype(np.float32)
    map_x, map_y = across.copy(), down.copy()
    for triple in triangles(start, scene.shape):
        here, there = end[triple], start[triple]
        edges = here[1:] - here[0]
        area = edges[0, 0] * edges[1, 1] - edges[0, 1] * edges[1, 0]
        old = there[1:] - there[0]
        if abs(area) < 0.5 or area * (old[0, 0] * old[1, 1] - old[0, 1] * old[1, 0]) < 0:
            continue
        x0, y0 = np.maximum(np.floor(here.min(0)).astype(int), 0)
        x1, y1 = np.minimum(np.ceil(here.max(0)).astype(int) + 1, [width, height])
        if x1 <= x0 or y1 <= y0:
            continue
        inside = np.zeros((y1 - y0, x1 - x0), np.uint8)
        cv2.fillConvexPoly(inside, np.rint((here - [x0, y0]) * 16).astype(np.int32), 1, cv2.LINE_8, 4)
        affine = cv2.getAffineTransform(here, there)
        rows, columns = np.nonzero(inside)
        x, y = columns + x0, rows + y0
        map_x[y, x] = affine[0, 0] * x + affine[0, 1] * y + affine[0, 2]
        map_y[y, x] = affine[1, 0] * x + affine[1, 1] * y + affine[1, 2]
    return cv2.remap(scene.picture, map_x, map_y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def around(scene: Scene) -> np.ndarray:
    """Further points about the head: hair and neck, whose depth falls off behind the face's edge."""
    oval = scene.points[face.OVAL]
    middle = oval[:, :2].mean(0)
    rings = []
    for reach, back in ((1.18, 0.35), (1.4, 0.8)):
        ring = np.empty_like(oval)
        ring[:, :2] = middle + (oval[:, :2] - middle) * reach
        ring[:, 2] = oval[:, 2] + back * scene.ied
        rings.append(ring)
    return np.concatenate(rings)


def head(scene: Scene) -> tuple[np.ndarray, np.ndarray]:
    """Points of face and head in IED: right, down, towards the camera, about the head's middle; and how freely each moves."""
    points = np.concatenate([scene.points[:468], around(scene)])
    flat = scene.inward(points)
    front = -(points[:, 2:] - scene.points[face.OVAL, 2].mean()) / scene.ied
    rings = len(face.OVAL)
    free = np.concatenate([np.ones(468 + rings), np.full(rings, 0.35)])
    return np.concatenate([flat, front], 1), free


def back(scene: Scene, places: np.ndarray) -> np.ndarray:
    return scene.at(*places[:, :2])


def turned(scene: Scene, degrees: float, up: bool) -> np.ndarray:
    """The head turned about its own axis."""
    places, free = head(scene)
    angle, target = np.radians(degrees), places.copy()
    axis, middle = (1, 0.3) if up else (0, 0.0)
    # the neck's axis lies behind the face
    front = places[:, 2] + 0.6
    along = places[:, axis] - middle
    target[:, axis] = middle + along * np.cos(angle) + front * np.sin(angle) - 0.6 * np.sin(angle)
    target = places + (target - places) * free[:, None]
    return moved(scene, back(scene, places), back(scene, target))


def nearer(scene: Scene, centimetres: float) -> np.ndarray:
    """Central projection from so near instead of from afar."""
    places, free = head(scene)
    distance = centimetres / 6.3
    grown = distance / (distance - places[:, 2])
    target = places.copy()
    target[:, :2] *= (1 + (grown - 1) * free)[:, None]
    return moved(scene, back(scene, places), back(scene, target))


def normals(scene: Scene) -> np.ndarray:
    """For each pixel of the person the direction that it faces: right, down, towards the camera. The mesh where there is
    one, an upright cylinder elsewhere."""
    right, down = scene.grid
    across = np.clip(right / 1.5, -0.95, 0.95)
    cylinder = np.stack([across, np.zeros_like(across), np.sqrt(1 - across**2)], -1)
    field, weight = cylinder.copy(), np.zeros(scene.shape, np.float32)
    flat = np.concatenate([scene.inward(scene.points[:468]), -scene.points[:468, 2:] / scene.ied], 1)
    for triple in triangles(scene.points[:468], scene.shape):
        a, b, c = flat[triple]
        normal = np.cross(b - a, c - a)
        length = np.linalg.norm(normal)
        if length < 1e-9:
            continue
        normal = normal / length * (1 if normal[2] > 0 else -1)
        corners = np.rint(scene.points[triple, :2] * 16).astype(np.int32)
        cv2.fillConvexPoly(field, corners, [float(v) for v in normal], cv2.LINE_8, 4)
        cv2.fillConvexPoly(weight, corners, 1.0, cv2.LINE_8, 4)
    sigma = 0.06 * scene.ied
    field = cv2.GaussianBlur(field.astype(np.float32), (0, 0), sigma)
    return field / np.maximum(np.linalg.norm(field, axis=-1, keepdims=True), 1e-6)
