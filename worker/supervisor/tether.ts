/**
 * Ties a program that knows nothing of us to the life of the process that started this one, however that ends.
 *
 *   node tether.js EXECUTABLE ARGUMENT…
 */
import { spawn } from 'node:child_process';

const INSIST_MS = 5_000;

const [executable, ...args] = process.argv.slice(2);
if (!executable) throw new Error('tether: received no program, expected its path and arguments');
// In this process group, which is not the terminal's: a Ctrl-C there doesn't reach it.
const program = spawn(executable, args, { stdio: 'inherit' });

function end(): void {
  program.kill('SIGTERM');
  setTimeout(() => program.kill('SIGKILL'), INSIST_MS).unref();
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
