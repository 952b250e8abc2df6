"""A sheet of the changed pictures, to look at what the generators draw."""

import math
from pathlib import Path

import cv2
import numpy as np


def write(pictures: list[tuple[Path, str]], target: Path, columns: int = 8, side: int = 230) -> None:
    """Pictures with their names, `columns` a row."""
    rows = math.ceil(len(pictures) / columns)
    page = np.full((rows * (side + 18), columns * side, 3), 255, np.uint8)
    for at, (path, name) in enumerate(pictures):
        picture = cv2.imread(str(path))
        scale = side / max(picture.shape[:2])
        small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        top, left = at // columns * (side + 18), at % columns * side
        page[top : top + small.shape[0], left : left + small.shape[1]] = small
        cv2.putText(page, name[:34], (left + 2, top + side + 13), cv2.FONT_HERSHEY_SIMPLEX, 0.4, (0, 0, 0), 1, cv2.LINE_AA)
    target.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(target), page)
