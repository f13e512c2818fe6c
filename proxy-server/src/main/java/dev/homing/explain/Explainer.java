package dev.homing.explain;

import dev.homing.admission.Admission;
import dev.homing.cid.CidDecoder;
import dev.homing.cid.CidDecoders;
import dev.homing.cid.CidDescription;
import dev.homing.cid.CidScheme;
import dev.homing.cid.UndecodedIds;
import dev.homing.cid.Unroutable;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.HashKey;
import dev.homing.control.routing.RoutingTables;
import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.datagram.DatagramPool;
import dev.homing.hash.SipHash;
import dev.homing.ledger.DropReason;
import dev.homing.quic.HeaderForm;
import dev.homing.quic.QuicHeader;
import dev.homing.route.Backend;
import dev.homing.route.LearnedIds;
import dev.homing.route.Pool;
import dev.homing.route.Route;
import dev.homing.route.Router;
import dev.homing.route.RoutingTable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Routes datagrams as a receiver does that has learned nothing yet, and says why.
public final class Explainer {

    /// Of a connection ID whose length is not known.
    private static final int SHOWN_BYTES = QuicHeader.MAX_CONNECTION_ID_BYTES;

    private final Configuration configuration;
    private final RoutingTable table;
    private final Router router;
    private final CidDecoders decoders = new CidDecoders();
    private final QuicHeader header = new QuicHeader();
    private final Datagram slot = new DatagramPool(Arena.ofAuto(), 1).take();

    public Explainer(Configuration configuration) {
        this.configuration = configuration;
        table = new RoutingTables().of(configuration);
        // As the proxy does at start.
        HashKey key = configuration.hashKey().orElseGet(HashKey::random);
        router =
                new Router(
                        (connectionId, nowSeconds) -> LearnedIds.UNKNOWN,
                        new SipHash(key.low(), key.high()),
                        new UndecodedIds(configuration.listeners().size()));
    }

    /// @param listener its index in the configuration
    /// @param payload of the datagram, or what was captured of it
    /// @param lengthBytes of the whole datagram
    /// @param client empty if it is not known
    public Explanation explain(
            int listener, byte[] payload, int lengthBytes, Optional<InetSocketAddress> client) {
        int there = Math.min(payload.length, Datagram.CAPACITY_BYTES);
        MemorySegment.copy(payload, 0, slot.bytes(), ValueLayout.JAVA_BYTE, 0, there);
        slot.setPayload(there, 0, 0);
        slot.setListener(listener);
        slot.peer().clear();
        client.ifPresent(this::setPeer);
        Pool pool = table.poolOfListener(listener);
        HeaderForm form = header.read(slot.bytes(), 0, there);
        boolean isCut = there < lengthBytes;
        boolean isReadable = form == HeaderForm.LONG || form == HeaderForm.SHORT;
        boolean isClientKnown = client.isPresent();
        boolean isPortZero = isClientKnown && slot.peer().port() == 0;
        if (isReadable) {
            Explanation told = ofReadable(listener, lengthBytes, form, pool, isCut, isClientKnown);
            return isPortZero ? told.with(new Verdict.Dropped(DropReason.NO_CLIENT_PORT)) : told;
        }
        Verdict verdict =
                isPortZero
                        ? new Verdict.Dropped(DropReason.NO_CLIENT_PORT)
                        : isCut
                                ? new Verdict.CutOff()
                                : new Verdict.Dropped(
                                        form == HeaderForm.EMPTY
                                                ? DropReason.EMPTY
                                                : DropReason.TRUNCATED_HEADER);
        return new Explanation(
                configuration.listeners().get(listener),
                configured(listener),
                lengthBytes,
                PacketHeader.unreadable(form),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                verdict);
    }

    private void setPeer(InetSocketAddress client) {
        slot.peer().set(Address.of(client));
    }

