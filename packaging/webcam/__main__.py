"""A webcam that a machine plugs in over USB/IP, and that can be told to misbehave.

A connection begins with a line. `plug [plain] [bare]` is the cable: from then on the connection carries USB/IP, until it ends. `plain` has no
MJPEG, `bare` leaves the Huffman tables out. `send WHAT` says what frames are from now on: good, nothing (no transfer ends any more), truncated,
empty, garbage, small (a JPEG of another size than agreed), mixed (every second one is broken). `fail` ends transfers with an error
until the stream begins anew, `unplug` pulls the cable, `count` answers how many whole and broken frames were sent since the camera was plugged in.
"""

import asyncio
import contextlib
import random
import struct
import sys
from collections.abc import Callable
from errno import ECONNRESET, EPIPE, EPROTO

import pictures
import uvc

# as in a dim room, whatever rate was agreed on: an emulated machine decodes no more
PAUSE = 0.1
FRAMES = 12
UNLINK, SUBMITTED, UNLINKED = 2, 3, 4
SENDING = "good nothing truncated empty garbage small mixed".split()


class Webcam:
    """One that is plugged in."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, words: list[str]):
        self.reader, self.writer, self.bare = reader, writer, "bare" in words
        self.requests = uvc.Requests(uvc.MODES[1:] if "plain" in words else uvc.MODES)
        # transfers that wait for frames: sequence → bytes
        self.waiting: dict[int, int] = {}
        self.changed = asyncio.Event()
        self.sending, self.whole, self.broken = "good", 0, 0
        # the stream whose transfers all fail
        self.failed = -1

    async def run(self) -> None:
        tasks = [asyncio.ensure_future(self.serve()), asyncio.ensure_future(self.stream())]
        try:
            await asyncio.gather(*tasks)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            for task in tasks:
                task.cancel()
            self.unplug()

    async def serve(self) -> None:
        """Answers the machine's controller."""
        while True:
            head = await self.reader.readexactly(48)
            command, sequence, _, inward, endpoint, _, length = struct.unpack(">7I", head[:28])
            if command == UNLINK:
                # the transfer's own number is where a transfer has its flags
                (unlinked,) = struct.unpack_from(">I", head, 20)
                waited = self.waiting.pop(unlinked, None) is not None
                self.writer.write(struct.pack(">5Ii24x", UNLINKED, sequence, 0, 0, 0, -ECONNRESET if waited else 0))
            elif endpoint and self.requests.streams == self.failed:
                # it was on its way when the stream failed: the driver would live on it
                self.submitted(sequence, b"", 0, -EPROTO)
            elif endpoint:
                self.waiting[sequence] = length
                self.changed.set()
            else:
                data = b"" if inward else await self.reader.readexactly(length)
                try:
                    answer = self.requests.answer(head[40:], data)
                    self.submitted(sequence, answer, len(answer) if inward else length)
                except uvc.Refused:
                    self.submitted(sequence, b"", 0, -EPIPE)

    def submitted(self, sequence: int, data: bytes, length: int, status: int = 0) -> None:
        self.writer.write(struct.pack(">5IiI20x", SUBMITTED, sequence, 0, 0, 0, status, length) + data)

    async def until(self, true: Callable[[], object]) -> None:
        while not true():
            self.changed.clear()
            await self.changed.wait()

    async def stream(self) -> None:
        """Fills the transfers with one frame after the other."""
        clock = asyncio.get_running_loop()
        number, due = 0, clock.time()
        while True:
            await self.until(lambda: self.waiting and self.sending != "nothing")
            due = max(due + PAUSE, clock.time())
            await asyncio.sleep(due - clock.time())
            number += 1
            whole, data = self.frame(number)
            if await self.sent(data, number % 2):
                self.whole, self.broken = self.whole + whole, self.broken + (not whole)

    async def sent(self, data: bytes, toggle: int) -> bool:
        """Sends a frame, unless the stream ends in its middle."""
        stream, at = self.requests.streams, 0
        while True:
            await self.until(lambda: self.waiting and self.sending != "nothing")
            if self.requests.streams != stream:
                return False
            sequence = next(iter(self.waiting))
            part = data[at : at + min(self.waiting.pop(sequence), uvc.PAYLOAD) - 2]
            at += len(part)
            last = at >= len(data)
            self.submitted(sequence, bytes((2, 0x80 | last << 1 | toggle)) + part, 2 + len(part))
            await self.writer.drain()
            if last:
                return True

    def frame(self, number: int) -> tuple[bool, bytes]:
        """Whether the next frame is whole, and its bytes."""
        kind, width, height, _ = self.requests.mode
        sending = self.sending
        if sending == "mixed":
            sending = ("good", "truncated", "good", "empty", "good", "garbage")[number % 6]
        if sending == "small":
            width, height = width // 2, height // 2
        seed = number % FRAMES
        if kind == uvc.MJPEG:
            data = pictures.jpeg(width, height, seed, not self.bare)
        else:
            data = pictures.plain(width, height, seed)
        match sending:
            case "truncated":
                return False, data[: len(data) // 2]
            case "empty":
                return False, b""
            case "garbage":
                return False, random.Random(number).randbytes(4000)
        return True, data

    def fail(self) -> None:
        self.failed = self.requests.streams
        for sequence in self.waiting:
            self.submitted(sequence, b"", 0, -EPROTO)
        self.waiting.clear()

    def send(self, what: str) -> None:
        self.sending = what
        self.changed.set()

    def unplug(self) -> None:
        self.writer.transport.abort()


class Port:
    """Where the webcam is plugged in, and what it is told."""

    def __init__(self) -> None:
        self.webcam: Webcam | None = None

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        words = (await reader.readline()).decode(errors="replace").split()
        print(*words, file=sys.stderr, flush=True)
        if words[:1] == ["plug"]:
            if self.webcam:
                self.webcam.unplug()
            self.webcam = Webcam(reader, writer, words[1:])
            await self.webcam.run()
            print("unplugged", file=sys.stderr, flush=True)
            return
        writer.write(f"{self.told(words)}\n".encode())
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()

    def told(self, words: list[str]) -> str:
        webcam = self.webcam
        match words:
            case ["unplug"]:
                if webcam:
                    webcam.unplug()
                self.webcam = None
            case ["send", what] if webcam and what in SENDING:
                webcam.send(what)
            case ["fail"] if webcam:
                webcam.fail()
            case ["count"] if webcam:
                return f"{webcam.whole} {webcam.broken}"
            case _:
                return f"not understood: {' '.join(words)}"
        return "ok"


async def main() -> None:
    server = await asyncio.start_server(Port().connected, "127.0.0.1", 0)
    # whoever started this plugs the camera in there
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
