package dev.homing.control.config.schema;

import dev.homing.control.config.schema.Key.ListOf;
import dev.homing.control.config.schema.Key.MapOf;
import dev.homing.control.config.schema.Key.Section;
import dev.homing.control.config.schema.Key.Setting;
import dev.homing.control.config.value.AddressText;
import dev.homing.control.config.value.Addresses;
import dev.homing.control.config.value.Cidr;
import dev.homing.control.config.value.CpuLists;
import dev.homing.control.config.value.Durations;
import dev.homing.control.config.value.HashKey;
import dev.homing.control.config.value.LogFormat;
import dev.homing.control.config.value.LogLevel;
import dev.homing.control.config.value.Numbers;
import dev.homing.control.config.value.Sizes;
import dev.homing.control.config.value.Steering;
import dev.homing.control.config.value.Words;
import dev.homing.route.BackendState;
import dev.homing.route.Balance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Every key there is. A new key is added here, in `Configuration`, and in the two places that the
/// compiler or a test then asks for: where it is read and where it is printed.
public final class Schema {

    private static final int MIB = 1 << 20;

    public static final Setting<AddressText> LISTENER_ADDRESS =
            Setting.required(
                    "address",
                    Addresses.listener(),
                    "Where to receive. `:PORT`, `*:PORT` and `[::]:PORT` mean all IPv4 and IPv6 addresses; a name means"
                            + " all its addresses; a range is one listener for each port (at most "
                            + Addresses.PORTS_MAX
                            + "); port 0 is any free port, printed at start.");
    public static final Setting<String> LISTENER_POOL =
            Setting.optional(
                    "pool",
                    Words.poolName(),
                    "the only pool; required if there are several",
                    "The pool that the datagrams received here go to.");
    public static final Setting<Steering> LISTENER_STEERING =
            Setting.of(
                    "steering",
                    Words.oneOf(List.of(Steering.values())),
                    Steering.FLOW,
                    "By what the kernel spreads datagrams over the receivers: `connection-id` brings all of a"
                            + " connection to one of them, before and after its client moves, if the pool's connection"
                            + " IDs have a known length.");
    public static final ListOf<Section> LISTENERS =
            new ListOf<>(
                    "listeners",
                    "The addresses that clients send to, at least one and at most 255.",
                    new Section(
                            "",
                            "One listener.",
                            List.of(LISTENER_ADDRESS, LISTENER_POOL, LISTENER_STEERING)));

    public static final Setting<String> BACKEND_NAME =
            Setting.optional(
                    "name",
                    Words.backendName(),
                    "the text of the address",
                    "The name in logs and metrics. It has one address within a pool, and an address has one name"
                            + " everywhere. If the address is a name with several addresses, each is a backend:"
                            + " NAME/10.0.0.1, NAME/10.0.0.2 and so on.");
    public static final Setting<AddressText> BACKEND_ADDRESS =
            Setting.required(
                    "address",
                    Addresses.backend(),
                    "The server. A name stands for all its addresses, and is asked for again when its time to live is"
                            + " over (after 5 seconds at the earliest, after 5 minutes at the latest); while it cannot be"
                            + " resolved the last answer stays.");
    public static final Setting<Integer> BACKEND_WEIGHT =
            Setting.of(
                    "weight",
                    Numbers.between(0, 1000),
                    1,
                    "The share of new connections, relative to the other backends of the pool. With 0 the backend is"
                            + " listed, so that its connections find it, but takes no new ones.");
    public static final Setting<BackendState> BACKEND_STATE =
            Setting.of(
                    "state",
                    Words.oneOf(List.of(BackendState.ACTIVE, BackendState.DRAINING)),
                    BackendState.ACTIVE,
                    "`draining` keeps the connections and takes no new ones.");
    public static final ListOf<Section> BACKENDS =
            new ListOf<>(
                    "backends",
                    "The servers, at least one, here or in `backends-file`.",
                    new Section(
                            "",
                            "One backend.",
                            List.of(BACKEND_NAME, BACKEND_ADDRESS, BACKEND_WEIGHT, BACKEND_STATE)));

