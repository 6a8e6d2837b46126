import { type JsonValue, toWirebookError, WirebookError } from '@wirebook/errors';
import { type ConfigOf, type Execute, type ExecuteContext, encodeRestPath, findAtPath, parseOwnPath, setField } from '@wirebook/node-kit';
import type { coreEnrich } from './descriptor.ts';

const maxResponseBytes = 10_000_000;

type EnrichContext = ExecuteContext<ConfigOf<typeof coreEnrich>, 'out'>;

export const executeEnrich: Execute<typeof coreEnrich> = async (context) => {
  const { config, message, emit } = context;
  const answer = config.from === 'platform' ? await askPlatform(context) : await askWeb(context);
  const found = config.part === '' ? answer : (findAtPath(answer, parseOwnPath(config.part)) ?? null);
  if (found === null && config.missing === 'fail') {
    throw new WirebookError('NODE_INPUT_INVALID', `field "part": the answer of ${describe(config)} has nothing at "${config.part}"`);
  }
  emit('out', setField(message, config.path, found));
};

/** Null: there is nothing, and that is no error. */
async function askPlatform({ config, services }: EnrichContext): Promise<JsonValue> {
  const path = encodeRestPath(config.address);
  try {
    const { body } = await services.platform.request({
      method: 'GET',
      path,
      handleFormat: 'names',
      timeoutMs: config.timeoutMs,
    });
    return body;
  } catch (thrown) {
    const error = toWirebookError(thrown, 'SOAR_RESPONSE_INVALID');
    if (error.code === 'SOAR_NOT_FOUND' && config.missing === 'null') return null;
    throw error;
  }
}

async function askWeb({ config, services, signal, log }: EnrichContext): Promise<JsonValue> {
  const { status, body } = await services.http.request({
    method: 'GET',
    url: config.address,
    headers: { accept: 'application/json' },
    timeoutMs: config.timeoutMs,
    maxResponseBytes,
    signal,
    onAttempt: (attempt) => log.attempt(attempt),
    onHeld: (reason) => log.info(reason),
  });
  if (status === 404 && config.missing === 'null') return null;
  if (status < 200 || status > 299) {
    throw new WirebookError('HTTP_STATUS', `${describe(config)} was answered with ${status}: ${body.trim().slice(0, 200)}`, undefined, {
      status,
    });
  }
  try {
    return JSON.parse(body);
  } catch (thrown) {
    throw new WirebookError('HTTP_RESPONSE_INVALID', `${describe(config)}: the answer is no JSON: ${body.trim().slice(0, 200)}`, thrown);
  }
}

/** Without the query, which may hold a secret. */
function describe({ address }: ConfigOf<typeof coreEnrich>): string {
  return `GET ${address.split('?')[0] ?? ''}`;
}
