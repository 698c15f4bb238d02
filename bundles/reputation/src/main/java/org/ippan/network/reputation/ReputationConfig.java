// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.reputation;

import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may write about reputation. */
@ObjectClassDefinition(name = "ippan-network reputation",
        description = "Scores peers from -1000 to +1000 by what they do, warns of them and bans them by itself.")
@interface ReputationConfig {
    String PID = "org.ippan.network.reputation";
    String SUCCESS = "Points a peer gains by a good deed. Higher: good peers earn more patience, and win it back "
            + "sooner. Lower: earlier good deeds excuse less. 0 keeps good deeds out of the score.";
    String FAILURE = "Points a failure costs a peer: an unanswered ping, a stalled or reset connection. More negative: "
            + "unreliable peers are warned and banned sooner. Nearer to 0: more patience. 0 forgives failures.";
    String INVALID = "Points it costs a peer to send something invalid. More negative: fewer invalid messages lead to "
            + "a ban. Nearer to 0: more of them are borne. 0 never bans for them.";
    String WARN = "Score at or below which a peer is warned: it may not pull messages and is not asked for peers. "
            + "Must be above banThreshold. Nearer to 0: peers are warned sooner. More negative: later.";
    String BAN = "Score at or below which a peer is banned: it is closed and refused. Must be below warnThreshold. "
            + "Nearer to 0: peers are banned sooner. More negative: later.";
    String MARGIN = "How far the score of a banned peer must recover above banThreshold before it is let in again; "
            + "never farther than to warnThreshold. Higher: bans last longer. Lower: a peer let in is banned again "
            + "sooner.";
    String DECAY = "Points by which every score moves toward 0 in each decay interval; it stops at 0. Higher: bad and "
            + "good deeds are forgotten sooner and bans are shorter. Lower: later. 0 never forgets; bans then last "
            + "for ever.";
    String INTERVAL = "Length of a decay interval. Longer: deeds are remembered longer and bans last longer. "
            + "Shorter: they are forgotten sooner.";
    String MAX_PEERS = "How many peers have a score, at up to 128 bytes each. Higher: more strangers are remembered. "
            + "Lower: less memory, but peers with a score near 0 are forgotten sooner. Bans by hand are not counted.";
    String MAX_HAND_BANS = "How many peers can be banned by hand at a time; bans that exist stay when it is lowered. "
            + "Higher: more memory and a longer file. Lower: an operator, or a script, cannot fill the table as far.";
    String HISTORY = "How many score events are kept for each peer that misbehaved, at 16 bytes each. Higher: a score "
            + "is explained farther back. Lower: less memory. 0 keeps none.";
    String PERSIST = "Whether scores and bans survive a restart. False neither reads nor writes the file of scores, "
            + "which stays as it is: after a restart everyone begins at 0.";

    @AttributeDefinition(name = "Points for a success", description = SUCCESS, min = "0", max = "100")
    @Setting(text = SUCCESS, unit = "points", min = "0", max = "100")
    int successPoints() default 1;

    @AttributeDefinition(name = "Points for a failure", description = FAILURE, min = "-1000", max = "0")
    @Setting(text = FAILURE, unit = "points", min = "-1000", max = "0")
    int failurePoints() default -5;

    @AttributeDefinition(name = "Points for something invalid", description = INVALID, min = "-1000", max = "0")
    @Setting(text = INVALID, unit = "points", min = "-1000", max = "0")
    int invalidPoints() default -20;

    @AttributeDefinition(name = "Warning threshold (score)", description = WARN, min = "-999", max = "-1")
    @Setting(text = WARN, unit = "points", min = "-999", max = "-1")
    int warnThreshold() default -100;

    @AttributeDefinition(name = "Ban threshold (score)", description = BAN, min = "-1000", max = "-2")
    @Setting(text = BAN, unit = "points", min = "-1000", max = "-2")
    int banThreshold() default -500;

    @AttributeDefinition(name = "Pardon margin (points)", description = MARGIN, min = "1", max = "1000")
    @Setting(text = MARGIN, unit = "points", min = "1", max = "1000")
    int pardonMargin() default 100;

    @AttributeDefinition(name = "Decay (points per interval)", description = DECAY, min = "0", max = "1000")
    @Setting(text = DECAY, unit = "points", min = "0", max = "1000")
    int decayPoints() default 10;

    @AttributeDefinition(name = "Decay interval (seconds)", description = INTERVAL, min = "1", max = "86400")
    @Setting(text = INTERVAL, unit = "seconds", min = "1", max = "86400")
    int decayIntervalSeconds() default 600;

    @AttributeDefinition(name = "Most peers with a score", description = MAX_PEERS, min = "1", max = "1000000")
    @Setting(text = MAX_PEERS, unit = "peers", min = "1", max = "1000000")
    int maxPeers() default 10_000;

    @AttributeDefinition(name = "Most bans by hand", description = MAX_HAND_BANS, min = "1", max = "50000")
    @Setting(text = MAX_HAND_BANS, unit = "peers", min = "1", max = "50000")
    int maxHandBans() default 10_000;

    @AttributeDefinition(name = "History (events per peer)", description = HISTORY, min = "0", max = "1000")
    @Setting(text = HISTORY, unit = "events", min = "0", max = "1000")
    int historySize() default 32;

    @AttributeDefinition(name = "Survives a restart", description = PERSIST)
    @Setting(text = PERSIST)
    boolean persist() default true;
}
