package dev.homing.observe.machine.text;

import static dev.homing.observe.machine.text.Shown.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UdpCountersTest {

    @Test
    void readsAllColumnsOfACurrentKernel() {
        String snmp =
                """
                Ip: Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos InDiscards InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs FragFails FragCreates OutTransmits
                Ip: 1 64 571270164 0 0 0 0 0 571270164 553026553 0 0 0 0 0 0 0 0 0 553026553
                Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors
                Tcp: 1 200 120000 -1 35 21 2 0 1 24122 24120 0 0 4 0
                Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors
                Udp: 470923835 27962587 40312392 513009143 40312390 5 2 4 1
                UdpLite: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti MemErrors
                UdpLite: 9 9 9 9 9 9 9 9 9
                """;
        assertEquals(
                Map.of(
                        "ip4 in_datagrams", 470923835.0,
                        "ip4 no_ports", 27962587.0,
                        "ip4 in_errors", 40312392.0,
                        "ip4 out_datagrams", 513009143.0,
                        "ip4 receive_buffer_errors", 40312390.0,
                        "ip4 send_buffer_errors", 5.0,
                        "ip4 in_checksum_errors", 2.0,
                        "ip4 ignored_multi", 4.0,
                        "ip4 memory_errors", 1.0),
                shown(UdpCounters.ofIp4(snmp)));
    }

    @Test
    void leavesOutWhatAnOldKernelDoesNotCount() {
        String snmp =
                """
                Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors
                Udp: 4294967295 1 2 3 4 5
                """;
        assertEquals(
                Map.of(
                        "ip4 in_datagrams", 4294967295.0,
                        "ip4 no_ports", 1.0,
                        "ip4 in_errors", 2.0,
                        "ip4 out_datagrams", 3.0,
                        "ip4 receive_buffer_errors", 4.0,
                        "ip4 send_buffer_errors", 5.0),
                shown(UdpCounters.ofIp4(snmp)));
    }

    @Test
    void readsTheNamesWhereverTheirColumnsAre() {
        assertEquals(
                Map.of("ip4 no_ports", 7.0, "ip4 in_errors", 8.0),
                shown(UdpCounters.ofIp4("Udp: New InErrors NoPorts\nUdp: 1 8 7\n")));
    }

    @Test
    void readsNumbersThatNeedAllOf64Bits() {
        assertEquals(
                Map.of("ip4 no_ports", 0x1p64),
                shown(UdpCounters.ofIp4("Udp: NoPorts\nUdp: 18446744073709551615\n")));
    }

    @Test
    void takesNothingFromATextWithoutUdp() {
        for (String text : List.of("", "\n", "Udp:\n", "Udp: InErrors\n", "Tcp: A\nTcp: 1\n")) {
            assertEquals(List.of(), UdpCounters.ofIp4(text), text);
        }
    }

    @Test
    void readsIp6() {
        String snmp6 =
                """
                Ip6InReceives                   \t35400000
                Icmp6InMsgs                     \t12
                Udp6InDatagrams                 \t34785465
                Udp6NoPorts                     \t1264
                Udp6InErrors                    \t587813
                Udp6OutDatagrams                \t33986327
                Udp6RcvbufErrors                \t587813
                Udp6SndbufErrors                \t0
                Udp6InCsumErrors                \t0
                UdpLite6InDatagrams             \t77
                """;
        assertEquals(
                Map.of(
                        "ip6 in_datagrams", 34785465.0,
                        "ip6 no_ports", 1264.0,
                        "ip6 in_errors", 587813.0,
                        "ip6 out_datagrams", 33986327.0,
                        "ip6 receive_buffer_errors", 587813.0,
                        "ip6 send_buffer_errors", 0.0,
                        "ip6 in_checksum_errors", 0.0),
                shown(UdpCounters.ofIp6(snmp6)));
    }
}
