package dev.homing.control.config.source;

import dev.homing.control.config.value.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// From YAML 1.2 to a [Tree]. Scalars keep their text, whatever type YAML would give them:
/// `hash-key: 00112233…` is not a number, and `off` is a word.
final class YamlText {

    /// Aliases can make a small text mean a huge tree; 16 000 backends with every key are 150 000
    /// parts.
    private static final int MOST_PARTS = 1_000_000;

    /// `[::1]:443` and `*:443` begin a list and an alias in YAML.
    private static final Pattern UNQUOTED_ADDRESS =
            Pattern.compile("(?:[:-] +)(\\[[0-9A-Fa-f:.%]*\\]:[0-9-]+|\\*:[0-9-]+)");

    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

    private final String file;
    private final Problems problems;
    private int parts;

    YamlText(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /// Empty if the text as a whole is of no use, with a problem added.
    Optional<Tree> read(String text) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setSchema(new CoreSchema())
                        .setCodePointLimit(Integer.MAX_VALUE)
                        .setMaxAliasesForCollections(MOST_PARTS)
                        .setAllowNonScalarKeys(true)
                        .build();
        try {
            Composer documents =
                    new Composer(
                            settings,
                            new ShallowParser(settings, new StreamReader(settings, text)));
            if (!documents.hasNext()) {
                problems.add(
                        new Where.WholeFile(file),
                        "",
                        "is empty",
                        "Write listeners and pools into it, or leave out the file and use --listen and --backend.");
                return Optional.empty();
            }
            Node root = documents.next();
            if (documents.hasNext()) {
                problems.add(
                        where(documents.next().getStartMark()),
                        "",
                        "begins a second document",
                        "Remove the line --- and keep one configuration in the file.");
                return Optional.empty();
            }
            return convert(root);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            String context =
                    e.getContext() == null || e.getContext().isEmpty() ? "" : e.getContext() + ", ";
            problems.add(
                    where(mark),
                    "",
                    "is not YAML: " + oneLine(context + e.getProblem()),
                    remedy(text, mark));
        } catch (YamlEngineException e) {
            problems.add(
                    new Where.WholeFile(file),
                    "",
                    "is not YAML: " + oneLine(String.valueOf(e.getMessage())),
                    "Correct the syntax.");
        }
        return Optional.empty();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").replaceAll("\\.$", "");
    }

    private static String remedy(String text, Optional<Mark> mark) {
        int lineNumber = mark.map(Mark::getLine).orElse(0);
        String line = text.lines().skip(lineNumber).findFirst().orElse("");
        var address = UNQUOTED_ADDRESS.matcher(line);
        return address.find()
                ? "Put the address in quotes: \"" + address.group(1) + "\"."
                : "Correct the syntax at this place.";
    }

    /// Empty for a part that cannot be used; the problem is added and the rest goes on.
    private Optional<Tree> convert(Node node) {
        if (++parts > MOST_PARTS) {
            if (parts == MOST_PARTS + 1) {
                problems.add(
                        where(node.getStartMark()),
                        "",
                        "is more than " + MOST_PARTS + " values when all aliases are followed",
                        "Use fewer aliases.");
            }
            return Optional.empty();
        }
        Where where = where(node.getStartMark());
        if (node.isRecursive()) {
            problems.add(where, "", "contains itself", "Remove the alias that leads back here.");
            return Optional.empty();
        }
        if (!PLAIN_TAGS.contains(node.getTag())) {
            problems.add(
                    where,
                    "",
                    "has the tag " + Shown.value(node.getTag().getValue()),
                    "Remove the tag: values are plain.");
        }
        return switch (node) {
            case ScalarNode scalar ->
                    Optional.of(
                            scalar.getTag().equals(Tag.NULL)
                                    ? new Tree.Nothing(where)
                                    : new Tree.Scalar(scalar.getValue(), where));
            case SequenceNode sequence -> {
                List<Tree> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    convert(item).ifPresent(items::add);
                }
                yield Optional.of(new Tree.Sequence(List.copyOf(items), where));
            }
            case MappingNode mapping -> Optional.of(convert(mapping, where));
            default -> throw new AssertionError("a composed node is one of three: " + node);
        };
    }

    private Tree convert(MappingNode mapping, Where where) {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Where keyWhere = where(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                problems.add(
                        keyWhere,
                        "",
                        "is a list or section in the place of a key",
                        "Write a word.");
                continue;
            }
            String key = scalar.getValue();
            Tree.Entry first = entries.get(key);
            if (first != null) {
                problems.add(
                        keyWhere,
                        "",
                        "the key "
                                + Shown.value(key)
                                + " stands here a second time, after "
                                + first.keyWhere().text(),
                        "Remove one of the two.");
                continue;
            }
            convert(tuple.getValueNode())
                    .ifPresent(value -> entries.put(key, new Tree.Entry(keyWhere, value)));
        }
        return new Tree.Mapping(entries, where);
    }

    private Where where(Optional<Mark> mark) {
        return mark.<Where>map(at -> new Where.InFile(file, at.getLine() + 1, at.getColumn() + 1))
                .orElseGet(() -> new Where.WholeFile(file));
    }
}
