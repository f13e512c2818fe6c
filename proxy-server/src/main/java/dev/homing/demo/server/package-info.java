/// A QUIC server that needs nothing installed, on quiche through Netty.
///
/// - **What for:** `homing demo` and the tests need servers behind the balancer that follow clients
///   to new addresses and remember having done so.
/// - **Who comes in:** [QuicServer#start], from any thread but an event loop's, and whoever asks
///   the server what it saw.
/// - **What goes out:** answers to clients, counters, and each connection's history of addresses.
/// - **Which thread:** each server has one event loop of its own, which does all the work.
@NullMarked
package dev.homing.demo.server;

import org.jspecify.annotations.NullMarked;
