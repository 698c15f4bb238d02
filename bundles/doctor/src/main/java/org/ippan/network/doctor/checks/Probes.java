// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.checks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.ippan.network.api.Causes;
import org.ippan.network.api.PeerAddress;

/** Tries many addresses at once, within a bound whatever name servers do. Safe for any thread. */
public final class Probes {

    /** What all attempts together may take. */
    static final long ALL_SECONDS = 6;

    private final ExecutorService executor;
    private final Reach reach;

    public Probes(ExecutorService executor, Reach reach) {
        this.executor = executor;
        this.reach = reach;
    }

    /**
     * Tries to reach addresses.
     *
     * @param addresses few
     * @return why each cannot be reached; empty for those that can
     */
    public Map<PeerAddress, String> errors(List<PeerAddress> addresses) {
        List<Callable<String>> attempts = new ArrayList<>();
        addresses.forEach(address -> attempts.add(() -> attempt(address)));
        Map<PeerAddress, String> errors = new LinkedHashMap<>();
        try {
            List<Future<String>> results = executor.invokeAll(attempts, ALL_SECONDS, TimeUnit.SECONDS);
            for (int i = 0; i < results.size(); i++) {
                errors.put(addresses.get(i), result(results.get(i)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            addresses.forEach(address -> errors.put(address, "interrupted"));
        } catch (RejectedExecutionException e) {
            addresses.forEach(address -> errors.put(address, "earlier attempts are still under way"));
        }
        return errors;
    }

    private String attempt(PeerAddress address) {
        try {
            reach.to(address);
            return "";
        } catch (IOException e) {
            return Causes.ofNetwork(e);
        }
    }

    private static String result(Future<String> attempt) throws InterruptedException {
        try {
            return attempt.get();
        } catch (CancellationException e) {
            return "no answer within " + ALL_SECONDS + " s";
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }
}
