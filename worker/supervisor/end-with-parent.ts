/**
 * Runs any program as a child that ends when the process that started this one ends, however that ends: also when it
 * is killed.
 *
 *   node end-with-parent.js EXECUTABLE ARGUMENT…
 */
import { spawn } from 'node:child_process';

const KILL_AFTER_MS = 5_000;

// The program is the private server: its database is for its owner alone.
process.umask(0o077);
const [executable, ...args] = process.argv.slice(2);
if (!executable) throw new Error('end-with-parent: received no program, expected its path and arguments');
// The child stays in this process group, not the terminal's: a Ctrl-C there doesn't reach it.
const program = spawn(executable, args, { stdio: 'inherit' });

function end(): void {
  program.kill('SIGTERM');
  setTimeout(() => program.kill('SIGKILL'), KILL_AFTER_MS).unref();
}

process.on('SIGTERM', end);
process.on('SIGINT', end);
process.on('disconnect', end);
if (!process.connected) end();
program.once('spawn', () => process.send?.({ pid: program.pid }));
program.once('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
program.once('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
