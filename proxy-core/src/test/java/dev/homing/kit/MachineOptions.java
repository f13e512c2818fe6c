package dev.homing.kit;

import dev.homing.session.SessionLimits;
import dev.homing.session.SourceAddresses;

/// How large a [Machine] is. Everything has a value that is enough for a quiet test.
public final class MachineOptions {

    int receivers = 1;
    int shards = 2;
    int listeners = 1;
    int queueCapacity = 64;
    int slots = 64;
    SessionLimits limits = new SessionLimits(1_000, 500, 120, 10, 8);
    int connectionIds = 4_096;
    int portBudget = 1_000;
    SourceAddresses ipv4 = SourceAddresses.ANY;
    SourceAddresses ipv6 = SourceAddresses.ANY;

    /// @param count 0 for run to completion: each shard receives for itself
    public MachineOptions receivers(int count) {
        receivers = count;
        return this;
    }

    public MachineOptions shards(int count) {
        shards = count;
        return this;
    }

    public MachineOptions listeners(int count) {
        listeners = count;
        return this;
    }

    public MachineOptions queueCapacity(int datagrams) {
        queueCapacity = datagrams;
        return this;
    }

    public int listeners() {
        return listeners;
    }

    /// @param count of each thread's pool
    public MachineOptions slots(int count) {
        slots = count;
        return this;
    }

    public MachineOptions limits(SessionLimits sessionLimits) {
        limits = sessionLimits;
        return this;
    }

    public MachineOptions connectionIds(int capacity) {
        connectionIds = capacity;
        return this;
    }

    /// @param ports of each shard
    public MachineOptions portBudget(int ports) {
        portBudget = ports;
        return this;
    }

    public MachineOptions sourceAddresses(SourceAddresses ofIpv4, SourceAddresses ofIpv6) {
        ipv4 = ofIpv4;
        ipv6 = ofIpv6;
        return this;
    }
}
