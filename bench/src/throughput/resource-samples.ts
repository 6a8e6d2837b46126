import { readdirSync, readFileSync } from 'node:fs';

/** Of one process at one moment, as Linux tells it. */
export interface ResourceSample {
  readonly atSeconds: number;
  /** Resident set. */
  readonly memoryMb: number;
  readonly fileHandles: number;
}

export function sampleProcess(pid: number, atSeconds: number): ResourceSample {
  const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return { atSeconds, memoryMb: Number(resident ?? 0) / 1024, fileHandles: readdirSync(`/proc/${pid}/fd`).length };
}

/** Processes that this one started. */
export function findChildren(pid: number): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number);
}

/** How much a value grows in one second, by least squares. */
export function findSlope(points: readonly (readonly [atSeconds: number, value: number])[]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
}
