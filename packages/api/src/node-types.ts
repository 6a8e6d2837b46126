import type { FlowDocumentInput } from '@wirebook/flow';
import type { NodeDescriptor } from '@wirebook/node-kit';

/** A node type as palette, canvas and forms see it. */
export interface NodeTypeView {
  readonly descriptor: NodeDescriptor;
  /** Markdown. */
  readonly help: string;
  readonly examples: readonly FlowDocumentInput[];
}

export interface NodeTypesView {
  readonly nodeTypes: readonly NodeTypeView[];
}
