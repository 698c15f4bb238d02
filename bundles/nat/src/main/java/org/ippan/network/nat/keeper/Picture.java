// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.nat.keeper;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.ippan.network.api.PeerAddress;
import org.ippan.network.api.nat.NatProblem;
import org.ippan.network.api.nat.NatSnapshot;

/**
 * What the keeper knows at one moment. Immutable.
 *
 * @param external the outer address, or empty
 * @param mappings as text
 * @param outer where peers are told that ports are passed on, by inner port
 * @param endsAt when the first mapping ends
 * @param course how it went
 */
record Picture(String protocol, String gateway, String external, String mappings, int mapped,
        Map<Integer, PeerAddress> outer, OptionalLong endsAt, Course course) {

    static final Picture OFF = new Picture("", "", "", "", 0, Map.of(), OptionalLong.empty(),
            new Course(false, NatProblem.NONE, "", 0, 0, 0));

    /** How it went, and when it goes on. */
    record Course(boolean enabled, NatProblem problem, String error, long renewals, long failures, long nextAt) {
    }

    static Picture of(Mappings known, Judgement judgement, Course course) {
        if (known == null) {
            return new Picture("", "", "", "", 0, Map.of(), OptionalLong.empty(), course);
        }
        String outer = judgement.outer(known).map(InetAddress::getHostAddress).orElse("");
        String text = known.current().entrySet().stream().map(entry -> PeerAddress.tcp(outer.isEmpty() ? "?" : outer,
                entry.getValue().lease().port()) + " -> " + entry.getKey()).collect(Collectors.joining(", "));
        return new Picture(known.gateway().protocol(), known.gateway().address().getHostAddress(), outer, text,
                known.current().size(), judgement.told(known), known.endsAt(), course);
    }

    /** What an operator is told of, compared with a later picture. */
    Optional<String> changes(Picture later) {
        if (later.course.problem != course.problem && later.course.problem != NatProblem.NONE) {
            return Optional.of("Peers beyond the router cannot connect to this node: "
                    + later.course.problem.description() + (later.course.error.isEmpty() ? ""
                            : " error=" + later.course.error));
        }
        if (!later.mappings.equals(mappings)) {
            return Optional.of(later.mapped == 0 ? "The router passes on no connections any more"
                    : "The router passes connections on: " + later.mappings + ". protocol=" + later.protocol
                            + " gateway=" + later.gateway);
        }
        return Optional.empty();
    }

    NatSnapshot snapshot(long now) {
        return new NatSnapshot(course.enabled, protocol, gateway, external, mappings, mapped,
                endsAt.isPresent() ? Math.max(0, endsAt.getAsLong() - now) / 1e9 : 0, course.problem, course.error,
                course.renewals, course.failures, Math.max(0, course.nextAt - now) / 1e9);
    }
}
