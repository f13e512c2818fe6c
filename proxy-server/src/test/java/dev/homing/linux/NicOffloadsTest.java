package dev.homing.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class NicOffloadsTest {

    @Test
    void tellsThoseOfTheLoopbackWhichHasThemOnUnlessSomebodySwitchedThemOff() {
        assertEquals(Optional.of(new NicOffloads(true, true)), NicOffloads.of("lo"));
    }

    @Test
    void tellsNothingOfAnInterfaceThatIsNotThere() {
        assertEquals(Optional.empty(), NicOffloads.of("no-such-nic"));
        assertEquals(Optional.empty(), NicOffloads.of("longer-than-the-kernel-takes"));
        assertEquals(Optional.empty(), NicOffloads.of(""));
    }
}
