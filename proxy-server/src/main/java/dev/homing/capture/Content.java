package dev.homing.capture;

/// What a frame holds.
public sealed interface Content permits UdpDatagram, Content.Other {

    /// Finds the datagram in a frame.
    static Content of(Frame frame) {
        int offset = LinkLayer.ipOffset(frame.linkType(), frame.octets());
        return switch (offset) {
            case LinkLayer.NOT_IP -> Other.NOT_IP;
            case LinkLayer.UNKNOWN -> Other.UNKNOWN_LINK;
            case LinkLayer.CUT_OFF -> Other.CUT_OFF;
            default -> IpPacket.content(frame.octets(), offset);
        };
    }

    /// Why there is no datagram to look at.
    enum Other implements Content {
        FRAGMENT("fragments of IP packets"),
        NOT_UDP("other protocols than UDP"),
        NOT_IP("no IP"),
        CUT_OFF("cut off by the capture before the UDP header's end"),
        DAMAGED("lengths that contradict each other"),
        UNKNOWN_LINK("a link type that is not known");

        private final String words;

        Other(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
