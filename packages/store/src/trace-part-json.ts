import type { TracePart } from '@wirebook/engine';
import { toTracedValue } from '@wirebook/trace';

/** The events of a part as JSON; values are cut only when all together are longer than `maxLength`. */
export function toEventsJson({ events }: TracePart, maxLength: number): string {
  const json = JSON.stringify(events);
  if (json.length <= maxLength) return json;
  const share = Math.max(200, Math.floor(maxLength / Math.max(1, events.length)));
  return JSON.stringify(
    events.map((event) => {
      if ('output' in event && event.output.value !== undefined) return { ...event, output: toTracedValue(event.output.value, share) };
      if ('input' in event && event.input.value !== undefined) return { ...event, input: toTracedValue(event.input.value, share) };
      if ('text' in event && event.text.length > share) return { ...event, text: `${event.text.slice(0, share)}…` };
      return event;
    }),
  );
}
