package io.mppconnect.test.jdbc;

import io.mppconnect.test.segment.FloatFields;
import io.mppconnect.test.segment.FloatText;
import io.mppconnect.test.segment.RowEncoder;
import io.mppconnect.test.segment.RowEnd;
import io.mppconnect.test.segment.RowFormat;
import io.mppconnect.test.segment.Segment;
import io.mppconnect.test.segment.TransferPlan;
import io.mppconnect.test.segment.Write;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyOut;

/** Empties the table that stands in for a writable external one: its rows are dealt to all segments, which post them. */
final class Unload {

    /** What COPY writes when it is told nothing. */
    private static final RowFormat COPIED =
            new RowFormat(false, "\t", "\\N", "\\", "", false, RowEnd.LF, false, List.of());

    private final Session session;
    private final Operation operation;
    private final ExternalRelation relation;
    private final StatementSettings settings;
    private final List<ByteArrayOutputStream> buffers = new ArrayList<>();

    Unload(Session session, Operation operation, ExternalRelation relation, StatementSettings settings) {
        this.session = session;
        this.operation = operation;
        this.relation = relation;
        this.settings = settings;
        session.segments().forEach(segment -> buffers.add(new ByteArrayOutputStream()));
    }

    void from(String scanTable, boolean distributed) throws SQLException {
        TransferPlan plan = new TransferPlan(
                relation.name(),
                relation.locations(),
                relation.columns(),
                relation.format(),
                session.identity(settings, distributed, 0),
                settings.retryTimeout(),
                settings.readTimeout(),
                session.tls(settings),
                session.faults().segments());
        session.killAt(KillPoint.BEFORE_DATA);
        try (Write write = new Write(plan, session.segments());
                Patience patience = new Patience(session, operation)) {
            deal(scanTable, write, patience);
            for (int i = 0; i < buffers.size(); i++) {
                flush(i, write, patience);
                int index = i;
                until(write, patience, wait -> write.offerEnd(index, wait));
            }
            until(write, patience, write::awaitDone);
        }
    }

    private void deal(String scanTable, Write write, Patience patience) throws SQLException {
        RowFormat format = relation.format();
        UnaryOperator<byte[]> said = floats(scanTable, format);
        RowEncoder encoder = isPlain(format) ? null : new RowEncoder(format);
        CopyOut copy = session.connection().getCopyAPI().copyOut(copySql(scanTable, format));
        try {
            int next = 0;
            for (byte[] copied = copy.readFromCopy(); copied != null; copied = copy.readFromCopy()) {
                byte[] row = said.apply(copied);
                add(next, encoder == null ? row : encoder.encode(row), write, patience);
                next = (next + 1) % buffers.size();
            }
        } catch (SQLException e) {
            throw aborted(copy, e);
        }
    }

    /** Rows as PostgreSQL copies them, with the floats that Greenplum writes. */
    private UnaryOperator<byte[]> floats(String scanTable, RowFormat format) throws SQLException {
        List<Optional<FloatText>> columns = FloatColumns.ofTable(session.connection(), scanTable);
        return columns.stream().allMatch(Optional::isEmpty)
                ? UnaryOperator.identity()
                : new FloatFields(isPlain(format) ? format : COPIED, columns)::said;
    }

    /** Ends a COPY that is under way: what it still has to say is read, for the next command to find silence. */
    private SQLException aborted(CopyOut copy, SQLException failure) {
        try {
            if (copy.isActive()) {
                session.connection().cancelQuery();
            }
            byte[] left = row(copy);
            while (left != null) {
                left = row(copy);
            }
        } catch (SQLException e) {
            return SqlErrors.CANCELED.equals(e.getSQLState()) ? failure : Session.worse(failure, e);
        }
        return failure;
    }

    private static byte @Nullable [] row(CopyOut copy) throws SQLException {
        return copy.isActive() ? copy.readFromCopy() : null;
    }

    /** A row that fills the buffer goes into the next block; one that fills it alone is a block of its own. */
    private void add(int index, byte[] row, Write write, Patience patience) throws SQLException {
        ByteArrayOutputStream buffer = buffers.get(index);
        if (buffer.size() + row.length >= settings.bufferSize()) {
            flush(index, write, patience);
        }
        buffer.writeBytes(row);
    }

    private void flush(int index, Write write, Patience patience) throws SQLException {
        ByteArrayOutputStream buffer = buffers.get(index);
        if (buffer.size() > 0) {
            byte[] block = buffer.toByteArray();
            buffer.reset();
            until(write, patience, wait -> write.offer(index, block, wait));
            session.killAt(KillPoint.WHILE_DATA_MOVES);
        }
    }

    private static void until(Write write, Patience patience, Patience.Attempt<Boolean> attempt) throws SQLException {
        patience.until(
                wait -> {
                    Write.Failed failed = write.failure();
                    if (failed != null) {
                        Segment segment = failed.segment();
                        throw SqlErrors.error(failed.failure(), segment.writingSuffix());
                    }
                    return attempt.run(wait);
                },
                done -> done);
    }

    /** Whether PostgreSQL's own COPY writes the format. */
    private static boolean isPlain(RowFormat format) {
        return format.csv()
                || (format.escape().equals("\\") && !format.delimiter().isEmpty());
    }

    private String copySql(String scanTable, RowFormat format) {
        StringBuilder sql = new StringBuilder("copy (select * from " + scanTable + ") to stdout with (encoding ");
        sql.append(literal(relation.encoding()));
        if (isPlain(format)) {
            sql.append(", delimiter ").append(literal(format.delimiter()));
            sql.append(", null ").append(literal(format.nullText()));
        }
        if (format.csv()) {
            sql.append(", format csv, quote ").append(literal(format.quote()));
            sql.append(", escape ").append(literal(format.escape()));
            if (format.forced().contains("*")) {
                sql.append(", force_quote *");
            } else if (!format.forced().isEmpty()) {
                sql.append(", force_quote (").append(names(format.forced())).append(')');
            }
        }
        return sql.append(')').toString();
    }

    private static String names(List<String> columns) {
        return String.join(
                ", ",
                columns.stream()
                        .map(column -> '"' + column.replace("\"", "\"\"") + '"')
                        .toList());
    }

    private static String literal(String text) {
        String escaped = text.replace("'", "''").replace("\\", "\\\\");
        return " e'" + escaped + "'";
    }
}
