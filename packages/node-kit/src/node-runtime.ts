import type { ConfigOf, Execute, ExecuteContext, OutputPort } from './execute.ts';
import type { NodeDescriptor } from './node-descriptor.ts';
import type { WriteCheck } from './write-check.ts';

/** A node type with its behaviour, as the engine keeps it. */
export interface NodeRuntime {
  readonly descriptor: NodeDescriptor;
  readonly execute: (context: ExecuteContext<unknown, string>) => void | Promise<void>;
  /** Finds out whether a write in doubt was made; there when the descriptor has `whenInDoubt`. */
  readonly writeCheck?: WriteCheck<unknown, string> | undefined;
}

/** What {@link defineNode} takes behind the behaviour: a check for a descriptor that offers one, nothing for all others. */
type WriteCheckOf<D extends NodeDescriptor> = D extends { readonly whenInDoubt: object }
  ? [writeCheck: WriteCheck<ConfigOf<D>, OutputPort<D>>]
  : [writeCheck?: undefined];

/** Pairs a descriptor with its behaviour for the runtime door of a node package. */
export function defineNode<const D extends NodeDescriptor>(
  descriptor: D,
  execute: Execute<D>,
  ...[writeCheck]: WriteCheckOf<D>
): NodeRuntime {
  return {
    descriptor,
    execute: execute as NodeRuntime['execute'],
    ...(writeCheck === undefined ? {} : { writeCheck: writeCheck as NonNullable<NodeRuntime['writeCheck']> }),
  };
}
