package io.mppconnect.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class an {@link EmbeddedMppCluster}, started before its first test and closed after its last. Fields of
 * that type, static or not, are set, and parameters of that type are filled in, also in nested classes. Faults are
 * cleared after each test.
 *
 * <pre>{@code
 * @EmbeddedMpp(segments = 2)
 * class OrdersTest {
 *
 *     @Test
 *     void loads(EmbeddedMppCluster cluster) throws SQLException {
 *         try (Connection connection = cluster.connect()) {
 *             ...
 *         }
 *     }
 * }
 * }</pre>
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EmbeddedMppExtension.class)
public @interface EmbeddedMpp {

    /** How many primary segments the cluster has. */
    int segments() default 4;
}
