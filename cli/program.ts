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

const ENVIRONMENT_HELP = `
Environment:
  APPRENTICE_HOME     folder of private server and store (default: .apprentice)
  APPRENTICE_STORE    folder of the artifacts, if elsewhere; shared by machines
  TEMPORAL_ADDRESS    a Temporal server of yours; also TEMPORAL_PROFILE …
  APPRENTICE_DEBUG=1  shows where errors come from
  NO_COLOR=1          no colours`;

const FIRST_STEPS = `
First steps:
  $ apprentice demo                       see a whole run
  $ apprentice up                         a server and workers; leave it running
  $ apprentice run my-images.yaml         train on pictures of yours
  $ apprentice predict my-images cat.png  use what was learned`;

/** All commands, none of their work loaded. */
export function createProgram(): Command {
  const program = new Command('apprentice')
    .description('Learns from few labelled pictures and many unlabelled ones, durably.')
    .version(version(), '-V, --version')
    .helpCommand('help [command]', 'help about a command')
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError('(apprentice help COMMAND shows how)')
    .addHelpText('after', `${FIRST_STEPS}\n${ENVIRONMENT_HELP}\n${EXIT_HELP}`)
    // Errors are thrown, so that all exit codes are decided in one place.
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
