package dev.homing.bench.soak.model;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a process takes, at rest and after its rubbish was collected.
///
/// @param residentBytes VmRSS
/// @param outsideHeapBytes the part of it that is not heap: tables, slots, stacks, code
/// @param heapBytes in use
/// @param descriptors without those of backend ports
public record Footprint(
        int life,
        long atNanos,
        long residentBytes,
        long outsideHeapBytes,
        long heapBytes,
        long descriptors,
        long backendPorts) {

    private static final int MEBI = 1 << 20;

    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("life", life);
        values.put("seconds", Math.round(atNanos / 1e9));
        values.put("resident-bytes", residentBytes);
        values.put("outside-heap-bytes", outsideHeapBytes);
        values.put("heap-bytes", heapBytes);
        values.put("descriptors", descriptors);
        values.put("backend-ports", backendPorts);
        return values;
    }

    @Override
    public String toString() {
        return "life %d: %d MiB resident, %d MiB of it outside the heap, %d MiB heap in use, %d descriptors and %d backend ports"
                .formatted(
                        life,
                        residentBytes / MEBI,
                        outsideHeapBytes / MEBI,
                        heapBytes / MEBI,
                        descriptors,
                        backendPorts);
    }
}
