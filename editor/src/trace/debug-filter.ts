import type { DebugLine } from '@wirebook/api';

export interface DebugFilter {
  /** Null: every flow. */
  readonly flowId: string | null;
  readonly nodeId: string | null;
  /** Null: every level. */
  readonly level: DebugLine['level'] | null;
  readonly text: string;
}

export const debugLevels: readonly DebugLine['level'][] = ['print', 'debug', 'info', 'warn', 'error'];

/** The lines that fit, oldest first. */
export function filterDebugLines(lines: readonly DebugLine[], { flowId, nodeId, level, text }: DebugFilter): readonly DebugLine[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return lines.filter(
    (line) =>
      (flowId === null || line.flowId === flowId) &&
      (nodeId === null || line.nodeId === nodeId) &&
      (level === null || line.level === level) &&
      words.every((word) => `${line.label} ${line.text} ${line.runId}`.toLowerCase().includes(word)),
  );
}
