// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.search;

import org.ippan.network.api.discovery.FindingRefusal;
import org.ippan.network.api.snapshot.ReasonCounts;

/** Counts what was found and not told. Safe for any thread. */
public final class RefusalCounts extends ReasonCounts<FindingRefusal> {

    /** Nothing was found yet. */
    public RefusalCounts() {
        super(FindingRefusal.class);
    }
}
