package dev.homing.command;

import dev.homing.control.config.Configuration;
import dev.homing.control.config.Outcome;
import dev.homing.control.config.source.Warning;
import dev.homing.control.config.value.LogFormat;
import dev.homing.control.config.value.Words;
import dev.homing.observe.log.EventLog;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "run",
        sortOptions = false,
        header = "Run the proxy until SIGTERM.",
        description = {
            "",
            "Receives QUIC datagrams and forwards each to the backend that owns its connection. A listener and a backend"
                    + " are all it needs; everything else has a default.",
            "",
            "SIGTERM drains, then ends; SIGINT ends at once; SIGHUP reads the configuration again, as a change of its"
                    + " file does. Events go to standard output.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  homing run --listen :4433 --backend 10.0.0.1:4433 --backend 10.0.0.2:4433",
            "  homing run -c homing.yaml --set log.level=debug",
            "",
            "Exit codes: 0 ended as asked, 1 the machine does not allow it, 2 wrong usage, 78 bad configuration."
        })
final class RunCommand implements Callable<Integer> {

    private final Shell shell;
    private final Launch launch;

    @Mixin private ConfigurationOptions options = new ConfigurationOptions();

    RunCommand(Shell shell, Launch launch) {
        this.shell = shell;
        this.launch = launch;
    }

    @Override
    public Integer call() throws IOException {
        return switch (options.load(shell)) {
            case Outcome.Refused refused -> options.complain(shell, refused);
            case Outcome.Accepted accepted -> run(accepted);
        };
    }

    private int run(Outcome.Accepted first) throws IOException {
        Configuration configuration = first.configuration();
        LogFormat format = configuration.log().format();
        boolean isJson =
                format == LogFormat.JSON || format == LogFormat.AUTO && !shell.isOutTerminal();
        EventLog.start(isJson, Words.print(configuration.log().level()));
        for (Warning warning : first.warnings()) {
            LoggerFactory.getLogger("config")
                    .atWarn()
                    .addKeyValue("where", warning.where().text())
                    .addKeyValue("key", warning.key())
                    .addKeyValue("remedy", warning.remedy())
                    .log(warning.what());
        }
        try {
            return launch.run(first, () -> options.load(shell), shell.out());
        } finally {
            EventLog.end();
        }
    }
}
