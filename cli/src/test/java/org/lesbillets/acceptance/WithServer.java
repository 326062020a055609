package org.lesbillets.acceptance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A server of the test class, started before its {@code @BeforeAll} and closed after its
 * {@code @AfterAll}: injected into the static field of type {@link ServerProcess}. Its folder is
 * the static {@code @TempDir}. A static {@link Billets} field marked {@link Agent} gets an agent of
 * the field's name.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ServerExtension.class)
@interface WithServer {
  /** Marks the field of an agent. */
  @Target(ElementType.FIELD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface Agent {}
}
