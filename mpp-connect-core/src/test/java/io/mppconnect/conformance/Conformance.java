package io.mppconnect.conformance;

import io.mppconnect.test.LeakFree;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of the conformance suite: runs on the embedded cluster, or on the real one that {@code MPP_CONNECT_TEST_URL}
 * names (user in {@code MPP_CONNECT_TEST_USER}, default {@code gpadmin}), and takes it as a {@link TestDatabase}. It fails
 * when it leaves something behind, in this process or in the database.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ConformanceExtension.class)
@LeakFree
public @interface Conformance {}
