package io.mppconnect.transfer;

import io.mppconnect.StreamProgress;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferProgress.Phase;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.RouteTaken;
import io.mppconnect.TransferReport.SegmentPart;
import io.mppconnect.TransferReport.SplitPart;
import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.segment.SegmentTraffic;
import io.mppconnect.transfer.write.Written;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the commits of a load have moved, all together. Thread safe. */
final class LoadTotals {

    private final Map<Integer, SegmentPart> segments = new TreeMap<>();
    private final Map<String, SplitPart> splits = new TreeMap<>();
    private final Map<String, TablePart> tables = new LinkedHashMap<>();
    private long rows;
    private long rejected;
    private long bytes;
    private long blocks;
    private long commits;
    private long waitedNanos;
    private Duration lastCommit = Duration.ZERO;
    private final Rate rate = new Rate(System.nanoTime());

    /**
     * @param written what the batch's statements did; null when it was positions alone
     * @param elapsed from the statement's start to the commit's answer
     */
    synchronized void committed(
            Gathered batch, @Nullable Written written, List<SegmentTraffic> traffic, Duration elapsed) {
        commits++;
        lastCommit = elapsed;
        rate.at(System.nanoTime(), rows);
        rows += batch.loaded();
        rejected += batch.bad();
        bytes += batch.bytes();
        batch.parts().forEach((split, part) -> splits.merge(split, part, Gathered::sum));
        if (written != null) {
            written.tables().forEach(part -> tables.merge(part.table(), part, Written::sum));
        }
        for (SegmentTraffic part : traffic) {
            blocks += part.blocks();
            waitedNanos += part.waited().toNanos();
            segments.merge(part.segment(), part(part), LoadTotals::sum);
        }
    }

    static SegmentPart part(SegmentTraffic traffic) {
        return new SegmentPart(
                traffic.segment(),
                traffic.address().getHostAddress(),
                traffic.rows(),
                traffic.bytes(),
                traffic.blocks());
    }

    private static SegmentPart sum(SegmentPart one, SegmentPart other) {
        return new SegmentPart(
                one.segment(),
                other.address(),
                one.rows() + other.rows(),
                one.bytes() + other.bytes(),
                one.blocks() + other.blocks());
    }

    synchronized long commits() {
        return commits;
    }

    synchronized TransferProgress progress(
            Phase phase, int splitsDone, int splitCount, Map<String, Long> behind, Duration elapsed) {
        return new TransferProgress(
                phase,
                rows,
                bytes,
                splitsDone,
                splitCount,
                OptionalLong.empty(),
                bytes,
                rejected,
                Optional.of(stream(behind)),
                elapsed);
    }

    /** @param behind how far each part of the source is behind its end */
    synchronized StreamProgress stream(Map<String, Long> behind) {
        return new StreamProgress(commits, rate.perSecond(System.nanoTime(), rows), lastCommit, behind);
    }

    synchronized TransferReport report(
            String name, Duration elapsed, Duration waitedForSegments, RouteTaken route, List<String> sql) {
        return new TransferReport(
                name,
                rows,
                rejected,
                bytes,
                blocks,
                commits,
                elapsed,
                Duration.ofNanos(waitedNanos),
                waitedForSegments,
                List.copyOf(segments.values()),
                List.copyOf(splits.values()),
                route,
                List.copyOf(tables.values()),
                sql);
    }
}
