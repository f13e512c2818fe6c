package main

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"fmt"

	"github.com/quic-go/quic-go"
)

// QuicLB issues connection IDs that name this server to load balancers
// (draft-ietf-quic-load-balancers-21, sections 5.2 to 5.4):
//
//	octet 0                              1 ...
//	+---------------+------------------+-----------+-------+
//	| rotation bits | length or random | server ID | nonce |
//	+---------------+------------------+-----------+-------+
//	  7 6 5           4 3 2 1 0        | AES-128-ECB, if there is a key and these are 16 octets
type QuicLB struct {
	RotationBits  byte // of the configuration that the balancer knows, 0 to 6
	ServerID      []byte
	NonceLength   int
	EncodesLength bool         // whether bits 4 to 0 are the number of octets that follow
	Block         cipher.Block // nil: the server ID can be read by everybody
}

// NewQuicLB checks what the draft's section 5.2 demands. No key means plaintext.
func NewQuicLB(rotationBits int, serverID []byte, nonceLength int, encodesLength bool, key []byte) (*QuicLB, error) {
	length := len(serverID) + nonceLength
	if rotationBits < 0 || rotationBits > 6 || len(serverID) < 1 || nonceLength < 4 || length > 19 {
		return nil, fmt.Errorf("rotation bits are 0 to 6, a server ID has 1 octet or more, a nonce 4 or more, both at most 19")
	}
	ids := &QuicLB{byte(rotationBits), serverID, nonceLength, encodesLength, nil}
	if len(key) == 0 {
		return ids, nil
	}
	if len(key) != 16 || length != 16 {
		return nil, fmt.Errorf("with a key of 16 octets, server ID and nonce have 16 octets together")
	}
	var err error
	ids.Block, err = aes.NewCipher(key)
	return ids, err
}

// ConnectionIDLen is part of quic.ConnectionIDGenerator.
func (ids *QuicLB) ConnectionIDLen() int {
	return 1 + len(ids.ServerID) + ids.NonceLength
}

// GenerateConnectionID is part of quic.ConnectionIDGenerator. A nonce must not come twice under one
// key: random ones of 8 octets do not before there are billions of them.
func (ids *QuicLB) GenerateConnectionID() (quic.ConnectionID, error) {
	id := make([]byte, ids.ConnectionIDLen())
	if _, err := rand.Read(id); err != nil {
		return quic.ConnectionID{}, err
	}
	low := id[0] & 0x1f
	if ids.EncodesLength {
		low = byte(len(id) - 1)
	}
	id[0] = ids.RotationBits<<5 | low
	copy(id[1:], ids.ServerID)
	if ids.Block != nil {
		ids.Block.Encrypt(id[1:17], id[1:17])
	}
	return quic.ConnectionIDFromBytes(id), nil
}
