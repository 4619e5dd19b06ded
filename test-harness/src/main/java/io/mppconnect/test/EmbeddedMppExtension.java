package io.mppconnect.test;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Starts the cluster of a class that is annotated with {@link EmbeddedMpp}, and hands it to whoever asks for it. */
final class EmbeddedMppExtension
        implements BeforeAllCallback,
                AfterAllCallback,
                AfterEachCallback,
                TestInstancePostProcessor,
                ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(EmbeddedMppExtension.class);

    /** The cluster, and the class that it was started for: classes nested in it share it. */
    private record Started(EmbeddedMppCluster cluster, Class<?> owner) {}

    @Override
    public void beforeAll(ExtensionContext context) throws IllegalAccessException {
        Started started = started(context);
        if (started == null) {
            EmbeddedMpp annotation = AnnotationSupport.findAnnotation(context.getRequiredTestClass(), EmbeddedMpp.class)
                    .orElseThrow(() -> new ExtensionConfigurationException("Cannot start an embedded cluster for "
                            + context.getDisplayName() + ": annotate its class with @EmbeddedMpp"));
            EmbeddedMppCluster cluster =
                    EmbeddedMppCluster.builder().segments(annotation.segments()).start();
            started = new Started(cluster, context.getRequiredTestClass());
            store(context).put(Started.class, started);
        }
        inject(context.getRequiredTestClass(), null, started.cluster());
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    private static @Nullable Started started(ExtensionContext context) {
        return store(context).get(Started.class, Started.class);
    }

    private static EmbeddedMppCluster cluster(ExtensionContext context) {
        Started started = started(context);
        if (started == null) {
            throw new ExtensionConfigurationException(
                    "Cannot find the embedded cluster of " + context.getDisplayName());
        }
        return started.cluster();
    }

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) throws IllegalAccessException {
        inject(instance.getClass(), instance, cluster(context));
    }

    /** Sets the fields of an instance, or the static ones of a class. */
    private static void inject(Class<?> type, @Nullable Object instance, EmbeddedMppCluster cluster)
            throws IllegalAccessException {
        for (Field field : ReflectionSupport.findFields(
                type,
                field -> field.getType() == EmbeddedMppCluster.class
                        && !Modifier.isFinal(field.getModifiers())
                        && Modifier.isStatic(field.getModifiers()) == (instance == null),
                HierarchyTraversalMode.TOP_DOWN)) {
            field.setAccessible(true);
            field.set(instance, cluster);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedMppCluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return cluster(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        cluster(context).faults().clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Started started = started(context);
        if (started != null && started.owner() == context.getRequiredTestClass()) {
            started.cluster().close();
        }
    }
}
