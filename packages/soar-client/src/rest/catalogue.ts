import { type JsonValue, WirebookError } from '@wirebook/errors';
import type { Clock, FieldDefinition, FunctionDefinition, PlatformAccount, PlatformCatalogue } from '@wirebook/node-kit';
import { type FunctionRecord, readFields, readFunction, readNames, readQueueNames } from './definitions.ts';
import { waitUnlessAborted } from './linked-abort.ts';
import type { PlatformLog } from './platform-client-options.ts';
import { createTimedCache, type TimedCache } from './timed-cache.ts';

/** On whose behalf definitions are read: its headers and reports, but not its life, as others may wait for the same answer. */
interface CatalogueReader {
  get(path: string, query?: Readonly<Record<string, string>>): Promise<JsonValue>;
  readonly signal: AbortSignal;
}

/** One cache for all; each view reads on behalf of its reader what is not there yet. */
export interface CatalogueCache {
  view(reader: CatalogueReader): PlatformCatalogue;
}

export interface CatalogueOptions {
  readonly orgId: number;
  /** `https://` with host and, where it is not 443, port. */
  readonly address: string;
  readonly account: PlatformAccount | null;
  readonly clock: Clock;
  readonly ttlMs: number;
  readonly log: PlatformLog;
}

// What is not there may be made at any moment, while what is there hardly changes.
const absentTtlMs = 30_000;
const maxEntries = 500;

export function createCatalogueCache(options: CatalogueOptions): CatalogueCache {
  const { clock, ttlMs } = options;
  const fields = createTimedCache<readonly FieldDefinition[] | undefined>({ clock, ttlMs, maxEntries });
  const functions = createTimedCache<FunctionDefinition | undefined>({ clock, ttlMs, maxEntries });
  const names = createTimedCache<ReadonlyMap<number, string>>({ clock, ttlMs, maxEntries });
  /** Undefined: the account may not read them. */
  const rules = createTimedCache<ReadonlyMap<number, string> | undefined>({ clock, ttlMs, maxEntries });
  /** Rule ids that a fresh list did not have, and until when (monotonic milliseconds) the list is not read again for them. */
  const missedRules = new Map<number, number>();
  const ttlMsOf = (found: object | undefined) => (found === undefined ? absentTtlMs : ttlMs);

  function loadRules(reader: CatalogueReader): Promise<ReadonlyMap<number, string> | undefined> {
    return rules.get({ key: 'all', load: () => readRules(reader, options.log) });
  }

  async function findRuleName(reader: CatalogueReader, actionId: number): Promise<string | undefined> {
    const listBefore = rules.peek('all');
    const known = await loadRules(reader);
    const name = known?.get(actionId);
    if (known === undefined || name !== undefined) return name;
    const nowMs = clock.monotonicMs();
    if (nowMs < (missedRules.get(actionId) ?? 0)) return undefined;
    // A rule may be newer than the list. Calls that wait side by side share the one newer list.
    if (listBefore !== undefined && rules.peek('all') === listBefore) rules.forget('all');
    const renewed = (await loadRules(reader))?.get(actionId);
    if (missedRules.size >= maxEntries) missedRules.clear();
    if (renewed === undefined) missedRules.set(actionId, nowMs + absentTtlMs);
    return renewed;
  }

  return {
    view: (reader) => ({
      orgId: options.orgId,
      address: options.address,
      account: options.account,
      listFields: (typeName) =>
        waitUnlessAborted(fields.get({ key: typeName, load: () => loadFields(reader, typeName), ttlMsOf }), reader.signal),
      findFunction: (name) =>
        waitUnlessAborted(functions.get({ key: name, load: () => loadFunction(reader, { name, names }), ttlMsOf }), reader.signal),
      findRuleName: (actionId) => waitUnlessAborted(findRuleName(reader, actionId), reader.signal),
      listConnectorQueues: () => waitUnlessAborted(readConnectorQueues(reader, options.log), reader.signal),
      refresh() {
        fields.clear();
        functions.clear();
        names.clear();
        rules.clear();
        missedRules.clear();
      },
    }),
  };
}

async function loadFields(reader: CatalogueReader, typeName: string): Promise<readonly FieldDefinition[] | undefined> {
  const segment = toSegment(typeName);
  if (segment === undefined) return undefined;
  const listPath = `/types/${segment}/fields`;
  const list = await getUnlessAbsent(reader, listPath);
  if (list !== undefined) return readFields(list, listPath);
  // Some servers list the columns of a data table only inside its type.
  const typePath = `/types/${segment}`;
  const type = await getUnlessAbsent(reader, typePath);
  return type === undefined ? undefined : readFields(type, typePath);
}

async function loadFunction(
  reader: CatalogueReader,
  { name, names }: { name: string; names: TimedCache<ReadonlyMap<number, string>> },
): Promise<FunctionDefinition | undefined> {
  const segment = toSegment(name);
  if (segment === undefined) return undefined;
  const path = `/functions/${segment}`;
  const body = await getUnlessAbsent(reader, path, { handle_format: 'names' });
  if (body === undefined) return undefined;
  const found: FunctionRecord = readFunction(body, path);
  if (typeof found.destination === 'string') return { ...found, destination: found.destination };
  const destination = (await names.get({ key: 'destinations', load: () => readDestinations(reader) })).get(found.destination);
  if (destination === undefined) {
    throw new WirebookError(
      'SOAR_RESPONSE_INVALID',
      `function "${name}" names the message destination ${found.destination}, which is not among those of the organisation`,
    );
  }
  return { ...found, destination };
}

async function readDestinations(reader: CatalogueReader): Promise<ReadonlyMap<number, string>> {
  return readNames(await reader.get('/message_destinations'), { path: '/message_destinations', nameKey: 'programmatic_name' });
}

async function readRules(reader: CatalogueReader, log: PlatformLog): Promise<ReadonlyMap<number, string> | undefined> {
  try {
    return readNames(await reader.get('/actions'), { path: '/actions', nameKey: 'name' });
  } catch (thrown) {
    if (!(thrown instanceof WirebookError) || thrown.code !== 'SOAR_FORBIDDEN') throw thrown;
    log.warn('the account may not read /actions, so rules are known by their ids only');
    return undefined;
  }
}

/** As its own client does: without connectors some platforms refuse the question, or break over it. */
async function readConnectorQueues(reader: CatalogueReader, log: PlatformLog): Promise<readonly string[]> {
  try {
    return readQueueNames(await reader.get('/connectors/queues'));
  } catch (thrown) {
    if (!(thrown instanceof WirebookError) || !['SOAR_FORBIDDEN', 'SOAR_NOT_FOUND', 'SOAR_SERVER_ERROR'].includes(thrown.code))
      throw thrown;
    log.warn(`the platform names no connector queues: ${thrown.message}`);
    return [];
  }
}

async function getUnlessAbsent(
  reader: CatalogueReader,
  path: string,
  query?: Readonly<Record<string, string>>,
): Promise<JsonValue | undefined> {
  try {
    return await reader.get(path, query);
  } catch (thrown) {
    if (thrown instanceof WirebookError && thrown.code === 'SOAR_NOT_FOUND') return undefined;
    throw thrown;
  }
}

// Names come from flows: one that cannot be a part of a path cannot be the name of anything.
function toSegment(name: string): string | undefined {
  return name === '' || name === '.' || name === '..' || /\p{Cs}/u.test(name) ? undefined : encodeURIComponent(name);
}
