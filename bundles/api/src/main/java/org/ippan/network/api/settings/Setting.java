// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one key of a configuration annotation at run time. Key, type and default are the annotated method's own.
 * Metatype's annotations are not kept at run time: both carry the same text constant, and a test compares them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Setting {

    /**
     * What the key does, with the effect of turning it either way.
     *
     * @return sentences a stranger understands
     */
    String text();

    /**
     * Unit of the value.
     *
     * @return for example {@code seconds}; empty where there is none
     */
    String unit() default "";

    /**
     * Least value allowed.
     *
     * @return a number; empty for no bound
     */
    String min() default "";

    /**
     * Greatest value allowed.
     *
     * @return a number; empty for no bound
     */
    String max() default "";

    /**
     * When a change takes effect.
     *
     * @return {@link Applies#LIVE} unless said
     */
    Applies applies() default Applies.LIVE;

    /**
     * Whether the value must never be shown.
     *
     * @return true for keys and tokens
     */
    boolean secret() default false;

    /**
     * Whether the bundle stops serving while the value is invalid, instead of going on with the last good one.
     *
     * @return true for keys that decide who may connect
     */
    boolean failClosed() default false;

    /**
     * Whether the default protects less than what may be meant by a value that cannot be read. Until such a value is
     * corrected the bundle does not serve if none was taken over before; later the last good one counts.
     *
     * @return true for keys that switch a protection on, or something open off
     */
    boolean guards() default false;
}
