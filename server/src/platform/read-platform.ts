import type { PlatformField, PlatformView } from '@wirebook/api';
import type { Clock, FieldDefinition } from '@wirebook/node-kit';
import { type AppConfig, listSecretNames } from '@wirebook/package-kit';
import { createPlatformClient, type OrganizationDefinitions, type PlatformLog, readOrganizationDefinitions } from '@wirebook/soar-client';
import { toHostOptions } from '../engine-host/host-options.ts';

export interface ReadPlatformOptions {
  readonly config: AppConfig;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: PlatformLog;
  readonly signal: AbortSignal;
}

/** Name of the section of app.config that is the connection. */
export const connectionName = 'resilient';
/** Somebody waits on a screen. */
const requestTimeoutMs = 10_000;

/**
 * Logs in and reads what the organisation defines.
 *
 * @throws SOAR_*, CONFIG_OPTION_INVALID; the reason of `signal` when it aborts.
 */
export async function readPlatform({ config, clock, random, log, signal }: ReadPlatformOptions): Promise<PlatformView> {
  const { rest } = toHostOptions(config);
  const client = await createPlatformClient({
    ...rest,
    timeoutMs: Math.min(rest.timeoutMs, requestTimeoutMs),
    retry: { ...rest.retry, attempts: 1 },
    loginAttempts: 1,
    clock,
    random,
    log,
    signal,
  });
  try {
    const calls = client.forRun({ contextToken: undefined, signal, onAttempt: () => undefined });
    const definitions = await readOrganizationDefinitions(calls);
    if (definitions.forbidden.length > 0)
      log.warn(`the account may not read ${definitions.forbidden.join(', ')}: nothing of it is offered`);
    return toView(definitions, {
      orgId: client.catalogue.orgId,
      fetchedAtMs: clock.now(),
      secretNames: listSecretNames(config),
      folderNames: Object.keys(config.wirebook.files.folders),
    });
  } finally {
    await client.close();
  }
}

function toView(
  { functions, destinations, rules, types }: OrganizationDefinitions,
  facts: Pick<PlatformView, 'orgId' | 'fetchedAtMs' | 'secretNames' | 'folderNames'>,
): PlatformView {
  return {
    connection: connectionName,
    ...facts,
    functions: functions.map(({ name, displayName, description, destination, inputs }) => ({
      name,
      label: displayName,
      description,
      destination,
      inputs: inputs.map(toField),
    })),
    destinations: destinations.map(({ name, label, expectsAck }) => ({ name, label, expectsAck })),
    rules,
    tables: types.filter(({ isTable }) => isTable).map(({ name, label, fields }) => ({ name, label, columns: fields.map(toField) })),
    // Names with two underscores are those of the platform's own administration.
    fields: Object.fromEntries(
      types.filter(({ name, isTable }) => !isTable && !name.startsWith('__')).map(({ name, fields }) => [name, fields.map(toField)]),
    ),
  };
}

function toField({ values, ...field }: FieldDefinition): PlatformField {
  return { ...field, values: values.map(({ value, label, enabled }) => ({ value, label, isEnabled: enabled })) };
}
