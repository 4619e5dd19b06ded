package io.mppconnect.test.sql;

import java.util.List;
import java.util.Set;

/** How many rows of its one table a query needs at most: so many as its LIMIT says, if nothing else looks at rows. */
final class RowsNeeded {

    static final long ALL = Long.MAX_VALUE;

    /** What needs more rows than a query gives. */
    private static final Set<String> NEEDS_MORE = Set.of(
            "distinct",
            "where",
            "join",
            "group",
            "having",
            "order",
            "offset",
            "fetch",
            "union",
            "intersect",
            "except",
            "window",
            "over",
            "tablesample");

    private RowsNeeded() {}

    static long of(List<Token> tokens) {
        int last = tokens.size() - 1;
        boolean limited = last > 2
                && tokens.get(0).isWord("select")
                && tokens.get(last - 1).isWord("limit")
                && tokens.get(last).kind() == Token.Kind.NUMBER
                && tokens.stream().noneMatch(RowsNeeded::needsMore)
                && isOneTable(tokens);
        return limited ? whole(tokens.get(last).text()) : ALL;
    }

    /** Not every number is one of rows that can be counted, as 1e3 shows; whoever reads more does no harm. */
    private static long whole(String number) {
        return number.matches("[0-9]{1,18}") ? Long.parseLong(number) : ALL;
    }

    private static boolean needsMore(Token token) {
        return token.isSymbol('(') || (token.kind() == Token.Kind.WORD && NEEDS_MORE.contains(token.text()));
    }

    private static boolean isOneTable(List<Token> tokens) {
        boolean from = false;
        for (Token token : tokens) {
            from |= token.isWord("from");
            if (from && token.isSymbol(',')) {
                return false;
            }
        }
        return from;
    }
}
