// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.api.settings;

import java.util.List;

/** Settings are refused; the message has the errors in words. */
public final class SettingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    private final transient List<SettingError> errors;

    /**
     * A refusal.
     *
     * @param errors what is wrong, at least one
     */
    public SettingException(List<SettingError> errors) {
        super(SettingError.texts(errors));
        this.errors = List.copyOf(errors);
    }

    /** {@return what is wrong: at least one error} */
    public List<SettingError> errors() {
        return errors;
    }
}
