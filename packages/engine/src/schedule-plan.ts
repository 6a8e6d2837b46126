import { type JsonObject, WirebookError } from '@wirebook/errors';
import { Cron } from 'croner';

/** When a source starts runs. */
export interface SchedulePlan {
  /** The first time behind this one, in milliseconds since the epoch; null: there is none. */
  findNext(afterMs: number): number | null;
  /** What was missed while no engine ran is made up by one run. */
  readonly makesUp: boolean;
  /** The first run comes with the first deploy. */
  readonly startsAtOnce: boolean;
  /** How far before its time the first run's period begins. */
  readonly lookBackMs: number;
}

/** @throws FLOW_NODE_CONFIG_INVALID for a cron expression or a time zone that does not exist. */
export function compileSchedule(config: JsonObject, nodeName: string): SchedulePlan {
  const findNext = config.when === 'cron' ? compileCron(config, nodeName) : compileInterval(Number(config.everyMs));
  return {
    findNext,
    makesUp: config.missed !== 'skip',
    startsAtOnce: config.startAtOnce === true,
    lookBackMs: Number(config.lookBackMs ?? 0),
  };
}

function compileInterval(everyMs: number): SchedulePlan['findNext'] {
  return (afterMs) => afterMs + everyMs;
}

function compileCron({ cron, timeZone }: JsonObject, nodeName: string): SchedulePlan['findNext'] {
  const pattern = String(cron ?? '').trim();
  const zone = String(timeZone ?? '').trim();
  if (zone !== '' && !isTimeZone(zone)) {
    throw refuse(nodeName, 'timeZone', `there is no time zone "${zone}"; write one such as Europe/Berlin, or UTC`);
  }
  try {
    const times = new Cron(pattern, { paused: true, ...(zone === '' ? {} : { timezone: zone }) });
    if (times.nextRun(new Date(0)) === null) throw new Error('no such time ever comes');
    return (afterMs) => times.nextRun(new Date(afterMs))?.getTime() ?? null;
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.replace(/^CronPattern: /, '') : String(thrown);
    throw refuse(
      nodeName,
      'cron',
      `"${pattern}" is no cron expression: ${reason}; write minute, hour, day, month, weekday, such as 0 6 * * 1-5`,
    );
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function refuse(nodeName: string, field: string, reason: string): WirebookError {
  return new WirebookError('FLOW_NODE_CONFIG_INVALID', `node "${nodeName}", field "${field}": ${reason}`);
}
