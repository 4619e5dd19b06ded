package io.mppconnect.test.sql;

/** Names of the settings that PostgreSQL lacks. */
public final class Settings {

    private Settings() {}

    /** The name under which PostgreSQL keeps the value of a setting that it lacks. */
    public static String custom(String name) {
        return "mpp." + name;
    }
}
