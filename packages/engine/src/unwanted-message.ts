import { WirebookError } from '@wirebook/errors';
import type { Trigger } from '@wirebook/node-kit';

/** What the platform is told of a message that no flow takes. */
export function toUnwantedError(trigger: Trigger, actionId: number | null): WirebookError {
  const { kind, functionName, ruleName, destination } = trigger;
  if (functionName !== null) return new WirebookError('ENGINE_FUNCTION_UNHANDLED', `no flow serves function "${functionName}"`);
  if (kind === 'inbound')
    return new WirebookError('ENGINE_RULE_UNHANDLED', `no flow takes messages of the inbound destination "${destination}"`);
  if (kind === 'connector')
    return new WirebookError('ENGINE_RULE_UNHANDLED', `no flow takes requests of the connector queue "${destination}"`);
  const rule = ruleName === null ? `rule ${actionId ?? 'without an id'}, whose name the platform does not tell,` : `rule "${ruleName}"`;
  return new WirebookError('ENGINE_RULE_UNHANDLED', `no flow takes ${rule} on destination "${destination}"`);
}
