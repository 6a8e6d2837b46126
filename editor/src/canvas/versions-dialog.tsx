import { Button, Group, Modal, Skeleton, Stack, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { VersionSummary } from '@wirebook/api';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import { EmptyState } from '../app/empty-state.tsx';
import { FailureState } from '../app/failure-state.tsx';
import { useServices } from '../app/services.tsx';
import { TimeText } from '../app/time-text.tsx';
import { describeFailure } from '../transport/api-error.ts';
import { useFlowSession } from './flow-session-context.tsx';
import styles from './versions-dialog.module.css';

/** The history of the flow: what was kept, when, by whom and why; and drafts that were kept aside. */
export function VersionsDialog({ onClose }: { readonly onClose: () => void }) {
  const { api } = useServices();
  const session = useFlowSession();
  const { flowId } = session.store.getState();
  const [, navigate] = useLocation();
  const sideDrafts = useStore(session.notices, (state) => state.sideDrafts);
  const versions = useQuery({ queryKey: ['listVersions', flowId], queryFn: () => api.call('listVersions', { params: { flowId } }) });

  function look(search: string): void {
    onClose();
    navigate(`/flows/${flowId}?${search}`);
  }

  return (
    <Modal opened onClose={onClose} title="Versions" size={640}>
      <Stack gap="md">
        <SaveVersion flowId={flowId} />
        {versions.isPending ? <Skeleton height={120} /> : null}
        {versions.error === null ? null : <FailureState error={versions.error} onRetry={() => void versions.refetch()} />}
        {versions.data?.versions.length === 0 ? (
          <EmptyState help="versions" text="There is no version yet: a deployment makes one." />
        ) : null}
        <ul className={styles.list} aria-label="Versions">
          {versions.data?.versions.map((version) => (
            <VersionRow key={version.number} version={version} onLook={() => look(`version=${version.number}`)} />
          ))}
        </ul>
        {sideDrafts.length === 0 ? null : (
          <>
            <h3 className={styles.title}>Drafts kept aside</h3>
            <ul className={styles.list} aria-label="Drafts kept aside">
              {sideDrafts.map(({ id, userName, createdAtMs, summary }) => (
                <li key={id} className={styles.row}>
                  <span className={styles.what}>
                    {summary.length === 0 ? 'no difference to the draft' : `${summary.length} changes: ${summary[0]}`}
                  </span>
                  <span className={styles.who}>
                    {userName}, <TimeText atMs={createdAtMs} />
                  </span>
                  <Button variant="default" onClick={() => look(`sideDraft=${id}`)}>
                    Look at it
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
      </Stack>
    </Modal>
  );
}

function VersionRow({ version, onLook }: { readonly version: VersionSummary; readonly onLook: () => void }) {
  const { number, note, createdBy, createdAtMs, isDeployed } = version;
  return (
    <li className={styles.row}>
      <span className={styles.number}>{number}</span>
      <span className={styles.what}>
        {note === '' ? <span className="wb-muted">no note</span> : note}
        {isDeployed ? <span className={styles.runs}>runs</span> : null}
      </span>
      <span className={styles.who}>
        {createdBy}, <TimeText atMs={createdAtMs} />
      </span>
      <Button variant="default" aria-label={`Look at version ${number}`} onClick={onLook}>
        Look at it
      </Button>
    </li>
  );
}

function SaveVersion({ flowId }: { readonly flowId: string }) {
  const { api, session: signedIn } = useServices();
  const session = useFlowSession();
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const saving = useMutation({
    mutationFn: async () => {
      if (!(await session.flush())) throw new Error('The draft could not be saved.');
      return api.call('saveVersion', { params: { flowId }, body: { note: note.trim() } });
    },
    onSuccess: () => {
      setNote('');
      void queries.invalidateQueries({ queryKey: ['listVersions', flowId] });
    },
    onError: (error) => notifications.show({ color: 'red', title: 'No version was saved', message: describeFailure(error) }),
  });
  if (signedIn.user?.role === 'viewer') return null;
  return (
    <Group align="flex-end" gap="sm" wrap="nowrap">
      <Textarea
        className={styles.note ?? ''}
        label="Save the draft as a version"
        placeholder="What is new in it, in a few words"
        maxLength={2000}
        rows={1}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button loading={saving.isPending} disabled={note.trim() === ''} onClick={() => saving.mutate()}>
        Save version
      </Button>
    </Group>
  );
}
