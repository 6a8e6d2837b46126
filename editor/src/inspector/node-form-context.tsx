import type { FlowNode } from '@wirebook/flow';
import type { NodeDescriptor } from '@wirebook/node-kit';
import { createContext, useContext } from 'react';
import { useFlowState } from '../canvas/flow-context.tsx';
import type { PickerPlace } from './picker-options.ts';

/** The node whose form is drawn. */
export interface NodeForm {
  readonly flowId: string;
  readonly nodeId: string;
  readonly descriptor: NodeDescriptor;
  readonly isReadOnly: boolean;
}

const NodeFormContext = createContext<NodeForm | null>(null);

export const NodeFormProvider = NodeFormContext.Provider;

export function useNodeForm(): NodeForm {
  const form = useContext(NodeFormContext);
  if (form === null) throw new Error('a field was drawn outside the form of a node');
  return form;
}

const noConfig: FlowNode['config'] = {};

/** Where the pickers of the form stand: what they offer depends on the rest of the config and of the flow. */
export function usePickerPlace(): PickerPlace {
  const { nodeId, descriptor } = useNodeForm();
  const document = useFlowState((state) => state.document);
  const config = document.nodes.find(({ id }) => id === nodeId)?.config ?? noConfig;
  return { document, nodeId, descriptor, config };
}
