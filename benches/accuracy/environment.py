"""The Python environment of the accuracy measurement: made once, kept below the build folder, pinned."""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
WORK = Path(os.environ.get("CARGO_TARGET_DIR") or REPOSITORY / "target") / "accuracy"
INSIDE = "KORTAUTOMAT_ACCURACY_PYTHON"


def models() -> Path:
    """Where packaging/models puts the networks."""
    if folder := os.environ.get("KORTAUTOMAT_MODELS"):
        return Path(folder)
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "kortautomat" / "models"


def enter() -> None:
    """Runs this program again in the environment, unless it is there already."""
    wanted = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:16]
    if os.environ.get(INSIDE) == wanted:
        return
    folder = WORK / f"python-{wanted}"
    python = folder / "bin" / "python"
    done = folder / "complete"
    if not done.exists():
        print("accuracy: making a Python environment from PyPI, once", file=sys.stderr, flush=True)
        venv.create(folder, with_pip=True, clear=True)
        # mediapipe names far more than its tasks need; the list is whole, so nothing is resolved
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", REQUIREMENTS],
            check=True,
        )
        done.touch()
    surroundings = os.environ | {INSIDE: wanted, "GLOG_minloglevel": "3", "TF_CPP_MIN_LOG_LEVEL": "3"}
    os.execve(python, [str(python), str(Path(__file__).parent), *sys.argv[1:]], surroundings)
