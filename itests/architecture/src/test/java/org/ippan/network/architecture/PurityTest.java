// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Predicate;
import org.ippan.network.api.Ticker;
import org.junit.jupiter.api.Test;

/** Time, threads and randomness come into a core through its constructor, so that a test owns them. */
class PurityTest {

    private static final String CONSTRUCTOR = "<init>";

    @Test
    void shouldReadNoClockInCores() {
        check("read no clock", Map.of(), target -> is(target, System.class, "nanoTime", "currentTimeMillis")
                || target.getName().startsWith("system") && target.getOwner().isEquivalentTo(Clock.class)
                || is(target, Clock.class, "tickMillis", "tickSeconds", "tickMinutes")
                || target.getName().equals("now") && target.getOwner().getPackageName().startsWith("java.time")
                        && !isInjected(target)
                || is(target, Ticker.class, "system")
                || is(target, java.util.Date.class, CONSTRUCTOR));
    }

    @Test
    void shouldStartNoThreadInCores() {
        Set<String> makers = Set.of(ThreadPoolExecutor.class.getName(), ScheduledThreadPoolExecutor.class.getName(),
                ForkJoinPool.class.getName(), Timer.class.getName(),
                "io.netty.channel.MultiThreadIoEventLoopGroup", "io.netty.channel.nio.NioEventLoopGroup");
        check("start no thread", Map.of(), target ->
                is(target, Thread.class, CONSTRUCTOR, "start", "sleep", "ofVirtual")
                || is(target, ForkJoinPool.class, "commonPool")
                || target.getOwner().isEquivalentTo(Executors.class)
                || target.getName().equals(CONSTRUCTOR) && makers.contains(target.getOwner().getFullName()));
    }

    @Test
    void shouldDrawNoRandomnessInCores() {
        Map<String, String> exceptions = Map.of("org.ippan.network.gossip.wire.IdKey",
                "the secret of hash codes is of the class, and no result depends on the order of a map");
        check("draw no randomness", exceptions, target -> target.getOwner().isEquivalentTo(ThreadLocalRandom.class)
                || is(target, Math.class, "random")
                || target.getName().equals(CONSTRUCTOR) && (target.getOwner().isEquivalentTo(Random.class)
                        || target.getOwner().isEquivalentTo(SecureRandom.class)
                        || target.getOwner().getFullName().equals("java.util.SplittableRandom"))
                || target.getName().equals("randomUUID"));
    }

    private static boolean isInjected(AccessTarget target) {
        return is(target, Instant.class, "now") && target instanceof AccessTarget.CodeUnitAccessTarget unit
                && unit.getRawParameterTypes().size() == 1
                && unit.getRawParameterTypes().get(0).isEquivalentTo(Clock.class);
    }

    private static boolean is(AccessTarget target, Class<?> owner, String... names) {
        return target.getOwner().isEquivalentTo(owner) && Set.of(names).contains(target.getName());
    }

    /** Checks a rule; {@code exceptions} names classes that may break it, each with the reason. */
    private static void check(String rule, Map<String, String> exceptions, Predicate<AccessTarget> forbidden) {
        classes().that(Code.cores()).should(new ArchCondition<>(rule) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (exceptions.containsKey(Code.outermost(type).getFullName())) {
                    return;
                }
                for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                    if (forbidden.test(access.getTarget())) {
                        events.add(SimpleConditionEvent.violated(access, access.getDescription()));
                    }
                }
            }
        }).as("cores " + rule)
                .because("a core runs in a test and in a simulation exactly as it runs in a container")
                .check(Code.BUNDLES);
    }
}
