// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProcessMetricsTest {

    @RegisterExtension
    final ServedWeb served = new ServedWeb();

    @Test
    void shouldTellOfTheProcessAndItsJvmUnderTheirUsualNames() throws IOException {
        String metrics = served.get("/metrics");

        for (String begin : List.of("process_cpu_seconds_total ", "process_start_time_seconds ",
                "process_resident_memory_bytes ", "process_open_fds ", "process_max_fds ",
                "jvm_memory_used_bytes{area=\"heap\"} ", "jvm_memory_max_bytes{area=\"nonheap\"} ",
                "jvm_threads_current ", "jvm_gc_collection_seconds_count{gc=\"", "jvm_classes_currently_loaded ")) {
            assertTrue(metrics.contains("\n" + begin), begin + " in " + metrics);
        }
    }

    /** Where another exporter of the same JVM tells of it. */
    @Test
    void shouldLeaveThemToOthersWhereThatIsWanted() throws IOException {
        served.set(Map.of("processMetrics", "false"));

        String metrics = served.get("/metrics");

        assertTrue(metrics.contains("\nippan_node_state "), metrics);
        assertFalse(metrics.contains("\njvm_") || metrics.contains("\nprocess_"), metrics);
    }
}
