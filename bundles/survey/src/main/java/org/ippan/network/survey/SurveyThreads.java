// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.survey;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.ippan.network.api.TimerThreads;
import org.ippan.network.survey.own.Counted;

/** The one thread of the bundle, with what else a core must not take for itself. */
final class SurveyThreads {

    private static final long LOOK_MILLIS = 1000;

    final ScheduledThreadPoolExecutor timer = new TimerThreads("ippan-survey-timer");
    /** No stranger is to foresee which records give way. */
    final RandomGenerator random = new SecureRandom();

    static Counted.Machine machine() {
        Runtime runtime = Runtime.getRuntime();
        return new Counted.Machine(
                () -> ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                () -> runtime.totalMemory() - runtime.freeMemory(), runtime.availableProcessors());
    }

    void every(Runnable look) {
        timer.scheduleWithFixedDelay(look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop() {
        timer.shutdownNow();
    }
}
