// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.discovery.settings;

import org.ippan.network.api.settings.Setting;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What an operator may write about the search in a file. */
@ObjectClassDefinition(id = "org.ippan.network.discovery.FileConfig", name = "ippan-network discovery: file",
        description = "Reads addresses of peers from a file that other programs write.")
public @interface FileConfig {

    String PID = "org.ippan.network.discovery.file";

    String PATH = "The file: UTF-8, at most 1 MiB, in each line an address like host:port or host:port#peerId; what"
            + " follows a # at the beginning of a line or after a space is a comment. Empty: nothing is read.";
    String POLL = "Time between two looks at the file. Higher: less work. Lower: changes are seen sooner.";

    @AttributeDefinition(name = "Path", description = PATH)
    @Setting(text = PATH)
    String path() default "";

    @AttributeDefinition(name = "Poll (seconds)", description = POLL, min = "1", max = "3600")
    @Setting(text = POLL, unit = "seconds", min = "1", max = "3600")
    int pollSeconds() default 2;

    @AttributeDefinition(name = "Most addresses", description = Texts.MAX_ADDRESSES, min = "1", max = "1000")
    @Setting(text = Texts.MAX_ADDRESSES, unit = "addresses", min = "1", max = "1000")
    int maxAddresses() default 64;

    @AttributeDefinition(name = "Loopback addresses", description = Texts.ALLOW_LOOPBACK)
    @Setting(text = Texts.ALLOW_LOOPBACK)
    boolean allowLoopback() default false;

    @AttributeDefinition(name = "Private addresses", description = Texts.ALLOW_PRIVATE)
    @Setting(text = Texts.ALLOW_PRIVATE, guards = true)
    boolean allowPrivate() default true;
}
