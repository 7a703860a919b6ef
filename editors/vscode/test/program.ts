import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandLine, examine, findProgram, type Finished, type Machine } from '../src/program';

function unix(...programs: string[]): Machine {
  return {
    platform: 'linux',
    home: '/home/me',
    env: { PATH: 'bin:/usr/bin:/opt/sde/bin' },
    folders: ['/work/one', '/work/two'],
    isProgram: file => programs.includes(file),
  };
}

function windows(...programs: string[]): Machine {
  return {
    platform: 'win32',
    home: 'C:\\Users\\me',
    env: { Path: 'C:\\Windows;C:\\sde\\bin' },
    folders: ['D:\\scripts'],
    isProgram: file => programs.includes(file),
  };
}

test('a name is searched on the PATH, in its order', () => {
  assert.equal(findProgram('sde', unix('/opt/sde/bin/sde', '/usr/bin/sde')), '/usr/bin/sde');
  assert.equal(findProgram('', unix('/opt/sde/bin/sde')), '/opt/sde/bin/sde');
  assert.equal(findProgram('sde', unix()), undefined);
});

test('relative folders of the PATH are left out, since a workspace could put a program there', () => {
  assert.equal(findProgram('sde', unix('bin/sde', '/work/one/bin/sde')), undefined);
});

test('a path is taken as it is, below the home folder or below a folder that is open', () => {
  assert.equal(findProgram('/a b/sde', unix('/a b/sde')), '/a b/sde');
  assert.equal(findProgram('/a b/sde', unix('/usr/bin/sde')), undefined);
  assert.equal(findProgram('~/sde/sde', unix('/home/me/sde/sde')), '/home/me/sde/sde');
  assert.equal(findProgram('${workspaceFolder}/../sde', unix('/work/sde')), '/work/sde');
  assert.equal(findProgram('./sde', unix('/work/two/sde', '/usr/bin/sde')), '/work/two/sde');
  assert.equal(findProgram('bin/sde', unix('/work/two/bin/sde')), '/work/two/bin/sde');
});

test('on Windows, endings of programs are tried and Path is read in any case', () => {
  assert.equal(findProgram('sde', windows('C:\\sde\\bin\\sde.bat')), 'C:\\sde\\bin\\sde.bat');
  assert.equal(findProgram('~\\sde.bat', windows('C:\\Users\\me\\sde.bat')), 'C:\\Users\\me\\sde.bat');
  assert.equal(findProgram('${workspaceFolder}/bin/sde', windows('D:\\scripts\\bin\\sde.exe')), 'D:\\scripts\\bin\\sde.exe');
});

test('a batch file is run by a shell, which needs quotation marks around spaces', () => {
  assert.deepEqual(commandLine('C:\\my sde\\sde.bat', ['run', 'a b.sde'], 'win32'), {
    command: '"C:\\my sde\\sde.bat"',
    args: ['run', '"a b.sde"'],
    shell: true,
  });
  assert.deepEqual(commandLine('/my sde/sde', ['run', 'a b.sde'], 'linux'), {
    command: '/my sde/sde',
    args: ['run', 'a b.sde'],
    shell: false,
  });
});

const answers = (server: Finished, version: Finished) => (args: string[]) =>
  Promise.resolve(args[0] === 'lsp' ? server : version);
const UNKNOWN = { status: 2, output: 'sde: there is no command lsp' };

test('a program with a language server is ready', async () => {
  const found = await examine(answers({ status: 0, output: 'Usage: sde lsp' }, UNKNOWN));
  assert.deepEqual(found, { kind: 'ready' });
});

test('a program that knows its version but has no language server is too old', async () => {
  const found = await examine(answers(UNKNOWN, { status: 0, output: 'sde 0.1.0\n' }));
  assert.deepEqual(found, { kind: 'old', version: '0.1.0' });
});

test('a program that does not start gives its reason', async () => {
  const nojava = { status: 2, output: '\nsde: no JDK 21 or newer was found.\nmore\n' };
  assert.deepEqual(await examine(answers(nojava, nojava)), { kind: 'broken', reason: 'sde: no JDK 21 or newer was found.' });
  const nothing = { status: undefined, output: '' };
  assert.deepEqual(await examine(answers(nothing, nothing)), { kind: 'broken', reason: 'it does not start' });
  const other = { status: 0, output: 'another program' };
  assert.deepEqual(await examine(answers({ status: 1, output: '' }, other)), { kind: 'broken', reason: 'another program' });
});
