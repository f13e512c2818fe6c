import os

import aioquic.quic.connection
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


class QuicLB:
    """Connection IDs that name this server to load balancers
    (draft-ietf-quic-load-balancers-21, sections 5.2 to 5.4):

    octet 0                              1 ...
    +---------------+------------------+-----------+-------+
    | rotation bits | length or random | server ID | nonce |
    +---------------+------------------+-----------+-------+
      7 6 5           4 3 2 1 0        | AES-128-ECB, if there is a key and these are 16 octets
    """

    def __init__(self, rotation_bits, server_id, nonce_length, encodes_length=False, key=b""):
        length = len(server_id) + nonce_length
        if not 0 <= rotation_bits <= 6 or len(server_id) < 1 or nonce_length < 4 or length > 19:
            raise ValueError(
                "rotation bits are 0 to 6, a server ID has 1 octet or more, a nonce 4 or more,"
                " both at most 19"
            )
        if key and (len(key) != 16 or length != 16):
            raise ValueError("with a key of 16 octets, server ID and nonce have 16 octets together")
        if 1 + length in (8, 16):
            raise ValueError("aioquic draws path challenges of 8 and reset tokens of 16 octets")
        self.connection_id_length = 1 + length
        self.rotation_bits = rotation_bits
        self.server_id = server_id
        self.nonce_length = nonce_length
        self.encodes_length = encodes_length
        self.cipher = Cipher(algorithms.AES(key), modes.ECB()) if key else None

    def issue(self):
        """A new connection ID. A nonce must not come twice under one key: random ones of 8 octets
        do not before there are billions of them."""
        low = self.connection_id_length - 1 if self.encodes_length else os.urandom(1)[0] & 0x1F
        rest = self.server_id + os.urandom(self.nonce_length)
        if self.cipher:
            rest = self.cipher.encryptor().update(rest)
        return bytes([self.rotation_bits << 5 | low]) + rest

    def urandom(self, length):
        return self.issue() if length == self.connection_id_length else os.urandom(length)

    def install(self, configuration):
        """aioquic has no hook for connection IDs: it draws them, and all else that is random, from
        the `os` of one module, and only they have their length."""
        configuration.connection_id_length = self.connection_id_length
        aioquic.quic.connection.os = self
