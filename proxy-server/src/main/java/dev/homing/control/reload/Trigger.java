package dev.homing.control.reload;

/// Why the configuration is read again.
public enum Trigger {
    /// The signal HUP.
    HUP,
    /// A request at the admin address.
    REQUEST,
    /// A file that the configuration came from has other contents.
    FILES,
    /// A name of a backend has other addresses.
    NAMES
}
