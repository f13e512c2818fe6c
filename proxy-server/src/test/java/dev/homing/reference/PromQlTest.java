package dev.homing.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.homing.reference.PromQl.Condition;
import dev.homing.reference.PromQl.Selector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {

    @Test
    void findsMetricsAndTheirLabels() {
        PromQl found =
                PromQl.of(
                        """
                        # a comment with a name
                        sum by (job, instance) (rate(a_total{side="client", reason=~"x|y"}[5m] offset 1h)) > 0.9e3
                          unless on (job) record:b:rate5m{step!='0"1'} and ignoring (le) group_left () c or (vector(0))
                        """);
        assertEquals(
                List.of(
                        new Selector(
                                "a_total",
                                List.of(
                                        new Condition("side", "=", "client"),
                                        new Condition("reason", "=~", "x|y"))),
                        new Selector(
                                "record:b:rate5m", List.of(new Condition("step", "!=", "0\"1"))),
                        new Selector("c", List.of())),
                found.selectors());
        assertEquals(Set.of("job", "instance"), found.by());
        assertEquals(Set.of("job", "le"), found.matching());
    }

    @Test
    void doesNotTakeTextsForMetrics() {
        assertEquals(
                List.of(new Selector("m", List.of(new Condition("a", "=", "sum(x) {y}")))),
                PromQl.of("m{a=\"sum(x) {y}\"}").selectors());
    }

    @Test
    void knowsAnAggregationWhoseLabelsComeAfterIt() {
        PromQl found = PromQl.of("sum(rate(m[5m])) by (le)");
        assertEquals(List.of(new Selector("m", List.of())), found.selectors());
        assertEquals(Set.of("le"), found.by());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum(m",
                "m)",
                "m{a=\"b\"",
                "m{a=\"b\" c=\"d\"}",
                "raet(m[5m])",
                "m ? 1",
                "m}",
                "{a=\"b\"}"
            })
    void refusesWhatItDoesNotUnderstand(String expression) {
        assertThrows(RuntimeException.class, () -> PromQl.of(expression), expression);
    }
}
