// A quic-go server for tests: HTTP/3 from a folder, and the requests of Homing's demo
// (dev.homing.demo.wire.Request), under connection IDs that a load balancer can read. With -connect
// it is such a server's client.
package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/binary"
	"encoding/hex"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"

	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/http3"
)

const (
	demo       = "homing-demo"
	badRequest = 1
	chunk      = 16 << 10
)

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "address and port")
	name := flag.String("name", "quic-go", "what the server calls itself")
	cert := flag.String("cert", "", "PEM file")
	key := flag.String("key", "", "PEM file")
	htdocs := flag.String("htdocs", ".", "folder that HTTP/3 serves")
	rotationBits := flag.Int("rotation-bits", 0, "QUIC-LB configuration, 0 to 6")
	serverID := flag.String("server-id", "", "hexadecimal")
	nonceLength := flag.Int("nonce-length", 8, "octets")
	encodesLength := flag.Bool("encode-length", false, "the first octet says how many follow")
	cidKey := flag.String("cid-key", "", "AES-128 key, hexadecimal; none: plaintext")
	connect := flag.String("connect", "", "be a client: a server's address and port")
	trusted := flag.String("trusted", "", "PEM file of the server's certificate")
	get := flag.Int64("get", -1, "octets to get")
	echo := flag.Int64("echo", -1, "octets to send, and to get back")
	seed := flag.Int64("seed", 0, "that the octets are made of")
	flag.Parse()
	if *connect != "" {
		if err := (task{*connect, *trusted, *get, *echo, *seed}).run(); err != nil {
			log.Fatal(err)
		}
		return
	}

	ids, err := NewQuicLB(*rotationBits, octets(*serverID), *nonceLength, *encodesLength, octets(*cidKey))
	if err != nil {
		log.Fatal(err)
	}
	certificate, err := tls.LoadX509KeyPair(*cert, *key)
	if err != nil {
		log.Fatal(err)
	}
	address, err := net.ResolveUDPAddr("udp", *listen)
	if err != nil {
		log.Fatal(err)
	}
	socket, err := net.ListenUDP("udp", address)
	if err != nil {
		log.Fatal(err)
	}
	transport := &quic.Transport{Conn: socket, ConnectionIDGenerator: ids}
	listener, err := transport.Listen(
		&tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{demo, http3.NextProtoH3}},
		&quic.Config{Tracer: watchMarks})
	if err != nil {
		log.Fatal(err)
	}
	files := &http3.Server{Handler: http.FileServer(http.Dir(*htdocs))}
	log.Printf("listening on %s", socket.LocalAddr())
	for {
		connection, err := listener.Accept(context.Background())
		if err != nil {
			log.Fatal(err)
		}
		if connection.ConnectionState().TLS.NegotiatedProtocol == demo {
			go converse(connection, *name)
		} else {
			go files.ServeQUICConn(connection)
		}
	}
}

func octets(text string) []byte {
	decoded, err := hex.DecodeString(text)
	if err != nil {
		log.Fatal(err)
	}
	return decoded
}

func converse(connection quic.Connection, name string) {
	for {
		stream, err := connection.AcceptStream(context.Background())
		if err != nil {
			return // the connection has ended
		}
		go answer(connection, stream, name)
	}
}

func answer(connection quic.Connection, stream quic.Stream, name string) {
	in := bufio.NewReader(stream)
	line, err := in.ReadString('\n')
	var length, seed int64
	if err == nil && line == "ECHO\n" {
		log.Printf("ECHO from %s", connection.RemoteAddr())
		io.Copy(stream, in)
	} else if _, err := fmt.Sscanf(line, "GET %d %d\n", &length, &seed); err == nil && length >= 0 {
		log.Printf("GET from %s", connection.RemoteAddr())
		io.Copy(stream, io.MultiReader(strings.NewReader(name+"\n"), io.LimitReader(&seeded{state: uint64(seed)}, length)))
	} else {
		stream.CancelRead(badRequest)
		stream.CancelWrite(badRequest)
		return
	}
	stream.Close()
}

// The endless octets of dev.homing.demo.wire.SeededBytes: java.util.SplittableRandom's numbers, each
// as 8 octets, the lowest first.
type seeded struct {
	state uint64
	left  []byte
}

func (s *seeded) Read(out []byte) (int, error) {
	read := 0
	for read < len(out) && read < chunk {
		if len(s.left) == 0 {
			s.state += 0x9e3779b97f4a7c15
			z := s.state
			z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
			z = (z ^ z>>27) * 0x94d049bb133111eb
			s.left = binary.LittleEndian.AppendUint64(nil, z^z>>31)
		}
		copied := copy(out[read:], s.left)
		s.left = s.left[copied:]
		read += copied
	}
	return read, nil
}
