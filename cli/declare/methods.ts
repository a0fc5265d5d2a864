import { type Command, Option } from 'commander';
import type { MethodName } from '../../domain/methods.js';
import { COMMAND_NAMES, METHOD_COMMANDS, type MethodCommand, type Shortcut } from '../methods/commands.js';
import { examples, wholeNumber } from './arguments.js';
import { runOptions } from './runs.js';

/** A command for each method, equivalent to `run` with a file of that method. */
export function declareMethods(program: Command): void {
  for (const method of COMMAND_NAMES) declareMethod(program, method);
}

function declareMethod(program: Command, method: MethodName): void {
  const {
    description,
    out,
    shortcut,
    examples: lines,
  }: MethodCommand<never> = METHOD_COMMANDS[method] as never;
  const declared = runOptions(
    program
      .command(method)
      .argument('<config>', 'YAML or JSON file; only what deviates from the defaults')
      .description(description),
  );
  if (shortcut) declared.option(shortcut.flags, shortcut.description);
  if (shortcut?.argument) {
    declared.argument(`[${shortcut.argument}]`, `the same as --${shortcut.key}`, wholeNumber);
  }
  if (out) declared.addOption(new Option('--out <path>', out.description).conflicts('detach'));
  declared.addHelpText('after', examples(...lines)).action(async () => {
    const [config, argument] = declared.processedArgs as [string, number?];
    const options = declared.opts();
    const short = shortcut && shortValue(declared, shortcut, argument);
    const set = short === undefined ? options['set'] : [...options['set'], `${shortcut!.key}=${short}`];
    await (await import('../commands/run.js')).run(config, { ...options, set }, method);
  });
}

/** The value of the option or the argument; undefined if neither is given. */
function shortValue(declared: Command, { key }: Shortcut, argument?: number): string | number | undefined {
  const option: string | undefined = declared.opts()[key];
  if (argument !== undefined && option !== undefined && Number(option) !== argument) {
    declared.error(`error: --${key}: received ${option}, and ${argument} as argument; expected one of them`);
  }
  return argument ?? option;
}
