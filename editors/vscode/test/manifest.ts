import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import manifest from '../package.json';

const SOURCE = readFileSync('src/extension.ts', 'utf8');

test('each command of the manifest is declared by the extension', () => {
  const names = manifest.contributes.commands.map(each => each.command);
  const declared = [...SOURCE.matchAll(/\bcommand\((\w+|'[\w.]+')/g)].map(each => each[1]);
  const constants: Record<string, string> = { RUN: 'sde.run', DERIVE: 'sde.derive' };
  assert.deepEqual(declared.map(each => constants[each ?? ''] ?? each?.slice(1, -1)).sort(), [...names].sort());
});

test('menus name commands of the manifest', () => {
  const names = manifest.contributes.commands.map(each => each.command);
  Object.values(manifest.contributes.menus).flat().forEach(entry => assert.ok(names.includes(entry.command), entry.command));
});

test('the extension starts with the first script only', () => {
  assert.deepEqual(manifest.activationEvents, ['onLanguage:sde']);
});

test('files that are packed exist', () => {
  const packed = readFileSync('.vscodeignore', 'utf8').match(/(?<=^!)(?!dist|LICENSE).*/gm) ?? [];
  assert.ok(packed.length > 5);
  packed.forEach(file => assert.ok(existsSync(file), file));
});

test('locked versions name no registry', () => {
  const lock = readFileSync('package-lock.json', 'utf8');
  assert.match(lock, /"integrity"/);
  assert.doesNotMatch(lock, /"resolved"/);
});

test('versions are exact', () => {
  Object.entries(manifest.devDependencies).forEach(([name, version]) => assert.match(version, /^\d+\.\d+\.\d+$/, name));
});