    private Explanation ofReadable(
            int listener,
            int lengthBytes,
            HeaderForm form,
            Pool pool,
            boolean isCut,
            boolean isClientKnown) {
        long route = router.route(slot, header, pool, 0);
        CidScheme scheme = pool.cidScheme();
        int verdict = scheme == null ? 0 : decode(pool, scheme);
        int dcidLength = dcidLength(pool, scheme);
        boolean isLengthKnown = dcidLength >= 0;
        int shownBytes = isLengthKnown ? dcidLength : Math.min(SHOWN_BYTES, header.dcidLength());
        Optional<Unroutable> whyNot =
                verdict < 0 ? Optional.of(Unroutable.of(verdict)) : Optional.empty();
        Optional<CidDescription> read =
                Optional.ofNullable(scheme)
                        .map(known -> known.describe(slot.bytes(), header.dcidOffset(), shownBytes))
                        .map(each -> isLengthKnown ? each : withoutNonce(each));
        PacketHeader packet =
                new PacketHeader(
                        form,
                        header.version(),
                        header.isVersionKnown(),
                        hex(header.dcidOffset(), shownBytes),
                        isLengthKnown,
                        hex(header.scidOffset(), header.scidLength()),
                        header.startsConnection());
        boolean isUndecided = isCut && whyNot.filter(Unroutable.TOO_SHORT::equals).isPresent();
        return new Explanation(
                configuration.listeners().get(listener),
                configured(listener),
                lengthBytes,
                packet,
                read,
                whyNot,
                Optional.ofNullable(Admission.unfit(lengthBytes, header, table.admission())),
                isUndecided ? new Verdict.CutOff() : verdict(listener, route, pool, isClientKnown));
    }

    /// Nobody knows where the nonce ends and the packet goes on.
    private static CidDescription withoutNonce(CidDescription read) {
        return new CidDescription(
                read.layout(), read.rotationBits(), read.serverId(), "", read.verdict());
    }

    private Verdict verdict(int listener, long route, Pool pool, boolean isClientKnown) {
        Backend backend = table.backend(Route.backend(route));
        if (backend == null) {
            return new Verdict.Dropped(DropReason.NO_BACKEND);
        }
        Configuration.Backend found = configured(listener, backend);
        if (Route.isDecoded(route)) {
            return new Verdict.Decoded(found);
        }
        Verdict.Hashed hashed =
                Router.hashesConnectionId(header, pool)
                        ? Verdict.Hashed.CONNECTION_ID
                        : Verdict.Hashed.CLIENT;
        if (configuration.hashKey().isEmpty()) {
            return new Verdict.AnyBackend(hashed, Verdict.Unknown.RANDOM_KEY);
        }
        return hashed == Verdict.Hashed.CLIENT && !isClientKnown
                ? new Verdict.AnyBackend(hashed, Verdict.Unknown.NO_CLIENT)
                : new Verdict.Proposed(hashed, found);
    }

    private int decode(Pool pool, CidScheme scheme) {
        CidDecoder decoder = decoders.of(pool.index(), scheme);
        return header.isLong()
                ? decoder.decodeLong(
                        slot.bytes(),
                        header.dcidOffset(),
                        header.dcidLength(),
                        header.startsConnection())
                : decoder.decodeShort(slot.bytes(), header.dcidOffset(), header.dcidLength());
    }

    /// Octets of the destination connection ID, or a negative number.
    private int dcidLength(Pool pool, @Nullable CidScheme scheme) {
        if (header.isLong()) {
            return header.dcidLength();
        }
        int length =
                scheme == null
                        ? CidDecoder.LENGTH_UNKNOWN
                        : decoders.of(pool.index(), scheme)
                                .lengthOfShort(
                                        slot.bytes(), header.dcidOffset(), header.dcidLength());
        if (length == CidDecoder.LENGTH_UNKNOWN
                && pool.connectionIdLength() <= header.dcidLength()) {
            length = pool.connectionIdLength();
        }
        return length;
    }

    private String hex(int offset, int length) {
        return HexFormat.of()
                .formatHex(slot.bytes().asSlice(offset, length).toArray(ValueLayout.JAVA_BYTE));
    }

    private Configuration.Pool configured(int listener) {
        String name = configuration.listeners().get(listener).pool();
        return configuration.pools().stream()
                .filter(pool -> pool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Configuration.Backend configured(int listener, Backend backend) {
        return configured(listener).backends().stream()
                .filter(each -> each.name().equals(backend.name()))
                .findFirst()
                .orElseThrow();
    }
}
