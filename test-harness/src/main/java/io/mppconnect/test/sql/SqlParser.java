package io.mppconnect.test.sql;

import io.mppconnect.test.sql.SqlStatement.ChangeRole;
import io.mppconnect.test.sql.SqlStatement.CreateExternalTable;
import io.mppconnect.test.sql.SqlStatement.CreateTable;
import io.mppconnect.test.sql.SqlStatement.DeclareRetrieveCursor;
import io.mppconnect.test.sql.SqlStatement.DropExternalTable;
import io.mppconnect.test.sql.SqlStatement.Plain;
import io.mppconnect.test.sql.SqlStatement.Query;
import io.mppconnect.test.sql.SqlStatement.Reworded;
import io.mppconnect.test.sql.SqlStatement.SetSetting;
import io.mppconnect.test.sql.SqlStatement.ShowSetting;
import io.mppconnect.test.sql.SqlStatement.TableCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Tells the statements that concern the emulation from those that PostgreSQL runs as they are. */
public final class SqlParser {

    private static final Set<String> QUERIES =
            Set.of("select", "insert", "with", "update", "delete", "explain", "declare", "(");

    private final Predicate<String> emulatedSetting;
    private final Predicate<String> maybeExternal;

    /**
     * @param emulatedSetting whether PostgreSQL lacks a setting of that name, or answers it otherwise than Greenplum
     * @param maybeExternal whether a table of that name, without a schema, may be external
     */
    public SqlParser(Predicate<String> emulatedSetting, Predicate<String> maybeExternal) {
        this.emulatedSetting = emulatedSetting;
        this.maybeExternal = maybeExternal;
    }

