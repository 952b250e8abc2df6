"""What `kortautomat check --json` says about many pictures, kept as long as program and policy are the same."""

import hashlib
import json
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from environment import WORK

BATCH = 40


class Program:
    """The built program with one policy."""

    def __init__(self, path: Path, policy: str, declared: str | None = None) -> None:
        self.path, self.policy, self.declared = path, policy, declared
        policy_text = Path(policy).read_bytes() if Path(policy).is_file() else policy.encode()
        version = hashlib.sha256(path.read_bytes() + policy_text + (declared or "").encode()).hexdigest()[:16]
        self.store = WORK / "judged" / f"{version}.jsonl"

    def judge(self, pictures: list[Path], processes: int) -> dict[Path, dict]:
        """The report of every picture. What was judged before by the same program is not judged again."""
        known = self.known()
        missing = [path for path in dict.fromkeys(pictures) if str(path) not in known]
        if missing:
            began = time.monotonic()
            batches = [missing[at : at + BATCH] for at in range(0, len(missing), BATCH)]
            self.store.parent.mkdir(parents=True, exist_ok=True)
            with ThreadPoolExecutor(processes) as pool, self.store.open("a") as store:
                for number, lines in enumerate(pool.map(self.run, batches), 1):
                    for report in lines:
                        known[report["file"]] = report
                        store.write(json.dumps(report) + "\n")
                    store.flush()
                    if sys.stderr.isatty() or number == len(batches):
                        print(f"\raccuracy: judged {min(number * BATCH, len(missing))} of {len(missing)}", end="",
                              file=sys.stderr, flush=True)  # fmt: skip
            print(f" in {time.monotonic() - began:.0f} s", file=sys.stderr)
        return {path: known[str(path)] for path in pictures}

    def judge_anew(self, picture: Path) -> dict:
        """The report of one picture, nothing kept."""
        return self.run([picture])[0]

    def cost(self, pictures: list[Path]) -> float:
        """Processor time in ms for each of some pictures, networks loaded: what the clock says depends on what else runs."""
        used = []
        for batch in (pictures[:1], pictures):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            self.run(batch)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            used.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return 1000 * (used[1] - used[0]) / (len(pictures) - 1)

    def known(self) -> dict[str, dict]:
        if not self.store.exists():
            return {}
        reports = (json.loads(line) for line in self.store.read_text().splitlines())
        return {report["file"]: report for report in reports}

    def run(self, batch: list[Path]) -> list[dict]:
        command = [self.path, "check", "--json", "--policy", self.policy]
        if self.declared:
            command += ["--declared", self.declared]
        done = subprocess.run([*command, *batch], capture_output=True, text=True)
        reports = [json.loads(line) for line in done.stdout.splitlines()]
        if done.returncode not in (0, 1) or len(reports) != len(batch):
            raise RuntimeError(f"{self.path} check: {done.returncode}: {done.stderr.strip()}")
        return reports
