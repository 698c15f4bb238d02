// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.eventadmin;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which events are carried.
 *
 * @param patterns topics of Event Admin, or their beginnings followed by {@code /*}
 */
record EventTopics(List<String> patterns) {

    static final String RULE = "topics like com/acme/orders or com/acme/*, not * alone, and none below org/osgi, whose"
            + " events are of one container";

    private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*(/\\*)?");
    private static final Pattern OF_ONE_CONTAINER = Pattern.compile("org/(\\*|osgi(/.*)?)");

    static boolean isPattern(String text) {
        return PATTERN.matcher(text).matches() && !OF_ONE_CONTAINER.matcher(text).matches();
    }

    boolean carries(String topic) {
        return patterns.stream().anyMatch(pattern -> pattern.endsWith("/*")
                ? topic.startsWith(pattern.substring(0, pattern.length() - 1)) && isPattern(topic)
                : topic.equals(pattern));
    }
}
