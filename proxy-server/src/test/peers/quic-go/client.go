package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"os"

	"github.com/quic-go/quic-go"
)

// What a client is to do: GET and then ECHO as many octets, each on a stream of its own.
type task struct {
	server, trusted string
	get, echo, seed int64
}

// run asks a server and compares what it answers with the seed, octet by octet.
func (t task) run() error {
	pem, err := os.ReadFile(t.trusted)
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	address, err := net.ResolveUDPAddr("udp", t.server)
	if err != nil {
		return err
	}
	socket, err := net.ListenUDP("udp", nil)
	if err != nil {
		return err
	}
	transport := &quic.Transport{Conn: socket}
	connection, err := transport.Dial(context.Background(), address,
		&tls.Config{RootCAs: roots, ServerName: "localhost", NextProtos: []string{demo}},
		&quic.Config{Tracer: watchMarks})
	if err != nil {
		return err
	}
	if t.get >= 0 {
		if err := t.doGet(connection); err != nil {
			return fmt.Errorf("GET: %w", err)
		}
	}
	if t.echo >= 0 {
		if err := t.doEcho(connection); err != nil {
			return fmt.Errorf("ECHO: %w", err)
		}
	}
	connection.CloseWithError(0, "")
	return transport.Close()
}

func (t task) doGet(connection quic.Connection) error {
	stream, err := connection.OpenStreamSync(context.Background())
	if err != nil {
		return err
	}
	fmt.Fprintf(stream, "GET %d %d\n", t.get, t.seed)
	stream.Close()
	in := bufio.NewReader(stream)
	name, err := in.ReadString('\n')
	if err != nil {
		return err
	}
	if err := compare(in, t.seed, t.get); err != nil {
		return err
	}
	log.Printf("got %d octets from %s", t.get, name[:len(name)-1])
	return nil
}

func (t task) doEcho(connection quic.Connection) error {
	stream, err := connection.OpenStreamSync(context.Background())
	if err != nil {
		return err
	}
	sent := make(chan error, 1)
	go func() {
		_, err := io.Copy(stream, io.MultiReader(
			bytes.NewReader([]byte("ECHO\n")), io.LimitReader(&seeded{state: uint64(t.seed)}, t.echo)))
		stream.Close()
		sent <- err
	}()
	if err := compare(stream, t.seed, t.echo); err != nil {
		return err
	}
	if err := <-sent; err != nil {
		return err
	}
	log.Printf("echoed %d octets", t.echo)
	return nil
}

// compare reads to the end; all that comes has to be the seed's octets, as many as given.
func compare(in io.Reader, seed, length int64) error {
	expected := &seeded{state: uint64(seed)}
	var read int64
	got, want := make([]byte, chunk), make([]byte, chunk)
	for {
		n, err := in.Read(got)
		io.ReadFull(expected, want[:n])
		if !bytes.Equal(got[:n], want[:n]) {
			return fmt.Errorf("a wrong octet behind %d right ones", read)
		}
		read += int64(n)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("after %d octets: %w", read, err)
		}
	}
	if read != length {
		return fmt.Errorf("%d octets instead of %d", read, length)
	}
	return nil
}
