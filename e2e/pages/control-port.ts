import { expect } from '@playwright/test';

/** Fires a rule on an incident of the simulated platform. */
export function fire(controlUrl: string, rule: string, incident: number, properties: Readonly<Record<string, string>>): Promise<void> {
  return post(`${controlUrl}/invocations`, { rule, incident, properties }, 201);
}

/** Makes something go wrong at the simulated platform. */
export async function injectFault(controlUrl: string, fault: Readonly<Record<string, unknown>>): Promise<void> {
  await post(`${controlUrl}/faults`, fault);
}

export async function endFaults(controlUrl: string): Promise<void> {
  await fetch(`${controlUrl}/faults`, { method: 'DELETE' });
}

async function post(address: string, body: object, status?: number): Promise<void> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (status === undefined) expect(answer.ok, text).toBe(true);
  else expect(answer.status, text).toBe(status);
}
