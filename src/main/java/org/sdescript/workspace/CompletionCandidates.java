package org.sdescript.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sdescript.ast.CallableKind;
import org.sdescript.check.Constant;
import org.sdescript.display.ValueView;
import org.sdescript.pipeline.Stage;
import org.sdescript.runtime.Callable;
import org.sdescript.runtime.Environment;
import org.sdescript.runtime.FieldAccess;
import org.sdescript.runtime.SlotTable;
import org.sdescript.runtime.Value;
import org.sdescript.syntax.EditorToken;

/** The completions at a spot, with a description of each. */
public final class CompletionCandidates {
    private static final int LONGEST = 64;

    /**
     * @param text the text to insert
     * @param shown the text in the list
     * @param about kind, signature or default
     * @param closed true if a blank may follow at once
     */
    public record Offer(String text, String shown, String about, boolean closed) {
        public Offer(String text, String about) {
            this(text, text, about, false);
        }
    }

    private final Environment names;

    public CompletionCandidates(Environment names) {
        this.names = names;
    }

    public List<Offer> at(CompletionContext spot) {
        List<Offer> all =
                switch (spot) {
                    case CompletionContext.OfCommand command -> commands();
                    case CompletionContext.OfChoice(Command command, String prefix) -> choices(command);
                    case CompletionContext.OfFile(String prefix) -> files(prefix);
                    case CompletionContext.OfField(List<String> owner, String prefix) -> fields(owner);
                    case CompletionContext.OfArgument argument -> arguments(argument);
                    case CompletionContext.OfParameter(var callee, String parameter, String prefix) -> {
                        List<Offer> listed = listed(callee, parameter, Constant::written);
                        yield listed.isEmpty() ? fitting(parameter, prefix) : listed;
                    }
                    case CompletionContext.OfText(var callee, String parameter, String prefix) -> {
                        List<Offer> listed = listed(callee, parameter, Constant::text);
                        yield listed.isEmpty() ? files(prefix) : listed;
                    }
                    case CompletionContext.OfName name -> names();
                };
        return all.stream()
                .filter(offer -> offer.text().startsWith(spot.prefix()))
                .toList();
    }

    private static List<Offer> commands() {
        return Stream.of(Command.values())
                .map(command -> new Offer(":" + command.word(), ":" + command.word(), command.summary(), true))
                .toList();
    }

    private List<Offer> choices(Command command) {
        return switch (command) {
            case DUMP ->
                Stream.of(Stage.values())
                        .map(stage -> new Offer(stage.name(), stage.name(), "", true))
                        .toList();
            case SET ->
                Stream.of("precision", "seed", "device")
                        .map(name -> new Offer(name, name, "", true))
                        .toList();
            case HELP -> names();
            case LOAD, SAVE, RESET, NAMES, TIME, TYPE, QUIT -> List.of();
        };
    }

    /** The files whose path begins with the text; folders end with a slash. */
    private static List<Offer> files(String written) {
        String name = written.startsWith("~/") ? System.getProperty("user.home") + written.substring(1) : written;
        String folder = written.substring(0, written.lastIndexOf('/') + 1);
        String real = name.substring(0, name.lastIndexOf('/') + 1);
        try (Stream<Path> files = Files.list(Path.of(real))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .map(file -> {
                        String end = Files.isDirectory(file) ? "/" : "";
                        return new Offer(folder + file.getFileName() + end, file.getFileName() + end, "", false);
                    })
                    .toList();
        } catch (IOException | RuntimeException unreadable) {
            return List.of();
        }
    }

    private List<Offer> names() {
        List<Offer> offers = new ArrayList<>();
        names.names().stream().sorted().forEach(name -> offers.add(new Offer(name, about(names.find(name)))));
        EditorToken.keywords().forEach(word -> offers.add(new Offer(word, word, "", true)));
        return offers;
    }

    private static String about(Value value) {
        String about = ValueView.brief(value);
        return about.length() <= LONGEST ? about : about.substring(0, LONGEST - 1) + "…";
    }

