import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { derivationPage } from '../src/derivationPage';

const PAGE = derivationPage({ origin: 'https://own', style: 'https://own/a.css', script: 'https://own/a.js' });

test('the page loads its own style and script, and nothing else', () => {
  assert.match(PAGE, /content="default-src 'none'; style-src https:\/\/own; style-src-attr 'unsafe-inline'; script-src https:\/\/own"/);
  assert.deepEqual(PAGE.match(/(?<=(?:src|href)=")[^"]*/g), ['https://own/a.css', 'https://own/a.js']);
  assert.doesNotMatch(PAGE, /<style|style=|<script>|\son\w+=/);
});

test('the page has the colours of the editor only, so that it is light or dark as the editor is', () => {
  const style = readFileSync('media/derivation.css', 'utf8');
  const colours = [...style.matchAll(/(?<![\w-])(?:color|background):\s*([^;]+);/g)].map(each => each[1] ?? '');
  assert.ok(colours.length >= 4);
  colours.forEach(colour => assert.match(colour, /^var\(--vscode-/));
});
