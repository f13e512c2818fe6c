/// What was found, and how it is shown: as a table, as JSON, as a page of HTML, as Markdown.
///
/// A [dev.homing.bench.report.Report] is made of target rows and of sections. Who measures
/// something new makes a [dev.homing.bench.report.Section] of it, and a
/// [dev.homing.bench.report.TargetRow] if there is a target; no page needs to know what it is
/// about.
@NullMarked
package dev.homing.bench.report;

import org.jspecify.annotations.NullMarked;
