package io.mppconnect.distributed;

import io.mppconnect.ErrorCode;
import io.mppconnect.catalog.Segment;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the JVM with the plan and the others say to each other. */
sealed interface Message {

    /** Writes the kind of the message, then what it says. */
    void write(DataOutputStream out) throws IOException;

    /** Reads what {@link #write} has written. */
    static Message read(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        return switch (kind) {
            case Hello.KIND -> new Hello(in.readUTF(), in.readUTF());
            case Welcome.KIND -> Welcome.read(in);
            case Serving.KIND -> new Serving(in.readUTF());
            case Open.KIND -> new Open(in.readInt(), in.readInt(), in.readLong());
            case Opened.KIND -> new Opened(in.readInt(), in.readInt());
            case Wish.KIND -> new Wish();
            case Prepare.KIND -> new Prepare(in.readInt());
            case Ready.KIND -> new Ready(in.readInt(), in.readLong());
            case Durable.KIND -> new Durable(in.readInt());
            case Again.KIND -> new Again(in.readInt());
            case Over.KIND -> Over.read(in);
            case Ping.KIND -> new Ping();
            case Pong.KIND -> new Pong();
            default -> throw new IOException("a message of unknown kind " + kind);
        };
    }

    /** The first word of whoever calls. */
    record Hello(String token, String name) implements Message {
        private static final int KIND = 1;

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte(KIND);
            out.writeUTF(token);
            out.writeUTF(name);
        }

        @Override
        public String toString() {
            return "Hello from " + name;
        }
    }

    /**
     * The answer to it: what rows look like, and what it takes to serve segments.
     *
     * @param coordinator the coordinator's own address, as the plan's JVM sees it
     */
    record Welcome(List<String> fields, long memory, int maxRow, List<Segment> segments, Optional<String> coordinator)
            implements Message {
        private static final int KIND = 2;

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte(KIND);
            out.writeInt(fields.size());
            for (String field : fields) {
                out.writeUTF(field);
            }
            out.writeLong(memory);
            out.writeInt(maxRow);
            out.writeInt(segments.size());
            for (Segment segment : segments) {
                out.writeInt(segment.dbid());
                out.writeInt(segment.content());
                out.writeBoolean(segment.primary());
                out.writeBoolean(segment.up());
                out.writeUTF(segment.host());
                out.writeUTF(segment.address());
                out.writeInt(segment.port());
            }
            out.writeBoolean(coordinator.isPresent());
            out.writeUTF(coordinator.orElse(""));
        }

        private static Welcome read(DataInputStream in) throws IOException {
            List<String> fields = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                fields.add(in.readUTF());
            }
            long memory = in.readLong();
            int maxRow = in.readInt();
            List<Segment> segments = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                segments.add(new Segment(
                        in.readInt(),
                        in.readInt(),
                        in.readBoolean(),
                        in.readBoolean(),
                        in.readUTF(),
                        in.readUTF(),
                        in.readInt()));
            }
            boolean known = in.readBoolean();
            String coordinator = in.readUTF();
            return new Welcome(
                    List.copyOf(fields),
                    memory,
                    maxRow,
                    List.copyOf(segments),
                    known ? Optional.of(coordinator) : Optional.empty());
        }
    }

    /** Rows are to be fetched from this URL. */
    record Serving(String url) implements Message {
        private static final int KIND = 3;

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte(KIND);
            out.writeUTF(url);
        }
    }

    /** A task's attempt begins. */
    record Open(int request, int task, long attempt) implements Message {
        private static final int KIND = 4;

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte(KIND);
            out.writeInt(request);
            out.writeInt(task);
            out.writeLong(attempt);
        }
    }

    /** The number that its rows bear. */
    record Opened(int request, int number) implements Message {
        private static final int KIND = 5;

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte(KIND);
            out.writeInt(request);
            out.writeInt(number);
        }
    }

    /** There are rows that had better be fetched. */
    record Wish() implements Message {
        private static final int KIND = 6;

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte(KIND);
        }
    }

    /** A round begins: the rows that are there now are to be served. */
    record Prepare(int round) implements Message {
        private static final int KIND = 7;

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte(KIND);
            out.writeInt(round);
        }
    }

    /** They are served. */
    record Ready(int round, long rows) implements Message {
        private static final int KIND = 8;

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte(KIND);
            out.writeInt(round);
            out.writeLong(rows);
        }
    }

    /** The round's rows are in the database. */
    record Durable(int round) implements Message {
        private static final int KIND = 9;

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte(KIND);
            out.writeInt(round);
        }
    }

    /** They are not, and will be asked for in another round. */
    record Again(int round) implements Message {
        private static final int KIND = 10;

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte(KIND);
            out.writeInt(round);
        }
    }

    /** The plan is over; nothing more is fetched. */
    record Over(ErrorCode code, String reason) implements Message {
        private static final int KIND = 11;
        private static final int MOST = 8192;

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte(KIND);
            out.writeUTF(code.name());
            out.writeUTF(reason.substring(0, Math.min(reason.length(), MOST)));
        }

        private static Over read(DataInputStream in) throws IOException {
            String code = in.readUTF();
            try {
                return new Over(ErrorCode.valueOf(code), in.readUTF());
            } catch (IllegalArgumentException e) {
                throw new IOException("an unknown error code " + code, e);
            }
        }
    }

    /** Is there still somebody? */
    record Ping() implements Message {
        private static final int KIND = 12;

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte(KIND);
        }
    }

    /** There is. */
    record Pong() implements Message {
        private static final int KIND = 13;

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeByte(KIND);
        }
    }
}
