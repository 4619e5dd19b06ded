package io.mppconnect.test.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A CREATE ROLE or ALTER ROLE that grants or takes the right to create external tables.
 *
 * @param sql the statement without that
 * @param role as written
 * @param grants in the order of the statement
 */
public record RoleChange(String sql, String role, List<Grant> grants) {

    public RoleChange {
        grants = List.copyOf(grants);
    }

    /**
     * One CREATEEXTTABLE or NOCREATEEXTTABLE.
     *
     * @param column the column of {@code pg_roles} that shows it
     */
    public record Grant(String column, boolean granted) {}

    static RoleChange parse(String sql, Cursor cursor) throws SqlProblem {
        cursor.next();
        cursor.next();
        String role = cursor.qualifiedName();
        StringBuilder plain = new StringBuilder();
        int copied = 0;
        List<Grant> grants = new ArrayList<>();
        while (!cursor.atEnd()) {
            int start = cursor.offset();
            boolean granted = cursor.isWords("createexttable");
            if (granted || cursor.isWords("nocreateexttable")) {
                cursor.next();
                plain.append(sql, copied, start);
                grants.add(new Grant(column(cursor), granted));
                copied = cursor.lastOffset();
            } else {
                cursor.next();
            }
        }
        plain.append(sql.substring(copied));
        return new RoleChange(plain.toString(), role, grants);
    }

    private static String column(Cursor cursor) throws SqlProblem {
        String type = "readable";
        String protocol = "gpfdist";
        if (cursor.acceptSymbol('(')) {
            do {
                String key = cursor.identifier();
                cursor.expectSymbol('=');
                String value = cursor.string().toLowerCase(Locale.ROOT);
                if (key.equals("type")) {
                    type = value;
                } else if (key.equals("protocol")) {
                    protocol = value;
                } else {
                    throw SqlProblem.syntax(key);
                }
            } while (cursor.acceptSymbol(','));
            cursor.expectSymbol(')');
        }
        return switch (type + " " + protocol) {
            case "readable gpfdist" -> "rolcreaterextgpfd";
            case "writable gpfdist" -> "rolcreatewextgpfd";
            case "readable http" -> "rolcreaterexthttp";
            default ->
                throw new SqlProblem(
                        "42601", "invalid CREATEEXTTABLE specification. writable http external tables do not exist");
        };
    }
}
