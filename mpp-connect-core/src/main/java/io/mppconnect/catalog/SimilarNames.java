package io.mppconnect.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped name may have been meant to be. */
final class SimilarNames {

    private static final int SHOWN = 3;
    private static final int MOST_EDITS = 2;

    private SimilarNames() {}

    /** The closest candidates: the same name in another schema or case, or one that a slip or two makes of it. */
    static List<TableName> of(TableName wanted, List<TableName> candidates) {
        record Rated(TableName name, int edits) {}
        int allowed = allowed(wanted.table());
        return candidates.stream()
                .filter(name -> wanted.schema().isEmpty()
                        || wanted.schema().equals(name.schema())
                        || wanted.table().equalsIgnoreCase(name.table()))
                .map(name -> new Rated(name, edits(lower(wanted.table()), lower(name.table()))))
                .filter(rated -> rated.edits() <= allowed)
                .sorted(Comparator.comparingInt(Rated::edits))
                .limit(SHOWN)
                .map(Rated::name)
                .toList();
    }

    /** The closest candidate, if a slip or two makes it of the name. */
    static Optional<String> of(String wanted, List<String> candidates) {
        return candidates.stream()
                .filter(name -> edits(lower(wanted), lower(name)) <= allowed(wanted))
                .min(Comparator.comparingInt(name -> edits(lower(wanted), lower(name))));
    }

    private static int allowed(String wanted) {
        return Math.min(MOST_EDITS, wanted.length() / 3);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** How many characters must be put in, taken out or replaced to make one of the other. */
    private static int edits(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] current = new int[to.length() + 1];
            current[0] = i;
            for (int j = 1; j < current.length; j++) {
                int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
