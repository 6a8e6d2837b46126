import { Button, FileButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { parseFlow } from '@wirebook/flow';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { describeFailure } from '../transport/api-error.ts';
import { useServices } from './services.tsx';

/** Reads a `*.flow.json` file into a flow of its own. */
export function FlowImportButton({ icon }: { readonly icon: ReactNode }) {
  const { api } = useServices();
  const [, navigate] = useLocation();
  const importing = useMutation({
    mutationFn: async (file: File) => {
      const document = parseFlow(await file.text());
      return api.call('createFlow', { body: { name: document.name, document: { ...document } } });
    },
    onSuccess: (flow) => navigate(`/flows/${flow.id}`),
    onError: (error, file) =>
      notifications.show({ color: 'red', title: `"${file.name}" was not imported`, message: describeFailure(error) }),
  });
  return (
    <FileButton
      accept="application/json,.json"
      onChange={(file) => {
        if (file !== null) importing.mutate(file);
      }}
    >
      {(props) => (
        <Button {...props} variant="default" leftSection={icon} loading={importing.isPending}>
          Import
        </Button>
      )}
    </FileButton>
  );
}
