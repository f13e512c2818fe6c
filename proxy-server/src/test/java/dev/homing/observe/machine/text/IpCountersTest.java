package dev.homing.observe.machine.text;

import static dev.homing.observe.machine.text.Shown.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IpCountersTest {

    @Test
    void readsWhatIp4TookAndLeft() {
        String snmp =
                """
                Ip: Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos InDiscards InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs FragFails FragCreates OutTransmits
                Ip: 1 64 100 1 2 3 4 5 80 553026553 0 0 0 6 7 8 0 0 0 553026553
                Icmp: InMsgs
                Icmp: 12
                """;
        assertEquals(
                Map.ofEntries(
                        Map.entry("ip4 in_receives", 100.0),
                        Map.entry("ip4 in_header_errors", 1.0),
                        Map.entry("ip4 in_address_errors", 2.0),
                        Map.entry("ip4 forwarded", 3.0),
                        Map.entry("ip4 in_unknown_protocols", 4.0),
                        Map.entry("ip4 in_discards", 5.0),
                        Map.entry("ip4 in_delivers", 80.0),
                        Map.entry("ip4 reassembly_needed", 6.0),
                        Map.entry("ip4 reassembled", 7.0),
                        Map.entry("ip4 reassembly_failed", 8.0)),
                shown(IpCounters.ofIp4(snmp)));
    }

    @Test
    void readsTheNewerOnesOfIp4() {
        String netstat =
                """
                TcpExt: SyncookiesSent
                TcpExt: 9
                IpExt: InNoRoutes InTruncatedPkts InMcastPkts OutMcastPkts InNoECTPkts InECT1Pkts InECT0Pkts InCEPkts ReasmOverlaps
                IpExt: 9 9 1 9 9 2 3 4 9
                """;
        assertEquals(
                Map.of(
                        "ip4 in_multicast", 1.0,
                        "ip4 in_ect_1", 2.0,
                        "ip4 in_ect_0", 3.0,
                        "ip4 in_congestion_experienced", 4.0),
                shown(IpCounters.ofIp4(netstat)));
    }

    @Test
    void readsThoseOfIp6() {
        assertEquals(
                Map.of("ip6 in_receives", 34266419.0, "ip6 forwarded", 7.0),
                shown(
                        IpCounters.ofIp6(
                                """
                                Ip6InReceives                   	34266419
                                Ip6OutForwDatagrams             	7
                                Icmp6InMsgs                     	9
                                Udp6InDatagrams                 	9
                                """)));
    }

    @Test
    void readsNothingOfAnotherText() {
        assertEquals(List.of(), IpCounters.ofIp4("Ip: InReceives\n"));
        assertEquals(List.of(), IpCounters.ofIp4(""));
        assertEquals(List.of(), IpCounters.ofIp6("Ip6InReceives x\n"));
    }
}
