package dev.homing.command;

import dev.homing.cid.CidDescription;
import dev.homing.cid.Unroutable;
import dev.homing.control.config.Configuration;
import dev.homing.control.config.value.IpText;
import dev.homing.control.config.value.Words;
import dev.homing.explain.CidVerdict;
import dev.homing.route.BackendState;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What pools make of a connection ID, for people and for programs.
final class CidText {

    private static final String LEARNED =
            "no cid-scheme: its connection IDs say nothing of the server, and are learned.";

    private CidText() {}

    static List<String> lines(byte[] connectionId, List<CidVerdict> verdicts) {
        List<String> lines = new ArrayList<>();
        lines.add(
                HexFormat.of().formatHex(connectionId)
                        + " ("
                        + Plural.of(connectionId.length, "octet")
                        + ")");
        for (CidVerdict verdict : verdicts) {
            lines.add("  pool " + verdict.pool().name() + ": " + sentence(verdict));
            verdict.description().map(CidText::reading).ifPresent(read -> lines.add("    " + read));
        }
        return lines;
    }

    static String sentence(CidVerdict verdict) {
        return verdict.backend()
                .map(backend -> "backend " + backend(backend))
                .orElse(
                        verdict.whyNot()
                                .map(why -> "no backend. " + why.sentence())
                                .orElse(LEARNED));
    }

    /// A backend's name and address, and its state if that is a special one.
    static String backend(Configuration.Backend backend) {
        String address = IpText.print(backend.address());
        return (backend.name().equals(address) ? address : backend.name() + ", " + address)
                + (backend.state() == BackendState.ACTIVE
                        ? ""
                        : " (" + Words.print(backend.state()) + ")");
    }

    /// How a connection ID was read.
    static String reading(CidDescription description) {
        return description.layout()
                + (description.rotationBits() == CidDescription.NO_ROTATION
                        ? ""
                        : "; rotation bits " + description.rotationBits())
                + (description.serverId().isEmpty() ? "" : "; server ID " + description.serverId())
                + (description.nonce().isEmpty() ? "" : "; nonce " + description.nonce());
    }

    static Map<String, Object> values(
            byte[] connectionId, boolean isNamed, List<CidVerdict> verdicts) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("connection-id", HexFormat.of().formatHex(connectionId));
        values.put("named", isNamed);
        values.put("pools", verdicts.stream().map(CidText::values).toList());
        return values;
    }

    static Map<String, Object> values(CidVerdict verdict) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("pool", verdict.pool().name());
        values.put("cid-scheme", Words.print(verdict.pool().cids().scheme()));
        verdict.description().ifPresent(description -> putReading(values, description));
        verdict.backend().ifPresent(backend -> putBackend(values, backend));
        verdict.whyNot().ifPresent(why -> putReason(values, why));
        return values;
    }

    static void putReading(Map<String, Object> values, CidDescription description) {
        values.put("layout", description.layout());
        if (description.rotationBits() != CidDescription.NO_ROTATION) {
            values.put("config-rotation-bits", description.rotationBits());
        }
        if (!description.serverId().isEmpty()) {
            values.put("server-id", description.serverId());
        }
        if (!description.nonce().isEmpty()) {
            values.put("nonce", description.nonce());
        }
    }

    static void putBackend(Map<String, Object> values, Configuration.Backend backend) {
        values.put("backend", backend.name());
        values.put("address", IpText.print(backend.address()));
        values.put("state", Words.print(backend.state()));
    }

    static void putReason(Map<String, Object> values, Unroutable why) {
        values.put("reason", why.label());
        values.put("sentence", why.sentence());
    }
}
