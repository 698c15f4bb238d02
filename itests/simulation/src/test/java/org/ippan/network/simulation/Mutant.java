// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.simulation;

/** A mistake that could be made in a core, as a change of its source: what stands there and what would stand there. */
enum Mutant {

    DECAYS_PAST_ZERO("reputation/StandingWord", "score > 0 ? Math.max(0, score - behind)",
            "score > 0 ? score - behind"),
    MARKS_BEFORE_ROOM_IS_CERTAIN("gossip/receive/Intake", "            in.aside.add(", """
                        Hashing.hash(in, next);
                        context.services.checkAndMark(next.id);
                        in.aside.add("""),
    KEEPS_DUPLICATE_CONNECTIONS("peers/handshake/Duplicates",
            "return smallerDialledOld ? Verdict.ASK_OLD : Verdict.CLOSE_OLD;", "return Verdict.WAIT;"),
    WANTS_WITHOUT_BOUND("gossip/repair/Wanted", "announcer.isUp() && hasRoom(link)", "announcer.isUp()"),
    DELIVERS_TWICE("gossip/receive/DeliveryOrder", "deliver.accept(first);",
            "deliver.accept(first); deliver.accept(first);"),
    DELIVERS_WHAT_WAS_REJECTED("gossip/receive/DeliveryOrder", "first.verdict() == Verdict.ACCEPT", "true"),
    LETS_THE_BANNED_IN("peers/context/Services", "return service != null && service.shouldBan(peer);", "return false;"),
    KEEPS_ROOM("gossip/model/Room", "add(-1, -cost)", "add(-1, 0)"),
    KEEPS_REQUESTS("gossip/repair/Want", "link.requested--;", ""),
    ANNOUNCES_NOTHING("gossip/relay/Announcing", "if (outbound.carriage().goes(segment, entry)) {", "if (limit < 0) {"),
    FORGETS_WHO_WAS_AWAY("gossip/GossipCore", "announcer.digest(outbound);", ""),
    BLAMES_FOR_DUPLICATES("gossip/receive/Copies", "if (verdicts.isRejected(arrival.id)) {",
            "if (!verdicts.isRejected(arrival.id)) {");

    private static final String PACKAGES = "org.ippan.network.";

    /** Bundle, package within it if there is one, and class. */
    private final String place;
    final String before;
    final String after;

    Mutant(String place, String before, String after) {
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
