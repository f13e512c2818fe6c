package main

import (
	"context"
	"fmt"
	"log"
	"net"

	"github.com/quic-go/quic-go"
	"github.com/quic-go/quic-go/logging"
)

// marks watches a connection's ECN (RFC 9000 section 13.4) and says at its end what came of it, as
//
//	ECN capable, 140000 of 140010 packets from 127.0.0.1:4433 were marked
//
// where the first word behind ECN is this end's verdict on the way to the peer. Called by the
// connection's own goroutine.
type marks struct {
	remote           net.Addr
	state            logging.ECNState
	received, marked int
}

// watchMarks is a quic.Config.Tracer.
func watchMarks(context.Context, logging.Perspective, quic.ConnectionID) *logging.ConnectionTracer {
	m := &marks{}
	return &logging.ConnectionTracer{
		StartedConnection: func(_, remote net.Addr, _, _ logging.ConnectionID) { m.remote = remote },
		ECNStateUpdated:   func(state logging.ECNState, _ logging.ECNStateTrigger) { m.state = state },
		ReceivedLongHeaderPacket: func(_ *logging.ExtendedHeader, _ logging.ByteCount, ecn logging.ECN, _ []logging.Frame) {
			m.count(ecn)
		},
		ReceivedShortHeaderPacket: func(_ *logging.ShortHeader, _ logging.ByteCount, ecn logging.ECN, _ []logging.Frame) {
			m.count(ecn)
		},
		Close: func() { log.Print(m) },
	}
}

func (m *marks) count(ecn logging.ECN) {
	m.received++
	if ecn == logging.ECT0 || ecn == logging.ECT1 || ecn == logging.ECNCE {
		m.marked++
	}
}

func (m *marks) String() string {
	verdict := map[logging.ECNState]string{
		logging.ECNStateTesting: "testing",
		logging.ECNStateUnknown: "unknown",
		logging.ECNStateFailed:  "failed",
		logging.ECNStateCapable: "capable",
	}[m.state]
	return fmt.Sprintf("ECN %s, %d of %d packets from %s were marked", verdict, m.marked, m.received, m.remote)
}
