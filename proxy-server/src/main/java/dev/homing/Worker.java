package dev.homing;

import dev.homing.cid.UndecodedIds;
import dev.homing.datagram.DatagramPool;
import dev.homing.ledger.Ledger;
import dev.homing.trace.TraceRing;
import dev.homing.trace.Tracer;

/// What belongs to one thread that moves datagrams: its slots, and what it writes down.
///
/// @param name what the kernel, the log and metrics call the thread
/// @param traces what the tracer records into
/// @param undecoded what it counts of connection IDs, if it receives from clients
record Worker(
        String name,
        DatagramPool slots,
        Ledger ledger,
        Tracer tracer,
        TraceRing traces,
        UndecodedIds undecoded) {}
