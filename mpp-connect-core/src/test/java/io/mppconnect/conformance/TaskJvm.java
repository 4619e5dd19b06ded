package io.mppconnect.conformance;

import io.mppconnect.MppConnectException;
import io.mppconnect.distributed.AttemptCommit;
import io.mppconnect.distributed.LoadTicket;
import io.mppconnect.distributed.SegmentEndpoint;
import io.mppconnect.distributed.TaskAttempt;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A JVM that runs tasks, each in a thread: {@code run task attempt} writes all rows and commits, {@code half task attempt}
 * waits for {@code go task} when half of them are written; {@code threads 0} counts those of the library.
 */
final class TaskJvm {

    private final SegmentEndpoint endpoint = SegmentEndpoint.create();
    private final LoadTicket ticket;
    private final int rows;
    private final Map<Integer, CountDownLatch> going = new ConcurrentHashMap<>();

    private TaskJvm(LoadTicket ticket, int rows) {
        this.ticket = ticket;
        this.rows = rows;
    }

    static ChildJvm start(LoadTicket ticket, int rows) throws IOException {
        return ChildJvm.start(TaskJvm.class, text(ticket), Integer.toString(rows));
    }

    public static void main(String[] arguments) throws Exception {
        TaskJvm jvm = new TaskJvm((LoadTicket) object(arguments[0]), Integer.parseInt(arguments[1]));
        try (BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                jvm.obey(order.split(" ", -1));
            }
        }
    }

    private void obey(String[] order) {
        int number = Integer.parseInt(order[1]);
        switch (order[0]) {
            case "go" -> going.get(number).countDown();
            case "threads" ->
                say("threads "
                        + Thread.getAllStackTraces().keySet().stream()
                                .filter(thread -> thread.getName().startsWith("mpp-connect"))
                                .count());
            default -> {
                CountDownLatch half = new CountDownLatch(order[0].equals("half") ? 1 : 0);
                going.put(number, half);
                new Thread(() -> run(number, Integer.parseInt(order[2]), half)).start();
            }
        }
    }

    private void run(int task, int attempt, CountDownLatch go) {
        try (TaskAttempt running = endpoint.begin(ticket, task, attempt)) {
            TaskRows.write(running, task, attempt, rows, 0, rows / 2);
            say("half " + task);
            go.await();
            TaskRows.write(running, task, attempt, rows, rows / 2, rows);
            say("committed " + text(running.commit()));
        } catch (MppConnectException e) {
            say("failed " + e.code() + " " + e.getMessage());
        } catch (Exception e) {
            say("failed " + e);
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }

    /** A message that the child has committed. */
    static AttemptCommit committed(ChildJvm child) throws IOException {
        return (AttemptCommit) object(child.await("committed"));
    }

    static String text(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    static Object object(String text) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            return in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }
}
