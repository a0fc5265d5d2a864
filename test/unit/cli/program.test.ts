import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { createProgram } from '../../../cli/program.js';

const MAIN = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));

function call(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap((inner) => allCommands(inner as Command))];
}

/** Of a command, with the examples that `--help` adds. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => 80 });
  command.outputHelp();
  return text;
}

describe('apprentice', () => {
  it('describes every command, with an example, within 80 columns', () => {
    for (const command of allCommands(createProgram())) {
      const help = helpOf(command);
      assert.ok(command.description().length > 0, command.name());
      const isListing = command.name() === 'list' && command.parent?.name() === 'schedule';
      if (!isListing) assert.match(help, /\n {2}\$ /, `${command.name()} has no example`);
      const tooLong = help.split('\n').filter((line) => line.length > 80);
      assert.deepEqual(tooLong, [], command.name());
    }
  });

  it('has all the commands', () => {
    const names = createProgram().commands.map((command) => command.name());
    const expected = [
      'run follow list show pause resume cancel approve reject schedule',
      'self-training transfer distill extend search gap label-next robustness evaluate',
      'models predict calibration augment data up worker setup doctor demo',
    ];
    assert.deepEqual(names, expected.join(' ').split(' '));
  });

  it('prints help to the standard output and ends with 0', async () => {
    const { code, stdout, stderr } = await call('--help');
    assert.equal(code, 0);
    assert.match(stdout, /First steps:[\s\S]*Exit codes:/);
    assert.equal(stderr, '');
  });

  it('ends wrong usage with 2, and names what was meant', async () => {
    const { code, stdout, stderr } = await call('folow');
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /unknown command 'folow'\n\(Did you mean follow\?\)/);
    assert.equal((await call('list', '--limit', '0')).code, 2);
    assert.equal((await call('list', '--status', 'done')).code, 2);
  });

  it('takes the number of pictures to label behind the file, as --count does', async () => {
    const file = fileURLToPath(new URL('../../../../examples/label-next.yaml', import.meta.url));
    const asked = (...words: string[]) => call('label-next', ...words);
    const [behind, both, word, tooMany] = await Promise.all([
      asked('no-such.yaml', '50'),
      asked('no-such.yaml', '50', '--count', '20'),
      asked('no-such.yaml', 'next.csv'),
      asked(file, '100001'),
    ]);
    assert.match(behind.stderr, /no-such\.yaml.*there is no such file/);
    assert.match(both.stderr, /^error: --count: received 20, and 50 as argument; expected one of them/);
    assert.match(word.stderr, /'next\.csv' is invalid for argument 'n'.*whole number/);
    assert.match(tooMany.stderr, /count: .*100000/);
    assert.deepEqual([both.code, word.code, tooMany.code], [2, 2, 2]);
  });

  it('refuses a file of another method than the command, by the field', async () => {
    const file = fileURLToPath(new URL('../../../../examples/gap.yaml', import.meta.url));
    const { code, stderr } = await call('distill', file);
    assert.equal(code, 2);
    assert.match(stderr, /gap\.yaml.* method: received "gap", expected "distill"/);
  });

  it('ends a wrong configuration with 2, without a stack', async () => {
    const { code, stderr } = await call('run', 'no-such.yaml');
    assert.equal(code, 2);
    assert.match(stderr, /^error: .*no-such\.yaml.*there is no such file/);
    assert.doesNotMatch(stderr, /\n\s+at /);
  });
});