    public static final Setting<String> BACKENDS_FILE =
            Setting.optional(
                    "backends-file",
                    Words.filePath(),
                    "none",
                    "A file of more servers, one a line: `[NAME=]ADDRESS[,weight=N][,state=draining]`, as for"
                            + " `--backend`; what follows a `#` is a remark. It is watched like the configuration.");

    public static final Setting<Balance> POOL_BALANCE =
            Setting.of(
                    "balance",
                    Words.oneOf(List.of(Balance.values())),
                    Balance.CONNECTION_ID,
                    "What the first choice of a backend hashes: the client's connection ID, or its addresses and ports"
                            + " (`flow`, for several instances that share no memory).");
    public static final Setting<OptionalInt> POOL_CONNECTION_ID_LENGTH =
            Setting.of(
                    "connection-id-length",
                    Numbers.wordOrBetween("learned", 0, 20),
                    OptionalInt.empty(),
                    "The length in bytes of the connection IDs that the servers choose; short headers do not carry it."
                            + " `learned` takes the lengths seen in the servers' own connection IDs.");
    public static final MapOf POOLS =
            new MapOf(
                    "pools",
                    "The groups of servers, by name: at least one and at most 255, with at most 16000 backend"
                            + " addresses in all.",
                    Words.poolName(),
                    new Section(
                            "",
                            "One pool.",
                            List.of(
                                    POOL_BALANCE,
                                    POOL_CONNECTION_ID_LENGTH,
                                    CidSchema.SCHEME,
                                    CidSchema.CONFIGS,
                                    CidSchema.POOL_SERVER_IDS,
                                    HealthSchema.HEALTH,
                                    HealthSchema.SLOW_START,
                                    BACKENDS,
                                    BACKENDS_FILE)));

    public static final Setting<OptionalInt> RECEIVERS =
            Setting.of(
                    "receivers",
                    Numbers.wordOrBetween("auto", 0, 64),
                    OptionalInt.empty(),
                    "Threads that only receive and route. With 0 each shard receives for itself (run to completion)."
                            + " `auto` is half the cores from four cores up, else 0.");
    public static final Setting<OptionalInt> SHARDS =
            Setting.of(
                    "shards",
                    Numbers.wordOrBetween("auto", 1, 64),
                    OptionalInt.empty(),
                    "Threads that forward, each with its own share of the sessions. `auto` is the cores that the"
                            + " receivers leave.");
    public static final Setting<List<Integer>> CPUS =
            Setting.of(
                    "cpus",
                    CpuLists.anyOrNumbers(),
                    List.of(),
                    "The CPUs to pin these threads to, one each: the receivers first, then the shards, in the order of"
                            + " writing. Where `receivers` and `shards` are `auto`, their sum is the number of CPUs"
                            + " given. `any` leaves it to the kernel.");
    public static final Section THREADS =
            new Section(
                    "threads",
                    "How the work is spread over cores.",
                    List.of(RECEIVERS, SHARDS, CPUS));

    public static final Setting<Integer> QUEUE_CAPACITY =
            Setting.of(
                    "capacity",
                    Numbers.powerOfTwo(64, 65_536),
                    4096,
                    "Datagrams that may wait between one receiver and one shard. A full queue drops, and counts it.");
    public static final Section QUEUES =
            new Section(
                    "queues", "The hand-off from receivers to shards.", List.of(QUEUE_CAPACITY));

