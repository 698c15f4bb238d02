// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Changes settings for operators: checked as a whole, in force all or none, kept so that they can be undone. What can
 * cut an operator off goes back by itself after 60 s unless it is confirmed: listeners, keys that keep peers out, and
 * all of the page. Safe for any thread; a change may take seconds, so no I/O thread may make one.
 */
@ProviderType
public interface SettingsAdmin {

    /**
     * Says what changes would do, and does nothing.
     *
     * @param wanted settings of one configuration or several
     * @return a change for each setting that would differ or is refused
     * @throws IllegalStateException if nothing can be stored at all
     */
    List<SettingChange> check(List<WantedSetting> wanted);

    /**
     * Changes settings, all or none, and waits until they are in force.
     *
     * @param wanted settings of one configuration or several
     * @param from where the operator is
     * @return what was changed
     * @throws IllegalArgumentException if one of them is refused, or none would differ
     * @throws IllegalStateException if one is no longer what the operator saw, an earlier change is not confirmed yet,
     *         or they could not be brought into force
     */
    ChangeSet apply(List<WantedSetting> wanted, String from);

    /**
     * Takes a change back: one that is not confirmed at once, another one as a change of its own.
     *
     * @param number of the change
     * @param from where the operator is
     * @return the change that was taken back, or the one that takes it back
     * @throws IllegalArgumentException if there is no such change, or it was undone before
     * @throws IllegalStateException if one of its settings was changed since, an earlier change is not confirmed yet,
     *         or the values before could not be brought into force
     */
    ChangeSet undo(long number, String from);

    /**
     * Confirms a change, so that it does not go back.
     *
     * @param number of the change
     * @return the change
     * @throws IllegalArgumentException if there is no such change that waits for it
     */
    ChangeSet keep(long number);

    /**
     * The last changes.
     *
     * @return at most 20, the newest first
     */
    List<ChangeSet> changes();
}
