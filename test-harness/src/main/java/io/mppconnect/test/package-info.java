/**
 * An MPP cluster inside the JVM, for the tests of mpp-connect and of applications built on it, and the checks that a
 * test left nothing behind.
 */
@NullMarked
package io.mppconnect.test;

import org.jspecify.annotations.NullMarked;
