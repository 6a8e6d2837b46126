import type { ConsoleField } from '@wirebook/api';
import { formatTime } from '../app/time-text.tsx';

/** What stands behind a label: moments in the zone of the product, everything else as it came. */
export function toShownText({ inputType, text }: Pick<ConsoleField, 'inputType' | 'text'>, timeZone: string): string {
  const atMs = inputType === 'datetimepicker' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(atMs) ? text : formatTime(atMs, timeZone);
}
