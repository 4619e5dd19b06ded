package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Split;
import io.mppconnect.text.Newline;
import io.mppconnect.text.RowFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at all files of a source, and plans who reads what. */
final class ScanPlanner {

    private static final List<String> DELIMITERS = List.of(";", "\t", "|", ",");

    private final FileFormat format;
    private final boolean header;
    private final List<String> givenNames;
    private final long splitSize;
    private final LoadContext context;
    private final Problems problems = new Problems();

    ScanPlanner(FileFormat format, boolean header, List<String> givenNames, long splitSize, LoadContext context) {
        this.format = format;
        this.header = header;
        this.givenNames = givenNames;
        this.splitSize = splitSize;
        this.context = context;
    }

    /**
     * Plans a scan.
     *
     * @throws MppConnectException with everything that keeps the files from being read
     */
    FileScan plan(List<FilePattern> patterns, @Nullable Compression compression) {
        checkOptions();
        List<DataFile> files = new FileFinder(compression, problems).find(patterns);
        List<FileHead> heads = heads(files);
        FileFormat settled = format.withNewline(newline(heads));
        List<String> names = names(heads);
        problems.throwIfAny();
        List<Field> fields = names.stream().map(Field::of).toList();
        if (!format.onTheWire()) {
            List<Split> splits = heads.stream()
                    .map(head -> (Split)
                            new DecodedSplit(head.file(), settled, header, fields.size(), context.maxRowBytes()))
                    .toList();
            return new FileScan(fields, RowFormat.text(), largestFirst(splits));
        }
        RowFormat wire = settled.wire();
        List<Split> splits = new ArrayList<>();
        heads.forEach(head -> splits.addAll(splits(head, wire)));
        return new FileScan(fields, wire, largestFirst(splits));
    }

    private void checkOptions() {
        if (format.onTheWire()) {
            format.wire();
        } else {
            format.delimited();
        }
        checkNames("the given fields", givenNames).ifPresent(problems::add);
        problems.throwIfAny();
    }

    private List<FileHead> heads(List<DataFile> files) {
        HeadReader reader = new HeadReader(format, header, context.maxRowBytes());
        List<FileHead> heads = new ArrayList<>();
        for (DataFile file : files) {
            try {
                heads.add(reader.read(file));
            } catch (MppConnectException problem) {
                problems.add(problem);
            }
        }
        return heads;
    }

    /** The newline of all files; LF when none of them has a line end. */
    private Newline newline(List<FileHead> heads) {
        FileHead first = null;
        for (FileHead head : heads) {
            if (head.newline() == null) {
                continue;
            }
            if (first == null) {
                first = head;
            } else if (head.newline() != first.newline()) {
                problems.add(head.file()
                        .badData("its rows end in " + head.newline() + ", those of "
                                + first.file().name() + " in " + first.newline() + "; load them apart"));
            }
        }
        return first == null || first.newline() == null ? Newline.LF : first.newline();
    }

    private List<String> names(List<FileHead> heads) {
        FileHead first = null;
        for (FileHead head : heads) {
            if (head.names().isEmpty()) {
                continue;
            }
            if (givenNames.isEmpty()) {
                checkNames("the header of " + head.file().name(), head.names()).ifPresent(problems::add);
            }
            if (first == null) {
                first = head;
                checkCount(head);
                checkDelimiter(head);
            } else if (!head.names().equals(first.names())) {
                problems.add(
                        ErrorCode.COLUMN_MISMATCH,
                        "Cannot read " + head.file().name() + ": its header differs from that of "
                                + first.file().name() + ", " + FieldNames.difference(head.names(), first.names())
                                + "; load them apart");
            }
        }
        if (!givenNames.isEmpty()) {
            return givenNames;
        }
        if (!header) {
            return context.columns().stream().map(Column::name).toList();
        }
        if (first == null && !heads.isEmpty()) {
            problems.add(
                    heads.get(0).file().badData("it is empty and has no header; name the fields with fields(...)"));
        }
        return first == null ? List.of() : first.names();
    }

    private void checkCount(FileHead head) {
        if (!givenNames.isEmpty() && head.names().size() != givenNames.size()) {
            problems.add(
                    ErrorCode.COLUMN_MISMATCH,
                    "Cannot read " + head.file().name() + ": its header has "
                            + head.names().size() + " names, and " + givenNames.size() + " fields are given");
        }
    }

    /** One name that holds what usually stands between names is hardly meant as one. */
    private void checkDelimiter(FileHead head) {
        if (givenNames.isEmpty() && head.names().size() == 1) {
            String name = head.names().get(0);
            DELIMITERS.stream()
                    .filter(delimiter -> name.contains(delimiter) && !delimiter.equals(format.delimiter()))
                    .findFirst()
                    .ifPresent(delimiter -> problems.add(
                            ErrorCode.COLUMN_MISMATCH,
                            "Cannot read " + head.file().name() + ": its header is the one name " + name
                                    + "; if it is several,"
                                    + " give delimiter(\"" + delimiter.replace("\t", "\\t")
                                    + "\"), and else name the field with fields(...)"));
        }
    }

    private static Optional<MppConnectException> checkNames(String where, List<String> names) {
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < names.size(); index++) {
            String name = names.get(index);
            if (name.isEmpty()) {
                return Optional.of(invalidNames(where, "field " + (index + 1) + " has no name"));
            }
            if (!seen.add(name)) {
                return Optional.of(invalidNames(where, "two fields are called " + name));
            }
        }
        return Optional.empty();
    }

    private static MppConnectException invalidNames(String where, String reason) {
        return new MppConnectException(ErrorCode.COLUMN_MISMATCH, "Cannot name fields by " + where + ": " + reason);
    }

    private List<Split> splits(FileHead head, RowFormat wire) {
        DataFile file = head.file();
        if (file.compressed() || file.size() <= splitSize) {
            return List.of(new FileSplit(file, wire, head.data()));
        }
        RowStarts starts = format.isCsv()
                ? new CsvRowStarts(file, wire, head.data(), splitSize)
                : new TextRowStarts(file, wire, head.data(), splitSize);
        List<Split> ranges = new ArrayList<>();
        int count = Math.toIntExact((file.size() + splitSize - 1) / splitSize);
        for (int range = 0; range < count; range++) {
            ranges.add(new RangeSplit(file, wire, starts, range, range == count - 1, splitSize));
        }
        return ranges;
    }

    /** Large ones first, so that no worker is left alone with one at the end. Ranges of a file stay in its order. */
    private static List<Split> largestFirst(List<Split> splits) {
        return splits.stream()
                .sorted(Comparator.comparingLong((Split split) -> split.bytes().orElse(0))
                        .reversed())
                .toList();
    }
}
