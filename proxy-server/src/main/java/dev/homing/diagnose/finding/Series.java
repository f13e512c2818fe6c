package dev.homing.diagnose.finding;

/// Names of the metrics that the doctor reads.
public final class Series {

    public static final String RECEIVED = "homing_datagrams_received_total";
    public static final String RECEIVED_BYTES = "homing_bytes_received_total";
    public static final String SENT = "homing_datagrams_sent_total";
    public static final String DROPPED = "homing_datagrams_dropped_total";
    public static final String EVENTS = "homing_events_total";
    public static final String UNDECODABLE = "homing_connection_id_undecodable_total";

    public static final String SESSIONS = "homing_sessions";
    public static final String SESSIONS_MAX = "homing_sessions_max";
    public static final String HALF_OPEN_MAX = "homing_sessions_half_open_max";
    public static final String CONNECTION_IDS = "homing_connection_ids";
    public static final String CONNECTION_IDS_MAX = "homing_connection_ids_max";
    public static final String BACKEND_SESSIONS = "homing_backend_sessions";
    public static final String BACKEND_STATE = "homing_backend_state";
    public static final String BACKEND_UP = "homing_backend_up";
    public static final String BACKEND_ANSWERED = "homing_backend_answered_sessions_total";
    public static final String BACKEND_UNANSWERED = "homing_backend_unanswered_sessions_total";
    public static final String BACKEND_ICMP = "homing_backend_icmp_errors_total";
    public static final String PROBES = "homing_health_probes_total";
    public static final String POOL_PANIC = "homing_pool_panic";

    public static final String SOCKET_DROPS = "homing_socket_kernel_drops_total";
    public static final String SOCKET_QUEUE = "homing_socket_queue_bytes";
    public static final String SOCKET_LIMIT = "homing_socket_queue_limit_bytes";
    public static final String BUFFER_WANTED = "homing_socket_buffer_wanted_bytes";

    public static final String PORTS = "homing_backend_ports";
    public static final String PORTS_MAX = "homing_backend_ports_max";
    public static final String PORT_DROPS = "homing_backend_ports_kernel_drops_total";
    public static final String PORT_QUEUE = "homing_backend_ports_queue_bytes";
    public static final String PORT_LIMIT = "homing_backend_ports_queue_limit_bytes";

    public static final String QUEUE_DEPTH = "homing_handoff_queue_depth";
    public static final String QUEUE_CAPACITY = "homing_handoff_queue_capacity";
    public static final String QUEUE_HIGH_WATER = "homing_handoff_queue_high_water";
    public static final String QUEUE_WAIT = "homing_handoff_wait_seconds";
    public static final String FORWARD_TIME = "homing_forward_seconds";
    public static final String TRAINS = "homing_train_datagrams";

    public static final String THREAD_RECEIVED = "homing_thread_received_datagrams_total";
    public static final String THREAD_TURNS = "homing_thread_turns_total";
    public static final String THREAD_CPU = "homing_thread_cpu_seconds_total";
    public static final String THREAD_RUNNABLE = "homing_thread_runnable_seconds_total";

    public static final String FILES_OPEN = "process_files_open_files";
    public static final String FILES_MAX = "process_files_max_files";

    public static final String UDP = "homing_machine_udp_total";
    public static final String IP = "homing_machine_ip_total";
    public static final String SOFTNET = "homing_machine_softnet_total";
    public static final String NIC = "homing_machine_nic_total";
    public static final String NIC_QUEUES = "homing_machine_nic_queues";
    public static final String NIC_RPS_CPUS = "homing_machine_nic_rps_cpus";
    public static final String NIC_MTU = "homing_machine_nic_mtu_bytes";
    public static final String NIC_OFFLOAD = "homing_machine_nic_offload";
    public static final String CONNTRACK_ENTRIES = "homing_machine_conntrack_entries";
    public static final String CONNTRACK_MAX = "homing_machine_conntrack_max";
    public static final String CONNTRACK = "homing_machine_conntrack_total";
    public static final String UDP_MEMORY = "homing_machine_udp_memory_pages";
    public static final String UDP_MEMORY_LIMIT = "homing_machine_udp_memory_limit_pages";
    public static final String CPU = "homing_machine_cpu_seconds_total";
    public static final String CPUS = "homing_machine_cpus";
    public static final String THROTTLED = "homing_machine_cgroup_throttled_seconds_total";
    public static final String CGROUP_CPUS = "homing_machine_cgroup_cpus";
    public static final String SETTING = "homing_machine_setting";
    public static final String CLOCK = "homing_machine_clock";

    private Series() {}
}
