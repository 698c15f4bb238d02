// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.look;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.ippan.network.api.callback.CallbackFaults;
import org.ippan.network.api.callback.CallbackFaults.Subject;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.api.callback.CallbackProblem;
import org.ippan.network.api.operator.NodeServices;
import org.ippan.network.api.snapshot.SnapshotSource;

/**
 * What services tell about themselves, each asked once for one question. One that cannot tell is named, and stops
 * nothing that the others tell. For one thread.
 */
public final class Told {

    private final CallbackFaults faults;
    private final Map<SnapshotSource, Optional<Record>> asked = new IdentityHashMap<>();

    /** Nothing is asked yet; the faults are told of services that cannot tell, until they can. */
    public Told(CallbackFaults faults) {
        this.faults = faults;
    }

    /** What it tells; empty if it cannot. */
    Optional<Record> by(SnapshotSource source) {
        return asked.computeIfAbsent(source, this::ask);
    }

    private Optional<Record> ask(SnapshotSource source) {
        Subject subject = subject(source);
        try {
            Record told = NodeServices.read(source);
            if (told != null) {
                faults.ended(subject, CallbackProblem.FAILED);
                return Optional.of(told);
            }
            faults.lasting(subject, CallbackProblem.FAILED, "it returned no snapshot", null);
        } catch (RuntimeException | Error e) {
            // Its bundle may be going just now; else it is a mistake in its code.
            faults.lasting(subject, CallbackProblem.FAILED, e);
        }
        return Optional.empty();
    }

    /** Until it goes or has other properties it is not shown, if it is refused; what was wrong before is over. */
    public static void judge(SnapshotSource source, Optional<String> refusal, CallbackFaults faults) {
        faults.forget(subject(source));
        refusal.ifPresent(why -> faults.lasting(subject(source), CallbackProblem.REFUSED, why, null));
    }

    /** It went; what is shown under its name from now on may have been refused for it. */
    public static void forget(SnapshotSource source, Optional<SnapshotSource> next, CallbackFaults faults) {
        faults.forget(subject(source));
        next.ifPresent(shown -> faults.forget(subject(shown)));
    }

    /** What it is called in findings. */
    public static Subject subject(SnapshotSource source) {
        return Subject.of(CallbackKind.SNAPSHOT_SOURCE, source);
    }
}
