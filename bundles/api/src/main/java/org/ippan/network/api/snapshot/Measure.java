// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.snapshot;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes one component of a snapshot record at run time: JMX, HTTP, Prometheus and the documents read it. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Measure {

    /**
     * What the value says.
     *
     * @return a sentence
     */
    String value();

    /**
     * Unit of the value.
     *
     * @return for example {@code bytes}; empty where there is none
     */
    String unit() default "";

    /**
     * Whether the value only ever grows until the service restarts or is reset.
     *
     * @return true for counters, false for everything that may fall
     */
    boolean counter() default false;
}
