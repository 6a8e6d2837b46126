import type { ErrorRecord, JsonObject, JsonValue } from '@wirebook/errors';
import type { StepFailure } from '@wirebook/node-kit';
import type { Ancestry } from './ancestry.ts';
import type { CompiledNode } from './compiled-flow.ts';
import type { StepTask } from './step-context.ts';

/** One message of a split on its way, until nothing of it is left. */
export interface Part {
  readonly scope: Scope;
  /** From 0, in the order in which the split gave them. */
  readonly index: number;
  readonly message: JsonValue;
  readonly ancestry: Ancestry;
  /** Steps queued or under way in it, and scopes that are open in it. */
  openCount: number;
  /** What came to the join, with the way it took. */
  readonly arrived: { readonly way: string; readonly message: JsonValue }[];
  /** An error in it that nothing took, and that ends no more than the part. */
  failure: ErrorRecord | null;
}

/** All parts of one split. It is in the engine and never in a message. */
interface Scope {
  readonly splitter: CompiledNode;
  /** The part of an outer split that it was opened in. */
  readonly outer: Part | null;
  readonly join: CompiledNode | null;
  /** What led to the split, for those that follow it. */
  readonly failure: StepFailure | undefined;
  /** How what is joined came to be: the way of the message that was split. */
  readonly joinAncestry: Ancestry;
  readonly parts: Part[];
  nextIndex: number;
  runningCount: number;
  endedCount: number;
  isAdvancing: boolean;
}

interface Opening {
  readonly task: StepTask;
  readonly joinAncestry: Ancestry;
  readonly parts: readonly Pick<Part, 'message' | 'ancestry'>[];
}

export interface RunScopesOptions {
  /** Hands the message of a part to the nodes behind the split. */
  readonly send: (part: Part) => void;
  /** All parts of a scope have ended. */
  readonly join: (task: StepTask) => void;
}

/** Which parts of which splits are under way. */
export interface RunScopes {
  readonly openCount: () => number;
  open(opening: Opening): void;
  /** A step of this part begins to count. */
  enter(part: Part | null): void;
  /** A step of this part is over; what follows from it has entered before. */
  leave(part: Part | null): void;
  /** True: the message is kept for its join. False: it has no business there. */
  arrive(part: Part | null, arrival: { readonly join: CompiledNode; readonly way: string; readonly message: JsonValue }): boolean;
  /** True: the join collects the error, or nobody but the part has to know of it; its part begins nothing more. */
  fail(part: Part | null, error: ErrorRecord): boolean;
  /** The part, or one that it is in, has failed: it begins nothing more. */
  isDead(part: Part | null): boolean;
}

export function createRunScopes({ send, join }: RunScopesOptions): RunScopes {
  let openCount = 0;

  function isDead(part: Part | null): boolean {
    for (let each = part; each !== null; each = each.scope.outer) if (each.failure !== null) return true;
    return false;
  }

  /** Begins as many parts as may be under way at a time. */
  function advance(scope: Scope): void {
    if (scope.isAdvancing) return;
    scope.isAdvancing = true;
    const { parts, outer } = scope;
    const limit = scope.splitter.split?.parallel ?? 1;
    while (scope.nextIndex < parts.length && scope.runningCount < limit && !isDead(outer)) {
      const part = parts[scope.nextIndex];
      scope.nextIndex += 1;
      if (part === undefined) break;
      scope.runningCount += 1;
      // Held until all wires of the port have it.
      part.openCount += 1;
      send(part);
      leave(part);
    }
    scope.isAdvancing = false;
    const isOver = scope.runningCount === 0 && (scope.endedCount === parts.length || isDead(outer));
    if (isOver) close(scope);
  }

  function leave(part: Part | null): void {
    if (part === null) return;
    part.openCount -= 1;
    if (part.openCount > 0) return;
    part.scope.runningCount -= 1;
    part.scope.endedCount += 1;
    advance(part.scope);
  }

  function close(scope: Scope): void {
    openCount -= 1;
    const { outer, joinAncestry: ancestry } = scope;
    if (scope.join !== null && !isDead(outer)) {
      join({ node: scope.join, message: scope.parts.map(toPartReport), ancestry, failure: scope.failure, part: outer, isJoined: true });
    }
    leave(outer);
  }

  return {
    openCount: () => openCount,
    isDead,
    enter: (part) => {
      if (part !== null) part.openCount += 1;
    },
    leave,
    open: ({ task, joinAncestry, parts }) => {
      const scope: Scope = {
        splitter: task.node,
        outer: task.part,
        join: task.node.split?.join ?? null,
        failure: task.failure,
        joinAncestry,
        parts: [],
        nextIndex: 0,
        runningCount: 0,
        endedCount: 0,
        isAdvancing: false,
      };
      for (const [index, part] of parts.entries()) scope.parts.push({ ...part, scope, index, openCount: 0, arrived: [], failure: null });
      openCount += 1;
      if (task.part !== null) task.part.openCount += 1;
      advance(scope);
    },
    arrive: (part, { join: node, way, message }) => {
      if (part === null || part.scope.join !== node) return false;
      part.arrived.push({ way, message });
      return true;
    },
    fail: (part, error) => {
      for (let each = part; each !== null; each = each.scope.outer) {
        const { splitter, join: joined } = each.scope;
        if (joined?.join?.collectsFailures !== true && splitter.split?.isolated !== true) continue;
        each.failure ??= error;
        return true;
      }
      return false;
    },
  };
}

/** What a join node is handed of each part. Several messages of one part stand in the order of their ways, whichever came first. */
function toPartReport({ index, arrived, failure }: Part): JsonObject {
  if (failure !== null) {
    const { code, message, details } = failure;
    return {
      index,
      status: 'failed',
      messages: [],
      error: { code, message, ...(details === undefined ? {} : { details: { ...details } }) },
    };
  }
  const messages = [...arrived].sort((a, b) => (a.way < b.way ? -1 : a.way > b.way ? 1 : 0)).map(({ message }) => message);
  return { index, status: messages.length === 0 ? 'dropped' : 'ended', messages };
}
