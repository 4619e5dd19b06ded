package io.mppconnect.test.sql;

import java.util.List;

/** Walks the tokens of one statement. */
final class Cursor {

    private final String sql;
    private final List<Token> tokens;
    private int index;

    Cursor(String sql, List<Token> tokens) {
        this.sql = sql;
        this.tokens = tokens;
    }

    boolean atEnd() {
        return index >= tokens.size() || tokens.get(index).isSymbol(';');
    }

    Token peek() throws SqlProblem {
        return peek(0);
    }

    Token peek(int ahead) throws SqlProblem {
        if (index + ahead >= tokens.size()) {
            throw SqlProblem.syntax("");
        }
        return tokens.get(index + ahead);
    }

    Token next() throws SqlProblem {
        Token token = peek();
        index++;
        return token;
    }

    boolean isWords(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (index + i >= tokens.size() || !tokens.get(index + i).isWord(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean accept(String... words) {
        if (!isWords(words)) {
            return false;
        }
        index += words.length;
        return true;
    }

    boolean isSymbol(char symbol) {
        return index < tokens.size() && tokens.get(index).isSymbol(symbol);
    }

    boolean acceptSymbol(char symbol) {
        if (!isSymbol(symbol)) {
            return false;
        }
        index++;
        return true;
    }

    void expect(String word) throws SqlProblem {
        if (!accept(word)) {
            throw unexpected();
        }
    }

    void expectSymbol(char symbol) throws SqlProblem {
        if (!acceptSymbol(symbol)) {
            throw unexpected();
        }
    }

    String string() throws SqlProblem {
        if (peek().kind() != Token.Kind.STRING) {
            throw unexpected();
        }
        return next().text();
    }

    String identifier() throws SqlProblem {
        if (!peek().isName()) {
            throw unexpected();
        }
        return next().text();
    }

    int number() throws SqlProblem {
        if (peek().kind() != Token.Kind.NUMBER) {
            throw unexpected();
        }
        return Integer.parseInt(next().text());
    }

    /** A possibly qualified name, as written. */
    String qualifiedName() throws SqlProblem {
        int start = peek().start();
        identifier();
        while (acceptSymbol('.')) {
            identifier();
        }
        return sql.substring(start, tokens.get(index - 1).end());
    }

    /** What stands between this opening parenthesis and its closing one, both passed. */
    String parenthesised() throws SqlProblem {
        expectSymbol('(');
        int start = tokens.get(index - 1).end();
        int depth = 1;
        while (true) {
            Token token = next();
            if (token.isSymbol('(')) {
                depth++;
            } else if (token.isSymbol(')') && --depth == 0) {
                return sql.substring(start, token.start());
            }
        }
    }

    /** Where the next token starts, or the end of the text. */
    int offset() {
        return index < tokens.size() ? tokens.get(index).start() : sql.length();
    }

    /** Where the token before ended. */
    int lastOffset() {
        return index == 0 ? 0 : tokens.get(index - 1).end();
    }

    SqlProblem unexpected() {
        if (atEnd()) {
            return SqlProblem.syntax("");
        }
        Token token = tokens.get(index);
        return SqlProblem.syntax(sql.substring(token.start(), token.end()));
    }
}
