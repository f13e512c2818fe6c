package dev.homing;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.Restart;
import dev.homing.control.config.source.Problem;
import dev.homing.control.config.source.Warning;
import dev.homing.control.config.source.Where;
import dev.homing.control.reload.Changes;
import dev.homing.control.reload.ReloadResult;
import dev.homing.control.reload.Trigger;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts a configuration into force that was read again: all of it, or nothing. The main thread.
final class Reloading {

    private static final Logger LOG = LoggerFactory.getLogger("homing");

    /// Changes, or keys, that a line of the log names; the answer to a request has all.
    private static final int TOLD = 5;

    private Reloading() {}

    /// A configuration with a problem, or with a change that needs a restart, is refused whole.
    static ReloadResult apply(ProxyServer server, Outcome outcome, Trigger trigger) {
        ReloadResult result =
                switch (outcome) {
                    case Outcome.Refused(List<Problem> problems, List<Warning> warnings, _) ->
                            new ReloadResult.Refused(problems, warnings);
                    case Outcome.Accepted(Configuration changed, List<Warning> warnings, _, _) ->
                            change(server, changed, warnings);
                };
        server.reloads().note(result, trigger, Changes.hash(server.configuration()));
        tell(server, result, trigger.name().toLowerCase(Locale.ROOT));
        return result;
    }

    private static ReloadResult change(
            ProxyServer server, Configuration changed, List<Warning> warnings) {
        Configuration old = server.configuration();
        List<String> restart = Restart.keysChanged(old, changed);
        if (!restart.isEmpty()) {
            return new ReloadResult.Refused(
                    restart.stream().map(Reloading::needsRestart).toList(), warnings);
        }
        if (old.equals(changed)) {
            return new ReloadResult.Unchanged(warnings);
        }
        server.changePools(changed);
        return new ReloadResult.Applied(
                Changes.between(old, changed), server.routing().number(), warnings);
    }

    private static Problem needsRestart(String key) {
        return new Problem(
                new Where.Nowhere(),
                key,
                "is changed, which needs a restart",
                "Restart Homing for it, or change it back for the rest to come into force.");
    }

    private static void tell(ProxyServer server, ReloadResult result, String trigger) {
        switch (result) {
            case ReloadResult.Refused(List<Problem> problems, List<Warning> warnings) -> {
                problems.forEach(problem -> LOG.atError().log(problem.toString()));
                LOG.atError()
                        .addKeyValue("trigger", trigger)
                        .addKeyValue("problems", problems.size())
                        .addKeyValue("keys", keys(problems))
                        .addKeyValue(
                                "remedy", "the old configuration stays; correct it and try again")
                        .log("reload-refused");
            }
            case ReloadResult.Unchanged(List<Warning> warnings) -> {
                warn(warnings);
                LOG.atInfo().addKeyValue("trigger", trigger).log("reload-unchanged");
            }
            case ReloadResult.Applied(List<String> changes, long table, List<Warning> warnings) -> {
                warn(warnings);
                LOG.atInfo()
                        .addKeyValue("trigger", trigger)
                        .addKeyValue("table", table)
                        .addKeyValue("backends", server.routing().backends().size())
                        .addKeyValue("changes", changes.size())
                        .addKeyValue(
                                "first", String.join("; ", changes.stream().limit(TOLD).toList()))
                        .log("reloaded");
                Remarks.log(LOG, server);
            }
        }
    }

    private static String keys(List<Problem> problems) {
        return problems.stream()
                .map(Problem::key)
                .distinct()
                .limit(TOLD)
                .collect(Collectors.joining(","));
    }

    private static void warn(List<Warning> warnings) {
        warnings.forEach(warning -> LOG.atWarn().log(warning.toString()));
    }
}
