package dev.homing.control.config.source;

/// Something that keeps a configuration from being used.
///
/// @param key dotted, such as `pools.web.backends.0.address`; empty if no key is to blame
/// @param what a clause without a full stop, with the offending value unless it is secret
/// @param remedy one or more whole sentences
public record Problem(Where where, String key, String what, String remedy) {

    /// One line: `homing.yaml:3:14: queues.capacity: 5000 is not a power of two. Write 4096 or
    /// 8192.`
    @Override
    public String toString() {
        return where.text() + ": " + (key.isEmpty() ? "" : key + ": ") + what + ". " + remedy;
    }
}
