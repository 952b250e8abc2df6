#!/usr/bin/env python3
"""Writes what TensorFlow Lite's own engine makes of a drawn portrait, for tests/house/net.rs to compare with.

Only needed when a network is replaced. Needs numpy and ai-edge-litert, and the files that packaging/models fetches.

usage: packaging/vectors.py MODELS tests/house/vectors
"""

import json
import pathlib
import sys

import numpy
from ai_edge_litert.interpreter import Interpreter

# network, and the range of its input
NETWORKS = {
    "face_detector": (-1, 1),
    "face_landmarks_detector": (0, 1),
    "face_blendshapes": (0, 256),
    "selfie_segmentation": (0, 1),
    "selfie_multiclass_256x256": (0, 1),
    "palm_detection_lite": (0, 1),
    "face_detection_full_range_sparse": (-1, 1),
}
VALUES = 200  # kept of each output, spread evenly


def colour(s, t):
    """The drawing at s to the right and t down, of 256."""

    def inside(x, y, a, b):
        return (s - x) ** 2 * b * b + (t - y) ** 2 * a * a < a * a * b * b

    if inside(112, 98, 6, 3) or inside(144, 98, 6, 3):
        return (30, 25, 25)
    if inside(128, 134, 15, 4):
        return (150, 70, 70)
    if inside(128, 106, 40, 54):
        return (220, 180, 150)
    if inside(128, 92, 50, 60):
        return (60, 40, 30)
    if t > 176 and abs(s - 128) < 92:
        return (40, 60, 120)
    return (200, 205, 210)


def noise(count):
    state, values = 1, []
    for _ in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        values.append((state >> 8) / 2**24)
    return values


def portrait(shape, low, high):
    """A drawn portrait with a little noise; noise alone for an input that is no picture."""
    values = noise(int(numpy.prod(shape)))
    if len(shape) == 4:
        side = int(shape[1])
        drawn = (
            channel for y in range(side) for x in range(side) for channel in colour(x * 256 // side, y * 256 // side)
        )
        values = [0.9 * (channel / 255) + 0.1 * value for channel, value in zip(drawn, values)]
    return numpy.array([low + (high - low) * value for value in values], numpy.float32).reshape(shape)


def main():
    models, folder = map(pathlib.Path, sys.argv[1:])
    for name, (low, high) in NETWORKS.items():
        engine = Interpreter(str(models / f"{name}.tflite"), num_threads=1)
        engine.allocate_tensors()
        (given,) = engine.get_input_details()
        engine.set_tensor(given["index"], portrait(given["shape"], low, high))
        engine.invoke()
        outputs = []
        for output in engine.get_output_details():
            values = engine.get_tensor(output["index"]).reshape(-1)
            every = -(-values.size // VALUES)
            outputs.append(
                {
                    "shape": [int(extent) for extent in output["shape"]],
                    "every": every,
                    "largest": float(abs(values).max()),
                    "values": [float(f"{value:.8g}") for value in values[::every]],
                }
            )
        vectors = {"low": low, "high": high, "outputs": outputs}
        (folder / f"{name}.json").write_text(json.dumps(vectors, indent=None) + "\n")


main()
