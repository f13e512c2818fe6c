package dev.homing.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WrappingCounterTest {

    private final WrappingCounter counter = new WrappingCounter();

    @Test
    void goesOnWhereTheKernelsCounterBeginsAgain() {
        assertEquals(0, counter.advance(0));
        assertEquals(5, counter.advance(5));
        assertEquals(5, counter.advance(5));
        assertEquals(0x7fff_ffffL, counter.advance(0x7fff_ffff));
        assertEquals(0x8000_0000L, counter.advance(0x8000_0000));
        assertEquals(0xffff_ffffL, counter.advance(0xffff_ffff));
        assertEquals(0x1_0000_0003L, counter.advance(3));
        assertEquals(0x1_ffff_ffffL, counter.advance(-1));
        assertEquals(0x2_0000_0000L, counter.advance(0));
    }

    @Test
    void neverFallsHoweverFarApartTheReadingsAre() {
        long kernel = 0;
        for (long step = 1; step < 1L << 32; step *= 3) {
            kernel += step;
            assertEquals(kernel, counter.advance((int) kernel));
        }
    }
}
