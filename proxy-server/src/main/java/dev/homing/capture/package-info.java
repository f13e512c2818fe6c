/// Reads the UDP datagrams of capture files, as tcpdump and Wireshark write them.
///
/// ```
/// CaptureFile ─► PcapFrames, PcapngFrames ─► Frame ─► LinkLayer ─► IpPacket ─► Content
///   by its         classic      pcapng                 where IP       UdpDatagram, or
///   first octets                                       begins         why there is none
/// ```
///
/// **In:** a path. **Out:** frames in their order, and what each holds; what is not read is told
/// apart, so that it can be counted. A damaged file is an IOException with a sentence; nothing in a
/// frame is one. **Thread:** one at a time.
@NullMarked
package dev.homing.capture;

import org.jspecify.annotations.NullMarked;
