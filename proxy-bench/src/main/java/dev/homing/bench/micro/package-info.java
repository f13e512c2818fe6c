/// JMH measurements of single steps of the hot path, with the octets that each allocates.
///
/// ```
/// HeaderBenchmark           a datagram's header               RoutingBenchmark   header, flow's hash and route together
/// CidBenchmark              each scheme of connection IDs     HandoffBenchmark   the queue to a shard
/// ConnectionTableBenchmark  learned connection IDs            WakeUpBenchmark    a shard that sleeps
/// SessionTableBenchmark     sessions, by flow and by source   PathBenchmark      everything but the system calls
/// MaglevBenchmark           first choices                     SipHashBenchmark   what all tables stand on
/// ```
///
/// Comes in: JMH's arguments. Goes out: time and `gc.alloc.rate.norm` per operation. JMH's threads.
@NullMarked
package dev.homing.bench.micro;

import org.jspecify.annotations.NullMarked;
