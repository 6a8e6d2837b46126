import { resolve } from 'node:path';
import type { Role } from '@wirebook/api';
import { createSystemClock, createSystemIds } from '@wirebook/engine';
import { openAppStore } from '@wirebook/store';
import { createSystemSecrets } from '../auth/system-random.ts';
import { createUsers } from '../auth/users.ts';
import { parseRequestBody } from '../http/parse-request.ts';
import { toSignInLink } from '../web-server.ts';
import { findAppStore } from './app-files.ts';
import type { CommandIo } from './command-io.ts';
import { exitCodes } from './exit-codes.ts';

export type UserCommand =
  | { readonly do: 'list' }
  | { readonly do: 'add'; readonly name: string; readonly role: Role }
  | { readonly do: 'link' | 'remove'; readonly name: string };

/** Where a server is found that never started on this data folder. */
const usualUrl = 'http://127.0.0.1:8420';

/** `wirebook user …`: works on the data folder, also beside a server that runs on it. */
export async function runUserCommand(command: UserCommand, options: { readonly dataDir: string }, io: CommandIo): Promise<number> {
  const clock = createSystemClock();
  const store = openAppStore({ path: findAppStore(resolve(io.environment.workingDir, options.dataDir)), clock });
  const users = createUsers({ store, clock, ids: createSystemIds(), secrets: createSystemSecrets() });
  const printLink = (userId: string) =>
    io.print(`Sign-in link, for one time within a day: ${toSignInLink(store.findFact('address') ?? usualUrl, users.makeLink(userId))}`);
  try {
    switch (command.do) {
      case 'list':
        for (const { name, role, hasPassword } of users.list()) io.print(`${name}\t${role}\t${hasPassword ? 'password' : 'no password'}`);
        return exitCodes.ok;
      case 'add': {
        const { name, role } = parseRequestBody('addUser', { name: command.name, role: command.role });
        const user = users.add(name, role);
        record('add-user', `${name} (${role})`);
        io.print(`Added ${name} as ${role}.`);
        printLink(user.id);
        return exitCodes.ok;
      }
      case 'link': {
        const user = users.getByName(command.name);
        record('make-link', user.name);
        printLink(user.id);
        return exitCodes.ok;
      }
      case 'remove': {
        const user = users.getByName(command.name);
        users.remove(user.id);
        record('remove-user', user.name);
        io.print(`Removed ${user.name}; all sessions of this user end.`);
        return exitCodes.ok;
      }
      default:
        return command satisfies never;
    }
  } finally {
    store.close();
  }

  function record(action: string, subject: string): void {
    store.audit.add({ userName: 'command line', action, subject });
  }
}
