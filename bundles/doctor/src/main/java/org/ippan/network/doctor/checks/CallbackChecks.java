// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import static org.ippan.network.doctor.checks.Findings.setting;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.ippan.network.api.callback.CallbackFault;
import org.ippan.network.api.callback.CallbackFaultSource;
import org.ippan.network.api.callback.CallbackKind;
import org.ippan.network.doctor.look.Look;
import org.ippan.network.doctor.look.ScoreWords;
import org.ippan.network.doctor.look.Services;

/** Whether the code of applications does what it should: listeners, validators and all else that the network calls. */
public final class CallbackChecks {

    /** How often what hangs is looked for, so that the log names it before an operator asks. */
    public static final long WATCH_SECONDS = 5;

    private static final String CHECK = "applications";
    private static final String SEE_LOG = "The log shows the stack trace; correct the application.";

    private final Look look;

    public CallbackChecks(Look look) {
        this.look = look;
    }

    public Map<String, Consumer<Findings>> all() {
        return Map.of(CHECK, this::callbacks);
    }

    /** Has each bundle see which calls do not return: it logs them, and no clock is read for each call. */
    public static void watch(Services services) {
        for (CallbackFaultSource source : services.callbacks()) {
            try {
                source.callbackFaults();
            } catch (RuntimeException | LinkageError e) {
                // Who asks is told that the check failed; the others are looked at all the same.
                continue;
            }
        }
    }

    private void callbacks(Findings findings) {
        List<CallbackFault> faults = look.services().callbacks().stream()
                .flatMap(source -> source.callbackFaults().stream()).toList();
        faults.forEach(fault -> warn(findings, fault));
        if (faults.isEmpty()) {
            findings.ok(CHECK, "Nothing went wrong in the code of applications in the last 10 min.");
        }
    }

    private static void warn(Findings findings, CallbackFault fault) {
        String subject = "The " + fault.subject();
        switch (fault.problem()) {
            case REFUSED -> findings.warn(CHECK, subject + " has service properties that are refused: " + fault.detail()
                    + ".", "Correct them; until then it is not registered, or works with its last good ones.");
            case MISSPELT -> findings.warn(CHECK, subject + " has service properties that do not exist and have no"
                    + " effect: " + fault.detail() + ".", "Correct their names, or take them away.");
            case FAILED -> findings.warn(CHECK, subject + " failed " + times(fault) + ", " + cost(fault.kind()) + ": "
                    + fault.detail() + ".", SEE_LOG);
            case TIMED_OUT -> findings.warn(CHECK, subject + " was interrupted " + times(fault) + " at its time-out,"
                    + " and these messages were ignored: " + fault.detail() + ".", "The log shows where it was; make it"
                    + " faster, or raise validatorTimeoutSeconds of org.ippan.network.gossip.",
                    setting("gossip", "validatorTimeoutSeconds"));
            case STUCK -> findings.fail(CHECK, subject + " does not return although it was interrupted: "
                    + fault.detail() + ". Each call keeps a thread, and after two the messages of a topic are ignored.",
                    "The log shows where it is; correct the application, and restart its bundle.");
            case OVERLOADED -> overloaded(findings, fault, subject);
            case HUNG -> hung(findings, fault, subject);
            case WAITING -> findings.warn(CHECK, subject + " waits for room to publish inside a callback: "
                    + fault.detail() + ".", "Publish what does not fit later, on a thread of the application.");
            case UNSERVED -> findings.warn(CHECK, subject + " gets no message, as there is no format for the class it"
                    + " wants: " + fault.detail() + ".", "Register a PayloadFormat of this class as a service, or start"
                    + " the bundle that does.");
            default -> findings.fail(CHECK, subject + " failed and is not used any more: " + fault.detail() + ".",
                    "Correct the application, and restart its bundle.");
        }
    }

    private static void hung(Findings findings, CallbackFault fault, String subject) {
        boolean one = fault.count() == 1;
        String what = subject + " has not returned from " + (one ? "a call" : fault.count() + " calls")
                + " for 10 s or more: " + fault.detail() + ".";
        if (fault.kind() == CallbackKind.CODEC) {
            findings.fail(CHECK, what + " It ignored the interrupt after 3 s, and the links of its thread stand still"
                    + " until it returns.", "The log shows where it is; correct the application, restart its bundle,"
                    + " and then org.ippan.network.transport.");
        } else {
            findings.warn(CHECK, what + (one ? " Its thread is lost until it returns, and what is for it waits."
                    : " Their threads are lost until they return, and what is for it waits."),
                    "The log shows where it is; correct the application, and restart its bundle.");
        }
    }

    private static void overloaded(Findings findings, CallbackFault fault, String subject) {
        boolean validator = fault.kind() == CallbackKind.VALIDATOR;
        String lost = validator ? ScoreWords.count(fault.count(), "message") + " of its topics ignored."
                : ScoreWords.count(fault.count(), "event") + " did not reach it.";
        String what = subject + " is too slow or hangs: " + lost;
        if (validator) {
            findings.warn(CHECK, what, "Make it faster, or raise validatorThreads or validationQueueMessages of"
                    + " org.ippan.network.gossip.", setting("gossip", "validatorThreads"),
                    setting("gossip", "validationQueueMessages"));
        } else {
            findings.warn(CHECK, what, "Make it faster, or have it hand events over to a thread of the application.");
        }
    }

    private static String times(CallbackFault fault) {
        return ScoreWords.count(fault.count(), "time");
    }

    /** What a failed call costs. */
    private static String cost(CallbackKind kind) {
        return switch (kind) {
            case LISTENER -> "and it has not dealt with these messages";
            case VALIDATOR -> "and these messages were ignored";
            case EVENT_LISTENER, NOTIFICATION_LISTENER -> "and it may have missed these events";
            case DISCOVERY -> "and may not find peers";
            case ADVERTISER -> "and peers may not find this node";
            case SNAPSHOT_SOURCE -> "and what it tells is missing";
            case TRANSPORT, CONNECTION_HANDLER -> "and these connections were not made";
            case CODEC, COMPLETION_STAGE, FORMAT, HANDLER -> "and this work was not done";
        };
    }
}
