package io.mppconnect.transfer.route;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.plan.ExternalTable;

/** COPY's options for a format. */
final class CopyOptions {

    private CopyOptions() {}

    /** Refuses what only external tables can do. */
    static String of(RowFormat format) {
        if (!format.isCsv() && !format.escape().equals(RowFormat.text().escape())) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot take the route COORDINATOR: COPY knows no other escape than the backslash in TEXT; choose"
                            + " another route or CSV");
        }
        StringBuilder options = new StringBuilder(format.isCsv() ? "CSV" : "");
        options.append(" DELIMITER ").append(ExternalTable.literal(String.valueOf(format.delimiter())));
        options.append(" NULL ").append(ExternalTable.literal(format.nullString()));
        if (format.isCsv()) {
            options.append(" QUOTE ").append(ExternalTable.literal(String.valueOf(format.quote())));
            format.escape()
                    .ifPresent(escape ->
                            options.append(" ESCAPE ").append(ExternalTable.literal(String.valueOf((char) escape))));
        }
        if (!format.encoding().equals("UTF8")) {
            options.append(" ENCODING ").append(ExternalTable.literal(format.encoding()));
        }
        return options.toString();
    }
}
