import { Skeleton, Stack } from '@mantine/core';
import type { FlowNode } from '@wirebook/flow';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef } from 'react';
import { EmptyState } from '../app/empty-state.tsx';
import { useServices } from '../app/services.tsx';
import { useFlowState, useFlowStore } from '../canvas/flow-context.tsx';
import { toExtraErrors } from './extra-errors.ts';
import { focusField } from './focus-field.ts';
import { NodeFormProvider } from './node-form-context.tsx';

const ConfigForm = lazy(() => import('./form/config-form.tsx').then(({ ConfigForm: form }) => ({ default: form })));

/** The form of a node. What is typed is in the flow at once. */
export function ConfigureTab({ node, isReadOnly }: { readonly node: FlowNode; readonly isReadOnly: boolean }) {
  const store = useFlowStore();
  const { nodeTypes } = useServices();
  const flowId = useFlowState((state) => state.flowId);
  const problems = useFlowState((state) => state.problems);
  const descriptor = nodeTypes.findDescriptor(node.type);
  const errors = useMemo(() => toExtraErrors(problems, node), [problems, node]);
  const form = useMemo(
    () => (descriptor === undefined ? null : { flowId, nodeId: node.id, descriptor, isReadOnly }),
    [flowId, node.id, descriptor, isReadOnly],
  );
  if (form === null || descriptor === undefined) {
    return <EmptyState help="inspector" text={`The node type ${node.type} is not installed on this server, so its form is not known.`} />;
  }
  if (Object.keys(descriptor.config.properties).length === 0) return <EmptyState text="There is nothing to configure." />;
  return (
    <NodeFormProvider value={form}>
      <Suspense fallback={<FormSkeleton />}>
        <FocusOnField nodeId={node.id}>
          <ConfigForm
            schema={descriptor.config}
            config={node.config}
            errors={errors}
            isReadOnly={isReadOnly}
            onConfig={(config) =>
              store.change({ kind: 'node-configured', nodeId: node.id, config }, { label: `Configure ${node.name}`, isMergeable: true })
            }
          />
        </FocusOnField>
      </Suspense>
    </NodeFormProvider>
  );
}

/** Brings the field that something led to into view and gives it the keyboard; inside Suspense, so that the form is there. */
function FocusOnField({ nodeId, children }: { readonly nodeId: string; readonly children: ReactNode }) {
  const inspected = useFlowState((state) => state.inspected);
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (inspected?.nodeId === nodeId && inspected.field !== undefined && host.current !== null) focusField(host.current, inspected.field);
  }, [inspected, nodeId]);
  return <div ref={host}>{children}</div>;
}

function FormSkeleton() {
  return (
    <Stack gap={16} aria-hidden="true">
      {['a', 'b', 'c'].map((key) => (
        <Skeleton key={key} height={48} />
      ))}
    </Stack>
  );
}
