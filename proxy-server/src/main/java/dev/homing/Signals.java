package dev.homing;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// Operating-system signals such as HUP, which the Java API does not offer.
///
/// `sun.misc.Signal` is exported for everybody by the module jdk.unsupported (JEP 260: a critical
/// internal API that stays until it has a successor). It is looked up by name because javac has no
/// way to silence its warning about that class, and a warning fails our build.
final class Signals {
    private Signals() {}

    /// Runs `action` on a thread of the JVM's own each time the process gets the signal.
    ///
    /// @param name without SIG, such as `HUP`
    /// @return false if this JVM keeps the signal for itself, does not know it, or has no signals
    ///   for programs
    static boolean on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle create =
                    lookup.findConstructor(signal, MethodType.methodType(void.class, String.class));
            MethodHandle handle =
                    lookup.findStatic(
                            signal, "handle", MethodType.methodType(handler, signal, handler));
            MethodHandle run =
                    lookup.findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
                            .bindTo(action);
            Object ours =
                    MethodHandleProxies.asInterfaceInstance(
                            handler, MethodHandles.dropArguments(run, 0, signal));
            handle.invoke(create.invoke(name), ours);
            return true;
        } catch (ReflectiveOperationException | IllegalArgumentException _) {
            return false;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot handle the signal " + name, e);
        }
    }
}
