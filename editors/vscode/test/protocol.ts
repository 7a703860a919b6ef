import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DERIVATION, DERIVE, RUN, type DerivationAnswer, type DerivationQuery } from '../src/protocol';
import stated from './protocol.json';

// the compiler refuses a name too many or too few here
const query: Record<keyof DerivationQuery, true> = { uri: true, name: true };
const answer: Record<keyof DerivationAnswer, true> = { name: true, text: true, latex: true, json: true, mathml: true };

test('commands and messages have the names that protocol.json states', () => {
  assert.deepEqual({ run: RUN, derive: DERIVE }, stated.commands);
  assert.equal(DERIVATION, stated.derivation.method);
  assert.deepEqual(Object.keys(query), stated.derivation.parameters);
  assert.deepEqual(Object.keys(answer), stated.derivation.result);
});
