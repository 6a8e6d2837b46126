import type { RecordedMessageView } from '@wirebook/api';

const maxDepth = 8;
const maxKeys = 200;
const maxItems = 20;

/** What a script sees, as declarations for the editor; message, trigger and inputs in the shape in which they were last recorded. */
export function makeScriptTypings(recorded: RecordedMessageView | null): string {
  const message = recorded === null || recorded.input === null ? 'any' : describeType(recorded.input);
  const inputs = recorded === null || recorded.inputs === null ? 'Record<string, any>' : describeType(recorded.inputs);
  const body = recorded === null ? 'any' : describeType(findBody(recorded.trigger));
  return `
/** The message that reached this node. */
declare const message: ${message};
/** Inputs of the function, or activity fields of the rule. */
declare const $inputs: ${inputs};
/** What started the run. */
declare const $trigger: {
  readonly kind: 'function' | 'action' | 'inbound' | 'connector' | 'schedule' | 'webhook' | 'form' | 'inject';
  readonly destination: string;
  readonly messageId: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ${body};
  readonly functionName: string | null;
  readonly ruleName: string | null;
  readonly inputs: typeof $inputs;
  readonly receivedAtMs: number;
};
/** Writes to the log of the step. */
declare const console: {
  log(...values: any[]): void;
  info(...values: any[]): void;
  warn(...values: any[]): void;
  error(...values: any[]): void;
};
`;
}

/** The type of a JSON value in TypeScript; of lists, that of their first items. */
export function describeType(value: unknown, depth = 0): string {
  if (value === null || value === undefined || depth > maxDepth) return 'any';
  if (Array.isArray(value)) {
    const types = [...new Set(value.slice(0, maxItems).map((item: unknown) => describeType(item, depth + 1)))];
    return types.length === 0 || types.includes('any') ? 'any[]' : `Array<${types.join(' | ')}>`;
  }
  if (typeof value !== 'object') return typeof value;
  const keys = Object.entries(value).slice(0, maxKeys);
  if (keys.length === 0) return 'Record<string, any>';
  return `{ ${keys.map(([key, item]: [string, unknown]) => `${JSON.stringify(key)}: ${describeType(item, depth + 1)}`).join('; ')} }`;
}

/** The trigger as it was recorded is the message itself, or an object that has it under `body`. */
function findBody(trigger: unknown): unknown {
  const isWhole = typeof trigger === 'object' && trigger !== null && 'body' in trigger && 'headers' in trigger;
  return isWhole ? trigger.body : trigger;
}
