package dev.homing.diagnose.surroundings;

import static dev.homing.diagnose.finding.Severity.ERROR;
import static dev.homing.diagnose.finding.Severity.INFO;
import static dev.homing.diagnose.finding.Severity.WARNING;

import dev.homing.diagnose.finding.Severity;
import dev.homing.diagnose.finding.Trouble;
import dev.homing.observe.path.Place;

/// What can be found around the way: the machine, and the instance as a whole.
public enum SurroundingTrouble implements Trouble {
    RESTARTED(
            Place.INSTANCE,
            WARNING,
            "The instance was restarted while it was looked at: rates are of the new one, and too low.",
            "Look again; if it restarts by itself, see its log and the kernel's.",
            "homing doctor; dmesg | grep -i -E 'oom|killed'"),
    BOOKS_OFF(
            Place.INSTANCE,
            ERROR,
            "Datagrams are neither sent nor dropped nor queued: this is a defect of Homing.",
            "Report it, with the metrics.",
            "homing doctor --output json"),
    CPU_STOLEN(
            Place.MACHINE,
            WARNING,
            "The hypervisor gives this machine's CPUs to others.",
            "Ask for CPUs of its own, or move.",
            "mpstat -P ALL 1"),
    CPU_CONTENDED(
            Place.MACHINE,
            WARNING,
            "Homing's threads wait for CPUs that others use.",
            "Give Homing CPUs of its own, or move what else runs on them.",
            "pidstat -u 1; homing run --set threads.cpus={cpus}"),
    THROTTLED(
            Place.MACHINE,
            WARNING,
            "The container's CPU limit stops Homing time and again, and datagrams wait meanwhile.",
            "Raise the limit, or take it away and leave the request.",
            "kubectl set resources deployment/homing --limits=cpu={cpus}   # docker update --cpus {cpus}"),
    MORE_THREADS_THAN_CPUS(
            Place.MACHINE,
            INFO,
            "There are more receivers and shards than CPUs for them.",
            "Have fewer threads, or more CPUs.",
            "homing run --set threads.receivers=0 --set threads.shards={cpus}"),
    SLOW_CLOCK(
            Place.MACHINE,
            WARNING,
            "The kernel's clock source is a slow one: each look at the time is a system call.",
            "Choose another one, if the machine has it.",
            "cat /sys/devices/system/clocksource/clocksource0/available_clocksource");

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts and enums
    private final Account account;

    SurroundingTrouble(
            Place place, Severity severity, String sentence, String remedy, String command) {
        account = new Account(place, severity, sentence, remedy, command);
    }

    @Override
    public Account account() {
        return account;
    }
}
