import type { ConfigField } from '@wirebook/node-kit';
import { useId, useMemo } from 'react';
import { useServices } from '../app/services.tsx';
import { useFlowState, useFlowStore } from '../canvas/flow-context.tsx';
import { FieldFrame, nameParts } from './fields/field-frame.tsx';
import type { FieldProps } from './fields/field-props.ts';
import { JsonataField } from './fields/jsonata-field.tsx';
import { TextField } from './fields/text-field.tsx';
import { NodeFormProvider } from './node-form-context.tsx';
import { describeAtSetting } from './problem-text.ts';

const path = ['settings', 'orderBy'];
const place = 'settings.orderBy';
const label = 'Keep order by';
const field: ConfigField = {
  type: 'string',
  title: label,
  description:
    'JSONata on the message, such as $trigger.body.incident.id. Messages with the same key run one after the other in the order in which they came, others beside them. Empty: no order is kept.',
  'x-editor': 'code:jsonata',
};

/** The key of the lanes of a flow, with what it gives for the last recorded message of its first source. */
export function OrderByField({ isReadOnly }: { readonly isReadOnly: boolean }) {
  const store = useFlowStore();
  const { nodeTypes } = useServices();
  const id = useId();
  const flowId = useFlowState((state) => state.flowId);
  const orderBy = useFlowState((state) => state.document.settings.orderBy);
  const problems = useFlowState((state) => state.problems);
  const sourceId = useFlowState(
    ({ document }) => document.nodes.find(({ type }) => nodeTypes.findDescriptor(type)?.source !== undefined)?.id,
  );
  const sourceType = useFlowState(({ document }) => document.nodes.find((node) => node.id === sourceId)?.type);
  const form = useMemo(() => {
    const descriptor = sourceType === undefined ? undefined : nodeTypes.findDescriptor(sourceType);
    return descriptor === undefined || sourceId === undefined ? null : { flowId, nodeId: sourceId, descriptor, isReadOnly };
  }, [flowId, sourceId, sourceType, nodeTypes, isReadOnly]);
  const errors = problems.filter((problem) => problem.nodeId === undefined && problem.field === place).map(describeAtSetting);

  function take(value: unknown): void {
    const next = typeof value === 'string' && value.trim() !== '' ? value : null;
    if (next === orderBy) return;
    store.change({ kind: 'flow-described', settings: { orderBy: next } }, { label: 'Change the order of the flow', isMergeable: true });
  }

  const shared: FieldProps = {
    id,
    path,
    field,
    value: orderBy ?? undefined,
    isReadOnly,
    isBad: errors.length > 0,
    onChange: take,
  };
  return (
    <FieldFrame words={nameParts(id, field, errors)} path={path} field={field} label={label} mark="" errors={errors}>
      {form === null ? (
        // Without a source there is no message to try it on.
        <TextField {...shared} isMultiline={false} />
      ) : (
        <NodeFormProvider value={form}>
          <JsonataField {...shared} label={label} />
        </NodeFormProvider>
      )}
    </FieldFrame>
  );
}
