package dev.homing.observe.trace;

import dev.homing.capture.PcapngWriter;
import dev.homing.capture.PcapngWriter.Direction;
import dev.homing.capture.RawPacket;
import dev.homing.ledger.Side;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;

/// A packet for each datagram, those of trains by themselves, for Wireshark and tshark. What became
/// of it is the packet's comment.
///
/// ```
/// interface 0  clients     client ──► listener, client ◄── listener: as the client sees them, whatever address
///                          they have toward the backend
/// interface 1  backends    sender ──► port 0: what came from backends and belongs to no client
/// ```
final class PcapngPackets implements TraceWriter {

    private static final int CLIENTS = 0;
    private static final int BACKENDS = 1;

    private final String application;

    /// @param application what the file says it was written by
    PcapngPackets(String application) {
        this.application = application;
    }

    @Override
    public String contentType() {
        return "application/x-pcapng";
    }

    @Override
    public void begin(OutputStream out) throws IOException {
        PcapngWriter writer = new PcapngWriter(out);
        writer.section(application);
        writer.addInterface(
                PcapngWriter.LINKTYPE_RAW,
                "clients",
                "datagrams of clients and to clients, with headers made by Homing");
        writer.addInterface(
                PcapngWriter.LINKTYPE_RAW,
                "backends",
                "datagrams of backends that belong to no client, with headers made by Homing");
    }

    @Override
    public void write(TracedDatagram datagram, OutputStream out) throws IOException {
        boolean isOutward = datagram.isRemoteClient() && datagram.side() == Side.BACKEND;
        InetSocketAddress from = isOutward ? datagram.local() : datagram.remote();
        InetSocketAddress to = isOutward ? datagram.remote() : datagram.local();
        PcapngWriter writer = new PcapngWriter(out);
        String verdict = verdict(datagram);
        for (int i = 0; i < datagram.count(); i++) {
            int length = datagram.lengthBytes(i);
            writer.packet(
                    datagram.isRemoteClient() ? CLIENTS : BACKENDS,
                    datagram.nanos(),
                    RawPacket.of(from, to, datagram.kept().get(i), length, datagram.ecn()),
                    RawPacket.headerBytes(from) + length,
                    isOutward ? Direction.OUTBOUND : Direction.INBOUND,
                    datagram.count() == 1
                            ? verdict
                            : verdict + ", %d of %d in a train".formatted(i + 1, datagram.count()));
        }
    }

    private static String verdict(TracedDatagram datagram) {
        StringBuilder text = new StringBuilder(datagram.end());
        if (datagram.backend() != null) {
            text.append(datagram.side() == Side.CLIENT ? ", to backend " : ", from backend ")
                    .append(datagram.backend());
        }
        if (datagram.method() != null) {
            text.append(", route ").append(datagram.method().label());
        }
        return text.append(", thread ").append(datagram.thread()).toString();
    }

    @Override
    public void end(long nanos, long records, long lost, OutputStream out) throws IOException {
        new PcapngWriter(out).statistics(CLIENTS, nanos, records + lost, lost);
    }
}
