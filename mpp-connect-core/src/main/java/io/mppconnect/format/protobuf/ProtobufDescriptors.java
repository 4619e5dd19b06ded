package io.mppconnect.format.protobuf;

import com.google.protobuf.AnyProto;
import com.google.protobuf.ApiProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.SourceContextProto;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.TypeProto;
import com.google.protobuf.WrappersProto;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads descriptor sets, as {@code protoc --descriptor_set_out} writes them. */
final class ProtobufDescriptors {

    /** Protobuf's own files, which sets may leave out. */
    private static final List<FileDescriptor> OWN = List.of(
            TimestampProto.getDescriptor(),
            DurationProto.getDescriptor(),
            WrappersProto.getDescriptor(),
            StructProto.getDescriptor(),
            AnyProto.getDescriptor(),
            ApiProto.getDescriptor(),
            EmptyProto.getDescriptor(),
            FieldMaskProto.getDescriptor(),
            SourceContextProto.getDescriptor(),
            TypeProto.getDescriptor(),
            DescriptorProtos.getDescriptor());

    private final Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Map<String, FileDescriptor> built = new HashMap<>();

    private ProtobufDescriptors(FileDescriptorSet set) {
        OWN.forEach(file -> built.put(file.getName(), file));
        for (FileDescriptorProto file : set.getFileList()) {
            files.put(file.getName(), file);
            built.remove(file.getName());
        }
    }

    /**
     * The message of a set that has this name.
     *
     * @throws MppConnectException when there is none, or the set is none
     */
    static Descriptor message(byte[] set, String name) {
        ProtobufDescriptors descriptors;
        try {
            descriptors = new ProtobufDescriptors(FileDescriptorSet.parseFrom(set));
            for (String file : descriptors.files.keySet()) {
                Optional<Descriptor> found = find(descriptors.file(file).getMessageTypes(), name);
                if (found.isPresent()) {
                    return found.get();
                }
            }
        } catch (InvalidProtocolBufferException | DescriptorValidationException e) {
            throw unreadable("it is none that protoc --descriptor_set_out has written", e);
        }
        throw unreadable("it has no message " + name + "; name it with its package", null);
    }

    private static Optional<Descriptor> find(List<Descriptor> messages, String name) {
        for (Descriptor message : messages) {
            if (message.getFullName().equals(name)) {
                return Optional.of(message);
            }
            Optional<Descriptor> nested = find(message.getNestedTypes(), name);
            if (nested.isPresent()) {
                return nested;
            }
        }
        return Optional.empty();
    }

    private FileDescriptor file(String name) throws DescriptorValidationException {
        FileDescriptor known = built.get(name);
        if (known != null) {
            return known;
        }
        FileDescriptorProto file = files.get(name);
        if (file == null) {
            throw unreadable("it lacks " + name + "; make it with protoc --include_imports", null);
        }
        if (!begun.add(name)) {
            throw unreadable(
                    "its " + name + " imports itself, at once or through others; make it with protoc"
                            + " --descriptor_set_out",
                    null);
        }
        FileDescriptor[] imports = new FileDescriptor[file.getDependencyCount()];
        for (int i = 0; i < imports.length; i++) {
            imports[i] = file(file.getDependency(i));
        }
        FileDescriptor made = FileDescriptor.buildFrom(file, imports);
        built.put(name, made);
        return made;
    }

    private static MppConnectException unreadable(String reason, @Nullable Exception cause) {
        return new MppConnectException(ErrorCode.INVALID_OPTION, "Cannot read the descriptor set: " + reason, cause);
    }
}
