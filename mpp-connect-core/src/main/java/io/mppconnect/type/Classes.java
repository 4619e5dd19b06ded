package io.mppconnect.type;

import java.lang.invoke.MethodType;
import java.util.Set;

/** How messages call Java classes. */
final class Classes {

    private static final Set<String> WELL_KNOWN =
            Set.of("java.lang", "java.math", "java.net", "java.nio", "java.time", "java.util");

    private Classes() {}

    static Class<?> boxed(Class<?> javaType) {
        return MethodType.methodType(javaType).wrap().returnType();
    }

    /** Without the package when everybody knows it. */
    static String name(Class<?> javaType) {
        if (javaType.isArray()) {
            return name(javaType.getComponentType()) + "[]";
        }
        return WELL_KNOWN.contains(javaType.getPackageName()) || javaType.isPrimitive()
                ? javaType.getSimpleName()
                : javaType.getName();
    }
}
