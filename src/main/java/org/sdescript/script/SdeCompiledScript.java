package org.sdescript.script;

import javax.script.CompiledScript;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptException;
import org.sdescript.api.Sde;

/** A script that is parsed once; its kernels are compiled once, too. Several threads may evaluate it. */
final class SdeCompiledScript extends CompiledScript {
    private final SdeScriptEngine engine;
    private final Sde script;

    SdeCompiledScript(SdeScriptEngine engine, Sde script) {
        this.engine = engine;
        this.script = script;
    }

    @Override
    public Object eval(ScriptContext context) throws ScriptException {
        return engine.evaluate(context, run -> run.eval(script));
    }

    @Override
    public ScriptEngine getEngine() {
        return engine;
    }
}
