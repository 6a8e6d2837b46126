import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Database as SqliteDatabase } from 'better-sqlite3';
import { openDatabase } from '../open-database.ts';
import { toStoreError } from '../store-error.ts';
import { appMigrations } from './app-migrations.ts';
import { type AuditTable, prepareAuditTable } from './audit-table.ts';
import { type DeploymentTable, prepareDeploymentTable } from './deployment-table.ts';
import { type FlowTable, prepareFlowTable } from './flow-table.ts';
import { type LinkTable, prepareLinkTable } from './link-table.ts';
import { prepareSessionTable, type SessionTable } from './session-table.ts';
import { prepareSideDraftTable, type SideDraftTable } from './side-draft-table.ts';
import { prepareUserTable, type UserTable } from './user-table.ts';
import { prepareVersionTable, type VersionTable } from './version-table.ts';

export interface OpenAppStoreOptions {
  readonly path: string;
  readonly clock: { now(): number };
}

/** What the server keeps. Every write is on the disk when its call returns; what SQLite refuses is STORE_FAILED. */
export interface AppStore {
  readonly users: UserTable;
  readonly sessions: SessionTable;
  readonly links: LinkTable;
  readonly flows: FlowTable;
  readonly sideDrafts: SideDraftTable;
  readonly versions: VersionTable;
  readonly deployments: DeploymentTable;
  readonly audit: AuditTable;
  /** Small facts by name, such as that the samples were imported. */
  findFact(name: string): string | undefined;
  setFact(name: string, value: string): void;
  /** All writes of the work in one commit, or none when it throws. */
  transaction<Result>(work: () => Result): Result;
  close(): void;
}

/** Cases and passwords are nobody else's business. */
const ownerOnly = 0o700;

/**
 * Opens the server's file; its folder is made when it is missing. Several processes may have it open at a time.
 *
 * @throws STORE_VERSION_NEWER, STORE_FAILED
 */
export function openAppStore({ path, clock }: OpenAppStoreOptions): AppStore {
  makeFolder(dirname(path));
  const database = openDatabase({ path, migrations: appMigrations, synchronous: 'FULL', nowMs: clock.now() });
  try {
    return prepareStore(database, { path, now: () => clock.now() });
  } catch (thrown) {
    database.close();
    throw toStoreError(thrown, `open ${path}`);
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: ownerOnly });
  } catch (thrown) {
    throw toStoreError(thrown, `make the folder ${folder}`);
  }
}

function prepareStore(database: SqliteDatabase, { path, now }: { readonly path: string; readonly now: () => number }): AppStore {
  const findFact = database.prepare<[string], string>('SELECT value FROM facts WHERE name = ?').pluck();
  const setFact = database.prepare<[string, string]>('INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)');
  const coded = <Table extends object>(what: string, table: Table) => withCodedErrors(table, `use the ${what} in ${path}`);
  return {
    users: coded('users', prepareUserTable(database, now)),
    sessions: coded('sessions', prepareSessionTable(database, now)),
    links: coded('sign-in links', prepareLinkTable(database, now)),
    flows: coded('flows', prepareFlowTable(database, now)),
    sideDrafts: coded('side drafts', prepareSideDraftTable(database, now)),
    versions: coded('versions', prepareVersionTable(database, now)),
    deployments: coded('deployments', prepareDeploymentTable(database, now)),
    audit: coded('audit', prepareAuditTable(database, now)),
    ...coded('facts', {
      findFact: (name: string) => findFact.get(name),
      setFact: (name: string, value: string) => void setFact.run(name, value),
    }),
    transaction: (work) => database.transaction(work).immediate(),
    close: () => void database.close(),
  };
}

/** The same functions, with what SQLite refuses as STORE_FAILED. */
function withCodedErrors<Table extends object>(table: Table, action: string): Table {
  return new Proxy(table, {
    get: (target, key, receiver) => {
      const member: unknown = Reflect.get(target, key, receiver);
      if (typeof member !== 'function') return member;
      return (...args: readonly unknown[]) => {
        try {
          return Reflect.apply(member, target, args);
        } catch (thrown) {
          throw toStoreError(thrown, action);
        }
      };
    },
  });
}
