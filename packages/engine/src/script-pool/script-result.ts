import { type JsonValue, WirebookError } from '@wirebook/errors';
import type { ScriptResult } from '@wirebook/node-kit';
import type { WorkerAnswer } from './script-messages.ts';

type LogLine = ScriptResult['logs'][number];

const levels: readonly LogLine['level'][] = ['debug', 'info', 'warn', 'error'];

/**
 * Reads what the worker answered; the texts in it come from a script.
 *
 * @throws SCRIPT_THREW, SCRIPT_TIMEOUT, SCRIPT_MEMORY, SCRIPT_RESULT_INVALID
 */
export function toScriptResult(answer: WorkerAnswer): ScriptResult {
  if (!answer.ok) throw new WirebookError(answer.code, answer.message);
  const value: JsonValue | undefined = answer.valueJson === '' ? undefined : JSON.parse(answer.valueJson);
  return { value, logs: answer.logsJson === '' ? [] : parseLogs(answer.logsJson) };
}

function parseLogs(json: string): readonly LogLine[] {
  const parsed: unknown = JSON.parse(json);
  if (!Array.isArray(parsed)) return [];
  return parsed.flatMap((line: unknown): LogLine[] => {
    if (typeof line !== 'object' || line === null) return [];
    const level = levels.find((known) => known === Reflect.get(line, 'level'));
    const text: unknown = Reflect.get(line, 'text');
    return level === undefined || typeof text !== 'string' ? [] : [{ level, text }];
  });
}
