package dev.homing.observe.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.homing.observe.machine.reading.Quantity;
import dev.homing.observe.machine.reading.Reading;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MachineSamplesTest {

    @Test
    void namesThemAsAScrapeDoes() {
        Samples samples =
                MachineSamples.of(
                        List.of(
                                Reading.of(Quantity.UDP, 7, "ip4", "no_ports"),
                                Reading.of(Quantity.CPUS, 4)));

        assertEquals(
                OptionalDouble.of(7),
                samples.value("homing_machine_udp_total", "family", "ip4", "counter", "no_ports"));
        assertEquals(OptionalDouble.of(4), samples.value("homing_machine_cpus"));
    }
}
