package io.mppconnect.transfer.route;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Route;
import io.mppconnect.TransferReport.RouteTaken;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.ExternalTablePrivileges;
import io.mppconnect.catalog.QueryInfo;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.MissingPrivileges;
import io.mppconnect.transfer.reach.Segments;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.session.SessionSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the way for the rows of a transfer: the one asked for, or of those possible the first that works. */
public final class Routes {

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    /** What keeps rows from one route and not from the next. */
    private static final Set<ErrorCode> ANOTHER_ROUTE = EnumSet.of(
            ErrorCode.SEGMENTS_UNREACHABLE,
            ErrorCode.PRIVILEGE_MISSING,
            ErrorCode.SERVER_ADDRESS,
            ErrorCode.UNSUPPORTED_DATABASE);

    private final Segments segments;

    public Routes(Segments segments) {
        this.segments = segments;
    }

    /** A route that is ready, and why it is this one. */
    public record Unload(UnloadRoute route, RouteTaken taken) {}

    /** A way for a load, and why it is this one. */
    public record Load(LoadRoute route, RouteTaken taken) {}

    /**
     * Finds what the role lacks for the one route that an unload may take; where there are several, each is asked when its
     * turn comes.
     */
    public void check(Session session, TransferJob.Unload job, MissingPrivileges missing) {
        Catalog catalog = segments.catalog();
        if (job.options().route() == Route.SEGMENTS && catalog.version().hasSegments()) {
            ExternalTablePrivileges granted = catalog.externalTablePrivileges(session.connection());
            missing.writable(granted);
            missing.temporary(granted.temporary());
        }
    }

    /** Gets a route ready for an unload; the session survives the ones that did not work. */
    public Unload prepare(
            Session session,
            TransferJob.Unload job,
            QueryInfo query,
            RowFormat format,
            UnloadParts parts,
            Consumer<MppConnectException> failed)
            throws Exception {
        session.set(SessionSettings.ofText(job.options(), segments.catalog()));
        Route wanted = job.options().route();
        List<String> reasons = new ArrayList<>();
        for (Route candidate : candidates(wanted)) {
            UnloadRoute route = route(candidate, job, parts, failed);
            try {
                session.attempt(() -> route.prepare(session, query, format));
                return new Unload(route, taken(job, candidate, reasons));
            } catch (Exception e) {
                route.close();
                if (!(e instanceof MppConnectException known)
                        || wanted != Route.AUTO
                        || candidate == Route.COORDINATOR
                        || !ANOTHER_ROUTE.contains(known.code())) {
                    throw e;
                }
                reasons.add(known.getMessage());
            }
        }
        throw new IllegalStateException("There is always a route to try");
    }

    /**
     * Gets a route ready for a load; the session survives the one that did not work.
     *
     * @param missing gets the privileges that the route needs and the role lacks, if there is no other route; what else
     *     the load lacks is to be told with them
     */
    public Load prepare(Session session, TransferJob.Load job, MissingPrivileges missing) throws Exception {
        Route wanted = job.options().route();
        if (wanted == Route.SEGMENTS) {
            return new Load(throughSegments(session, job, missing), taken(job, Route.SEGMENTS, List.of()));
        }
        MppConnectException notSegments = null;
        if (wanted == Route.AUTO) {
            try {
                MissingPrivileges lacking = MissingPrivileges.of(segments.catalog(), "transfer " + job);
                LoadRoute route = throughSegments(session, job, lacking);
                return new Load(route, taken(job, Route.SEGMENTS, List.of()));
            } catch (MppConnectException e) {
                if (!ANOTHER_ROUTE.contains(e.code())) {
                    throw e;
                }
                notSegments = e;
            }
        }
        LoadRoute route = new CoordinatorLoad(segments.catalog());
        check(route, job, notSegments);
        session.pin(SessionSettings.ofText(job.options(), segments.catalog()));
        missing.temporary(segments.catalog().mayCreateTemporary(session.connection()));
        return new Load(
                route,
                taken(job, Route.COORDINATOR, notSegments == null ? List.of() : List.of(notSegments.getMessage())));
    }

    private LoadRoute throughSegments(Session session, TransferJob.Load job, MissingPrivileges missing)
            throws Exception {
        LoadRoute[] opened = new LoadRoute[1];
        session.attempt(() -> {
            Segments.Access access = segments.access(session, job.options());
            access.needReadable(missing);
            if (job.options().route() == Route.AUTO) {
                missing.refuse();
            }
            opened[0] = new SegmentsLoad(access);
        });
        return opened[0];
    }

    /** @param notSegments why the rows do not take the route that could do it, if that was tried */
    private static void check(LoadRoute route, TransferJob.Load job, @Nullable MppConnectException notSegments) {
        try {
            route.check(job);
        } catch (MppConnectException refused) {
            throw notSegments == null
                    ? refused
                    : new MppConnectException(
                            notSegments.code(), notSegments.getMessage() + ". " + refused.getMessage(), notSegments);
        }
    }

    private static List<Route> candidates(Route wanted) {
        return wanted == Route.AUTO ? List.of(Route.SEGMENTS, Route.RETRIEVE, Route.COORDINATOR) : List.of(wanted);
    }

    private UnloadRoute route(
            Route candidate, TransferJob.Unload job, UnloadParts parts, Consumer<MppConnectException> failed) {
        return switch (candidate) {
            case SEGMENTS, AUTO -> new SegmentsUnload(job, segments, parts, failed);
            case RETRIEVE -> new RetrieveUnload(job, segments.catalog());
            case COORDINATOR -> new CoordinatorUnload(job);
        };
    }

    private static RouteTaken taken(TransferJob job, Route route, List<String> reasons) {
        if (job.options().route() != Route.AUTO) {
            return new RouteTaken(route, "");
        }
        String reason = reasons.isEmpty() ? "segments reach the application" : String.join("; ", reasons);
        LOG.info("{}: takes the route {}: {}", job.options().name(), route, reason);
        return new RouteTaken(route, reason);
    }
}
