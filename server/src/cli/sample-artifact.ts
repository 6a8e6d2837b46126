import { readFile } from 'node:fs/promises';
import { createSystemClock } from '@wirebook/engine';
import { isJsonObject, WirebookError } from '@wirebook/errors';
import type { Simulator } from '@wirebook/simulator';
import { createPlatformClient } from '@wirebook/soar-client';

/** An artifact of the demonstration organisation to try an action on. */
export interface SampleArtifact {
  readonly incidentId: number;
  readonly artifactId: number;
  readonly value: string;
}

const requestTimeoutMs = 10_000;

/** Asks the simulated platform over REST, as any client would. */
export async function findSampleArtifact(simulator: Simulator, signal: AbortSignal): Promise<SampleArtifact> {
  const rest = new URL(simulator.restUrl);
  const client = await createPlatformClient({
    host: rest.hostname,
    port: Number(rest.port),
    org: simulator.org,
    login: { kind: 'api-key', id: simulator.apiKeyId, secret: simulator.apiKeySecret },
    tls: { caPem: await readFile(simulator.caFile, 'utf8'), verify: true },
    timeoutMs: requestTimeoutMs,
    retry: { attempts: 1, delayMs: 0, backoff: 1, maxDelayMs: 0 },
    clock: createSystemClock(),
    random: () => 0,
    log: { info: () => undefined, warn: () => undefined },
  });
  try {
    const calls = client.forRun({ contextToken: undefined, signal, onAttempt: () => undefined });
    const incidents = await calls.request({ method: 'POST', path: '/incidents/query_paged', body: { start: 0, length: 1 } });
    const [incident] = isJsonObject(incidents.body) && Array.isArray(incidents.body.data) ? incidents.body.data : [];
    if (!isJsonObject(incident) || typeof incident.id !== 'number') throw missing('incident');
    const artifacts = await calls.request({ method: 'GET', path: `/incidents/${incident.id}/artifacts` });
    const [artifact] = Array.isArray(artifacts.body) ? artifacts.body : [];
    if (!isJsonObject(artifact) || typeof artifact.id !== 'number') throw missing('artifact');
    return { incidentId: incident.id, artifactId: artifact.id, value: String(artifact.value) };
  } finally {
    await client.close();
  }
}

function missing(what: string): WirebookError {
  return new WirebookError('ENGINE_INVARIANT_BROKEN', `the demonstration organisation has no ${what}`);
}
