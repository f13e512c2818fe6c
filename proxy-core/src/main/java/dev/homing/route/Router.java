package dev.homing.route;

import dev.homing.cid.CidDecoder;
import dev.homing.cid.CidDecoders;
import dev.homing.cid.CidScheme;
import dev.homing.cid.UndecodedIds;
import dev.homing.cid.Unroutable;
import dev.homing.datagram.Address;
import dev.homing.datagram.Datagram;
import dev.homing.hash.SipHash;
import dev.homing.quic.ConnectionIdWords;
import dev.homing.quic.QuicHeader;

/// Decides the way of a client's datagram as far as the datagram alone tells; the shard that owns
/// the flow completes what only the flow's sessions can tell.
///
/// 1. The destination connection ID names a backend of the pool, by the pool's scheme.
/// 2. It is learned: its backend.
/// 3. Else a proposal by consistent hashing, over the connection ID or the flow, as the pool says.
///
/// A packet that may start a connection does not follow its connection ID to a backend that is
/// down: it goes the way of 3, unless the shard finds it in the middle of something.
///
/// One thread a router: it keeps flyweights.
public final class Router {

    /// The connection ID tells nothing: no known route is like this.
    private static final long UNKNOWN = Route.proposed(Route.NO_BACKEND, false);

    private static final int UNKNOWN_SERVER_ID = Unroutable.SERVER_ID_UNKNOWN.verdict();

    private final LearnedIds learned;
    private final SipHash balanceHash;
    private final UndecodedIds undecoded;
    private final CidDecoders decoders = new CidDecoders();
    private final ConnectionIdWords connectionId = new ConnectionIdWords();

    /// @param balanceHash the same in every instance that shall choose alike
    /// @param undecoded counts what schemes cannot read; the thread's
    public Router(LearnedIds learned, SipHash balanceHash, UndecodedIds undecoded) {
        this.learned = learned;
        this.balanceHash = balanceHash;
        this.undecoded = undecoded;
    }

    /// @param header of the datagram: a long or a short one
    /// @return a [Route]
    public long route(Datagram datagram, QuicHeader header, Pool pool, int nowSeconds) {
        long known = known(datagram, header, pool, nowSeconds);
        return Route.isKnown(known) ? known : proposed(datagram, header, pool);
    }

    /// What the connection ID tells.
    ///
    /// @return a [Route] that is known, or another one if the connection ID tells nothing
    public long known(Datagram datagram, QuicHeader header, Pool pool, int nowSeconds) {
        CidScheme scheme = pool.cidScheme();
        if (scheme != null) {
            CidDecoder decoder = decoders.of(pool.index(), scheme);
            int backend = decode(datagram, header, decoder);
            if (pool.follows(backend, header.startsConnection())) {
                int length = idLength(datagram, header, decoder);
                return Route.decoded(backend, header.startsConnection(), length);
            }
            if (!header.startsConnection()) {
                count(datagram, header, decoder, backend);
            }
        }
        return header.isLong()
                ? learnedLong(datagram, header, pool, nowSeconds)
                : learnedShort(datagram, header, pool, nowSeconds);
    }

    /// The choice of consistent hashing, for a connection ID that tells nothing. For all short
    /// headers of a flow it is the same: their connection ID was chosen by a server, so hashing it
    /// would not find that server again.
    public long proposed(Datagram datagram, QuicHeader header, Pool pool) {
        long balance;
        if (hashesConnectionId(header, pool)) {
            connectionId.read(
                    datagram.bytes(), header.dcidOffset(), header.dcidLength(), pool.index());
            balance =
                    balanceHash.hash(
                            connectionId.first(), connectionId.second(), connectionId.third());
        } else {
            balance = flowBalance(datagram);
        }
        return Route.proposed(pool.pick(balance), header.startsConnection());
    }

    /// The backend that the connection ID names, or a negative number.
    private static int decode(Datagram datagram, QuicHeader header, CidDecoder decoder) {
        int offset = header.dcidOffset();
        int length = header.dcidLength();
        return header.isLong()
                ? decoder.decodeLong(datagram.bytes(), offset, length, header.startsConnection())
                : decoder.decodeShort(datagram.bytes(), offset, length);
    }

    /// Once for all datagrams of a train that begin alike: they are decoded once.
    private void count(Datagram datagram, QuicHeader header, CidDecoder decoder, int verdict) {
        int configuration =
                decoder.configurationOf(datagram.bytes(), header.dcidOffset(), header.dcidLength());
        // A backend that has left the pool is one that nobody knows.
        undecoded.count(
                datagram.listener(), configuration, verdict < 0 ? verdict : UNKNOWN_SERVER_ID);
    }

    /// Octets of a connection ID that names its backend, 0 if they cannot be told.
    private static int idLength(Datagram datagram, QuicHeader header, CidDecoder decoder) {
        int length = header.dcidLength();
        if (!header.isLong()) {
            length = decoder.lengthOfShort(datagram.bytes(), header.dcidOffset(), length);
        }
        return length > QuicHeader.MAX_CONNECTION_ID_BYTES ? 0 : Math.max(0, length);
    }

    private long learnedLong(Datagram datagram, QuicHeader header, Pool pool, int nowSeconds) {
        int length = header.dcidLength();
        return length == 0 || length > QuicHeader.MAX_CONNECTION_ID_BYTES
                ? UNKNOWN
                : learned(datagram, header, length, pool, nowSeconds);
    }

    private long learnedShort(Datagram datagram, QuicHeader header, Pool pool, int nowSeconds) {
        // Longest first: a shorter connection ID could be the beginning of a longer one, not the
        // other way round.
        int lengths = pool.shortHeaderLengths();
        while (lengths != 0) {
            int length = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(lengths);
            lengths ^= 1 << length;
            if (length <= header.dcidLength()) {
                long route = learned(datagram, header, length, pool, nowSeconds);
                if (route != UNKNOWN) {
                    return route;
                }
            }
        }
        return UNKNOWN;
    }

    private long learned(
            Datagram datagram, QuicHeader header, int length, Pool pool, int nowSeconds) {
        connectionId.read(datagram.bytes(), header.dcidOffset(), length, pool.index());
        int backend = learned.find(connectionId, nowSeconds);
        return pool.follows(backend, header.startsConnection())
                ? Route.learned(backend, header.startsConnection(), length)
                : UNKNOWN;
    }

    /// Whether a proposal for a packet is made by its connection ID; else it is made by the
    /// client's address and port.
    public static boolean hashesConnectionId(QuicHeader header, Pool pool) {
        return header.isLong()
                && header.dcidLength() > 0
                && header.dcidLength() <= QuicHeader.MAX_CONNECTION_ID_BYTES
                && pool.balance() == Balance.CONNECTION_ID;
    }

    /// Over the client's address and port only: behind address translation, instances have
    /// different local addresses.
    private long flowBalance(Datagram datagram) {
        Address client = datagram.peer();
        return balanceHash.hash(client.high(), client.low(), client.port());
    }
}
