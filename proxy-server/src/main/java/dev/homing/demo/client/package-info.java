/// A QUIC client that needs nothing installed, on quiche through Netty.
///
/// - **What for:** `homing demo` and the tests need clients that notice when one byte is wrong.
/// - **Who comes in:** [QuicClient#open], from any thread but an event loop's.
/// - **What goes out:** requests, and futures of what came back.
/// - **Which thread:** the client's event loop, its own or one shared with others. Futures complete
///   on it, so what is chained to them must not block.
@NullMarked
package dev.homing.demo.client;

import org.jspecify.annotations.NullMarked;
