import { formatDuration } from '@wirebook/engine';

/** What starts a flow at this source, in a few words; empty while its form is. */
export function describeSource(kind: string, config: Readonly<Record<string, unknown>>): string {
  switch (kind) {
    case 'function':
      return toText(config.function);
    case 'destination':
    case 'inbound':
      return toText(config.destination);
    case 'connector':
      return toText(config.queue) || 'connector queues';
    case 'schedule':
      return config.when === 'cron' ? toText(config.cron) : `every ${formatDuration(Number(config.everyMs ?? 300_000))}`;
    case 'webhook':
    case 'form':
      return toText(config.path);
    case 'inject':
      return 'by hand';
    default:
      return '';
  }
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
