package io.mppconnect.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Fails each test that leaves something behind which was not there before it: a running thread, a listening or connected
 * TCP socket of this process (on Linux), a file named {@code mpp-connect...} in the directory for temporary files, a
 * running {@link EmbeddedMppCluster}, or an external table or a session of one. What goes away within five seconds is no
 * leak, nor are threads that the JVM, JUnit and the PostgreSQL driver share among all tests.
 *
 * <p>What a test class keeps for all its tests must be there before the first one starts, as what {@code @BeforeAll}
 * methods and {@link EmbeddedMpp} make. Not for tests that run at the same time as others in one JVM.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(LeakCheck.class)
public @interface LeakFree {}
