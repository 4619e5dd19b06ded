package io.mppconnect.test.sql;

import io.mppconnect.test.sql.TableReference.Use;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the tables that a query or a data changing statement names. */
final class TableReferences {

    private static final Set<String> ENDS_FROM = Set.of(
            "where",
            "group",
            "having",
            "order",
            "limit",
            "offset",
            "fetch",
            "for",
            "union",
            "intersect",
            "except",
            "window",
            "returning",
            "set",
            "values");
    private static final Set<String> NO_ALIAS = Set.of(
            "where",
            "group",
            "having",
            "order",
            "limit",
            "offset",
            "fetch",
            "for",
            "union",
            "intersect",
            "except",
            "window",
            "returning",
            "set",
            "values",
            "join",
            "inner",
            "left",
            "right",
            "full",
            "cross",
            "natural",
            "on",
            "using",
            "tablesample",
            "select",
            "with",
            "default",
            "overriding",
            "table",
            "distributed");

    private final String sql;
    private final List<Token> tokens;
    private final List<TableReference> found = new ArrayList<>();
    private final Set<String> commonTables = new HashSet<>();
    private final Deque<Level> levels = new ArrayDeque<>();
    private int index;

    /** The state of one level of parentheses. */
    private static final class Level {
        private boolean selects;
        private boolean inFrom;
        private boolean expectsTable;
        private Use use = Use.READ;
    }

    private TableReferences(String sql, List<Token> tokens) {
        this.sql = sql;
        this.tokens = tokens;
        levels.push(new Level());
    }

    static List<TableReference> find(String sql, List<Token> tokens) {
        TableReferences references = new TableReferences(sql, tokens);
        while (references.index < tokens.size()) {
            references.step();
        }
        return references.found;
    }

    private void step() {
        Token token = tokens.get(index);
        Level level = levels.element();
        if (level.expectsTable && token.isName() && !isSelect(token)) {
            tableOrModifier(level, token);
            return;
        }
        if (token.isSymbol('(')) {
            Level inner = new Level();
            inner.inFrom = level.expectsTable;
            inner.expectsTable = level.expectsTable;
            level.expectsTable = false;
            levels.push(inner);
        } else if (token.isSymbol(')') && levels.size() > 1) {
            levels.pop();
        } else if (token.isSymbol(',')) {
            level.expectsTable = level.inFrom;
        } else if (token.kind() == Token.Kind.WORD) {
            word(level, token.text());
        }
        index++;
    }

    private static boolean isSelect(Token token) {
        return token.isWord("select") || token.isWord("with") || token.isWord("values");
    }

    private void word(Level level, String word) {
        switch (word) {
            case "select" -> {
                level.selects = true;
                level.inFrom = false;
                level.expectsTable = false;
            }
            case "delete" -> {
                level.selects = true;
                level.use = Use.CHANGE;
            }
            case "update" -> {
                if (!previousIs("for") && !previousIs("do") && !previousIs("key")) {
                    level.selects = true;
                    level.expectsTable = true;
                    level.use = Use.CHANGE;
                }
            }
            case "into" -> {
                if (previousIs("insert")) {
                    level.expectsTable = true;
                    level.use = Use.INSERT;
                }
            }
            case "from" -> {
                if (level.selects || level.use == Use.CHANGE) {
                    level.inFrom = true;
                    level.expectsTable = !previousIs("distinct") || !isDistinctOperator();
                }
            }
            case "join" -> level.expectsTable = true;
            case "using" -> level.expectsTable = level.use == Use.READ && !nextIs('(') && level.inFrom;
            case "as" -> commonTable();
            default -> {
                if (ENDS_FROM.contains(word)) {
                    level.inFrom = false;
                    level.expectsTable = false;
                }
            }
        }
    }

    private boolean isDistinctOperator() {
        return index >= 2
                && (tokens.get(index - 2).isWord("is") || tokens.get(index - 2).isWord("not"));
    }

    private boolean previousIs(String word) {
        return index > 0 && tokens.get(index - 1).isWord(word);
    }

    private boolean nextIs(char symbol) {
        return index + 1 < tokens.size() && tokens.get(index + 1).isSymbol(symbol);
    }

    /** Remembers the name of {@code WITH name AS (}, which hides a table of that name. */
    private void commonTable() {
        if (!nextIs('(') || index < 2) {
            return;
        }
        int name = index - 1;
        if (tokens.get(name).isSymbol(')')) {
            while (name > 0 && !tokens.get(name).isSymbol('(')) {
                name--;
            }
            name--;
        }
        if (name > 0 && tokens.get(name).isName() && startsCommonTable(tokens.get(name - 1))) {
            commonTables.add(tokens.get(name).text());
        }
    }

    private static boolean startsCommonTable(Token before) {
        return before.isWord("with") || before.isWord("recursive") || before.isSymbol(',');
    }

    private void tableOrModifier(Level level, Token token) {
        if (token.isWord("only") || token.isWord("lateral")) {
            index++;
            return;
        }
        int start = token.start();
        Token last = token;
        index++;
        boolean qualified = false;
        while (index + 1 < tokens.size()
                && tokens.get(index).isSymbol('.')
                && tokens.get(index + 1).isName()) {
            last = tokens.get(index + 1);
            index += 2;
            qualified = true;
        }
        level.expectsTable = false;
        boolean function = index < tokens.size() && tokens.get(index).isSymbol('(') && level.use != Use.INSERT;
        if (!function && (qualified || !commonTables.contains(last.text()))) {
            found.add(new TableReference(
                    start, last.end(), sql.substring(start, last.end()), last.text(), level.use, aliasFollows()));
        }
        level.use = Use.READ;
    }

    private boolean aliasFollows() {
        int next = index;
        if (next < tokens.size() && tokens.get(next).isSymbol('*')) {
            next++;
        }
        if (next >= tokens.size() || !tokens.get(next).isName()) {
            return false;
        }
        Token token = tokens.get(next);
        return token.kind() == Token.Kind.QUOTED_IDENTIFIER || !NO_ALIAS.contains(token.text());
    }
}
