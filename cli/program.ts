import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { declareImages } from './declare/images.js';
import { declareMethods } from './declare/methods.js';
import { declareModels } from './declare/models.js';
import { declareProcesses } from './declare/processes.js';
import { declareRuns } from './declare/runs.js';
import { declareSchedules } from './declare/schedules.js';
import { declareSteering } from './declare/steering.js';
import { EXIT_HELP } from './exit-codes.js';
import { write } from './streams.js';

const ENVIRONMENT_HELP = `
Environment:
  APPRENTICE_HOME     folder of private server and store (default: .apprentice)
  APPRENTICE_STORE    folder of the artifacts; may be shared by machines
  TEMPORAL_ADDRESS    your own Temporal server; also TEMPORAL_PROFILE …
  APPRENTICE_DEBUG=1  prints stack traces of errors
  NO_COLOR=1          no colours`;

const FIRST_STEPS = `
First steps:
  $ apprentice demo                       a complete run on example pictures
  $ apprentice up                         start server and workers; keep running
  $ apprentice run my-images.yaml         train on your own pictures
  $ apprentice predict my-images cat.png  use the trained model`;

/** Declares all commands without loading their code. */
export function createProgram(): Command {
  const program = new Command('apprentice')
    .description('Durable image classification from few labelled and many unlabelled pictures.')
    .version(version(), '-V, --version')
    .helpCommand('help [command]', 'help about a command')
    .configureHelp({ showGlobalOptions: false })
    // A wrong argument is shown as it was received.
    .configureOutput({
      writeOut: (text) => write(process.stdout, text),
      writeErr: (text) => write(process.stderr, text),
    })
    .showHelpAfterError('(see apprentice help COMMAND)')
    .addHelpText('after', `${FIRST_STEPS}\n${ENVIRONMENT_HELP}\n${EXIT_HELP}`)
    // Throws errors, so that report-error.ts sets all exit codes.
    .exitOverride();
  program.commandsGroup('Runs:');
  declareRuns(program);
  declareSteering(program);
  declareSchedules(program);
  program.commandsGroup('Methods:');
  declareMethods(program);
  program.commandsGroup('Models:');
  declareModels(program);
  program.commandsGroup('Pictures:');
  declareImages(program);
  program.commandsGroup('Processes:');
  declareProcesses(program);
  return program;
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
