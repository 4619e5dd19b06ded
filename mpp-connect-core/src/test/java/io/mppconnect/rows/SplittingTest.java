package io.mppconnect.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplittingTest {

    private static SourceScan scan(Iterable<Integer> elements, int parallelism) throws Exception {
        Source source = Rows.of(elements).ints("id", element -> element);
        return source.open(new LoadContext(Columns.all("id int4"), parallelism, 1 << 20));
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @ParameterizedTest
    @CsvSource({"0,4,1", "1,4,1", "8191,4,1", "8192,4,2", "12289,4,3", "100000,2,8", "100000,1,4", "100001,16,24"})
    void cutsListsIntoPartsThatCoverEachRowOnce(int count, int parallelism, int splits) throws Exception {
        try (SourceScan scan = scan(new ArrayList<>(numbers(count)), parallelism)) {
            List<String> rows = new ArrayList<>();
            long next = 1;
            for (Split split : scan.splits()) {
                CapturedRows part = CapturedRows.read(scan, split);
                assertThat(part.origins().get(0)).isEqualTo("rows:" + next);
                rows.addAll(part.lines());
                next += part.lines().size();
            }
            assertThat(scan.splits()).hasSize(splits);
            assertThat(rows)
                    .isEqualTo(numbers(count).stream().map(String::valueOf).toList());
        }
    }

    @Test
    void namesThePartsAfterTheirRows() throws Exception {
        try (SourceScan scan = scan(new ArrayList<>(numbers(10_000)), 4)) {
            assertThat(scan.splits()).extracting(Split::name).containsExactly("rows 1 to 5000", "rows 5001 to 10000");
        }
    }

    @Test
    void leavesEverythingElseInOnePart() throws Exception {
        try (SourceScan scan = scan(new ArrayDeque<>(numbers(20_000)), 4)) {
            assertThat(scan.splits()).extracting(Split::name).containsExactly("rows");
            assertThat(CapturedRows.read(scan, scan.splits().get(0)).lines()).hasSize(20_000);
        }
        Source stream = Rows.of(Stream.iterate(0, i -> i + 1).limit(20_000)).ints("id", element -> element);
        try (SourceScan scan = stream.open(new LoadContext(Columns.all("id int4"), 4, 1 << 20))) {
            assertThat(scan.splits()).hasSize(1);
        }
    }

    @Test
    void returnsEveryFewThousandRows() throws Exception {
        try (SourceScan scan = scan(new ArrayDeque<>(numbers(10_000)), 4)) {
            List<String> origins = CapturedRows.read(scan, scan.splits().get(0)).origins();
            assertThat(origins).hasSizeGreaterThanOrEqualTo(3).startsWith("rows:1");
        }
    }
}
