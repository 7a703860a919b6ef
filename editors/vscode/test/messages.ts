import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missing, unusable } from '../src/messages';

test('a missing program is named with the place of the search', () => {
  assert.equal(missing('sde'), 'There is no program sde on the PATH. Install sde, or set sde.path to the program.');
  assert.equal(missing(' '), missing('sde'));
  assert.equal(missing('/opt/sde'), 'There is no program /opt/sde. Install sde, or set sde.path to the program.');
});

test('a program without a language server is named with its version', () => {
  assert.equal(
    unusable('/bin/sde', { kind: 'old', version: '0.1.0' }),
    'sde 0.1.0 (/bin/sde) has no language server. Install a newer sde, or set sde.path to one.',
  );
});

test('a program that does not start is named with the reason', () => {
  assert.equal(
    unusable('/bin/sde', { kind: 'broken', reason: 'no JDK 21 or newer was found.' }),
    '/bin/sde could not be started: no JDK 21 or newer was found. Repair it, or set sde.path to another sde.',
  );
});