    private List<Offer> fields(List<String> owner) {
        return value(owner).stream()
                .flatMap(value -> fieldNames(value).stream().map(field -> {
                    Optional<Value> of = field(value, field);
                    return new Offer(field, of.map(CompletionCandidates::about).orElse(""));
                }))
                .toList();
    }

    private static List<String> fieldNames(Value value) {
        return switch (value) {
            case Value.RecordValue(var fields) -> List.copyOf(fields.keySet());
            case Value.TensorLike tensor -> FieldAccess.OF_TENSORS;
            case Value.Extension extension -> extension.fieldNames();
            case Value.Num number -> List.of();
            case Value.Bool bool -> List.of();
            case Value.Text text -> List.of();
            case Value.None none -> List.of();
            case Value.ListValue list -> List.of();
            case Value.FormulaValue formula -> List.of();
        };
    }

    /** A field's value, for records only: other fields may need computation, which completion must not start. */
    private static Optional<Value> field(Value value, String field) {
        return value instanceof Value.RecordValue(var fields)
                ? Optional.ofNullable(fields.get(field))
                : Optional.empty();
    }

    private Optional<Value> value(List<String> path) {
        Optional<Value> value = path.isEmpty() ? Optional.empty() : Optional.ofNullable(names.find(path.getFirst()));
        for (String field : path.subList(Math.min(1, path.size()), path.size())) {
            value = value.flatMap(owner -> switch (owner) {
                case Value.RecordValue(var fields) -> Optional.ofNullable(fields.get(field));
                case Value.Extension extension -> inner(extension, field);
                default -> Optional.empty();
            });
        }
        return value;
    }

    /** The value of a field; empty if it cannot be computed, such as the transition of a process that has none. */
    private static Optional<Value> inner(Value.Extension owner, String field) {
        try {
            return Optional.ofNullable(owner.field(field));
        } catch (RuntimeException refused) {
            return Optional.empty();
        }
    }

    /** The parameters not yet given; also all names once a letter is typed, or if no parameter is left. */
    private List<Offer> arguments(CompletionContext.OfArgument spot) {
        List<Offer> offers = new ArrayList<>();
        value(spot.callee())
                .filter(Callable.class::isInstance)
                .map(Callable.class::cast)
                .ifPresent(callable -> slots(callable, spot.given()).forEach(offers::add));
        if (offers.isEmpty() || !spot.prefix().isEmpty()) {
            offers.addAll(names());
        }
        return offers;
    }

    private static Stream<Offer> slots(Callable callable, Set<String> given) {
        return callable.signature().slots().stream()
                .filter(slot -> !given.contains(slot.name()))
                .filter(slot -> !callable.configuration().containsKey(slot.name()))
                .map(slot -> new Offer(slot.name() + " = ", slot.written(), kept(slot), false));
    }

    private static String kept(SlotTable.Slot slot) {
        return slot.isRequired() ? "required" : "";
    }

    /** The values to which the declaration limits a parameter. */
    private List<Offer> listed(List<String> callee, String parameter, Function<Constant, String> text) {
        return value(callee).stream()
                .filter(Callable.class::isInstance)
                .flatMap(value -> ((Callable) value).signature().slot(parameter).stream())
                .flatMap(slot -> slot.wanted().values().stream())
                .map(text)
                .map(value -> new Offer(value, value, "", true))
                .toList();
    }

    /**
     * For a parameter such as {@code predictor} or {@code corrector}, the names declared as that kind; otherwise every
     * name.
     */
    private List<Offer> fitting(String parameter, String prefix) {
        String wanted = parameter.equals("using") ? CallableKind.SAMPLER.word() : parameter;
        boolean isKind =
                Stream.of(CallableKind.values()).anyMatch(kind -> kind.word().equals(wanted));
        if (!isKind || !prefix.isEmpty()) {
            return names();
        }
        return names().stream()
                .filter(offer -> names.find(offer.text()) instanceof Callable callable
                        && callable.declaredAs()
                                .filter(kind -> kind.word().equals(wanted))
                                .isPresent())
                .toList();
    }
}
