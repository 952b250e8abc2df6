"""Pictures as arrays of red, green, blue from 0 to 1 (sRGB), and the few steps that all drawing needs."""

import cv2
import numpy as np


def read(path) -> np.ndarray:
    stored = cv2.imread(str(path), cv2.IMREAD_COLOR)  # turns by EXIF
    if stored is None:
        raise ValueError(f"{path} is not a picture")
    return cv2.cvtColor(stored, cv2.COLOR_BGR2RGB).astype(np.float32) / 255


def bytes_of(picture: np.ndarray) -> np.ndarray:
    return np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)


def encoded(picture: np.ndarray, quality: int = 92, halved_colour: bool = False) -> bytes:
    sampling = cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420 if halved_colour else cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444
    flags = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling]
    return cv2.imencode(".jpg", cv2.cvtColor(bytes_of(picture), cv2.COLOR_RGB2BGR), flags)[1].tobytes()


def decoded(data: bytes) -> np.ndarray:
    stored = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    return cv2.cvtColor(stored, cv2.COLOR_BGR2RGB).astype(np.float32) / 255


def linear(picture: np.ndarray) -> np.ndarray:
    """From sRGB to light."""
    return np.where(picture <= 0.04045, picture / 12.92, ((picture + 0.055) / 1.055) ** 2.4).astype(np.float32)


def srgb(light: np.ndarray) -> np.ndarray:
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055).astype(np.float32)


def over(below: np.ndarray, above, mask: np.ndarray) -> np.ndarray:
    """`above` (a picture or a colour) laid over, by a mask from 0 to 1."""
    mask = mask[..., None] if mask.ndim == 2 else mask
    return (below * (1 - mask) + np.asarray(above, np.float32) * mask).astype(np.float32)


def polygon(shape, points, soften: float = 0.0) -> np.ndarray:
    """A mask of the polygon's inside; `soften` is the σ of its edge in pixels."""
    mask = np.zeros(shape[:2], np.float32)
    places = np.rint(np.asarray(points, np.float32)[:, :2] * 16).astype(np.int32)
    cv2.fillPoly(mask, [places], 1.0, cv2.LINE_AA if mask.dtype == np.uint8 else cv2.LINE_8, 4)
    return softened(mask, soften)


def softened(mask: np.ndarray, sigma: float) -> np.ndarray:
    return cv2.GaussianBlur(mask, (0, 0), sigma) if sigma > 0.2 else mask


def disc(shape, centre, radius: float, soften: float = 0.7) -> np.ndarray:
    """A mask of a disc, its edge some pixels wide."""
    down, across = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    return np.clip((radius - np.hypot(across - centre[0], down - centre[1])) / max(soften, 0.1) + 0.5, 0, 1)


def resized(picture: np.ndarray, width: int, height: int) -> np.ndarray:
    shrinks = width * height < picture.shape[0] * picture.shape[1]
    return cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC)
