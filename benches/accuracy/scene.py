"""A portrait as the generators need it: pixels, points of the face, who is where. Points and masks come from
mediapipe's own landmarker and segmenter, so that nothing of the measured program decides where something is drawn."""

import contextlib
import os
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import mediapipe
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision

import pixels
from environment import WORK, models

LONGEST = 1000
BUNDLE = [
    "face_detector.tflite",
    "face_landmarks_detector.tflite",
    "face_blendshapes.tflite",
    "geometry_pipeline_metadata_landmarks.binarypb",
]
# point numbers of google/mediapipe's face mesh (Apache-2.0); left and right are sides of the picture
LEFT_EYE = [33, 246, 161, 160, 159, 158, 157, 173, 133, 155, 154, 153, 145, 144, 163, 7]
RIGHT_EYE = [263, 466, 388, 387, 386, 385, 384, 398, 362, 382, 381, 380, 374, 373, 390, 249]
LEFT_IRIS, RIGHT_IRIS = [468, 469, 470, 471, 472], [473, 474, 475, 476, 477]
OUTER_LIPS = [61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146]
INNER_LIPS = [78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95]
OVAL = """10 338 297 332 284 251 389 356 454 323 361 288 397 365 379 378 400 377 152 148 176 149 150 136 172 58 132 93 234
127 162 21 54 103 67 109"""
OVAL = [int(number) for number in OVAL.split()]
BROWS = [70, 63, 105, 66, 107, 336, 296, 334, 293, 300]
CHIN, FOREHEAD, NOSE = 152, 10, 1


@dataclass
class Scene:
    """One portrait with one face."""

    picture: np.ndarray
    points: np.ndarray  # 478 × 3 in pixels; the third is depth, away from the camera
    hair: np.ndarray
    person: np.ndarray
    clothes: np.ndarray
    # yaw and pitch in degrees by mediapipe's own fit
    yaw: float
    pitch: float

    @property
    def shape(self) -> tuple[int, int]:
        return self.picture.shape[:2]

    @cached_property
    def pupils(self) -> np.ndarray:
        return np.array([self.points[LEFT_IRIS, :2].mean(0), self.points[RIGHT_IRIS, :2].mean(0)])

    @cached_property
    def eyes(self) -> np.ndarray:
        return self.pupils.mean(0)

    @cached_property
    def ied(self) -> float:
        """Between the eyes, in pixels: the unit of all drawing."""
        return float(np.hypot(*(self.pupils[1] - self.pupils[0])))

    @cached_property
    def roll(self) -> float:
        across, down = self.pupils[1] - self.pupils[0]
        return float(np.degrees(np.arctan2(down, across)))

    @cached_property
    def chin(self) -> float:
        """From the eyes to the chin, in units of `ied`."""
        return float(np.hypot(*(self.points[CHIN, :2] - self.eyes)) / self.ied)

    @cached_property
    def axes(self) -> np.ndarray:
        """The face's own axes, to its right in the picture and down, each `ied` long."""
        right = (self.pupils[1] - self.pupils[0]).astype(np.float32)
        return np.array([right, [-right[1], right[0]]])

    def at(self, *places) -> np.ndarray:
        """Pixels of places in the face's own frame: origin between the eyes, right, down, unit `ied`."""
        return self.eyes + np.asarray(places, np.float32).reshape(-1, 2) @ self.axes

    def inward(self, points) -> np.ndarray:
        """Places in the face's own frame of pixels."""
        return (np.asarray(points)[:, :2] - self.eyes) @ np.linalg.inv(self.axes)

    @cached_property
    def behind(self) -> np.ndarray:
        """What a card shows of the background for sure, away from the person's edge: rows and columns."""
        right, down = self.grid
        shown = (np.abs(right) < 0.95 * self.chin) & (np.abs(down) < 1.2 * self.chin)
        return np.argwhere(shown & (cv2.erode(1 - self.person, np.ones((9, 9))) > 0.9))

    @cached_property
    def grid(self) -> tuple[np.ndarray, np.ndarray]:
        """Right and down in the face's own frame, for every pixel."""
        height, width = self.shape
        down, across = np.mgrid[:height, :width].astype(np.float32)
        inverse = np.linalg.inv(self.axes).astype(np.float32)
        x, y = across - self.eyes[0], down - self.eyes[1]
        return x * inverse[0, 0] + y * inverse[1, 0], x * inverse[0, 1] + y * inverse[1, 1]

    def face(self, soften: float = 0.0) -> np.ndarray:
        return pixels.polygon(self.shape, self.points[OVAL], soften)

    @cached_property
    def crown(self) -> float:
        """The highest row of hair or skin above the face, in units of `ied` above the eyes."""
        right, down = self.grid
        head = (self.person > 0.5) & (np.abs(right) < 0.7) & (down < 0)
        return float(-down[head].min()) if head.any() else self.chin


class Eyes:
    """mediapipe's networks."""

    def __init__(self) -> None:
        with quiet():
            self.landmarker = vision.FaceLandmarker.create_from_options(
                vision.FaceLandmarkerOptions(
                    base_options=BaseOptions(model_asset_path=str(bundle())),
                    output_face_blendshapes=True,
                    output_facial_transformation_matrixes=True,
                    num_faces=4,
                )
            )
            self.segmenter = vision.ImageSegmenter.create_from_options(
                vision.ImageSegmenterOptions(
                    base_options=BaseOptions(model_asset_path=str(models() / "selfie_multiclass_256x256.tflite")),
                    output_category_mask=False,
                    output_confidence_masks=True,
                )
            )

    def faces(self, picture: np.ndarray):
        return self.landmarker.detect(image_of(picture))

    def scene(self, path: Path) -> Scene | None:
        """The portrait of a file, its longest side at most `LONGEST` pixels; none without a face."""
        picture = pixels.read(path)
        scale = LONGEST / max(picture.shape)
        if scale < 1:
            picture = pixels.resized(picture, round(picture.shape[1] * scale), round(picture.shape[0] * scale))
        found = self.faces(picture)
        if not found.face_landmarks:
            return None
        height, width = picture.shape[:2]
        points = np.array([[p.x * width, p.y * height, p.z * width] for p in found.face_landmarks[0]], np.float32)
        with quiet():
            masks = [m.numpy_view() for m in self.segmenter.segment(image_of(picture)).confidence_masks]
        refined = [np.clip(cv2.GaussianBlur(mask, (0, 0), 1.5), 0, 1) for mask in masks]
        yaw, pitch = angles(found.facial_transformation_matrixes[0])
        return Scene(picture, points, refined[1], 1 - refined[0], refined[4], yaw, pitch)


def angles(matrix: np.ndarray) -> tuple[float, float]:
    """Yaw (positive to the person's left) and pitch (positive up) of mediapipe's pose."""
    forward = matrix[:3, 2]
    yaw = np.degrees(np.arctan2(forward[0], forward[2]))
    return float(yaw), float(np.degrees(np.arcsin(np.clip(forward[1], -1, 1))))


def image_of(picture: np.ndarray):
    return mediapipe.Image(
        image_format=mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(pixels.bytes_of(picture))
    )


def bundle() -> Path:
    """The landmarker's files as the one bundle that mediapipe wants."""
    path = WORK / "face_landmarker.task"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            for name in BUNDLE:
                archive.write(models() / name, name)
        part.rename(path)
    return path


@contextlib.contextmanager
def quiet():
    """mediapipe writes its start-up to standard error, past Python."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
