// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.zstd;

import org.ippan.network.api.codec.PayloadCodec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Publishes zstd. Where the native library does not load, activation fails and there is no such codec. */
@Component(service = PayloadCodec.class, immediate = true)
public final class ZstdComponent extends ZstdCodec {

    @Activate
    public ZstdComponent() {
        newWorker().close();
    }
}
