package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;

/** Where the descriptor of messages comes from; asked when a load begins, for the library may not be there before. */
public interface ProtobufSource {

    Descriptor message();

    /** The descriptor itself. */
    record Given(Descriptor message) implements ProtobufSource {}

    /** A class that was generated. */
    record Generated(Class<?> type) implements ProtobufSource {

        @Override
        public Descriptor message() {
            return ProtobufOpening.message(type);
        }
    }

    /** A set of descriptors. */
    final class OfSet implements ProtobufSource {

        private final byte[] set;
        private final String message;

        public OfSet(byte[] set, String message) {
            this.set = set.clone();
            this.message = message;
        }

        @Override
        public Descriptor message() {
            return ProtobufDescriptors.message(set, message);
        }
    }
}
