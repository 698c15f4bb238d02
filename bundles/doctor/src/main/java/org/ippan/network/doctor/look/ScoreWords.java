// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.doctor.look;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ippan.network.api.reputation.Cause;
import org.ippan.network.api.reputation.PeerReputation;
import org.ippan.network.api.reputation.ScoreEvent;

/** What a peer did, in words. */
public final class ScoreWords {

    /** How many of the last events are told. */
    private static final int MOST_EVENTS = 8;

    private ScoreWords() {
    }

    /** All records of a peer in one sentence. */
    public static String records(PeerReputation known, Times times) {
        return "It did well " + count(known.successes(), "time") + ", failed " + count(known.failures(), "time")
                + " and sent something invalid " + count(known.invalids(), "time") + " since it was first judged "
                + times.ago(known.firstSeen()) + ".";
    }

    /** The last events of a score, a sentence each, newest first. */
    public static List<String> events(PeerReputation known, Times times) {
        List<ScoreEvent> newest = new ArrayList<>(known.events());
        Collections.reverse(newest);
        List<String> told = new ArrayList<>(newest.stream().limit(MOST_EVENTS).map(event -> event(event, times))
                .toList());
        int more = newest.size() - told.size();
        if (more > 0) {
            told.add("Before that, " + count(more, "more change") + " of its score.");
        }
        return told;
    }

    private static String event(ScoreEvent event, Times times) {
        String points = event.points() == 0 ? "no points" : count(Math.abs(event.points()), "point");
        String sign = event.points() < 0 ? "-" : event.points() > 0 ? "+" : "";
        return Times.at(event.time()) + ", " + times.ago(event.time()) + ": " + sign + points + ", score "
                + event.score() + ": " + words(event.cause()) + ".";
    }

    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String words(Cause cause) {
        return switch (cause) {
            case MESSAGE_ACCEPTED -> "it was the first to bring a valid message";
            case MESSAGE_SENT -> "a message was handed to it";
            case SEND_FAILED -> "a message could not be handed to it";
            case MESSAGE_REJECTED -> "a validator rejected a message it brought";
            case PROTOCOL_ERROR -> "it broke the protocol";
            case RATE_LIMIT -> "it sent control frames faster than allowed for 30 s";
            case PROMISE_BROKEN -> "it announced many messages and sent none of them when asked";
            case PING_MISSED -> "it did not answer a heartbeat";
            case FRAME_STALLED -> "it began a frame and never completed it";
            case WRITE_STALLED -> "it took nothing for too long while data waited for it, and nothing came from it";
            case CONNECTION_RESET -> "it reset the connection while data waited for it";
            case DIAL_FAILED -> "it could not be reached";
            case MANUAL -> "an operator or an application said so";
        };
    }
}
