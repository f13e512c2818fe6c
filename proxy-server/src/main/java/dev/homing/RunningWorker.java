package dev.homing;

import dev.homing.linux.ThreadCpu;

/// A thread that moves datagrams, and what it costs.
record RunningWorker(Worker worker, ThreadCpu cpu) {}
