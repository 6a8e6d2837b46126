import type { HealthView } from '@wirebook/api';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/** Numbers of the server's own process, beside those of its engine. */
export interface ServerMetrics {
  /** In the text format of Prometheus. */
  toText(health: Pick<HealthView, 'engine' | 'rest' | 'broker'>): Promise<string>;
}

export function createServerMetrics(): ServerMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'wirebook_server_' });
  const up = new Gauge({ name: 'wirebook_engine_up', help: '1 while the engine process runs what is deployed.', registers });
  const restarts = new Gauge({ name: 'wirebook_engine_restarts', help: 'Starts of the engine process after a failure.', registers });
  const links = new Gauge({
    name: 'wirebook_link_up',
    help: '1 while a side of the platform is reached.',
    labelNames: ['side'],
    registers,
  });
  return {
    toText: async ({ engine, rest, broker }) => {
      up.set(engine.state === 'running' ? 1 : 0);
      restarts.set(engine.restarts);
      links.set({ side: 'rest' }, rest.status === 'up' ? 1 : 0);
      links.set({ side: 'broker' }, broker.status === 'up' ? 1 : 0);
      return await registry.metrics();
    },
  };
}
