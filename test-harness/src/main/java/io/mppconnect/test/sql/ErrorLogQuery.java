package io.mppconnect.test.sql;

import io.mppconnect.test.sql.SqlStatement.Reworded;
import io.mppconnect.test.sql.SqlStatement.TruncateErrorLog;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Queries of error logs that need more than a function: the segments' own function tells which segment each row comes
 * from, and a log is emptied whatever becomes of the transaction.
 */
final class ErrorLogQuery {

    private static final String READ = "gp_read_error_log";
    private static final String TRUNCATE = "gp_truncate_error_log";
    private static final String SEGMENT = "gp_execution_segment";

    private ErrorLogQuery() {}

    /** The query in the emulation's words, or null when it is none of this kind. */
    static @Nullable SqlStatement parse(String sql, List<Token> tokens) {
        int truncate = call(tokens, TRUNCATE);
        if (truncate >= 0 && tokens.get(truncate + 2).kind() == Token.Kind.STRING) {
            return new TruncateErrorLog(sql, tokens.get(truncate + 2).text());
        }
        int segment = call(tokens, SEGMENT);
        return segment >= 0 && call(tokens, READ) >= 0 ? new Reworded(reworded(sql, tokens)) : null;
    }

    /** Where a function is called first, or -1. */
    private static int call(List<Token> tokens, String function) {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i).isWord(function) && tokens.get(i + 1).isSymbol('(')) {
                return i;
            }
        }
        return -1;
    }

    private static String reworded(String sql, List<Token> tokens) {
        StringBuilder words = new StringBuilder();
        int copied = 0;
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (!tokens.get(i + 1).isSymbol('(')) {
                continue;
            }
            if (tokens.get(i).isWord(READ)) {
                words.append(sql, copied, tokens.get(i).start()).append("mpp_read_error_log");
                copied = tokens.get(i).end();
            } else if (tokens.get(i).isWord(SEGMENT)) {
                boolean qualified = i > 1 && tokens.get(i - 1).isSymbol('.');
                words.append(sql, copied, tokens.get(qualified ? i - 2 : i).start())
                        .append("segment");
                copied = tokens.get(i + 2).end();
            }
        }
        return words.append(sql.substring(copied)).toString();
    }
}
