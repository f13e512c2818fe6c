package dev.homing.control.config.source;

import java.util.List;
import java.util.stream.Collectors;

/// One step on the way to a value: into a section by name, or into a list by index from 0.
public sealed interface Step {

    record Name(String name) implements Step {
        @Override
        public String toString() {
            return name;
        }
    }

    record Index(int index) implements Step {
        @Override
        public String toString() {
            return Integer.toString(index);
        }
    }

    /// `pools.web.backends.0.address`
    static String dotted(List<Step> path) {
        return path.stream().map(Step::toString).collect(Collectors.joining("."));
    }
}
