package dev.homing.observe.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/// What a client gets.
///
/// @param allow the methods that would be understood; empty unless the status is 405
record Answer(HttpResponseStatus status, String contentType, String allow, String body) {

    private static final String PLAIN = "text/plain; charset=utf-8";

    static Answer page(String contentType, String body) {
        return new Answer(HttpResponseStatus.OK, contentType, "", body);
    }

    static Answer plain(HttpResponseStatus status, String body) {
        return new Answer(status, PLAIN, "", body);
    }

    static Answer done(Deed.Done done) {
        return new Answer(
                HttpResponseStatus.valueOf(done.status()), "application/json", "", done.json());
    }

    static Answer failed() {
        return plain(
                HttpResponseStatus.INTERNAL_SERVER_ERROR,
                "this page failed; the reason is in the log\n");
    }

    static Answer notAllowed(String allow) {
        return new Answer(
                HttpResponseStatus.METHOD_NOT_ALLOWED,
                PLAIN,
                allow,
                "only " + allow + (allow.contains(",") ? " are" : " is") + " understood here\n");
    }
}
