import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import { type DebugSwitches, type EngineCommand, type Injection, poisonActions } from './engine-channel.ts';

const mostFlows = 1000;

/**
 * A command as it came through the channel.
 *
 * @throws ENGINE_COMMAND_INVALID for everything else.
 */
export function readEngineCommand(text: string): EngineCommand {
  const command = readJson(text);
  switch (readOwn(command, 'type')) {
    case 'deploy': {
      const flows = readOwn(command, 'flows');
      if (!Array.isArray(flows) || flows.length > mostFlows) throw refuse(`"flows" is no list of at most ${mostFlows}`);
      return { type: 'deploy', id: readNumber(command, 'id'), flows };
    }
    case 'switches':
      return { type: 'switches', switches: readSwitches(readOwn(command, 'switches')) };
    case 'metrics':
      return { type: 'metrics', id: readNumber(command, 'id') };
    case 'poison': {
      const action = poisonActions.find((name) => name === readOwn(command, 'action'));
      const text = readOwn(command, 'text');
      if (action === undefined) throw refuse(`"action" is none of ${poisonActions.join(', ')}`);
      if (text !== null && typeof text !== 'string') throw refuse('"text" is neither a text nor null');
      return { type: 'poison', id: readNumber(command, 'id'), action, poisonId: readNumber(command, 'poisonId'), text };
    }
    case 'inject':
      return { type: 'inject', id: readNumber(command, 'id'), injection: readInjection(readOwn(command, 'injection')) };
    case 'stop-run':
      return { type: 'stop-run', id: readNumber(command, 'id'), runId: readText(command, 'runId'), by: readText(command, 'by') };
    case 'dead-letters': {
      const messageId = readOwn(command, 'messageId');
      if (messageId !== null && typeof messageId !== 'string') throw refuse('"messageId" is neither a text nor null');
      return { type: 'dead-letters', id: readNumber(command, 'id'), messageId };
    }
    case 'stop':
      return { type: 'stop', drainMs: readNumber(command, 'drainMs') };
    default:
      throw refuse('its "type" is none of deploy, switches, metrics, poison, dead-letters, inject, stop-run, stop');
  }
}

function readInjection(value: JsonValue | undefined): Injection {
  const message = isJsonObject(value) ? readOwn(value, 'message') : undefined;
  if (!isJsonObject(value) || !isJsonObject(message)) throw refuse('"injection" is no object with a message');
  return { flowId: readText(value, 'flowId'), nodeId: readText(value, 'nodeId'), message };
}

function readSwitches(value: JsonValue | undefined): DebugSwitches {
  if (!isJsonObject(value)) throw refuse('"switches" is no object');
  return Object.fromEntries(
    Object.entries(value).map(([flowId, nodes]) => {
      if (!isJsonObject(nodes)) throw refuse('"switches" of a flow is no object');
      return [flowId, Object.fromEntries(Object.entries(nodes).map(([nodeId, isOn]) => [nodeId, isOn === true]))];
    }),
  );
}

function readJson(text: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(text);
    if (isJsonObject(parsed)) return parsed;
  } catch (thrown) {
    throw new WirebookError('ENGINE_COMMAND_INVALID', 'the engine process was sent a command that is no JSON', thrown);
  }
  throw refuse('it is no object');
}

function readOwn(command: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(command, key) ? command[key] : undefined;
}

function readNumber(command: JsonObject, key: string): number {
  const value = readOwn(command, key);
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw refuse(`"${key}" is no number of 0 or more`);
}

function readText(command: JsonObject, key: string): string {
  const value = readOwn(command, key);
  if (typeof value === 'string') return value;
  throw refuse(`"${key}" is no text`);
}

function refuse(what: string): WirebookError {
  return new WirebookError('ENGINE_COMMAND_INVALID', `the engine process was sent a command that it does not take: ${what}`);
}
