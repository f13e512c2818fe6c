package dev.homing.control.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetSocketAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class BackendNumbersTest {

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress("10.0.0.1", port);
    }

    private final BackendNumbers numbers = new BackendNumbers(3);

    @Test
    void anAddressKeepsItsNumberWhileOthersComeAndGo() {
        assertEquals(0, numbers.of(address(1)));
        assertEquals(1, numbers.of(address(2)));
        numbers.keepOnly(Set.of(address(2)));
        assertEquals(2, numbers.of(address(3)));
        assertEquals(1, numbers.of(address(2)));
        assertEquals(0, numbers.of(address(1)), "it is back");
    }

    @Test
    void theNumberThatWasLeftLongestAgoIsGivenAwayWhenAllAreGiven() {
        for (int port = 1; port <= 3; port++) {
            numbers.of(address(port));
        }
        numbers.keepOnly(Set.of(address(1), address(3)));
        numbers.keepOnly(Set.of(address(1)));

        assertEquals(1, numbers.of(address(4)));
        assertEquals(2, numbers.of(address(5)));
        assertEquals(0, numbers.of(address(1)));
        assertThrows(IllegalStateException.class, () -> numbers.of(address(6)));
    }
}
