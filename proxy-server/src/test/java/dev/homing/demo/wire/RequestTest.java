package dev.homing.demo.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    @Test
    void readsWhatItWrites() {
        Request[] requests = {
            new Request.Echo(),
            new Request.Get(0, 0),
            new Request.Get(1 << 20, -42),
            new Request.Get(Long.MAX_VALUE, Long.MIN_VALUE)
        };
        for (Request request : requests) {
            assertEquals(request, Request.parse(request.line()));
            assertTrue(request.line().length() <= Request.MAX_LINE_BYTES);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET",
                "GET ",
                "GET 1",
                "GET 1 ",
                "GET -1 2",
                "GET 1 2 3",
                "GET x 2",
                "get 1 2",
                "ECHO ",
                "GET 99999999999999999999 1",
                "PUT 1 2"
            })
    void refusesAnythingElse(String line) {
        assertNull(Request.parse(line));
    }
}
