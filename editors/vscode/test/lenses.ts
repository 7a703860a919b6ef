import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestProcess, type Lens } from '../src/lenses';
import { DERIVE, RUN } from '../src/protocol';

const lens = (line: number, command: string, ...words: string[]): Lens => ({
  range: { start: { line } },
  command: { command, arguments: words },
});
const LENSES = [lens(0, RUN, 'u'), lens(12, DERIVE, 'u', 'Second'), lens(3, DERIVE, 'u', 'First')];

test('the process at the cursor or nearest above it is derived', () => {
  assert.equal(nearestProcess(LENSES, 3), 'First');
  assert.equal(nearestProcess(LENSES, 11), 'First');
  assert.equal(nearestProcess(LENSES, 40), 'Second');
});

test('above all processes, the first is derived', () => {
  assert.equal(nearestProcess(LENSES, 1), 'First');
});

test('a script without a process has nothing to derive', () => {
  assert.equal(nearestProcess([lens(0, RUN, 'u'), { range: { start: { line: 2 } } }], 5), undefined);
});
