"""Runs other engines on our networks and pictures: LiteRT, onnxruntime, mediapipe. Started by photo.py with the packages of
peers.txt; answers a request a line, as `kortautomat measure` does.

usage: peers.py MODELS CONVERTED
"""

import json
import sys
import tempfile
import threading
import time
import zipfile
from pathlib import Path

import numpy
from PIL import Image

BUNDLE = [
    "face_detector.tflite",
    "face_landmarks_detector.tflite",
    "face_blendshapes.tflite",
    "geometry_pipeline_metadata_landmarks.binarypb",
]


def made(shape) -> numpy.ndarray:
    """The input that `kortautomat measure` makes."""
    count = int(numpy.prod(shape))
    return (numpy.arange(count) % 251 / 250).astype(numpy.float32).reshape(shape)


def timed(work, times: int) -> dict:
    wall, cpu = [], []
    for _ in range(times):
        before, start = time.process_time(), time.perf_counter()
        work()
        wall.append((time.perf_counter() - start) * 1e3)
        cpu.append((time.process_time() - before) * 1e3)
    return {"wall_ms": wall, "cpu_ms": cpu}


def together(work: list, times: int) -> dict:
    """Each on a thread of its own, all at once; their processor time cannot be told apart."""
    ready = threading.Barrier(len(work))
    answers = []

    def one(work) -> None:
        work()
        ready.wait()
        answers.append(timed(work, times))

    threads = [threading.Thread(target=one, args=[work]) for work in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(answers) != len(work):
        raise RuntimeError("a thread gave up")
    if len(work) == 1:
        return answers[0]
    return {"wall_ms": [ms for answer in answers for ms in answer["wall_ms"]]}


class Engines:
    def __init__(self, models: Path, converted: Path):
        self.models, self.converted, self.kept = models, converted, {}

    def once(self, key, make):
        if key not in self.kept:
            self.kept[key] = make()
        return self.kept[key]

    def litert(self, model: str, threads: int):
        """LiteRT splits one run over its threads."""
        from ai_edge_litert.interpreter import Interpreter

        engine = Interpreter(str(self.models / model), num_threads=threads)
        engine.allocate_tensors()
        (given,) = engine.get_input_details()
        engine.set_tensor(given["index"], made(given["shape"]))
        outputs = [detail["index"] for detail in engine.get_output_details()]
        return engine.invoke, lambda: [engine.get_tensor(index) for index in outputs]

    def onnxruntime(self, model: str, threads: int):
        import onnxruntime

        file = self.converted / Path(model).with_suffix(".onnx")
        if not file.exists():
            raise FileNotFoundError(f"{model} could not be converted")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads, options.log_severity_level = threads, 1, 3
        session = onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
        (given,) = session.get_inputs()
        # what is left open is one picture
        feed = {given.name: made([extent if isinstance(extent, int) else 1 for extent in given.shape])}
        return (lambda: session.run(None, feed)), (lambda: session.run(None, feed))

    def network(self, engine: str, model: str, times: int, threads: int) -> dict:
        make = {"litert": self.litert, "onnxruntime": self.onnxruntime}[engine]
        run, outputs = self.once((engine, model, threads), lambda: make(model, threads))
        run()
        answer = timed(run, times)
        answer["means"] = [float(output.mean(dtype=numpy.float64)) for output in outputs()]
        return answer

    def mediapipe(self, photo: str):
        from mediapipe import Image as Frame
        from mediapipe.tasks.python import BaseOptions, vision

        with tempfile.TemporaryDirectory(prefix="kortautomat-bench-") as folder:
            bundle = Path(folder) / "face_landmarker.task"
            with zipfile.ZipFile(bundle, "w", zipfile.ZIP_STORED) as archive:
                for name in BUNDLE:
                    archive.write(self.models / name, name)
            base = BaseOptions(model_asset_path=str(bundle))
            faces = vision.FaceLandmarker.create_from_options(
                vision.FaceLandmarkerOptions(base_options=base, output_face_blendshapes=True)
            )
        base = BaseOptions(model_asset_path=str(self.models / "selfie_segmentation.tflite"))
        person = vision.ImageSegmenter.create_from_options(vision.ImageSegmenterOptions(base_options=base))
        frame = Frame.create_from_file(photo)

        def run():
            found = faces.detect(frame)
            if len(found.face_blendshapes) != 1:
                raise RuntimeError("mediapipe sees no face")
            person.segment(frame)

        return run

    def live(self, photo: str, times: int, threads: int) -> dict:
        """A picture as if it were the first one: face landmarker and selfie segmentation."""
        work = self.once(("mediapipe", photo, threads), lambda: [self.mediapipe(photo) for _ in range(threads)])
        return together(work, times)

    def enlarge(self, photo: str, into: str, width: int, height: int) -> dict:
        """The photo as a camera of that many pixels might bring it, with the grain of one."""
        picture = numpy.asarray(Image.open(photo).convert("RGB").resize((width, height), Image.Resampling.BICUBIC))
        grain = numpy.random.default_rng(1).normal(0, 3, picture.shape[:2])[..., None]
        grainy = numpy.clip(picture + grain, 0, 255).astype(numpy.uint8)
        Image.fromarray(grainy).save(into, quality=92)
        return {"bytes": Path(into).stat().st_size}


def main() -> None:
    engines = Engines(*map(Path, sys.argv[1:]))
    for line in sys.stdin:
        request = json.loads(line)
        what = {"network": engines.network, "live": engines.live, "enlarge": engines.enlarge}[request.pop("what")]
        try:
            answer = what(**request)
        except Exception as error:  # whatever an engine throws is its answer
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
