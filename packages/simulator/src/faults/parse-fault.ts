import { WirebookError } from '@wirebook/errors';
import { certificateKinds } from '../certificates/certificate-kind.ts';
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../json-value.ts';
import type { RestFaultTarget } from './rest-fault.ts';
import type { SimulatorFaults } from './simulator-faults.ts';

type Start = (faults: SimulatorFaults, body: JsonObject) => void | Promise<void>;

const starts: Readonly<Record<string, Start>> = {
  'rest-delay': (faults, body) => faults.addRestFault({ kind: 'delay', delayMs: numberOf(body, 'delayMs'), ...targetOf(body) }),
  'rest-status': (faults, body) =>
    faults.addRestFault({
      kind: 'status',
      status: numberOf(body, 'status'),
      message: optionalText(body, 'message'),
      retryAfterSeconds: optionalNumber(body, 'retryAfterSeconds'),
      ...targetOf(body),
    }),
  'rest-unauthorized': (faults, body) => faults.addRestFault({ kind: 'status', status: 401, ...targetOf(body) }),
  'rest-conflict': (faults, body) => faults.addRestFault({ kind: 'status', status: 409, method: 'PUT', ...withoutMethod(targetOf(body)) }),
  'rest-cut': (faults, body) => {
    const moment = optionalText(body, 'moment') === 'after' ? 'after' : 'before';
    faults.addRestFault({ kind: 'cut', moment, ...targetOf(body) });
  },
  'rest-garbage': (faults, body) => faults.addRestFault({ kind: 'garbage', ...targetOf(body) }),
  'rest-expire-sessions': (faults) => faults.expireSessions(),
  'rest-refuse': (faults, body) => faults.refuseRestConnections(numberOf(body, 'durationMs')),
  'rest-certificate': (faults, body) => faults.useRestCertificate(certificateOf(body)),
  'stomp-certificate': (faults, body) => faults.useStompCertificate(certificateOf(body)),
  'stomp-cut': (faults) => brokerOf(faults).faults.cutConnections(),
  'stomp-refuse': (faults, body) => brokerOf(faults).faults.refuseConnections(numberOf(body, 'durationMs')),
  'stomp-delay': (faults, body) => brokerOf(faults).faults.delayFrames(numberOf(body, 'delayMs')),
  'stomp-duplicate': (faults, body) => brokerOf(faults).faults.duplicateDeliveries(countOf(body)),
  'stomp-garble-body': (faults, body) => brokerOf(faults).faults.garbleBodies(countOf(body)),
  'stomp-garble-frame': (faults, body) => brokerOf(faults).faults.garbleFrames(countOf(body)),
  'stomp-swallow-receipt': (faults, body) => brokerOf(faults).faults.swallowReceipts(countOf(body)),
  'stomp-pause': (faults) => brokerOf(faults).faults.pauseDelivery(),
  'stomp-kill': (faults) => brokerOf(faults).kill(),
  'stomp-start': (faults) => brokerOf(faults).start(),
  'stomp-resume': (faults) => brokerOf(faults).faults.resumeDelivery(),
};

/**
 * Starts the fault that the body of `POST /faults` describes: `{"kind": …}` with the kind's own keys.
 *
 * @throws WirebookError SIMULATOR_REQUEST_INVALID naming the key, or the kinds there are.
 */
export async function startFault(faults: SimulatorFaults, body: unknown): Promise<void> {
  if (!isJsonObject(body)) throw invalid('the body has to be a JSON object');
  const kind = ownValue(body, 'kind');
  const start = typeof kind === 'string' && Object.hasOwn(starts, kind) ? starts[kind] : undefined;
  if (start === undefined) throw invalid(`fault "${String(kind)}" is not known; there are: ${Object.keys(starts).join(', ')}`);
  await start(faults, body);
}

function targetOf(body: JsonObject): RestFaultTarget {
  return { method: optionalText(body, 'method')?.toUpperCase(), path: optionalText(body, 'path'), count: countOf(body) };
}

function withoutMethod({ path, count }: RestFaultTarget): RestFaultTarget {
  return { path, count };
}

function countOf(body: JsonObject): number {
  return optionalNumber(body, 'count') ?? 1;
}

function optionalNumber(body: JsonObject, key: string): number | undefined {
  return ownValue(body, key) === undefined ? undefined : numberOf(body, key);
}

function numberOf(body: JsonObject, key: string): number {
  const value: JsonValue | undefined = ownValue(body, key);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw invalid(`"${key}" has to be a whole number, 0 or more`);
  return value;
}

function optionalText(body: JsonObject, key: string): string | undefined {
  const value = ownValue(body, key);
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw invalid(`"${key}" has to be a text`);
  return value;
}

function certificateOf(body: JsonObject) {
  const name = optionalText(body, 'certificate');
  const kind = certificateKinds.find((candidate) => candidate === name);
  if (kind === undefined) throw invalid(`"certificate" has to be one of: ${certificateKinds.join(', ')}`);
  return kind;
}

function brokerOf(faults: SimulatorFaults) {
  if (faults.broker === null) throw invalid('faults of the broker need the embedded broker; this simulator uses a real one');
  return faults.broker;
}

function invalid(message: string): WirebookError {
  return new WirebookError('SIMULATOR_REQUEST_INVALID', message);
}
