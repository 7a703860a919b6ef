package org.sdescript.script;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import org.jspecify.annotations.Nullable;
import org.sdescript.runtime.Version;

/**
 * Registers the engine in {@code javax.script}: the names {@code sde} and {@code sdescript}, the file extension
 * {@code .sde}.
 *
 * <pre>{@code
 * ScriptEngineFactory factory = new ScriptEngineManager().getEngineByExtension("sde").getFactory();
 * String program = factory.getProgram(factory.getOutputStatement("hello"));
 * factory.getScriptEngine().eval(program);
 * }</pre>
 */
public final class SdeScriptEngineFactory implements ScriptEngineFactory {

    @Override
    public String getEngineName() {
        return "sde";
    }

    @Override
    public String getEngineVersion() {
        return Version.current();
    }

    @Override
    public List<String> getExtensions() {
        return List.of("sde");
    }

    @Override
    public List<String> getMimeTypes() {
        return List.of("text/x-sde");
    }

    @Override
    public List<String> getNames() {
        return List.of("sde", "sdescript");
    }

    @Override
    public String getLanguageName() {
        return "sde";
    }

    @Override
    public String getLanguageVersion() {
        return Version.current();
    }

    /** Declares that several threads may use one engine: the engine runs their calls one after the other. */
    @Override
    public @Nullable Object getParameter(String key) {
        return switch (key) {
            case ScriptEngine.NAME, ScriptEngine.LANGUAGE -> "sde";
            case ScriptEngine.ENGINE -> getEngineName();
            case ScriptEngine.ENGINE_VERSION -> getEngineVersion();
            case ScriptEngine.LANGUAGE_VERSION -> getLanguageVersion();
            case "THREADING" -> "MULTITHREADED";
            default -> null;
        };
    }

    @Override
    public String getMethodCallSyntax(String object, String method, String... arguments) {
        return object + "." + method + Arrays.stream(arguments).collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public String getOutputStatement(String text) {
        return "print(\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("{", "\\{") + "\")";
    }

    @Override
    public String getProgram(String... statements) {
        return String.join("\n", statements) + "\n";
    }

    @Override
    public ScriptEngine getScriptEngine() {
        return new SdeScriptEngine(this);
    }
}
