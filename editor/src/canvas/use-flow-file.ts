import { notifications } from '@mantine/notifications';
import { parseFlow, serializeFlow } from '@wirebook/flow';
import { useMemo } from 'react';
import { describeFailure } from '../transport/api-error.ts';
import { useFlowStore } from './flow-context.tsx';

/** The flow as a file: saved to the computer, or taken from one in place of the draft. */
export function useFlowFile(): { readonly save: () => void; readonly take: (file: File) => Promise<void> } {
  const store = useFlowStore();
  return useMemo(
    () => ({
      save: () => {
        const { document: flow } = store.getState();
        const address = URL.createObjectURL(new Blob([serializeFlow(flow)], { type: 'application/json' }));
        const link = document.createElement('a');
        link.href = address;
        link.download = `${flow.id}.flow.json`;
        link.click();
        URL.revokeObjectURL(address);
      },
      take: async (file: File) => {
        try {
          const flow = parseFlow(await file.text());
          store.change({ kind: 'flow-replaced', document: flow }, { label: `Import ${file.name}` });
          notifications.show({ message: `The draft is what "${file.name}" holds. Ctrl+Z brings the former one back.` });
        } catch (thrown) {
          notifications.show({ color: 'red', title: `"${file.name}" was not imported`, message: describeFailure(thrown) });
        }
      },
    }),
    [store],
  );
}
