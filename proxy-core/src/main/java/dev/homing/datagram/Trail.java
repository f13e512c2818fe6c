package dev.homing.datagram;

import dev.homing.ledger.RouteMethod;
import org.jspecify.annotations.Nullable;

/// What a trace tells of a datagram beside what the kernel needs of it: where it came from and what
/// was decided, noted before its addresses are turned round. Kept up only for what may be recorded.
///
/// One owner at a time, as the datagram it belongs to.
public final class Trail {

    private final Address remote = new Address();
    private final Address local = new Address();
    private int backend;
    private @Nullable RouteMethod method;
    private int idLength;
    private boolean isRemoteClient;

    /// @param remote the client; or the sender, where no client is known
    /// @param local the address that the remote one wrote to, or knows Homing by
    /// @param backend its id, or a negative number
    public void set(Address remote, Address local, boolean isRemoteClient, int backend) {
        this.remote.set(remote);
        this.local.set(local);
        this.isRemoteClient = isRemoteClient;
        this.backend = backend;
        method = null;
        idLength = 0;
    }

    /// @param idLength octets of a short header's connection ID, 0 if nobody knows
    public void setRouted(@Nullable RouteMethod method, int idLength) {
        this.method = method;
        this.idLength = idLength;
    }

    public Address remote() {
        return remote;
    }

    public Address local() {
        return local;
    }

    public boolean isRemoteClient() {
        return isRemoteClient;
    }

    public int backend() {
        return backend;
    }

    public @Nullable RouteMethod method() {
        return method;
    }

    public int idLength() {
        return idLength;
    }
}
