import { readFileSync } from 'node:fs';

export interface ProcessUsage {
  /** User and system time since the process began. */
  readonly cpuMs: number;
  /** Largest resident set so far. */
  readonly peakMemoryMb: number;
}

const msPerTick = 10;

/** What Linux tells of a process. */
export function readProcessUsage(pid: number): ProcessUsage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [userTicks, systemTicks] = [Number(fields[11]), Number(fields[12])];
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { cpuMs: (userTicks + systemTicks) * msPerTick, peakMemoryMb: Number(peak ?? 0) / 1024 };
}
