package dev.homing.bench.report;

import java.util.Locale;

/// A [Chart] as SVG: a bar to each median, and a line from the smallest to the greatest reading.
///
/// ```
///  label  ▇▇▇▇▇▇▇▇▇▇▇▇├──┤  12.3
/// ```
final class BarChart {

    private static final int LABEL = 150;
    private static final int WIDTH = 720;
    private static final int FIGURE = 90;
    private static final int ROW = 26;
    private static final int BAR = 16;

    private BarChart() {}

    static String svg(Chart chart) {
        double greatest =
                chart.bars().stream().mapToDouble(bar -> bar.value().greatest()).max().orElse(0);
        double scale = greatest > 0 ? (WIDTH - LABEL - FIGURE) / greatest : 0;
        StringBuilder svg = new StringBuilder();
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                        WIDTH,
                        chart.bars().size() * ROW + 4,
                        Html.text(chart.title())));
        int y = 2;
        for (Chart.Bar bar : chart.bars()) {
            double end = LABEL + bar.value().median() * scale;
            double low = LABEL + bar.value().least() * scale;
            double high = LABEL + bar.value().greatest() * scale;
            double middle = y + BAR / 2.0;
            svg.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>"
                                    + "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>"
                                    + "<path d=\"M%.1f %.1fH%.1fM%.1f %.1fv8M%.1f %.1fv8\"/>"
                                    + "<text x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                            LABEL - 8,
                            middle + 4,
                            Html.text(bar.label()),
                            bar.label().startsWith("homing") ? "ours" : "theirs",
                            LABEL,
                            y,
                            Math.max(0, end - LABEL),
                            BAR,
                            low,
                            middle,
                            high,
                            low,
                            middle - 4,
                            high,
                            middle - 4,
                            Math.max(end, high) + 6,
                            middle + 4,
                            Figures.text(bar.value().median())));
            y += ROW;
        }
        return svg.append("</svg>\n").toString();
    }
}
