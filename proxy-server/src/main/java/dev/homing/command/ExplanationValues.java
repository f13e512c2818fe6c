package dev.homing.command;

import dev.homing.control.config.value.IpText;
import dev.homing.control.config.value.Words;
import dev.homing.explain.Explanation;
import dev.homing.explain.PacketHeader;
import dev.homing.explain.Verdict;
import dev.homing.quic.HeaderForm;
import java.util.LinkedHashMap;
import java.util.Map;

/// The way of a datagram, for programs.
final class ExplanationValues {

    private ExplanationValues() {}

    static Map<String, Object> of(Explanation told) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("listener", IpText.print(told.listener().address()));
        values.put("pool", told.pool().name());
        values.put("octets", told.lengthBytes());
        putHeader(values, told.header());
        if (told.header().isReadable()) {
            Map<String, Object> scheme = new LinkedHashMap<>();
            scheme.put("cid-scheme", Words.print(told.pool().cids().scheme()));
            told.read().ifPresent(read -> CidText.putReading(scheme, read));
            told.whyNot().ifPresent(why -> CidText.putReason(scheme, why));
            values.put("scheme", scheme);
        }
        told.ifNew().ifPresent(reason -> values.put("dropped-if-new", reason.label()));
        putVerdict(values, told.verdict());
        return values;
    }

    private static void putHeader(Map<String, Object> values, PacketHeader header) {
        values.put("header", Words.print(header.form()));
        if (header.form() == HeaderForm.LONG) {
            values.put("version", "0x%08x".formatted(header.version()));
            values.put("version-known", header.isVersionKnown());
            values.put("dcid", header.dcid());
            values.put("scid", header.scid());
        } else if (header.form() == HeaderForm.SHORT && header.isDcidLengthKnown()) {
            values.put("dcid", header.dcid());
        }
        if (header.isReadable()) {
            values.put("starts-connection", header.startsConnection());
        }
    }

    private static void putVerdict(Map<String, Object> values, Verdict verdict) {
        switch (verdict) {
            case Verdict.Decoded(var backend) -> {
                values.put("verdict", "decoded");
                CidText.putBackend(values, backend);
            }
            case Verdict.Proposed(var hashed, var backend) -> {
                values.put("verdict", "hash");
                values.put("hashed", Words.print(hashed));
                CidText.putBackend(values, backend);
            }
            case Verdict.AnyBackend(var hashed, var why) -> {
                values.put("verdict", "any-backend");
                values.put("hashed", Words.print(hashed));
                values.put("unknown", Words.print(why));
            }
            case Verdict.Dropped(var reason) -> {
                values.put("verdict", "dropped");
                values.put("reason", reason.label());
                values.put("sentence", reason.sentence());
                values.put("remedy", reason.remedy());
            }
            case Verdict.CutOff() -> values.put("verdict", "cut-off");
        }
    }
}
