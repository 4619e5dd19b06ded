package io.mppconnect.test.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * What the session's settings say when a statement about external tables starts.
 *
 * @param transaction the number of the transaction
 * @param bufferSize the most bytes that a segment collects before it posts them
 * @param segmentsPerLocation how many segments read from one location at most
 * @param percentThreshold how many rows a segment reads before a limit in percent counts
 * @param badRowLimit how many rows may be bad from the start, whatever the limit says; 0 for any number
 * @param readTimeout how long a segment waits for bytes; zero for ever
 * @param statementTimeout how long a statement may take; zero for ever
 * @param verifyCertificates whether a gpfdists server's certificate must name its host
 */
record StatementSettings(
        long transaction,
        Duration retryTimeout,
        int bufferSize,
        int segmentsPerLocation,
        int percentThreshold,
        int badRowLimit,
        Duration readTimeout,
        Duration statementTimeout,
        boolean verifyCertificates) {

    private static final String QUERY = """
            select pg_catalog.txid_current(),
                   pg_catalog.current_setting('gpfdist_retry_timeout'),
                   pg_catalog.current_setting('writable_external_table_bufsize'),
                   pg_catalog.current_setting('gp_external_max_segs'),
                   pg_catalog.current_setting('gp_reject_percent_threshold'),
                   pg_catalog.current_setting('gp_initial_bad_row_limit'),
                   pg_catalog.current_setting('readable_external_table_timeout'),
                   (select setting from pg_catalog.pg_show_all_settings() where name = 'statement_timeout'),
                   pg_catalog.current_setting('verify_gpfdists_cert')
            """;

    static StatementSettings read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return new StatementSettings(
                    row.getLong(1),
                    Duration.ofSeconds(scaled(row.getString(2))),
                    (int) scaled(row.getString(3)),
                    (int) scaled(row.getString(4)),
                    (int) scaled(row.getString(5)),
                    (int) scaled(row.getString(6)),
                    Duration.ofSeconds(scaled(row.getString(7))),
                    Duration.ofMillis(row.getLong(8)),
                    row.getString(9).equals("on"));
        }
    }

    /** A number with or without a unit: seconds for times, bytes for sizes. */
    private static long scaled(String value) {
        int digits = 0;
        while (digits < value.length() && Character.isDigit(value.charAt(digits))) {
            digits++;
        }
        long number = Long.parseLong(value.substring(0, digits));
        return switch (value.substring(digits)) {
            case "", "s" -> number;
            case "min" -> number * 60;
            case "h" -> number * 3600;
            case "d" -> number * 86400;
            case "kB" -> number * 1024;
            case "MB" -> number * 1024 * 1024;
            case "GB" -> number * 1024 * 1024 * 1024;
            default -> throw new IllegalArgumentException("Invalid value of a setting: " + value);
        };
    }
}