    public static final Setting<Integer> SESSIONS_MAX =
            Setting.of(
                    "max",
                    Numbers.between(1, 16_777_216),
                    1_048_576,
                    "Sessions in the whole process; each shard has an equal part of them.");
    public static final Setting<Integer> SESSIONS_HALF_OPEN_MAX =
            Setting.optional(
                    "half-open-max",
                    Numbers.between(1, 16_777_216),
                    "65536, or `sessions.max` if that is less",
                    "Sessions that have not yet proved to be a connection: a flood of them can push out only each"
                            + " other.");
    public static final Setting<Duration> SESSIONS_IDLE_TIMEOUT =
            Setting.of(
                    "idle-timeout",
                    Durations.between(Duration.ofSeconds(10), Duration.ofHours(24)),
                    Duration.ofMinutes(2),
                    "How long an established session may be silent. RFC 9312 section 4.2 advises two minutes or more;"
                            + " less gives a warning.");
    public static final Setting<Duration> SESSIONS_HALF_OPEN_TIMEOUT =
            Setting.of(
                    "half-open-timeout",
                    Durations.between(Duration.ofSeconds(1), Duration.ofMinutes(10)),
                    Duration.ofSeconds(10),
                    "How long a half-open session may be silent.");
    public static final Setting<Integer> SESSIONS_ALIASES_MAX =
            Setting.of(
                    "aliases-max",
                    Numbers.between(0, 64),
                    8,
                    "Unknown connection IDs that one session may teach.");
    public static final Section SESSIONS =
            new Section(
                    "sessions",
                    "What is remembered of clients.",
                    List.of(
                            SESSIONS_MAX,
                            SESSIONS_HALF_OPEN_MAX,
                            SESSIONS_IDLE_TIMEOUT,
                            SESSIONS_HALF_OPEN_TIMEOUT,
                            SESSIONS_ALIASES_MAX));

    public static final Setting<Integer> CONNECTION_IDS_MAX =
            Setting.of(
                    "max",
                    Numbers.between(1, 67_108_864),
                    2_097_152,
                    "Connection IDs remembered in the whole process.");
    public static final Section CONNECTION_IDS =
            new Section(
                    "connection-ids", "What is learned of servers.", List.of(CONNECTION_IDS_MAX));

    public static final Setting<Integer> RECEIVE_BUFFER =
            Setting.of(
                    "receive-buffer",
                    Sizes.between(64 << 10, 512 * MIB),
                    4 * MIB,
                    "SO_RCVBUF of every socket. The kernel grants at most `net.core.rmem_max`.");
    public static final Setting<Integer> SEND_BUFFER =
            Setting.of(
                    "send-buffer",
                    Sizes.between(64 << 10, 512 * MIB),
                    4 * MIB,
                    "SO_SNDBUF of every socket. The kernel grants at most `net.core.wmem_max`.");
    public static final Setting<Boolean> TRAINS =
            Setting.of(
                    "trains",
                    Words.yesOrNo(),
                    true,
                    "Whether the kernel joins datagrams of one sender to trains and cuts them again (UDP_GRO,"
                            + " UDP_SEGMENT), which makes bulk transfers many times cheaper. Datagrams arrive as they"
                            + " were sent in either case.");
    public static final Setting<OptionalInt> BACKEND_PORTS_MAX =
            Setting.of(
                    "backend-ports-max",
                    Numbers.wordOrBetween("auto", 1, 1_000_000),
                    OptionalInt.empty(),
                    "Sockets toward backends in the whole process. `auto` follows from the limit of open files.");
    public static final Setting<Duration> BUSY_POLL =
            Setting.of(
                    "busy-poll",
                    Durations.offOrMicroseconds(1, 10_000),
                    Duration.ZERO,
                    "How long a receive call that finds nothing polls the network device (SO_BUSY_POLL,"
                            + " SO_PREFER_BUSY_POLL). Needs CAP_NET_ADMIN; if the kernel refuses, a remark says so and"
                            + " Homing goes on without.");
    public static final ListOf<Setting<Cidr>> SOURCE_ADDRESSES =
            new ListOf<>(
                    "source-addresses",
                    "Blocks of local addresses to send to backends from; they must be routed to this machine. Each"
                            + " address multiplies the sessions that a socket can carry. Without any, the kernel"
                            + " chooses.",
                    Setting.required("", Cidr.kind(), "One block; blocks must not overlap."));
    public static final Section SOCKETS =
            new Section(
                    "sockets",
                    "The UDP sockets.",
                    List.of(
                            RECEIVE_BUFFER,
                            SEND_BUFFER,
                            TRAINS,
                            BUSY_POLL,
                            BACKEND_PORTS_MAX,
                            SOURCE_ADDRESSES));

