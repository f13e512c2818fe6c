"""An aioquic server for tests: HTTP/3 from a folder, and the requests of Homing's demo
(dev.homing.demo.wire.Request), under connection IDs that a load balancer can read."""

import argparse
import asyncio
import pathlib

from aioquic.asyncio import QuicConnectionProtocol, serve
from aioquic.h3.connection import H3_ALPN, H3Connection
from aioquic.h3.events import HeadersReceived
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.events import ProtocolNegotiated, StreamDataReceived

from quiclb import QuicLB

DEMO = "homing-demo"
BAD_REQUEST = 1
MAX_LINE = 64
WORD = 2**64 - 1


def seeded(seed, length):
    """The octets of dev.homing.demo.wire.SeededBytes: java.util.SplittableRandom's numbers, each as
    8 octets, the lowest first."""
    out = bytearray()
    state = seed & WORD
    while len(out) < length:
        state = (state + 0x9E3779B97F4A7C15) & WORD
        z = ((state ^ state >> 30) * 0xBF58476D1CE4E5B9) & WORD
        z = ((z ^ z >> 27) * 0x94D049BB133111EB) & WORD
        out += (z ^ z >> 31).to_bytes(8, "little")
    return bytes(out[:length])


class Conversation(QuicConnectionProtocol):
    def __init__(self, *args, name, htdocs, **kwargs):
        super().__init__(*args, **kwargs)
        self._name = name
        self._htdocs = htdocs
        self._http = None
        self._lines = {}
        self._echoes = set()
        self._answered = set()

    def quic_event_received(self, event):
        if isinstance(event, ProtocolNegotiated) and event.alpn_protocol in H3_ALPN:
            self._http = H3Connection(self._quic)
        if self._http:
            for happened in self._http.handle_event(event):
                if isinstance(happened, HeadersReceived):
                    self._serve_file(happened)
        elif isinstance(event, StreamDataReceived):
            self._demo(event.stream_id, event.data, event.end_stream)

    def _say(self, what):
        host, port = self._quic._network_paths[0].addr[:2]
        print(f"{what} from {host}:{port}", flush=True)

    def _serve_file(self, request):
        path = dict(request.headers)[b":path"].decode().lstrip("/")
        file = self._htdocs / path
        found = ".." not in path and file.is_file()
        self._say(f"GET {path}")
        self._http.send_headers(request.stream_id, [(b":status", b"200" if found else b"404")])
        self._http.send_data(request.stream_id, file.read_bytes() if found else b"", True)

    def _demo(self, stream, data, end):
        if stream in self._echoes:
            self._quic.send_stream_data(stream, data, end)
            return
        if stream in self._answered:
            return  # the end of the request came in a frame of its own
        line, feed, rest = (self._lines.pop(stream, b"") + data).partition(b"\n")
        words = line.split(b" ")
        if not feed and not end and len(line) <= MAX_LINE:
            self._lines[stream] = line
        elif feed and words == [b"ECHO"]:
            self._say("ECHO")
            self._echoes.add(stream)
            self._quic.send_stream_data(stream, rest, end)
        elif feed and len(words) == 3 and words[0] == b"GET" and words[1].isdigit():
            self._say("GET")
            self._answered.add(stream)
            content = seeded(int(words[2]), int(words[1]))
            self._quic.send_stream_data(stream, self._name.encode() + b"\n" + content, True)
        else:
            self._answered.add(stream)
            self._quic.stop_stream(stream, BAD_REQUEST)
            self._quic.reset_stream(stream, BAD_REQUEST)


async def main():
    options = argparse.ArgumentParser()
    options.add_argument("--listen", default="127.0.0.1:0", help="address and port")
    options.add_argument("--name", default="aioquic", help="what the server calls itself")
    options.add_argument("--cert", required=True, help="PEM file")
    options.add_argument("--key", required=True, help="PEM file")
    options.add_argument("--htdocs", type=pathlib.Path, help="folder that HTTP/3 serves")
    options.add_argument("--rotation-bits", type=int, default=0, help="QUIC-LB configuration, 0-6")
    options.add_argument("--server-id", type=bytes.fromhex, required=True, help="hexadecimal")
    options.add_argument("--nonce-length", type=int, default=8, help="octets")
    options.add_argument("--encode-length", type="true".__eq__, default=False, help="true or false")
    options.add_argument("--cid-key", type=bytes.fromhex, default=b"", help="AES-128, hexadecimal")
    chosen = options.parse_args()

    ids = QuicLB(
        chosen.rotation_bits,
        chosen.server_id,
        chosen.nonce_length,
        chosen.encode_length,
        chosen.cid_key,
    )
    configuration = QuicConfiguration(is_client=False, alpn_protocols=[DEMO] + H3_ALPN)
    configuration.load_cert_chain(chosen.cert, chosen.key)
    ids.install(configuration)
    host, port = chosen.listen.rsplit(":", 1)
    await serve(
        host.strip("[]"),
        int(port),
        configuration=configuration,
        create_protocol=lambda *args, **kwargs: Conversation(
            *args, name=chosen.name, htdocs=chosen.htdocs, **kwargs
        ),
    )
    print(f"listening on {chosen.listen}", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
