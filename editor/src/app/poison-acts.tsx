import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMessageX, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type PoisonSummary, permissionsOfRole } from '@wirebook/api';
import { type ReactNode, useState } from 'react';
import { describeFailure } from '../transport/api-error.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import styles from './poison-page.module.css';
import { useServices } from './services.tsx';

type Act = 'answer' | 'run' | 'drop';

const dropText = 'It leaves the tray with its bytes. It is settled already: nobody delivers it again.';

/** What may be done about a message, what each would do, and why one may not. */
export function PoisonActs({ message, onDone }: { readonly message: PoisonSummary; readonly onDone: () => void }) {
  const { api, session } = useServices();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Act | null>(null);
  const mayOperate = session.user !== null && permissionsOfRole[session.user.role].includes('poison.operate');
  const params = { poisonId: String(message.id) };
  const acting = useMutation({
    mutationFn: (act: Act): Promise<unknown> => {
      if (act === 'answer') return api.call('answerPoison', { params, body: {} });
      return act === 'run' ? api.call('runPoisonAgain', { params }) : api.call('dropPoison', { params });
    },
    onSuccess: async (_, act) => {
      notifications.show({ message: doneWords[act] });
      setAsked(null);
      onDone();
      await queries.invalidateQueries({ queryKey: ['listPoison'] });
    },
    onError: (error) => {
      setAsked(null);
      notifications.show({ color: 'red', title: 'The message stays in the tray', message: describeFailure(error) });
      void queries.invalidateQueries({ queryKey: ['getPoison'] });
    },
  });

  if (!mayOperate) return <p className="wb-muted">Your role may look at the tray. An editor or owner decides about its messages.</p>;
  return (
    <section aria-label="What may be done">
      <Choice text={message.runAgain.text}>
        <Button
          fullWidth
          variant="default"
          justify="flex-start"
          disabled={!message.runAgain.isPossible}
          leftSection={<IconPlayerPlay size={16} stroke={1.75} />}
          onClick={() => setAsked('run')}
        >
          Run again
        </Button>
      </Choice>
      <Choice text={message.answer.text}>
        <Button
          fullWidth
          variant="default"
          justify="flex-start"
          disabled={!message.answer.isPossible}
          leftSection={<IconMessageX size={16} stroke={1.75} />}
          onClick={() => setAsked('answer')}
        >
          Answer with error
        </Button>
      </Choice>
      <Choice text={dropText}>
        <Button
          fullWidth
          variant="default"
          justify="flex-start"
          leftSection={<IconTrash size={16} stroke={1.75} />}
          onClick={() => setAsked('drop')}
        >
          Drop
        </Button>
      </Choice>
      {asked === null ? null : (
        <ConfirmDialog
          title={titles[asked]}
          text={asked === 'drop' ? dropText : asked === 'run' ? message.runAgain.text : message.answer.text}
          act={actWords[asked]}
          isBusy={acting.isPending}
          isLoss={asked !== 'run'}
          onConfirm={() => acting.mutate(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  );
}

const titles: Record<Act, string> = { answer: 'Answer with an error?', run: 'Run this message again?', drop: 'Drop this message?' };
const actWords: Record<Act, string> = { answer: 'Answer with error', run: 'Run again', drop: 'Drop' };
const doneWords: Record<Act, string> = {
  answer: 'The platform has one error as the reply.',
  run: 'The message runs again.',
  drop: 'The message is dropped.',
};

function Choice({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <div className={styles.choice}>
      {children}
      <span className="wb-muted">{text}</span>
    </div>
  );
}
