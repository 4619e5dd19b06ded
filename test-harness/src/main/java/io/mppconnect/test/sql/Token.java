package io.mppconnect.test.sql;

/**
 * One lexical element of an SQL text; blanks and comments are none.
 *
 * @param start the offset of its first character in the SQL text
 * @param end the offset behind its last character
 * @param text what it says: an unquoted word in lower case, a quoted identifier or string without its quotes
 */
record Token(Kind kind, int start, int end, String text) {

    enum Kind {
        WORD,
        QUOTED_IDENTIFIER,
        STRING,
        NUMBER,
        SYMBOL
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    boolean isSymbol(char symbol) {
        return kind == Kind.SYMBOL && text.charAt(0) == symbol;
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_IDENTIFIER;
    }
}
