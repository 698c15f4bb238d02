// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

/**
 * A mistake that could be made in a core, as a change of its source: what stands there and what would stand there; and
 * the seed that caught it last, which is tried first.
 */
enum Mutant {

    DECAYS_PAST_ZERO(19, "reputation/StandingWord", "score > 0 ? Math.max(0, score - behind)",
            "score > 0 ? score - behind"),
    MARKS_BEFORE_ROOM_IS_CERTAIN(14, "gossip/receive/Intake", "            in.aside.add(", """
                        Hashing.hash(in, next);
                        context.services.checkAndMark(next.id);
                        in.aside.add("""),
    KEEPS_DUPLICATE_CONNECTIONS(19, "peers/handshake/Duplicates",
            "return smallerDialledOld ? Verdict.ASK_OLD : Verdict.CLOSE_OLD;", "return Verdict.WAIT;"),
    WANTS_WITHOUT_BOUND(6, "gossip/repair/Wanted", "announcer.isUp() && hasRoom(link)", "announcer.isUp()"),
    DELIVERS_TWICE(15, "gossip/receive/DeliveryOrder", "deliver.accept(first);",
            "deliver.accept(first); deliver.accept(first);"),
    DELIVERS_WHAT_WAS_REJECTED(20, "gossip/receive/DeliveryOrder", "first.verdict() == Verdict.ACCEPT", "true"),
    LETS_THE_BANNED_IN(20, "peers/context/Services", "return service != null && service.shouldBan(peer);",
            "return false;"),
    KEEPS_ROOM(15, "gossip/model/Room", "add(-1, -cost)", "add(-1, 0)"),
    KEEPS_REQUESTS(15, "gossip/repair/Want", "link.requested--;", ""),
    ANNOUNCES_NOTHING(40, "gossip/relay/Announcing", "if (outbound.carriage().goes(segment, entry)) {",
            "if (limit < 0) {"),
    FORGETS_WHO_WAS_AWAY(15, "gossip/GossipCore", "announcer.digest(outbound);", ""),
    BLAMES_FOR_DUPLICATES(19, "gossip/receive/Copies", "if (verdicts.isRejected(arrival.id)) {",
            "if (!verdicts.isRejected(arrival.id)) {"),
    BELIEVES_ANY_COUNT(17, "gossip/send/Unsettled", "upTo < settled || upTo > sent", "upTo < settled"),
    IGNORES_THE_TIMEOUT(17, "gossip/settle/Settlements", "null, now, now + nanos,",
            "null, now, now + longest.toNanos(),");

    private static final String PACKAGES = "org.ippan.network.";

    /** Bundle, package within it if there is one, and class. */
    private final String place;
    final String before;
    final String after;
    final long seed;

    Mutant(long seed, String place, String before, String after) {
        this.seed = seed;
        this.place = place;
        this.before = before;
        this.after = after;
    }

    String className() {
        return PACKAGES + place.replace('/', '.');
    }

    /** Where the source lies, from this module. */
    String source() {
        String bundle = place.substring(0, place.indexOf('/'));
        return "../../bundles/" + bundle + "/src/main/java/" + className().replace('.', '/') + ".java";
    }
}
