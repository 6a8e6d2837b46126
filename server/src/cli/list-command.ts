import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSystemClock } from '@wirebook/engine';
import { WirebookError } from '@wirebook/errors';
import { type FlowDocument, parseFlow } from '@wirebook/flow';
import { type AppStore, openAppStore } from '@wirebook/store';
import { listDestinations } from '../platform/connection-view.ts';
import { findAppStore } from './app-files.ts';
import type { CommandIo } from './command-io.ts';
import { exitCodes } from './exit-codes.ts';
import { toOneLine } from './terminal-text.ts';

interface ListedFlow {
  readonly id: string;
  readonly name: string;
  /** Numbers, newest first. */
  readonly versions: readonly number[];
  /** The version that runs; null when none does. */
  readonly deployed: number | null;
  /** Of the version that runs, else of the draft; a function stands for its destination, which the platform knows. */
  readonly destinations: readonly string[];
}

export interface ListCommandOptions {
  readonly dataDir: string;
  readonly json: boolean;
}

/**
 * `wirebook list`: the flows of a data folder, also beside a server that runs on it.
 *
 * @throws CONFIG_FILE_MISSING when there is no data folder, STORE_*
 */
export async function runListCommand(options: ListCommandOptions, io: CommandIo): Promise<number> {
  const dataDir = resolve(io.environment.workingDir, options.dataDir);
  const path = findAppStore(dataDir);
  if (!existsSync(path)) {
    throw new WirebookError('CONFIG_FILE_MISSING', `${dataDir} is no data folder of wirebook start; name it with --data`, undefined, {
      path,
    });
  }
  const store = openAppStore({ path, clock: createSystemClock() });
  try {
    const flows = store.flows.list().map((flow) => describe(store, flow));
    if (options.json) io.print(JSON.stringify(flows));
    else for (const flow of flows) io.print(toLine(flow));
    if (flows.length === 0 && !options.json) io.print('There are no flows.');
    return exitCodes.ok;
  } finally {
    store.close();
  }
}

function describe(store: AppStore, { id, document }: { readonly id: string; readonly document: string }): ListedFlow {
  const deployed = store.deployments.findPresent(id)?.version ?? null;
  const running = deployed === null ? undefined : store.versions.find(id, deployed)?.document;
  const flow: FlowDocument = parseFlow(running ?? document);
  return {
    id,
    name: flow.name,
    versions: store.versions.list(id).map(({ number }) => number),
    deployed,
    destinations: listDestinations(flow, () => undefined),
  };
}

function toLine({ id, name, versions, deployed, destinations }: ListedFlow): string {
  const state = deployed === null ? 'not deployed' : `version ${deployed} deployed`;
  return [id, name, state, `${versions.length} versions`, destinations.join(', ') || 'no destination'].map(toOneLine).join('\t');
}
