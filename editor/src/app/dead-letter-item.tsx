import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type DeadLetterView, permissionsOfRole } from '@wirebook/api';
import { useState } from 'react';
import { describeFailure } from '../transport/api-error.ts';
import { BytesView } from './bytes-view.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import styles from './poison-page.module.css';
import { useServices } from './services.tsx';
import { TimeText } from './time-text.tsx';

/** One dead letter: where it came from, its bytes and headers on demand, and its return. */
export function DeadLetterItem({ letter }: { readonly letter: DeadLetterView }) {
  const { api, session } = useServices();
  const queries = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const mayOperate = session.user !== null && permissionsOfRole[session.user.role].includes('poison.operate');
  const { messageId, originalDestination, sentAtMs, sizeBytes, giveBack } = letter;
  const returning = useMutation({
    mutationFn: () => api.call('giveBackDeadLetter', { body: { messageId } }),
    onSuccess: ({ destination }) => notifications.show({ message: `The message is back on ${destination}.` }),
    onError: (error) => notifications.show({ color: 'red', title: 'The message was not returned', message: describeFailure(error) }),
    onSettled: () => {
      setAsked(false);
      void queries.invalidateQueries({ queryKey: ['listDeadLetters'] });
    },
  });

  return (
    <li className={styles.letter}>
      <div className={styles.head}>
        <span className={styles.reason}>{originalDestination ?? 'from an unknown destination'}</span>
        <span className={styles.age}>{sentAtMs === null ? 'at an unknown time' : <TimeText atMs={sentAtMs} />}</span>
      </div>
      <span className={styles.place}>
        {messageId} · {sizeBytes} bytes
      </span>
      <div className={styles.choice}>
        <Button
          fullWidth
          variant="default"
          justify="flex-start"
          disabled={!giveBack.isPossible || !mayOperate}
          leftSection={<IconArrowBackUp size={16} stroke={1.75} />}
          onClick={() => setAsked(true)}
        >
          Return
        </Button>
        <span className="wb-muted">{mayOperate ? giveBack.text : 'Your role may look. An editor or owner returns messages.'}</span>
      </div>
      <div>
        <Button variant="subtle" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide headers and bytes' : 'Show headers and bytes'}
        </Button>
      </div>
      {isOpen ? (
        <>
          <BytesView bytes={letter.bodyBase64} isCut={false}>
            {letter.isBodyCut ? <span className="wb-muted">The first bytes of {sizeBytes}</span> : null}
          </BytesView>
          <dl className={styles.headers} aria-label="Headers">
            {Object.entries(letter.headers).map(([name, value]) => (
              <HeaderLine key={name} name={name} value={value} />
            ))}
          </dl>
        </>
      ) : null}
      {isAsked ? (
        <ConfirmDialog
          title="Return this message?"
          text={giveBack.text}
          act="Return"
          isBusy={returning.isPending}
          isLoss={false}
          onConfirm={() => returning.mutate()}
          onClose={() => setAsked(false)}
        />
      ) : null}
    </li>
  );
}

function HeaderLine({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
