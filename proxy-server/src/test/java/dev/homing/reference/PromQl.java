package dev.homing.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an expression of Prometheus' query language names: metrics, their labels, and the labels it
/// groups by. What it does not understand, it refuses.
///
/// @param selectors each metric, with the labels that are asked of it
/// @param by labels that the result has: those of `by (…)`
/// @param matching labels that series are matched by: those of `on (…)` and the like
record PromQl(List<Selector> selectors, Set<String> by, Set<String> matching) {

    /// A metric, and what its labels must be.
    record Selector(String metric, List<Condition> conditions) {}

    /// @param operator `=`, `!=`, `=~` or `!~`
    record Condition(String label, String operator, String value) {}

    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<space>\\s+|#[^\n]*)"
                            + "|(?<text>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`)"
                            + "|(?<range>\\[[^]]*])"
                            + "|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
                            + "|(?<number>[0-9][0-9a-zA-Z.]*)"
                            + "|(?<sign>=~|!~|!=|==|<=|>=|[-+*/%^=<>(){},])");

    private static final Set<String> BY = Set.of("by");
    private static final Set<String> MATCHING =
            Set.of("without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "offset", "atan2", "inf", "nan");
    private static final Set<String> FUNCTIONS =
            Set.of(
                    "abs",
                    "absent",
                    "avg",
                    "clamp_min",
                    "count",
                    "delta",
                    "deriv",
                    "histogram_quantile",
                    "increase",
                    "irate",
                    "label_replace",
                    "label_values",
                    "max",
                    "max_over_time",
                    "min",
                    "min_over_time",
                    "rate",
                    "sum",
                    "topk",
                    "vector");

    static PromQl of(String expression) {
        return new Reader(tokens(expression)).read();
    }

    private static List<String> tokens(String expression) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression);
        int end = 0;
        while (end < expression.length()) {
            if (!matcher.find(end) || matcher.start() != end) {
                throw new IllegalArgumentException(
                        "at '" + expression.substring(end) + "' of " + expression);
            }
            if (matcher.group("space") == null) {
                tokens.add(matcher.group());
            }
            end = matcher.end();
        }
        return tokens;
    }

    /// From the first token to the last.
    private static final class Reader {

        private final List<String> tokens;
        private final List<Selector> selectors = new ArrayList<>();
        private final Set<String> by = new TreeSet<>();
        private final Set<String> matching = new TreeSet<>();
        private int next;

        Reader(List<String> tokens) {
            this.tokens = tokens;
        }

        PromQl read() {
            int open = 0;
            while (next < tokens.size()) {
                String token = tokens.get(next++);
                open += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
                if (open < 0 || token.equals("{") || token.equals("}")) {
                    throw new IllegalArgumentException("a bracket too many: " + tokens);
                }
                if (Character.isLetter(token.charAt(0)) || token.charAt(0) == '_') {
                    name(token);
                }
            }
            if (open != 0) {
                throw new IllegalArgumentException("a bracket is not closed: " + tokens);
            }
            return new PromQl(selectors, by, matching);
        }

        private void name(String name) {
            if (BY.contains(name)) {
                labels(by);
            } else if (MATCHING.contains(name)) {
                if (is("(")) {
                    labels(matching);
                }
            } else if (WORDS.contains(name)) {
                return;
            } else if (is("(") || is("by") || is("without")) {
                if (!FUNCTIONS.contains(name)) {
                    throw new IllegalArgumentException("no function: " + name);
                }
            } else {
                selectors.add(new Selector(name, conditions()));
            }
        }

        private void labels(Set<String> labels) {
            expect("(");
            while (!is(")")) {
                labels.add(tokens.get(next++));
                if (!is(")")) {
                    expect(",");
                }
            }
            expect(")");
        }

        private List<Condition> conditions() {
            List<Condition> conditions = new ArrayList<>();
            if (is("{")) {
                next++;
                while (!is("}")) {
                    String label = tokens.get(next++);
                    String operator = tokens.get(next++);
                    String value = tokens.get(next++);
                    conditions.add(
                            new Condition(label, operator, value.substring(1, value.length() - 1)));
                    if (!is("}")) {
                        expect(",");
                    }
                }
                next++;
            }
            return conditions;
        }

        private boolean is(String token) {
            return next < tokens.size() && tokens.get(next).equals(token);
        }

        private void expect(String token) {
            if (!is(token)) {
                throw new IllegalArgumentException("no " + token + " at " + next + ": " + tokens);
            }
            next++;
        }
    }
}
