package dev.homing.cid;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A thread's decoders, by pool. A pool whose scheme was exchanged gets a new decoder at its next
/// datagram; that is the only time when this allocates.
///
/// One thread.
public final class CidDecoders {

    private @Nullable CidScheme[] schemes = new @Nullable CidScheme[1];
    private @Nullable CidDecoder[] decoders = new @Nullable CidDecoder[1];

    /// The decoder of a pool's present scheme.
    ///
    /// @param pool its index
    public CidDecoder of(int pool, CidScheme scheme) {
        if (pool < schemes.length && schemes[pool] == scheme) {
            CidDecoder decoder = decoders[pool];
            if (decoder != null) {
                return decoder;
            }
        }
        return exchange(pool, scheme);
    }

    private CidDecoder exchange(int pool, CidScheme scheme) {
        if (pool >= schemes.length) {
            schemes = Arrays.copyOf(schemes, 2 * pool);
            decoders = Arrays.copyOf(decoders, 2 * pool);
        }
        CidDecoder decoder = scheme.newDecoder();
        schemes[pool] = scheme;
        decoders[pool] = decoder;
        return decoder;
    }
}
