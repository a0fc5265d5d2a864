// @ts-check
import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../command.mjs';
import { watchingSize } from '../folder-size.mjs';
import { sizeText } from '../quantities.mjs';
import { messageOf, SetupError } from '../setup-error.mjs';
import { replaceFolder } from '../temporary-folder.mjs';
import { findGo } from '../toolchain.mjs';
import { parseServerVersion } from './server-version.mjs';

/**
 * @typedef {import('../steps/step.mjs').Context} Context
 * @typedef {import('../progress.mjs').Line} Line
 */

/** The last release whose module can be installed by its name; later ones replace dependencies. */
const MODULE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';
/** Number of Go packages that it is compiled from, for the progress. */
const ABOUT_PACKAGES = 1300;
/** A download without new bytes for this long is cancelled. */
const SILENCE_MS = 20_000;
const DOWNLOAD_MS = 600_000;
const COMPILE_MS = 1_800_000;

/**
 * Puts the Temporal CLI at `target`: downloaded by the SDK, else compiled from source with Go.
 *
 * @param {string} target
 * @param {Context} context
 * @param {Line} line
 */
export async function fetchServer(target, context, line) {
  await replaceFolder(dirname(target), async (temporary) => {
    const output = join(temporary, basename(target));
    const downloadProblem = await download(output, context, line).then(
      () => undefined,
      (error) => messageOf(error),
    );
    if (downloadProblem !== undefined) await compile(output, context, line, downloadProblem);
    await checkServer(output, context.environment);
  });
}

/**
 * @param {string} output
 * @param {Context} context
 * @param {Line} line
 */
async function download(output, { project, environment }, line) {
  const activity = 'downloading the Temporal CLI';
  line.doing(activity);
  const folder = `${output}-download`;
  await mkdir(folder);
  const silence = new AbortController();
  let size = 0;
  let grewAt = Date.now();
  /** @param {number} bytes */
  const onSize = (bytes) => {
    if (bytes > size) {
      size = bytes;
      grewAt = Date.now();
      line.doing(activity, sizeText(bytes));
    } else if (Date.now() - grewAt > SILENCE_MS) {
      silence.abort(new Error(`no data for ${SILENCE_MS / 1000} s`));
    }
  };
  const script = fileURLToPath(new URL('./download-with-sdk.mjs', import.meta.url));
  try {
    await watchingSize(folder, onSize, () =>
      runCommand(process.execPath, [script, project.root, folder], {
        environment,
        timeoutMs: DOWNLOAD_MS,
        signal: silence.signal,
      }),
    );
    const [file] = await readdir(folder);
    if (!file) throw new SetupError(`The SDK reported success but left nothing in ${folder}.`);
    await rename(join(folder, file), output);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} output
 * @param {Context} context
 * @param {Line} line
 * @param {string} downloadProblem
 */
async function compile(output, { environment }, line, downloadProblem) {
  const go = await findGo(environment);
  if (!go) throw new SetupError(noServerMessage(downloadProblem));
  const activity = 'the download failed, so compiling it with Go';
  line.doing(activity);
  let compiled = 0;
  let downloaded = 0;
  try {
    await runCommand(go.path, ['install', '-v', '-ldflags=-s -w', MODULE], {
      // Without cgo it needs no C compiler, and runs on any Linux.
      environment: { ...environment, GOBIN: dirname(output), CGO_ENABLED: '0', GOOS: '', GOARCH: '' },
      timeoutMs: COMPILE_MS,
      isNoise: isGoProgress,
      onLine(said) {
        if (!isGoProgress(said)) return;
        if (said.startsWith('go: downloading')) line.doing(activity, `${++downloaded} modules fetched`);
        else line.doing(activity, `${++compiled} of about ${ABOUT_PACKAGES} packages`);
      },
    });
  } catch (error) {
    throw new SetupError(`${messageOf(error)}\n\n${noServerMessage(downloadProblem)}`, { cause: error });
  }
  await chmod(output, 0o755);
}

/** @param {string} said by `go install -v`: a fetched module, or the name of a compiled package */
function isGoProgress(said) {
  return said.startsWith('go: downloading ') || /^[\w.~/-]+$/.test(said);
}

/**
 * @param {string} path
 * @param {NodeJS.ProcessEnv} environment
 */
async function checkServer(path, environment) {
  const said = await runCommand(path, ['--version'], { environment, timeoutMs: 60_000 });
  if (!parseServerVersion(said)?.isRecentEnough) {
    throw new SetupError(
      `The installed Temporal CLI reports "${said}", which is not the expected version text.`,
    );
  }
}

/** @param {string} downloadProblem */
function noServerMessage(downloadProblem) {
  return [
    'The Temporal server could not be installed.',
    `  - The SDK's download failed: ${lastCause(downloadProblem)}`,
    '  - Compiling it needs Go 1.21 or later on PATH, and access to a Go module proxy.',
    'Do one of these:',
    '    install the Temporal CLI, so that `temporal` is on PATH (docs.temporal.io/cli), or',
    '    set APPRENTICE_TEMPORAL to the path of a Temporal CLI, or',
    '    install Go (go.dev/doc/install); set-up then compiles the CLI itself.',
    'Then run the same command again.',
  ].join('\n');
}

/**
 * @param {string} problem the output of the download process
 * @returns {string} the last cause of its chain of causes, "…: a (address): b: c"
 */
function lastCause(problem) {
  const [first = ''] = problem.split('\n');
  const reason = problem.split('\n').find((line) => /^\s*\[?\w*Error: /.test(line)) ?? first;
  return reason.trim().replace(/\]$/, '').split('): ').at(-1) ?? reason;
}
