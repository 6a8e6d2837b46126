import { isJsonObject, type JsonObject, type JsonValue, WirebookError } from '@wirebook/errors';
import type { Execute } from '@wirebook/node-kit';
import type { coreJoin } from './descriptor.ts';

export const executeJoin: Execute<typeof coreJoin> = ({ config, message, emit }) => {
  const parts = readParts(message);
  const joined = config.output === 'list' ? parts.flatMap(({ messages }) => messages) : parts.map(toReport);
  emit(parts.some(({ status }) => status === 'failed') ? 'partial' : 'out', joined);
};

interface JoinedPart {
  readonly index: number;
  readonly status: string;
  readonly messages: readonly JsonValue[];
  readonly error: JsonValue | undefined;
}

function readParts(message: JsonValue): readonly JoinedPart[] {
  if (!Array.isArray(message)) throw new WirebookError('ENGINE_INVARIANT_BROKEN', 'a join node was started without parts');
  return message.map((part) => {
    const { index, status, messages, error }: JsonObject = isJsonObject(part) ? part : {};
    if (typeof index !== 'number' || typeof status !== 'string' || !Array.isArray(messages))
      throw new WirebookError('ENGINE_INVARIANT_BROKEN', 'a join node was handed something that is no part');
    return { index, status, messages, error };
  });
}

/** Of several messages of a part the list; of one the message. */
function toReport({ index, status, messages, error }: JoinedPart): JsonObject {
  const [first = null] = messages;
  return {
    index,
    status,
    message: messages.length > 1 ? [...messages] : first,
    ...(error === undefined ? {} : { error }),
  };
}