    /** The statements of an SQL text; one plain statement when none of them concerns the emulation. */
    public List<SqlStatement> parse(String sql) throws SqlProblem {
        List<Token> tokens = Lexer.tokens(sql);
        List<SqlStatement> statements = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= tokens.size(); i++) {
            if (i == tokens.size() || tokens.get(i).isSymbol(';')) {
                if (i > from) {
                    int start = tokens.get(from).start();
                    statements.add(one(sql.substring(start, tokens.get(i - 1).end())));
                }
                from = i + 1;
            }
        }
        return statements.stream().allMatch(Plain.class::isInstance) ? List.of(new Plain(sql)) : statements;
    }

    private SqlStatement one(String sql) throws SqlProblem {
        List<Token> tokens = Lexer.tokens(sql);
        Cursor cursor = new Cursor(sql, tokens);
        Token first = cursor.peek();
        if (first.kind() != Token.Kind.WORD && !first.isSymbol('(')) {
            return new Plain(sql);
        }
        return switch (first.text()) {
            case "declare" -> declare(sql, tokens, cursor);
            case "create" -> create(sql, tokens, cursor);
            case "drop" -> drop(sql, cursor);
            case "alter" -> alter(sql, cursor);
            case "truncate" -> truncate(sql, cursor);
            case "set" -> set(sql, cursor);
            case "reset" -> reset(sql, cursor);
            case "show" -> show(sql, cursor);
            default -> QUERIES.contains(first.text()) ? query(sql, tokens, cursor) : new Plain(sql);
        };
    }

    private SqlStatement create(String sql, List<Token> tokens, Cursor cursor) throws SqlProblem {
        cursor.expect("create");
        if (cursor.isWords("external")
                || cursor.isWords("readable", "external")
                || cursor.isWords("writable", "external")) {
            return new CreateExternalTable(ExternalTable.parse(sql, cursor));
        }
        if (cursor.isWords("role") || cursor.isWords("user")) {
            return role(sql);
        }
        boolean scoped = cursor.accept("global") || cursor.accept("local");
        boolean kind = cursor.accept("temp") || cursor.accept("temporary") || cursor.accept("unlogged");
        if (cursor.isWords("table")) {
            TableDefinition definition = TableDefinition.parse(sql, cursor);
            return definition.isPlain() ? query(sql, tokens, new Cursor(sql, tokens)) : new CreateTable(definition);
        }
        boolean view = !scoped && !kind && cursor.isWords("materialized", "view");
        return view ? query(sql, tokens, new Cursor(sql, tokens)) : new Plain(sql);
    }

    private SqlStatement declare(String sql, List<Token> tokens, Cursor cursor) throws SqlProblem {
        cursor.expect("declare");
        Token name = cursor.next();
        if (!cursor.accept("parallel", "retrieve", "cursor", "for")) {
            return query(sql, tokens, new Cursor(sql, tokens));
        }
        return new DeclareRetrieveCursor(sql.substring(name.start(), name.end()), sql.substring(cursor.offset()));
    }

    private static SqlStatement role(String sql) throws SqlProblem {
        RoleChange change = RoleChange.parse(sql, new Cursor(sql, Lexer.tokens(sql)));
        return change.grants().isEmpty() ? new Plain(sql) : new ChangeRole(change);
    }

    private SqlStatement drop(String sql, Cursor cursor) throws SqlProblem {
        cursor.expect("drop");
        boolean external = cursor.accept("external");
        if (!cursor.accept("table")) {
            return new Plain(sql);
        }
        boolean ifExists = cursor.accept("if", "exists");
        List<String> names = names(cursor);
        if (!external) {
            return tableCommand(sql, names, false);
        }
        String behaviour = cursor.atEnd() ? "" : cursor.identifier();
        return new DropExternalTable(names, ifExists, behaviour);
    }

    private SqlStatement truncate(String sql, Cursor cursor) throws SqlProblem {
        cursor.expect("truncate");
        cursor.accept("table");
        cursor.accept("only");
        return tableCommand(sql, names(cursor), true);
    }

    private SqlStatement tableCommand(String sql, List<String> names, boolean truncates) {
        boolean concerns = names.stream()
                .map(Lexer::tokens)
                .anyMatch(tokens ->
                        maybeExternal.test(tokens.get(tokens.size() - 1).text()));
        return concerns ? new TableCommand(sql, names, truncates) : new Plain(sql);
    }

    private static List<String> names(Cursor cursor) throws SqlProblem {
        List<String> names = new ArrayList<>();
        do {
            names.add(cursor.qualifiedName());
        } while (cursor.acceptSymbol(','));
        return names;
    }

    private SqlStatement alter(String sql, Cursor cursor) throws SqlProblem {
        cursor.expect("alter");
        if (cursor.isWords("external", "table")) {
            Token external = cursor.next();
            return new Reworded(sql.substring(0, external.start()) + "foreign" + sql.substring(external.end()));
        }
        if (!cursor.isWords("role") && !cursor.isWords("user") && !cursor.isWords("database")) {
            return new Plain(sql);
        }
        boolean database = cursor.isWords("database");
        while (!cursor.atEnd()) {
            if ((cursor.accept("set") || cursor.accept("reset"))
                    && !cursor.atEnd()
                    && emulatedSetting.test(cursor.peek().text())) {
                Token name = cursor.peek();
                return new Reworded(
                        sql.substring(0, name.start()) + Settings.custom(name.text()) + sql.substring(name.end()));
            }
            if (!cursor.atEnd()) {
                cursor.next();
            }
        }
        return database ? new Plain(sql) : role(sql);
    }

    private SqlStatement set(String sql, Cursor cursor) throws SqlProblem {
        cursor.expect("set");
        String scope = "session";
        if (cursor.accept("local")) {
            scope = "local";
        } else {
            cursor.accept("session");
        }
        if (cursor.atEnd() || !emulatedSetting.test(cursor.peek().text())) {
            return new Plain(sql);
        }
        String name = cursor.next().text();
        if (!cursor.acceptSymbol('=')) {
            cursor.expect("to");
        }
        if (cursor.accept("default")) {
            return new SetSetting(scope, name, "");
        }
        boolean negative = cursor.acceptSymbol('-');
        return new SetSetting(scope, name, (negative ? "-" : "") + cursor.next().text());
    }

    private SqlStatement reset(String sql, Cursor cursor) throws SqlProblem {
        cursor.expect("reset");
        return !cursor.atEnd() && emulatedSetting.test(cursor.peek().text())
                ? new SetSetting("session", cursor.peek().text(), "")
                : new Plain(sql);
    }

    private SqlStatement show(String sql, Cursor cursor) throws SqlProblem {
        cursor.expect("show");
        return !cursor.atEnd() && emulatedSetting.test(cursor.peek().text())
                ? new ShowSetting(cursor.peek().text())
                : new Plain(sql);
    }

    private SqlStatement query(String sql, List<Token> tokens, Cursor cursor) throws SqlProblem {
        SqlStatement ofLog = ErrorLogQuery.parse(sql, tokens);
        if (ofLog != null) {
            return ofLog;
        }
        boolean explains = cursor.accept("explain");
        boolean analyzes = explains
                && (cursor.isWords("analyze")
                        || (cursor.isSymbol('(')
                                && cursor.parenthesised()
                                        .toLowerCase(Locale.ROOT)
                                        .contains("analyze")));
        List<TableReference> references = TableReferences.find(sql, tokens).stream()
                .filter(reference -> maybeExternal.test(reference.table()))
                .toList();
        return references.isEmpty()
                ? new Plain(sql)
                : new Query(sql, references, !explains || analyzes, RowsNeeded.of(tokens));
    }
}
