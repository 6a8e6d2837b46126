import { createHash } from 'node:crypto';
import { isJsonObject, type JsonObject, type JsonValue, toWirebookError, WirebookError } from '@wirebook/errors';
import type { WriteCheck, WriteFinding } from '@wirebook/node-kit';
import type { CompiledNode } from './compiled-flow.ts';
import type { StepContext } from './step-context.ts';
import type { RememberedStep, StepEnd } from './step-memory.ts';

/** A step whose node can find out whether its write was made. */
interface CheckedStep {
  readonly node: CompiledNode;
  /** Holds the config. */
  readonly context: StepContext;
  readonly config: JsonObject;
}

export function toDoubtError(node: CompiledNode, why: string): WirebookError {
  return new WirebookError(
    'ENGINE_WRITE_IN_DOUBT',
    `node "${node.name}" (${node.runtime.descriptor.type}) had begun when the engine ended; ${why}, so it is not repeated`,
  );
}

/** What is kept with the intent, so that a later attempt can check the step. */
export async function toIntentJson({ node, context, config }: CheckedStep): Promise<string> {
  const mark = (await getWriteCheck(node).mark?.(context.toWriteCheckContext())) ?? null;
  return JSON.stringify({ configDigest: toDigest(config), mark });
}

/**
 * Asks the node what became of a step that had begun in an earlier attempt. Null: nothing was written, so it may begin again. What it
 * would write has to be what it had announced, or else the answer would be about another write.
 */
export async function checkDoubt(step: CheckedStep, known: RememberedStep): Promise<StepEnd | null> {
  const { node, context } = step;
  const finding = await find(step, known);
  switch (finding.written) {
    case true:
      context.log.info('checked, since the engine had ended during this step: the write was made, so it is not repeated');
      for (const { port, message } of finding.emissions) context.emit(port, message);
      return context.emissions;
    case false:
      context.log.info('checked, since the engine had ended during this step: nothing was written, so it is written now');
      return null;
    case 'unknown':
      context.log.warn(`checked, since the engine had ended during this step, and it cannot be told: ${finding.reason}`);
      return toDoubtError(node, `whether it wrote cannot be told: ${finding.reason}`);
    default:
      return finding satisfies never;
  }
}

async function find({ node, context, config }: CheckedStep, known: RememberedStep): Promise<WriteFinding<string>> {
  const intent = parseIntent(known.intentJson);
  if (known.intendedAtMs === null || intent === undefined) {
    return { written: 'unknown', reason: 'when it began there was no check' };
  }
  if (intent.configDigest !== toDigest(config)) {
    return { written: 'unknown', reason: 'its config is not the one with which it began' };
  }
  try {
    return await getWriteCheck(node).find(context.toWriteCheckContext(), { intendedAtMs: known.intendedAtMs, mark: intent.mark });
  } catch (thrown) {
    const { message, code } = toWirebookError(thrown, 'NODE_UNEXPECTED');
    return { written: 'unknown', reason: `the check failed with ${code}: ${message}` };
  }
}

function getWriteCheck({ runtime }: CompiledNode): WriteCheck<unknown, string> {
  if (runtime.writeCheck !== undefined) return runtime.writeCheck;
  throw new WirebookError('ENGINE_INVARIANT_BROKEN', `node type "${runtime.descriptor.type}" offers a check and has none`);
}

function parseIntent(json: string | null): { readonly configDigest: string; readonly mark: JsonValue } | undefined {
  const parsed: unknown = json === null ? undefined : JSON.parse(json);
  if (!isJsonObject(parsed) || typeof parsed.configDigest !== 'string') return undefined;
  return { configDigest: parsed.configDigest, mark: parsed.mark ?? null };
}

/** The config itself may hold secrets, which the ledger keeps none of. */
function toDigest(config: JsonObject): string {
  return createHash('sha256').update(JSON.stringify(config)).digest('hex');
}
