package dev.homing.bench.report;

import java.util.List;

/// The report as one page that needs nothing else: no script, no font, no picture from elsewhere.
public final class HtmlReport {

    private static final String STYLE =
            """
            :root { color-scheme: light dark; --ours: #2a7f62; --theirs: #8a8f98; --line: #8885; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; font-size: .9rem; }
            th, td { padding: .25rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
            th { font-weight: 600; } .right { text-align: right; white-space: nowrap; }
            .wide { overflow-x: auto; } .remark { font-size: .85rem; opacity: .8; }
            .met { color: #2a7f62; font-weight: 600; } .not-met { color: #c0392b; font-weight: 600; }
            .doubt { border-left: .3rem solid #d68910; padding: .3rem 1rem; background: #d6891018; }
            svg { width: 100%; max-width: 45rem; height: auto; font-size: 13px; }
            svg text { fill: currentColor; } svg path { stroke: currentColor; fill: none; opacity: .7; }
            .ours { fill: var(--ours); } .theirs { fill: var(--theirs); }
            """;

    private final StringBuilder page = new StringBuilder();

    private HtmlReport() {}

    public static String print(Report report) {
        HtmlReport html = new HtmlReport();
        html.append(report);
        return html.page.toString();
    }

    private void append(Report report) {
        page.append("<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\">\n")
                .append("<title>Homing: measurements</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n<h1>Homing: measurements</h1>\n<p><code>")
                .append(Html.text(report.command()))
                .append("</code></p>\n");
        appendDoubts(report.doubts());
        appendTargets(report.targets());
        report.sections().forEach(this::append);
        page.append("<h2>Machine and build</h2>\n<table>\n");
        report.facts()
                .forEach((name, value) ->
                        page.append("<tr><th>")
                                .append(Html.text(name))
                                .append("</th><td>")
                                .append(Html.text(value.toString()))
                                .append("</td></tr>\n"));
        page.append("</table>\n</html>\n");
    }

    private void appendDoubts(List<String> doubts) {
        if (doubts.isEmpty()) {
            page.append("<p>Measured cleanly.</p>\n");
            return;
        }
        page.append(
                "<div class=\"doubt\"><p><b>Not measured cleanly; do not compare these figures:</b></p><ul>\n");
        doubts.forEach(doubt -> page.append("<li>").append(Html.text(doubt)).append("</li>\n"));
        page.append("</ul></div>\n");
    }

    private void appendTargets(List<TargetRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        page.append(
                "<h2>Targets</h2>\n<div class=\"wide\"><table>\n<tr><th>what</th><th class=\"right\">target</th>"
                        + "<th class=\"right\">value</th><th class=\"right\">from … to</th><th>verdict</th></tr>\n");
        for (TargetRow row : rows) {
            page.append("<tr><td>").append(Html.text(row.what()));
            row.remarks()
                    .forEach(remark ->
                            page.append("<div class=\"remark\">")
                                    .append(Html.text(remark))
                                    .append("</div>"));
            page.append("</td>");
            cell(row.target(), true);
            cell(row.valueText(), true);
            cell(row.spreadText(), true);
            page.append("<td class=\"")
                    .append(row.verdict().text().replace(' ', '-'))
                    .append("\">")
                    .append(row.verdictText())
                    .append("</td></tr>\n");
        }
        page.append("</table></div>\n");
    }

    private void append(Section section) {
        page.append("<h2>")
                .append(Html.text(section.title()))
                .append("</h2>\n<p>")
                .append(Html.text(section.note()))
                .append("</p>\n");
        for (Chart chart : section.charts()) {
            page.append("<h3>")
                    .append(Html.text(chart.title() + ", " + chart.unit()))
                    .append("</h3>\n")
                    .append(BarChart.svg(chart));
        }
        page.append("<div class=\"wide\"><table>\n<tr>");
        for (String column : section.columns()) {
            page.append(isRight(column) ? "<th class=\"right\">" : "<th>")
                    .append(Html.text(column.substring(1)))
                    .append("</th>");
        }
        page.append("</tr>\n");
        for (List<String> row : section.rows()) {
            page.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                cell(row.get(i), isRight(section.columns().get(i)));
            }
            page.append("</tr>\n");
        }
        page.append("</table></div>\n");
        if (!section.problems().isEmpty()) {
            page.append("<ul class=\"doubt\">\n");
            section.problems()
                    .forEach(problem ->
                            page.append("<li>").append(Html.text(problem)).append("</li>\n"));
            page.append("</ul>\n");
        }
    }

    private static boolean isRight(String column) {
        return column.charAt(0) == '>';
    }

    private void cell(String text, boolean isRight) {
        page.append(isRight ? "<td class=\"right\">" : "<td>")
                .append(Html.text(text))
                .append("</td>");
    }
}