    public static final Setting<HashKey> HASH_KEY =
            Setting.optional(
                            "hash-key",
                            HashKey.kind(),
                            "random at every start",
                            "The key of the hashes that choose a backend. Instances that must choose alike share it.")
                    .secret();
    public static final Setting<String> HASH_KEY_FILE =
            Setting.optional(
                    "hash-key-file",
                    Words.filePath(),
                    "none",
                    "A file that holds the hash key, instead of `hash-key`.");

    public static final Setting<Optional<AddressText>> ADMIN_ADDRESS =
            Setting.of(
                    "address",
                    Addresses.addressOrOff(),
                    Optional.of(new AddressText("127.0.0.1:9090", "127.0.0.1", 9090, 9090)),
                    "Where metrics and health are served over HTTP, without authentication. Of a name with several"
                            + " addresses the first counts; port 0 is any free port.");
    public static final ListOf<Setting<String>> ADMIN_NAMES =
            new ListOf<>(
                    "names",
                    "Names with a dot that the admin address is asked by, beside IP addresses, names without a dot, the"
                            + " machine's own and that of `address`. Others are refused, lest a page of somebody else's"
                            + " reaches it through a browser (DNS rebinding).",
                    Setting.required("", Words.dnsName(), "One name."));
    public static final Section ADMIN =
            new Section("admin", "The HTTP side door.", List.of(ADMIN_ADDRESS, ADMIN_NAMES));

    public static final Setting<Duration> DRAIN_TIMEOUT =
            Setting.of(
                    "drain-timeout",
                    Durations.between(Duration.ZERO, Duration.ofHours(24)),
                    Duration.ofSeconds(30),
                    "How long to go on forwarding after SIGTERM while sessions remain. Keep it below the time after"
                            + " which the platform kills.");
    public static final Section STOP =
            new Section("stop", "How the process ends.", List.of(DRAIN_TIMEOUT));

    public static final Setting<Boolean> WATCH =
            Setting.of(
                    "watch",
                    Words.yesOrNo(),
                    true,
                    "Whether the configuration is read again when its file, or a file that it names, has other contents."
                            + " HUP and `POST /config/reload` have it read in either case.");
    public static final Section RELOAD =
            new Section("reload", "How changes come into force.", List.of(WATCH));

    public static final Setting<LogFormat> LOG_FORMAT =
            Setting.of(
                    "format",
                    Words.oneOf(List.of(LogFormat.values())),
                    LogFormat.AUTO,
                    "`auto` is text on a terminal and JSON otherwise. The log goes to standard output.");
    public static final Setting<LogLevel> LOG_LEVEL =
            Setting.of(
                    "level",
                    Words.oneOf(List.of(LogLevel.values())),
                    LogLevel.INFO,
                    "The least important event that is written.");
    public static final Section LOG = new Section("log", "Events.", List.of(LOG_FORMAT, LOG_LEVEL));

    public static final Section ROOT =
            new Section(
                    "",
                    "The configuration.",
                    List.of(
                            LISTENERS,
                            POOLS,
                            THREADS,
                            QUEUES,
                            SESSIONS,
                            CONNECTION_IDS,
                            SOCKETS,
                            LimitsSchema.LIMITS,
                            HASH_KEY,
                            HASH_KEY_FILE,
                            ADMIN,
                            STOP,
                            RELOAD,
                            LOG));

    private Schema() {}
}
