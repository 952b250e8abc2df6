"""Orders kept on a terminal's disk, and those of twenty terminals sent at once, beside a plain upload of the same bytes."""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from photo import cache

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "packaging" / "tour"))

from served import Served  # noqa: E402

PHOTO = Path(__file__).resolve().parents[1] / "assets" / "demo" / "photos" / "portrait.jpg"
TERMINALS, ORDERS, ROUNDS = 20, 50, 1
# about as much as an order says beside its photo
ORDER_BYTES = 2_000


class Product(Served):
    """A server with twenty terminals, and the program that measures them."""

    def __init__(self, programs: Path, folder: Path):
        super().__init__(programs, folder)
        self.terminals = [self.terminal(f"terminal-{at}") for at in range(TERMINALS)]
        self.measure = subprocess.Popen(
            [programs / "kortautomat", "measure"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=self.environment,
        )  # fmt: skip

    def ask(self, what: str, **request) -> dict:
        print(json.dumps({"what": what, **request}), file=self.measure.stdin, flush=True)
        answer = json.loads(self.measure.stdout.readline() or '{"error": "the program ended"}')
        if "error" in answer:
            raise RuntimeError(f"{what}: {answer['error']}")
        return answer

    def close(self) -> None:
        self.measure.stdin.close()
        self.measure.wait()
        super().close()


def nginx() -> Path:
    """The usual web server, unpacked beside the system and not installed."""
    folder = cache() / "nginx"
    program = folder / "usr" / "sbin" / "nginx"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", "-qq", "nginx"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        for package in folder.glob("nginx_*.deb"):
            subprocess.run(["dpkg-deb", "-x", package, folder], check=True)
            package.unlink()
    return program


class Plain:
    """A web server that keeps what is uploaded, as files, and makes nothing sure."""

    def __init__(self, folder: Path):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        folder.mkdir()
        config = folder / "nginx.conf"
        kept = "".join(f"{name}_temp_path {folder}/{name}; " for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        config.write_text(
            f"daemon off; user root; pid {folder}/pid; error_log {folder}/log; worker_processes 2; events {{ }}\n"
            f"http {{ access_log off; {kept} client_max_body_size 16m; server {{ listen 127.0.0.1:{self.port};\n"
            f"root {folder}/kept; location / {{ dav_methods PUT; create_full_put_path on; }} }} }}\n"
        )
        (folder / "kept").mkdir()
        self.process = subprocess.Popen([nginx(), "-c", config, "-e", folder / "log"], stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the plain web server does not start")

    def upload(self, turn: int, photo: bytes, order: bytes) -> float:
        """Seconds until every client has sent its orders, photo and words one after the other."""

        def client(at: int) -> None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            for number in range(ORDERS):
                for kind, body in (("photo", photo), ("order", order)):
                    connection.request("PUT", f"/{turn}/{at}/{number}-{kind}", body)
                    answer = connection.getresponse()
                    answer.read()
                    if answer.status >= 300:
                        raise RuntimeError(f"the plain web server answers {answer.status}")

        threads = [threading.Thread(target=client, args=(at,)) for at in range(TERMINALS)]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - began

    def close(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


def measured(programs: Path) -> dict:
    with tempfile.TemporaryDirectory(prefix="kortautomat-bench-") as name:
        folder = Path(name)
        product, plain = Product(programs, folder), Plain(folder / "plain")
        accepted, drained, uploaded, size = [], [], [], 0
        try:
            for turn in range(ROUNDS):
                taken = [
                    product.ask("accept", data=str(terminal), photo=str(PHOTO), orders=ORDERS, first=(turn * TERMINALS + at) * ORDERS)
                    for at, terminal in enumerate(product.terminals)
                ]
                accepted += [ms for answer in taken for ms in answer["wall_ms"]]
                size = taken[0]["bytes"] // ORDERS
                drained.append(product.ask("drain", data=list(map(str, product.terminals)))["wall_ms"][0] / 1000)
                uploaded.append(plain.upload(turn, os.urandom(size), os.urandom(ORDER_BYTES)))
        finally:
            product.close()
            plain.close()
    accepted.sort()
    every = TERMINALS * ORDERS
    ours, theirs = every / statistics.median(drained), every / statistics.median(uploaded)
    return {
        "accepted": {"p50_ms": round(statistics.median(accepted), 2), "p99_ms": round(accepted[int(len(accepted) * 0.99)], 2)},
        "photo_bytes": size,
        "orders": every,
        "terminals": TERMINALS,
        "drained_per_s": round(ours, 1),
        "uploaded_per_s": round(theirs, 1),
        "ratio_to_upload": round(ours / theirs, 3),
    }
