import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry, type IGrammar } from 'vscode-textmate';

/** `ACCEPT=true npm test` writes the expected files. */
const ACCEPT = process.env['ACCEPT'] === 'true';
const GRAMMAR = 'syntaxes/sde.tmLanguage.json';
const CASES = 'test/grammar';
const EXAMPLES = '../../examples';

let loaded: Promise<IGrammar> | undefined;

function grammar(): Promise<IGrammar> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<IGrammar> {
  await loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: () => Promise.resolve(parseRawGrammar(readFileSync(GRAMMAR, 'utf8'), GRAMMAR)),
  });
  const found = await registry.loadGrammar('source.sde');
  assert.ok(found);
  return found;
}

function lines(file: string): string[] {
  return readFileSync(file, 'utf8').split(/\r?\n/);
}

/** Returns each line of a script with the scopes of its words below; text without a scope is left out. */
async function coloured(file: string): Promise<string> {
  let state = INITIAL;
  const out: string[] = [];
  for (const line of lines(file)) {
    const found = (await grammar()).tokenizeLine(line, state);
    state = found.ruleStack;
    out.push(`> ${line}`);
    for (const { startIndex, endIndex, scopes } of found.tokens) {
      const word = line.slice(startIndex, endIndex).trim();
      if (word !== '' && scopes.length > 1) {
        out.push(`    ${word}  ${scopes.slice(1).join(' ')}`);
      }
    }
  }
  return `${out.join('\n').trimEnd()}\n`;
}

for (const name of readdirSync(CASES).filter(each => each.endsWith('.sde')).sort()) {
  test(`the words of ${name} have the expected colours`, async () => {
    const found = await coloured(`${CASES}/${name}`);
    const expected = `${CASES}/${name.replace(/sde$/, 'scopes')}`;
    if (ACCEPT) {
      writeFileSync(expected, found);
    }
    assert.equal(found, readFileSync(expected, 'utf8').replaceAll('\r\n', '\n'));
  });
}

test('a string or comment colours its own line only, in each example', async () => {
  const examples = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter(each => each.endsWith('.sde'));
  assert.ok(examples.length > 5);
  for (const example of examples) {
    let state = INITIAL;
    for (const [index, line] of lines(`${EXAMPLES}/${example}`).entries()) {
      state = (await grammar()).tokenizeLine(line, state).ruleStack;
      assert.equal(state.depth, 1, `${example}:${index + 1}`);
    }
  }
});
