package dev.homing.observe.http;

/// The two texts that Prometheus reads, and the choice between them.
enum MetricsFormat {
    TEXT("text/plain; version=0.0.4; charset=utf-8", "text/plain"),
    OPEN_METRICS(
            "application/openmetrics-text; version=1.0.0; charset=utf-8",
            "application/openmetrics-text");

    private final String contentType;
    private final String mediaType;

    MetricsFormat(String contentType, String mediaType) {
        this.contentType = contentType;
        this.mediaType = mediaType;
    }

    String contentType() {
        return contentType;
    }

    /// OpenMetrics for those who ask for it at least as much as for plain text.
    ///
    /// @param accept the header of that name, empty if there is none
    static MetricsFormat preferredBy(String accept) {
        double openMetrics = weight(accept, OPEN_METRICS.mediaType);
        return openMetrics > 0 && openMetrics >= weight(accept, TEXT.mediaType)
                ? OPEN_METRICS
                : TEXT;
    }

    /// RFC 9110 section 12.4.2: the q of a media type is from 0 to 1, and 1 if it is not given.
    private static double weight(String accept, String mediaType) {
        double best = 0;
        for (String range : accept.split(",", -1)) {
            String[] parts = range.split(";", -1);
            if (!parts[0].strip().equalsIgnoreCase(mediaType)) {
                continue;
            }
            double q = 1;
            for (int i = 1; i < parts.length; i++) {
                String parameter = parts[i].strip();
                if (parameter.matches("[qQ]=[01](\\.[0-9]{0,3})?")) {
                    q = Double.parseDouble(parameter.substring(2));
                }
            }
            best = Math.max(best, q);
        }
        return best;
    }
}
