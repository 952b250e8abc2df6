"""`kortautomat check` on a 1280×960 JPEG, by stage, with warm networks."""

import json
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

PORTRAIT = Path(__file__).resolve().parents[1] / "assets" / "demo" / "photos" / "portrait.jpg"
TIMES = 40
WARM = 5


def measured(programs: Path) -> dict:
    with tempfile.TemporaryDirectory(prefix="kortautomat-bench-") as folder:
        for at in range(TIMES + WARM):
            shutil.copyfile(PORTRAIT, Path(folder) / f"{at:03}.jpg")
        done = subprocess.run(
            ["taskset", "-c", "0", programs / "kortautomat", "check", "--json", folder],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    reports = [json.loads(line)["ms"] for line in done.stdout.splitlines()][WARM:]
    stages = {stage: round(statistics.median(report[stage] for report in reports), 2) for stage in reports[0]}
    return {"ms": stages, "pictures": len(reports), "threads": 1}
