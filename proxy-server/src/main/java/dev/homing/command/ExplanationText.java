package dev.homing.command;

import dev.homing.control.config.value.IpText;
import dev.homing.explain.Explanation;
import dev.homing.explain.PacketHeader;
import dev.homing.explain.Verdict;
import dev.homing.ledger.DropReason;
import dev.homing.quic.HeaderForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The way of a datagram, for people: step by step, or in a few words.
final class ExplanationText {

    private static final String UNLESS = ", unless a running instance has learned otherwise";

    private ExplanationText() {}

    static List<String> lines(Explanation told) {
        List<String> lines = new ArrayList<>();
        PacketHeader header = told.header();
        lines.add(
                Plural.of(told.lengthBytes(), "octet")
                        + " to listener "
                        + IpText.print(told.listener().address())
                        + ", pool "
                        + told.pool().name());
        lines.add(line("header", header(header)));
        if (header.isReadable()) {
            lines.add(line("DCID", dcid(header)));
            if (header.form() == HeaderForm.LONG) {
                lines.add(line("SCID", connectionId(header.scid())));
            }
            lines.add(
                    line(
                            "starts",
                            header.startsConnection()
                                    ? "yes, it may be a connection's first packet"
                                    : "no connection"));
        }
        if (told.isRouted()) {
            addSteps(told, lines);
        }
        lines.add(line("goes to", destination(told.verdict(), told.isRouted())));
        return lines;
    }

    private static String line(String label, String text) {
        return "  %-10s %s".formatted(label, text);
    }

    private static String header(PacketHeader header) {
        return switch (header.form()) {
            case LONG -> "long, version " + version(header);
            case SHORT -> "short";
            case TRUNCATED -> "long, but it ends before its connection IDs do";
            case EMPTY -> "none";
        };
    }

    private static String version(PacketHeader header) {
        String number = "0x%08x".formatted(header.version());
        return header.version() == 0
                ? number + ": Version Negotiation"
                : header.isVersionKnown()
                        ? number
                        : number + ", which is not known: its packets start nothing";
    }

    private static String dcid(PacketHeader header) {
        return header.isDcidLengthKnown()
                ? connectionId(header.dcid())
                : header.dcid() + " at most: its length is not in the header";
    }

    private static String connectionId(String hex) {
        return hex.isEmpty() ? "none" : hex + " (" + Plural.of(hex.length() / 2, "octet") + ")";
    }

    private static void addSteps(Explanation told, List<String> lines) {
        boolean isDecoded = told.verdict() instanceof Verdict.Decoded;
        lines.add(line("1 scheme", scheme(told)));
        told.read().map(CidText::reading).ifPresent(read -> lines.add(line("", read)));
        lines.add(
                line(
                        "2 learned",
                        isDecoded
                                ? "not reached"
                                : "not asked: what a running instance has learned is not known here"));
        lines.add(
                line(
                        "3 flow",
                        isDecoded
                                ? "not reached"
                                : "not asked: the sessions of a running instance are not known here"));
        lines.add(line("4 hash", hash(told.verdict())));
        told.ifNew()
                .ifPresent(reason ->
                        lines.add(
                                line(
                                        "5 limits",
                                        "unless it belongs to a connection that is known, it is "
                                                + dropped(reason))));
    }

    private static String scheme(Explanation told) {
        return told.verdict() instanceof Verdict.Decoded decoded
                ? "names backend " + CidText.backend(decoded.backend())
                : told.whyNot()
                        .map(why -> "names no backend. " + why.sentence())
                        .orElse("none: connection IDs say nothing of the server");
    }

    private static String hash(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Decoded decoded -> "not reached";
            case Verdict.Proposed proposed ->
                    "of "
                            + proposed.hashed().words()
                            + ": proposes backend "
                            + CidText.backend(proposed.backend());
            case Verdict.AnyBackend any ->
                    "of " + any.hashed().words() + ": any backend; " + any.why().words();
            case Verdict.Dropped dropped -> "no backend takes new connections";
            case Verdict.CutOff cutOff -> "not known";
        };
    }

    private static String destination(Verdict verdict, boolean isRouted) {
        return switch (verdict) {
            case Verdict.Decoded decoded -> "backend " + CidText.backend(decoded.backend());
            case Verdict.Proposed proposed ->
                    "backend " + CidText.backend(proposed.backend()) + UNLESS;
            case Verdict.AnyBackend any -> "any backend that takes new connections" + UNLESS;
            case Verdict.Dropped dropped ->
                    "nowhere" + (isRouted ? UNLESS : "") + ": " + dropped(dropped.reason());
            case Verdict.CutOff cutOff -> "not known: the capture ends before what decides";
        };
    }

    private static String dropped(DropReason reason) {
        return "dropped, " + reason.label() + ". " + reason.sentence() + " " + reason.remedy();
    }

    /// In a few words, as one of many.
    static String brief(Explanation told) {
        PacketHeader header = told.header();
        String packet =
                switch (header.form()) {
                    case LONG ->
                            "long %08x dcid %s%s"
                                    .formatted(
                                            header.version(),
                                            header.dcid().isEmpty() ? "none" : header.dcid(),
                                            header.startsConnection() ? " starts" : "");
                    case SHORT ->
                            "short dcid "
                                    + (header.isDcidLengthKnown()
                                            ? header.dcid().isEmpty() ? "none" : header.dcid()
                                            : "of unknown length");
                    case TRUNCATED, EMPTY -> header.form().name().toLowerCase(Locale.ROOT);
                };
        String ifNew = told.ifNew().map(reason -> ", if new " + reason.label()).orElse("");
        return packet + ": " + brief(told.verdict()) + ifNew;
    }

    private static String brief(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Decoded decoded -> "decoded, backend " + decoded.backend().name();
            case Verdict.Proposed proposed -> "hash, backend " + proposed.backend().name();
            case Verdict.AnyBackend any -> "hash, any backend";
            case Verdict.Dropped dropped -> "dropped, " + dropped.reason().label();
            case Verdict.CutOff cutOff -> "cut off by the capture";
        };
    }
}
