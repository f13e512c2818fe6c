package dev.homing.control.config.value;

import java.util.Collection;
import java.util.Optional;

/// Finds the word that somebody probably meant.
public final class Suggestion {

    private Suggestion() {}

    /// The known word nearest to the given one, if it is near enough to be a slip: a third of its
    /// letters, at least two.
    public static Optional<String> nearest(String given, Collection<String> known) {
        int allowed = Math.max(2, given.length() / 3);
        String best = null;
        int bestDistance = allowed + 1;
        for (String word : known) {
            int distance = distance(given, word);
            // Two edits turn any two-letter word into any other: a slip leaves something standing.
            if (distance < bestDistance && distance < word.length()) {
                best = word;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /// `Did you mean x? ` with a blank behind it, or nothing: made to be put in front of another
    /// sentence.
    public static String didYouMean(String given, Collection<String> known) {
        return nearest(given, known).map(word -> "Did you mean " + word + "? ").orElse("");
    }

    /// Insertions, deletions, substitutions and swaps of neighbours that lead from one word to the
    /// other (optimal string alignment).
    static int distance(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int substitution = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(last[j - 1] + substitution, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[to.length()];
    }
}
