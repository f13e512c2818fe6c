package dev.homing.demo;

/// How far the demonstration is.
///
/// @param connected clients that have reached a server
/// @param finished clients that are done, well or not
/// @param moved clients whose address has changed
public record DemoProgress(
        int clients,
        int connected,
        int finished,
        int moved,
        long bytesReceived,
        long bytesExpected) {}
