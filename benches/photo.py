"""How fast photos are judged, and how fast other engines are on the same networks and pictures, in turns in one run."""

import hashlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PEERS = Path(__file__).with_name("peers.txt")
CONVERTER = Path(__file__).with_name("converter.txt")
PORTRAIT = ROOT / "assets" / "demo" / "photos" / "portrait.jpg"
FIXTURES = ROOT / "tests" / "fixtures" / "photos"
PICTURES = [PORTRAIT, *(FIXTURES / f"composite_{name}.jpg" for name in ("f-african", "f-easian", "m-white"))]

LIVE = ["face_detector", "face_landmarks_detector", "face_blendshapes", "selfie_segmentation"]
NETWORKS = [*LIVE, "selfie_multiclass_256x256"]
# what mediapipe does as well; the rest of a frame's time is measuring, which it does not do
SEEING = ["shrink", "landmarks", "detect", "expression", "person"]
ROUNDS = 7
# how often each round, so that every network takes about as long
TIMES = {"face_detector": 40, "face_landmarks_detector": 12, "face_blendshapes": 60, "selfie_segmentation": 15}


def cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kortautomat"


def models() -> Path:
    return Path(os.environ.get("KORTAUTOMAT_MODELS") or cache() / "models")


def install(requirements: Path, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps",
         "--only-binary", ":all:", "--target", folder, "--requirement", requirements],
        check=True,
    )  # fmt: skip


def kept(name: str, requirements: Path, make) -> Path:
    """A folder of the cache that `make` fills where it is not there yet, for these requirements and this Python."""
    mark = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = cache() / f"{name}-{mark}"
    if not folder.exists():
        print(f"bench: making {folder}, once", file=sys.stderr, flush=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f"{name}-", dir=folder.parent) as work:
            (Path(work) / "made").mkdir()
            make(Path(work))
            (Path(work) / "made").rename(folder)
    return folder


def peers() -> Path:
    """The other engines' packages."""
    return kept("peers", PEERS, lambda work: install(PEERS, work / "made"))


def converted() -> Path:
    """The networks as ONNX, as far as tf2onnx can convert them."""

    def convert(work: Path) -> None:
        install(CONVERTER, work / "packages")
        for network in NETWORKS:
            done = subprocess.run(
                [sys.executable, "-m", "tf2onnx.convert", "--opset", "18", "--tflite", models() / f"{network}.tflite",
                 "--output", work / "made" / f"{network}.onnx"],
                env={**os.environ, "PYTHONPATH": str(work / "packages")}, capture_output=True, text=True,
            )  # fmt: skip
            if done.returncode != 0:
                print(f"bench: {network} cannot be converted: {done.stderr.strip()[-300:]}", file=sys.stderr)

    return kept("converted", CONVERTER, convert)


class Engine:
    """A program that answers a request a line."""

    def __init__(self, command: list, cores: str, **variables: str):
        self.process = subprocess.Popen(
            ["taskset", "-c", cores, *map(str, command)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, **variables},
        )  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()

    def ask(self, what: str, **request) -> dict:
        print(json.dumps({"what": what, **request}), file=self.process.stdin, flush=True)
        answer = json.loads(self.process.stdout.readline() or '{"error": "the program ended"}')
        if "error" in answer:
            raise RuntimeError(f"{what}: {answer['error']}")
        return answer


class Middle:
    """Medians over all rounds, by engine and what was measured."""

    def __init__(self):
        self.lists: dict[tuple, list[float]] = {}

    def add(self, key: tuple, answer: dict, threads: int, share: float = 1.0) -> None:
        """On one thread the processor's time counts, which other programs do not lengthen; on two the clock's."""
        self.lists.setdefault(key, []).extend(ms * share for ms in answer["cpu_ms" if threads == 1 else "wall_ms"])

    def of(self, *key) -> float | None:
        return round(statistics.median(self.lists[key]), 3) if key in self.lists else None


def agree(model: str, ours: dict, theirs: dict) -> None:
    """The same network computes the same, or the comparison is worth nothing. Outputs may come in another order."""
    for a, b in zip(sorted(ours["means"]), sorted(theirs["means"])):
        if abs(a - b) > 1e-3 * max(1.0, abs(a)):
            raise RuntimeError(f"{model}: the engines disagree, {a} and {b}")


def one_by_one(ours: Engine, others: Engine, threads: int) -> tuple[dict, dict]:
    """Milliseconds of each network and engine, and of the live networks with their crops; what could not be run, and why."""
    middle, missing = Middle(), {}
    for _ in range(ROUNDS):
        for model in NETWORKS:
            times, file = TIMES.get(model, 2), f"{model}.tflite"
            mine = ours.ask("network", model=file, times=times, threads=threads)
            middle.add(("kortautomat", model), mine, threads)
            for engine in ("litert", "onnxruntime"):
                if (engine, model) in missing:
                    continue
                try:
                    answer = others.ask("network", engine=engine, model=file, times=times, threads=threads)
                except RuntimeError as error:
                    missing[engine, model] = str(error)
                    continue
                agree(model, mine, answer)
                middle.add((engine, model), answer, threads)
        for picture in map(str, PICTURES):
            mine = ours.ask("live", photo=picture, times=5, threads=threads)
            stages = mine["stages_ms"]
            seeing = sum(stages[stage] for stage in SEEING) / sum(stages.values())
            middle.add(("kortautomat", "live"), mine, threads, seeing / threads)
            answer = others.ask("live", photo=picture, times=5, threads=threads)
            middle.add(("mediapipe", "live"), answer, threads, 1 / threads)
    engines = ["kortautomat", "litert", "onnxruntime"]
    table = {model: {engine: middle.of(engine, model) for engine in engines} for model in NETWORKS}
    table["live_networks"] = {engine: middle.of(engine, "live") for engine in ("kortautomat", "mediapipe")}
    return table, {f"{engine} {model}": why for (engine, model), why in missing.items()}


