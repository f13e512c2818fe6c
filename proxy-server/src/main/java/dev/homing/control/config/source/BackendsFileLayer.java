package dev.homing.control.config.source;

import dev.homing.control.config.schema.Schema;
import dev.homing.control.config.value.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts what the files of addresses list behind the backends that their pools have already.
///
/// ```
/// # blank lines and remarks are skipped
/// a=10.0.0.1:4433
/// b=10.0.0.2:4433,weight=2
/// 10.0.0.3:4433,state=draining
/// ```
final class BackendsFileLayer {

    private final Problems problems;

    BackendsFileLayer(Problems problems) {
        this.problems = problems;
    }

    Tree over(Tree tree) {
        Tree filled = tree;
        if (Tree.find(tree, Schema.POOLS)
                instanceof Tree.Mapping(Map<String, Tree.Entry> pools, Where where)) {
            for (Map.Entry<String, Tree.Entry> pool : pools.entrySet()) {
                filled = fill(filled, pool.getKey(), pool.getValue().value());
            }
        }
        return filled;
    }

    private Tree fill(Tree tree, String pool, Tree written) {
        // What is no path, or no value at all, is reported when the key is read.
        if (!(Tree.find(written, Schema.BACKENDS_FILE)
                        instanceof Tree.Scalar(String file, Where where))
                || file.isEmpty()
                || file.indexOf('\0') >= 0) {
            return tree;
        }
        Tree backends = Tree.find(written, Schema.BACKENDS);
        List<Tree> items = new ArrayList<>();
        if (backends instanceof Tree.Sequence(List<Tree> listed, Where at)) {
            items.addAll(listed);
        } else if (backends != null && !(backends instanceof Tree.Nothing)) {
            return tree; // something else stands there, which is reported as that
        }
        Optional<List<Tree>> lines = lines(file, where, pool);
        lines.ifPresent(items::addAll);
        List<Step> path =
                List.of(
                        new Step.Name(Schema.POOLS.name()),
                        new Step.Name(pool),
                        new Step.Name(Schema.BACKENDS.name()));
        return items.isEmpty()
                ? tree
                : Tree.put(tree, path, new Tree.Sequence(items, where), problems);
    }

    /// Empty with a problem added if there is none that could be used.
    private Optional<List<Tree>> lines(String file, Where where, String pool) {
        String key =
                Schema.POOLS.name() + "." + Shown.plain(pool) + "." + Schema.BACKENDS_FILE.name();
        Optional<String> text =
                new FileText(
                                file,
                                new Where.WholeFile(file),
                                key,
                                "file of addresses",
                                "at " + where.text(),
                                problems)
                        .read();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<Tree> backends = new ArrayList<>();
        BackendLine reader = new BackendLine(problems, "each backend has a line of its own.");
        int number = 0;
        for (String line : text.get().split("\r?\n", -1)) {
            number++;
            String backend = line.replaceFirst("#.*", "").strip();
            if (!backend.isEmpty()) {
                int column = line.indexOf(backend) + 1;
                backends.add(reader.read(backend, new Where.InFile(file, number, column)));
            }
        }
        if (backends.isEmpty()) {
            problems.add(
                    new Where.WholeFile(file),
                    key,
                    "lists no backend",
                    "Write one address of a server in each line, for example 10.0.0.1:4433.");
            return Optional.empty();
        }
        return Optional.of(backends);
    }
}
