package io.mppconnect.test.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an SQL text into tokens, aware of quotes, dollar quotes and comments. */
final class Lexer {

    /** A character by its number, behind a backslash: two hex or three octal digits. */
    private static final Pattern CODE = Pattern.compile("x([0-9A-Fa-f]{1,2})|([0-7]{1,3})");

    private final String sql;
    private final List<Token> tokens = new ArrayList<>();
    private int position;

    private Lexer(String sql) {
        this.sql = sql;
    }

    static List<Token> tokens(String sql) {
        Lexer lexer = new Lexer(sql);
        while (lexer.position < sql.length()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    private void next() {
        char first = sql.charAt(position);
        if (Character.isWhitespace(first)) {
            position++;
        } else if (sql.startsWith("--", position)) {
            int end = sql.indexOf('\n', position);
            position = end < 0 ? sql.length() : end + 1;
        } else if (sql.startsWith("/*", position)) {
            skipBlockComment();
        } else if (first == '\'') {
            string(position, position + 1, false);
        } else if (first == '"') {
            quotedIdentifier(position, position + 1);
        } else if ((first == 'e' || first == 'E') && at(position + 1) == '\'') {
            string(position, position + 2, true);
        } else if ((first == 'u' || first == 'U') && at(position + 1) == '&' && at(position + 2) == '"') {
            quotedIdentifier(position, position + 3);
        } else if (first == '$' && dollarTagEnd() > 0) {
            dollarQuoted();
        } else if (isWordStart(first)) {
            word();
        } else if (first >= '0' && first <= '9') {
            number();
        } else {
            add(Token.Kind.SYMBOL, position, position + 1, String.valueOf(first));
        }
    }

    private void skipBlockComment() {
        int depth = 0;
        do {
            if (sql.startsWith("/*", position)) {
                depth++;
                position += 2;
            } else if (sql.startsWith("*/", position)) {
                depth--;
                position += 2;
            } else {
                position++;
            }
        } while (depth > 0 && position < sql.length());
    }

    private void string(int start, int from, boolean backslashes) {
        StringBuilder text = new StringBuilder();
        int at = from;
        while (at < sql.length()) {
            char character = sql.charAt(at);
            if (character == '\'' && at(at + 1) != '\'') {
                break;
            }
            if (character == '\'') {
                at++;
            } else if (character == '\\' && backslashes && at + 1 < sql.length()) {
                Matcher code = CODE.matcher(sql).region(at + 1, sql.length());
                boolean numeric = code.lookingAt();
                at = numeric ? code.end() - 1 : at + 1;
                character = numeric ? character(code) : unescaped(sql.charAt(at));
            }
            text.append(character);
            at++;
        }
        add(Token.Kind.STRING, start, Math.min(at + 1, sql.length()), text.toString());
    }

    private static char character(Matcher code) {
        return (char)
                (code.group(1) != null ? Integer.parseInt(code.group(1), 16) : Integer.parseInt(code.group(2), 8));
    }

    private static char unescaped(char escape) {
        return switch (escape) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escape;
        };
    }

    private void quotedIdentifier(int start, int from) {
        StringBuilder text = new StringBuilder();
        int at = from;
        while (at < sql.length()) {
            char character = sql.charAt(at);
            if (character == '"' && at(at + 1) != '"') {
                break;
            }
            if (character == '"') {
                at++;
            }
            text.append(character);
            at++;
        }
        add(Token.Kind.QUOTED_IDENTIFIER, start, Math.min(at + 1, sql.length()), text.toString());
    }

    private int dollarTagEnd() {
        int at = position + 1;
        while (at < sql.length() && sql.charAt(at) != '$') {
            char character = sql.charAt(at);
            boolean digitFirst = at == position + 1 && Character.isDigit(character);
            if (digitFirst || !(isWordStart(character) || Character.isDigit(character))) {
                return -1;
            }
            at++;
        }
        return at < sql.length() ? at + 1 : -1;
    }

    private void dollarQuoted() {
        int bodyStart = dollarTagEnd();
        String tag = sql.substring(position, bodyStart);
        int bodyEnd = sql.indexOf(tag, bodyStart);
        if (bodyEnd < 0) {
            bodyEnd = sql.length();
        }
        int end = Math.min(bodyEnd + tag.length(), sql.length());
        add(Token.Kind.STRING, position, end, sql.substring(bodyStart, bodyEnd));
    }

    private void word() {
        int at = position;
        while (at < sql.length() && isWordPart(sql.charAt(at))) {
            at++;
        }
        add(Token.Kind.WORD, position, at, sql.substring(position, at).toLowerCase(Locale.ROOT));
    }

    private void number() {
        int at = position;
        while (at < sql.length() && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
        add(Token.Kind.NUMBER, position, at, sql.substring(position, at));
    }

    private void add(Token.Kind kind, int start, int end, String text) {
        tokens.add(new Token(kind, start, end, text));
        position = end;
    }

    private char at(int index) {
        return index < sql.length() ? sql.charAt(index) : '\0';
    }

    private static boolean isWordStart(char character) {
        return Character.isLetter(character) || character == '_' || character >= 0x80;
    }

    private static boolean isWordPart(char character) {
        return isWordStart(character) || Character.isDigit(character) || character == '$';
    }
}
