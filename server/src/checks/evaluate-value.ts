import type { ValuePreview } from '@wirebook/api';
import { compileConfig, createSystemClock, createSystemRandom } from '@wirebook/engine';
import { type JsonValue, WirebookError } from '@wirebook/errors';
import type { ConfigSchema, Trigger } from '@wirebook/node-kit';
import { toTracedValue } from '@wirebook/trace';

/** A value of a config, and all that its expressions may see. */
export interface ValueToEvaluate {
  readonly value: JsonValue;
  readonly nodeName: string;
  /** Names of nodes before this one. */
  readonly ancestors: readonly string[];
  readonly message: JsonValue;
  readonly trigger: Trigger;
  /** Outputs of earlier nodes by their names. */
  readonly steps: Readonly<Record<string, JsonValue>>;
}

export type EvaluatedValue = Pick<ValuePreview, 'kind' | 'value' | 'isTruncated' | 'error'>;

const longestBytes = 16_384;
/** The field takes whatever comes out: what its node wants is checked by the form. */
const schema: ConfigSchema = {
  type: 'object',
  additionalProperties: false,
  required: [],
  properties: { value: { title: 'Value', 'x-expression': true } },
};

/** As the engine evaluates it, with its limits of time and size; no secret and no variable is there. */
export async function evaluateValue({ value, nodeName, ancestors, message, trigger, steps }: ValueToEvaluate): Promise<EvaluatedValue> {
  const absent = () => undefined;
  try {
    const compiled = compileConfig({
      config: { value },
      schema,
      nodeName,
      ancestors: new Set(ancestors),
      secrets: absent,
      env: absent,
      clock: createSystemClock(),
      random: createSystemRandom(),
    });
    const config = await compiled.evaluate({ message, trigger, steps: (name) => (Object.hasOwn(steps, name) ? steps[name] : undefined) });
    const given = config.value;
    if (given === undefined) return { kind: 'nothing' };
    const shown = toTracedValue(given, longestBytes);
    return { kind: 'value', value: shown.value ?? null, isTruncated: shown.truncated };
  } catch (thrown) {
    if (thrown instanceof WirebookError) return { kind: 'error', error: { code: thrown.code, message: thrown.message } };
    throw thrown;
  }
}
