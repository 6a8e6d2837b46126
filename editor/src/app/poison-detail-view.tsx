import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { IconDownload, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { BytesView } from './bytes-view.tsx';
import { Fact, Facts } from './card.tsx';
import { FailureState } from './failure-state.tsx';
import { PoisonActs } from './poison-acts.tsx';
import styles from './poison-page.module.css';
import { toSentence } from './sentence.ts';
import { useServices } from './services.tsx';
import { TimeText } from './time-text.tsx';

/** One message of the tray: the reason, what may be done, its headers and its bytes. */
export function PoisonDetailView({ poisonId, onClose }: { readonly poisonId: string; readonly onClose: () => void }) {
  const { api } = useServices();
  const detail = useQuery({
    queryKey: ['getPoison', poisonId],
    queryFn: () => api.call('getPoison', { params: { poisonId } }),
    retry: false,
  });
  if (detail.isError) return <FailureState error={detail.error} onRetry={() => void detail.refetch()} />;
  if (detail.data === undefined) return <Skeleton height={240} role="progressbar" aria-label="Loading the message" />;
  const message = detail.data;
  return (
    <article className={styles.detail} aria-label={`Message ${message.id}`}>
      <header className={styles.head}>
        <h2 className={styles.title}>{toSentence(message.reason)}</h2>
        <ActionIcon aria-label="Close the message" onClick={onClose}>
          <IconX size={16} stroke={1.75} />
        </ActionIcon>
      </header>
      {message.hint === '' ? null : <p className={styles.hint}>{message.hint}</p>}
      <Facts>
        <Fact name="Code">
          <span className="wb-mono">{message.code}</span>
        </Fact>
        <Fact name="Came">
          <TimeText atMs={message.atMs} />
        </Fact>
        <Fact name="Destination">
          <span className="wb-mono">{message.destination}</span>
        </Fact>
        <Fact name="Run">
          {message.runId === null ? (
            'not known any more'
          ) : (
            <Link href={`/runs/${message.runId}`} className={styles.link}>
              Open its run
            </Link>
          )}
        </Fact>
      </Facts>
      <PoisonActs message={message} onDone={onClose} />
      <BytesView bytes={message.bodyBase64} isCut={message.isBodyCut}>
        <Button
          variant="default"
          component="a"
          href={`/api/poison/${message.id}/body`}
          download={`message-${message.id}.bin`}
          leftSection={<IconDownload size={16} stroke={1.75} />}
        >
          Download {message.sizeBytes} bytes
        </Button>
      </BytesView>
      <section aria-label="Headers">
        <dl className={styles.headers}>
          {Object.entries(message.headers).map(([name, value]) => (
            <HeaderLine key={name} name={name} value={value} />
          ))}
        </dl>
      </section>
    </article>
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
