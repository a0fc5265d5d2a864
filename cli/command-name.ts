import { ownCommand } from './own-command.js';

/** The command that the user called, for messages. */
export function commandName(): string {
  return ownCommand(process.argv[1], process.cwd(), process.env['PATH']);
}
