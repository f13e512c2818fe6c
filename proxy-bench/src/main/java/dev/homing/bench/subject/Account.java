package dev.homing.bench.subject;

import java.util.Map;
import java.util.TreeMap;

/// What a subject counts itself, from its start.
///
/// @param isKept whether it counts at all; all else is empty if not
/// @param drops by reason, both sides together; reasons without drops are left out
/// @param allocatedBytes by the threads that move datagrams
/// @param sessions now
public record Account(boolean isKept, Map<String, Long> drops, long allocatedBytes, long sessions) {

    public static final Account NONE = new Account(false, Map.of(), 0, 0);

    public Account {
        drops = Map.copyOf(drops);
    }

    /// What happened since an earlier account; sessions are those of now.
    public Account since(Account earlier) {
        Map<String, Long> since = new TreeMap<>();
        drops.forEach((reason, count) -> {
            long more = count - earlier.drops.getOrDefault(reason, 0L);
            if (more != 0) {
                since.put(reason, more);
            }
        });
        return new Account(isKept, since, allocatedBytes - earlier.allocatedBytes, sessions);
    }
}