def ratios(table: dict) -> dict:
    ratio = {}
    short = {"selfie_multiclass_256x256": "multiclass", "live_networks": "live_networks"}
    for name, times in table.items():
        for engine, ms in times.items():
            if engine != "kortautomat" and ms:
                ratio[f"{short.get(name, name)}_to_{engine}"] = round(times["kortautomat"] / ms, 3)
    return ratio


def stages(ours: Engine, photo: Path, times: int) -> dict:
    answer = ours.ask("check", photo=str(photo), times=times, threads=1)
    by_stage = {stage: round(ms, 2) for stage, ms in answer["stages_ms"].items()}
    return {"total": round(statistics.median(answer["cpu_ms"]), 2), **by_stage}


def wall(ours: Engine, what: str, **request) -> float:
    return round(statistics.median(ours.ask(what, **request)["wall_ms"]), 1)


def memory(program: Path, pictures: list[Path]) -> float:
    """The most memory that a check of some pictures had at once, in MB."""
    process = subprocess.Popen(
        [program, "check", *pictures], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, used = os.wait4(process.pid, 0)
    return round(used.ru_maxrss * 1024 / 1e6, 1)


def multiclass_goal() -> float:
    """The gain is larger where the processor has AVX-512."""
    return 0.9 if " avx512f" in Path("/proc/cpuinfo").read_text() else 1.0


def growing(program: Path, folder: Path, pictures: int) -> dict:
    """Resident memory while many pictures are checked: after a hundred of them, and at the end."""
    for at in range(pictures):
        name = folder / f"{at:05}.jpg"
        if at < 8:
            shutil.copyfile(PICTURES[at % len(PICTURES)], name)
        else:
            os.link(folder / f"{at % 8:05}.jpg", name)
    process = subprocess.Popen([program, "check", "--json", folder], stdout=subprocess.PIPE)
    first = last = peak = 0.0
    for at, _ in enumerate(process.stdout, start=1):
        if at == min(100, pictures // 2) or at == pictures:
            status = Path(f"/proc/{process.pid}/status").read_text()
            held = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if line.startswith("Vm")}
            last, peak = int(held["VmRSS"]) * 1024 / 1e6, int(held["VmHWM"]) * 1024 / 1e6
            first = first or last
    process.wait()
    grown = round(max(last - first, 0.0), 1)
    return {"pictures": pictures, "at_first_mb": round(first, 1), "grown_mb": grown, "peak_mb": round(peak, 1)}


def measured(programs: Path, pictures: int) -> dict:
    program = programs / "kortautomat"
    ask = [program, "measure"]
    answer = [sys.executable, Path(__file__).with_name("peers.py"), models(), converted()]
    packages = {"PYTHONPATH": str(peers())}
    with tempfile.TemporaryDirectory(prefix="kortautomat-bench-") as folder:
        large = {size: Path(folder) / f"{size}.jpg" for size in ("12_megapixels", "50_megapixels")}
        with Engine(ask, "0") as ours, Engine(answer, "0", **packages) as others:
            others.ask("enlarge", photo=str(PORTRAIT), into=str(large["12_megapixels"]), width=4000, height=3000)
            others.ask("enlarge", photo=str(PORTRAIT), into=str(large["50_megapixels"]), width=8160, height=6120)
            table, missing = one_by_one(ours, others, 1)
            checks = {"ms": stages(ours, PORTRAIT, 40), "ms_12_megapixels": stages(ours, large["12_megapixels"], 7)}
            load = {
                model: round(statistics.median(ours.ask("load", model=f"{model}.tflite", times=7)["cpu_ms"]), 1)
                for model in NETWORKS
            }
            load["all"] = wall(ours, "load", times=7)
        with Engine(ask, "0,1") as ours, Engine(answer, "0,1", **packages) as others:
            two, _ = one_by_one(ours, others, 2)
            load["all_two_threads"] = wall(ours, "load", times=7)
            burst = wall(ours, "burst", photo=str(PORTRAIT), frames=8, times=5, threads=2)
            checks["two_threads_check_ms"] = {
                name: wall(ours, "check", photo=str(photo), times=20, threads=2)
                for name, photo in (("1280x960", PORTRAIT), ("12_megapixels", large["12_megapixels"]))
            }
        used = {"check_mb": memory(program, [PORTRAIT])} | {
            f"check_{size}_mb": memory(program, [path]) for size, path in large.items()
        }
        many = Path(folder) / "many"
        many.mkdir()
        used["many"] = growing(program, many, pictures)
    return {
        **checks,
        "load_ms": load,
        "burst_8_frames_ms": burst,
        "one_thread_cpu_ms": table,
        "two_threads_wall_ms": two,
        "not_run": missing,
        "memory": used,
        "ratio": ratios(table),
        "ratio_two_threads": ratios(two),
    }
