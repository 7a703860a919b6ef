package org.sdescript.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sdescript.ast.CallableKind;
import org.sdescript.check.Constant;
import org.sdescript.check.Kind;
import org.sdescript.pipeline.Stage;
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

    private final KnownNames names;
    private final Path folder;

    /** The candidates of a session. */
    public CompletionCandidates(Workspace workspace) {
        this(new SessionNames(workspace.names(), workspace.manual()), Path.of(""));
    }

    /** @param folder the folder from which relative names of files are resolved */
    public CompletionCandidates(KnownNames names, Path folder) {
        this.names = names;
        this.folder = folder;
    }

    public List<Offer> at(CompletionContext spot) {
        List<Offer> all =
                switch (spot) {
                    case CompletionContext.OfCommand command -> commands();
                    case CompletionContext.OfChoice(Command command, String prefix) -> choices(command, prefix);
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
                    case CompletionContext.OfName(String prefix) -> names(prefix);
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

    private List<Offer> choices(Command command, String prefix) {
        return switch (command) {
            case DUMP ->
                Stream.of(Stage.values())
                        .map(stage -> new Offer(stage.name(), stage.name(), "", true))
                        .toList();
            case SET ->
                Stream.of("precision", "seed", "device")
                        .map(name -> new Offer(name, name, "", true))
                        .toList();
            case HELP -> names(prefix);
            case LOAD, SAVE, RESET, NAMES, TIME, TYPE, QUIT -> List.of();
        };
    }

    /** The files whose path begins with the text; folders end with a slash. */
    private List<Offer> files(String written) {
        String name = written.startsWith("~/") ? System.getProperty("user.home") + written.substring(1) : written;
        String parent = written.substring(0, written.lastIndexOf('/') + 1);
        String real = name.substring(0, name.lastIndexOf('/') + 1);
        try (Stream<Path> files = Files.list(folder.resolve(real))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .map(file -> {
                        String end = Files.isDirectory(file) ? "/" : "";
                        return new Offer(parent + file.getFileName() + end, file.getFileName() + end, "", false);
                    })
                    .toList();
        } catch (IOException | RuntimeException unreadable) {
            return List.of();
        }
    }

    /** The names and words that begin with a prefix; only these are described. */
    private List<Offer> names(String prefix) {
        List<Offer> offers = new ArrayList<>();
        names.names().stream()
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .forEach(name -> offers.add(new Offer(name, shortened(names.about(name)))));
        EditorToken.keywords().forEach(word -> offers.add(new Offer(word, word, "", true)));
        return offers;
    }

    private static String shortened(String about) {
        return about.length() <= LONGEST ? about : about.substring(0, LONGEST - 1) + "…";
    }

    private List<Offer> fields(List<String> owner) {
        return names.fields(owner).stream()
                .map(field -> new Offer(field.name(), shortened(field.about())))
                .toList();
    }

    /** The parameters not yet given; also all names once a letter is typed, or if no parameter is left. */
    private List<Offer> arguments(CompletionContext.OfArgument spot) {
        List<Offer> offers = names.parameters(spot.callee()).stream()
                .filter(parameter -> !parameter.configured())
                .filter(parameter -> !spot.given().contains(parameter.name()))
                .map(parameter -> new Offer(
                        parameter.name() + " = ", parameter.written(), parameter.required() ? "required" : "", false))
                .collect(Collectors.toCollection(ArrayList::new));
        if (offers.isEmpty() || !spot.prefix().isEmpty()) {
            offers.addAll(names(spot.prefix()));
        }
        return offers;
    }

    /** The values to which the declaration limits a parameter. */
    private List<Offer> listed(List<String> callee, String parameter, Function<Constant, String> text) {
        return names.parameters(callee).stream()
                .filter(known -> known.name().equals(parameter))
                .flatMap(known -> known.values().stream())
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
        Optional<Kind> kind = Stream.of(CallableKind.values())
                .filter(declared -> declared.word().equals(wanted))
                .map(Kind::of)
                .findFirst();
        if (kind.isEmpty() || !prefix.isEmpty()) {
            return names(prefix);
        }
        return names(prefix).stream()
                .filter(offer -> names.kind(offer.text()).equals(kind))
                .toList();
    }
}
