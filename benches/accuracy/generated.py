"""Makes the changed pictures of one side of the split, on several processes, and keeps them below the build folder."""

import ast
import functools
import hashlib
import json
import multiprocessing
import sys
from pathlib import Path

import numpy as np

import cases
import pixels
from cases import Case, Family
from environment import WORK
from sources import Source

# changes with the generators' code, so that nothing old is measured
HERE = Path(__file__).parent


def families(origin: str) -> list[Family]:
    if origin == "fit":
        import fitting

        return fitting.FAMILIES
    import testing

    return testing.FAMILIES


@functools.cache
def fingerprint(origin: str, family: Family) -> str:
    """Of all code that can change how a family looks."""
    shared = [HERE / name for name in ("pixels.py", "scene.py")]
    own = sorted(HERE.glob("fitting*.py" if origin == "fit" else "testing*.py"))
    module = Path(sys.modules[family.make.__module__].__file__)
    files = [*shared, *(own if origin == "test" else [module])]
    # of what the code does, not of how it is laid out
    text = "".join(ast.dump(ast.parse(path.read_text())) for path in files)
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def wanted(sources: list[Source], origin: str, portraits: int | None) -> list[tuple[Source, Family, float, Case]]:
    """All pictures to be made; of so many portraits only, if asked, spread over all skin tones."""
    good = [source for source in sources if source.case.acceptable]
    # one picture of each person is enough: two of the same are no independent witnesses
    first = {source.case.person: source for source in reversed(good)}
    chosen = sorted(first.values(), key=lambda source: float(source.case.tags["ita"] or 0))
    if portraits and portraits < len(chosen):
        chosen = [chosen[round(at * (len(chosen) - 1) / max(portraits - 1, 1))] for at in range(portraits)]
    return [
        (source, family, strength, cases.of_family(family, source.case, strength, word, origin))
        for source in chosen
        for family in families(origin)
        for strength, word in family.strengths
    ]


def place(origin: str, case: Case, family: Family) -> Path:
    name = case.name.replace(" ", "_")
    return WORK / origin / family.name.replace(" ", "_") / f"{name}-{fingerprint(origin, family)}.jpg"


def make(sources: list[Source], origin: str, portraits: int | None, processes: int, only: set[str]) -> list[tuple[Path, Case]]:
    """Every picture with what is known about it. A portrait that does not allow a change has none of it."""
    todo, made = {}, []
    for source, family, strength, case in wanted(sources, origin, portraits):
        if only and family.name not in only and family.rule not in only:
            continue
        path = place(origin, case, family)
        made.append((path, case))
        if not path.exists() and not path.with_suffix(".none").exists():
            todo.setdefault(source.path, []).append((family.name, strength, case.name, path))
    if todo:
        count = sum(map(len, todo.values()))
        print(f"accuracy: making {count} pictures of {len(todo)} portraits ({origin})", file=sys.stderr, flush=True)
        others = sorted({source.path for source in sources if source.case.acceptable})
        jobs = [(origin, path, changes, others) for path, changes in todo.items()]
        with multiprocessing.get_context("spawn").Pool(processes, maxtasksperchild=8) as pool:
            for number, _ in enumerate(pool.imap_unordered(portrait, jobs), 1):
                print(f"\raccuracy: {number} of {len(jobs)} portraits", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
    return [(path, case) for path, case in made if path.exists()]


_eyes = None


def portrait(job) -> None:
    """All changes of one portrait. In a process of its own."""
    global _eyes
    import cv2
    from scene import Eyes

    cv2.setNumThreads(1)
    origin, path, changes, others = job
    _eyes = _eyes or Eyes()
    scene = _eyes.scene(path)
    known = {family.name: family for family in families(origin)}
    for name, strength, case, target in changes:
        # the same picture on every run and machine
        seed = int.from_bytes(hashlib.sha256(json.dumps([case, origin]).encode()).digest()[:8], "big")
        random = np.random.default_rng(seed)
        family = known[name]
        if scene is not None and getattr(family.make, "needs_others", False):
            candidates = [other for other in others if other.stem.split("_")[:2] != path.stem.split("_")[:2]]
            other = _eyes.scene(candidates[int(random.integers(len(candidates)))])
            picture = family.make(scene, strength, random, other)
        else:
            picture = family.make(scene, strength, random) if scene is not None else None
        target.parent.mkdir(parents=True, exist_ok=True)
        if picture is None:
            target.with_suffix(".none").touch()
            continue
        data = picture if isinstance(picture, bytes) else pixels.encoded(picture)
        part = target.with_suffix(".part")
        part.write_bytes(data)
        part.rename(target)
