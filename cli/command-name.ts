import { ownCommand } from './own-command.js';

/** How the person calls this program, for advice. */
export function commandName(): string {
  return ownCommand(process.argv[1], process.cwd(), process.env['PATH']);
}
