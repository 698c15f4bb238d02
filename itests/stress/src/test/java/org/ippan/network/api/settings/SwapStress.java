// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Who reads settings while they change sees the old ones or the new ones, never some of each. */
@JCStressTest
@Outcome(id = {"1, 1", "2, 2"}, expect = Expect.ACCEPTABLE, desc = "Old or new.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Some of each.")
@State
public class SwapStress {

    private static final SettingsSchema SCHEMA = SettingsSchema.of("stress", Config.class);

    private final LiveSettings<Pair> settings = new LiveSettings<>(SCHEMA,
            values -> new Pair(values.getInt("one"), values.getInt("other")), error -> { }, warning -> { });

    /** Two keys that belong together. */
    @interface Config {
        @Setting(text = "One.", min = "1", max = "2")
        int one() default 1;

        @Setting(text = "The other.", min = "1", max = "2")
        int other() default 1;
    }

    /** Their values. */
    record Pair(int one, int other) {
    }

    @Actor
    public void change() {
        settings.update(Map.of("one", "2", "other", "2"), pair -> { });
    }

    @Actor
    public void read(II_Result result) {
        Pair pair = settings.current();
        result.r1 = pair.one();
        result.r2 = pair.other();
    }
}
