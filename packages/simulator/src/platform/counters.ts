import type { FieldNumbers } from './field.ts';

/** Numbers of new objects. */
export interface Counters extends FieldNumbers {
  nextObjectId(kind: CountedKind): number;
}

type CountedKind =
  | 'incident'
  | 'note'
  | 'artifact'
  | 'row'
  | 'destination'
  | 'function'
  | 'workflow'
  | 'workflowInstance'
  | 'script'
  | 'playbook'
  | 'task'
  | 'attachment'
  | 'milestone'
  | 'rule'
  | 'group'
  | 'wiki'
  | 'type'
  | 'principal';

export function createCounters(): Counters {
  const next = new Map<CountedKind | 'field' | 'option', number>([
    ['incident', 2101],
    ['note', 11],
    ['artifact', 21],
    ['row', 81],
    ['destination', 9],
    ['function', 3],
    ['workflow', 5],
    ['workflowInstance', 54],
    ['script', 7],
    ['playbook', 3],
    ['task', 31],
    ['attachment', 3],
    ['milestone', 7],
    ['rule', 41],
    ['group', 5],
    ['wiki', 13],
    ['type', 1001],
    ['principal', 4],
    ['field', 201],
    ['option', 1051],
  ]);
  function draw(kind: CountedKind | 'field' | 'option'): number {
    const value = next.get(kind) ?? 1;
    next.set(kind, value + 1);
    return value;
  }
  return {
    nextObjectId: draw,
    nextFieldId: () => draw('field'),
    nextOptionValue: () => draw('option'),
  };
}
