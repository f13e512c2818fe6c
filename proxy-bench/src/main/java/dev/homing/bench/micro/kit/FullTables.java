package dev.homing.bench.micro.kit;

import dev.homing.linux.TableMemory;
import java.lang.foreign.SegmentAllocator;
import java.util.function.Function;

/// Memory of tables as Homing has it when they are full: from 65 536 sessions on it lets the kernel
/// join their pages, which takes the kernel some time; here the pages are large from the beginning.
public final class FullTables {

    private static final int SESSIONS_THAT_JOIN = 65_536;

    private FullTables() {}

    /// Makes a table that is about to be filled.
    ///
    /// @param sessions how many there will be
    public static <T> T make(int sessions, Function<SegmentAllocator, T> maker) {
        TableMemory memory = new TableMemory();
        T table = maker.apply(memory);
        if (sessions >= SESSIONS_THAT_JOIN) {
            memory.joinPages();
        }
        return table;
    }
}
