import { NameDialog } from '../app/name-dialog.tsx';
import { describeFailure } from '../transport/api-error.ts';
import { useCanvasTools } from './canvas-control-context.tsx';
import { useFlowState, useFlowStore } from './flow-context.tsx';

/** Asks for the name of a node; expressions that use the old one follow. */
export function RenameNodeDialog({ nodeId }: { readonly nodeId: string }) {
  const { context, dialogs } = useCanvasTools();
  const store = useFlowStore();
  const name = useFlowState(({ document }) => document.nodes.find(({ id }) => id === nodeId)?.name ?? '');

  function close(): void {
    dialogs.close();
    context.canvas.focus(nodeId);
  }

  return (
    <NameDialog
      title="Rename the node"
      act="Rename"
      name={name}
      isBusy={false}
      onName={(next) => {
        try {
          if (next !== name) store.change({ kind: 'node-renamed', nodeId, name: next }, { label: `Rename ${name}` });
          close();
        } catch (thrown) {
          context.canvas.tell(describeFailure(thrown), 'bad');
        }
      }}
      onClose={close}
    />
  );
}
