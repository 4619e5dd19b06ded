package io.mppconnect.text;

/** What ends a row. */
public enum Newline {
    LF("\n"),
    CR("\r"),
    CRLF("\r\n");

    private final String characters;

    Newline(String characters) {
        this.characters = characters;
    }

    /** The line end itself. */
    public String characters() {
        return characters;
    }
}
