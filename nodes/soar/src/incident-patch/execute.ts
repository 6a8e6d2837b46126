import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { ConfigOf, Execute, FieldDefinition, PlatformCalls, StepLog } from '@wirebook/node-kit';
import { encodeChanges, readField } from '../field-changes.ts';
import { qualifyName } from '../find-field.ts';
import type { soarIncidentPatch } from './descriptor.ts';
import { mergeValue } from './merge-value.ts';

type PatchConfig = ConfigOf<typeof soarIncidentPatch>;

interface Change {
  readonly field: FieldDefinition;
  readonly name: string;
  /** As the flow knew it first. */
  readonly known: JsonValue;
  readonly oldValue: JsonValue;
  readonly newValue: JsonValue;
}

interface Conflict {
  readonly change: Change;
  readonly current: JsonValue;
}

/** Others may keep changing the same fields; some day it has to end. */
const mostRounds = 10;

export const executeIncidentPatch: Execute<typeof soarIncidentPatch> = async ({ config, services, log, emit }) => {
  const { platform } = services;
  const path = `/incidents/${config.incidentId}`;
  const wanted = await encodeChanges(platform.catalogue, 'incident', config.fields);
  const known = isJsonObject(config.known) ? config.known : await readIncident(platform, path);
  const changes = wanted.map(({ field, value }): Change => {
    const before = readField(known, field) ?? null;
    return { field, name: qualifyName(field), known: before, oldValue: before, newValue: value };
  });
  await patchUntilWritten(changes, { config, platform, path, log, version: known.vers });
  emit('out', await readIncident(platform, path));
};

interface Patching {
  readonly config: PatchConfig;
  readonly platform: PlatformCalls;
  readonly path: string;
  readonly log: StepLog;
  readonly version: JsonValue | undefined;
}

async function patchUntilWritten(first: readonly Change[], { config, platform, path, log, version }: Patching): Promise<void> {
  let changes = first;
  for (let round = 1; round <= mostRounds && changes.length > 0; round += 1) {
    const conflicts = await patch(changes, { platform, path, version });
    if (conflicts === null) {
      log.info(`incident ${config.incidentId}: wrote ${changes.map(({ name }) => name).join(', ')}`);
      return;
    }
    changes = resolve(changes, conflicts, { rule: config.onConflict, log });
  }
  if (changes.length === 0) {
    log.info(`incident ${config.incidentId}: somebody else changed every one of these fields, so nothing was written`);
    return;
  }
  throw new WirebookError(
    'SOAR_CONFLICT',
    `PATCH ${path}: others kept changing ${changes.map(({ name }) => name).join(', ')}; gave up after ${mostRounds} tries`,
  );
}

/** Null: written. Else the fields that others changed, of which nothing was written. */
async function patch(
  changes: readonly Change[],
  { platform, path, version }: Pick<Patching, 'platform' | 'path' | 'version'>,
): Promise<readonly Conflict[] | null> {
  const { body } = await platform.request({
    method: 'PATCH',
    path,
    body: {
      changes: changes.map(({ name, oldValue, newValue }) => ({
        field: name,
        old_value: { object: oldValue },
        new_value: { object: newValue },
      })),
      ...(typeof version === 'number' ? { version } : {}),
    },
  });
  if (isJsonObject(body) && body.success === false && Array.isArray(body.field_failures)) {
    const failures: readonly JsonValue[] = body.field_failures;
    return failures.filter(isJsonObject).flatMap((failure) => {
      const change = changes.find(({ name, field }) => failure.field === name || failure.field === field.name);
      return change === undefined ? [] : [{ change, current: failure.actual_current_value ?? null }];
    });
  }
  if (!isJsonObject(body) || body.success !== false) return null;
  throw new WirebookError('SOAR_BAD_REQUEST', `PATCH ${path}: the platform wrote nothing: ${String(body.message ?? 'it gives no reason')}`);
}

function resolve(
  changes: readonly Change[],
  conflicts: readonly Conflict[],
  { rule, log }: { readonly rule: PatchConfig['onConflict']; readonly log: StepLog },
): readonly Change[] {
  const refuse = ({ change, current }: Conflict, why: string) =>
    new WirebookError(
      'SOAR_CONFLICT',
      `field "${change.name}": somebody else set it to ${JSON.stringify(current)} meanwhile, where the flow knew ${JSON.stringify(change.known)}; ${why}`,
    );
  const [first] = conflicts;
  if (first === undefined)
    throw new WirebookError('SOAR_RESPONSE_INVALID', 'the platform tells of a conflict in no field that was to be changed');
  if (rule === 'fail') throw refuse(first, 'nothing was written, as "onConflict" is fail');
  return changes.flatMap((change): readonly Change[] => {
    const conflict = conflicts.find((each) => each.change === change);
    if (conflict === undefined) return [change];
    const { current } = conflict;
    log.warn(`field "${change.name}" was changed meanwhile to ${JSON.stringify(current)}: ${rule}`);
    if (rule === 'skip') return [];
    const newValue =
      rule === 'merge' ? mergeValue(change.field, { known: change.known, current, wanted: change.newValue }) : change.newValue;
    if (newValue === undefined) throw refuse(conflict, 'the two cannot be merged; choose overwrite or skip');
    return [{ ...change, oldValue: current, newValue }];
  });
}

async function readIncident(platform: PlatformCalls, path: string): Promise<JsonObject> {
  const { body } = await platform.request({ method: 'GET', path });
  if (isJsonObject(body)) return body;
  throw new WirebookError('SOAR_RESPONSE_INVALID', `GET ${path}: the answer is no incident`);
}
