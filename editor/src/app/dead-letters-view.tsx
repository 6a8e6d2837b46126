import { Button, Skeleton } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { DeadLetterItem } from './dead-letter-item.tsx';
import { EmptyState } from './empty-state.tsx';
import { FailureState } from './failure-state.tsx';
import { PageHead } from './page-head.tsx';
import styles from './poison-page.module.css';
import { useServices } from './services.tsx';

/** What the broker gave up on, as it lies in its dead-letter queue; without the option or the right it says which is missing. */
export function DeadLettersView() {
  const { api } = useServices();
  const page = useQuery({ queryKey: ['listDeadLetters'], queryFn: () => api.call('listDeadLetters', {}), retry: false });
  return (
    <div className={styles.page}>
      <PageHead title="Dead letters">
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} stroke={1.75} />}
          loading={page.isRefetching}
          onClick={() => void page.refetch()}
        >
          Refresh
        </Button>
      </PageHead>
      {page.isError ? <FailureState error={page.error} onRetry={() => void page.refetch()} /> : null}
      {page.isPending ? <Skeleton height={180} m="lg" role="progressbar" aria-label="Loading the dead letters" /> : null}
      {page.data?.isCut === true ? <p className={styles.note}>{page.data.queue} holds more; these are the oldest.</p> : null}
      {page.isSuccess && page.data.letters.length === 0 ? (
        <EmptyState help="poison" text={`${page.data.queue} is empty: the broker gave up on no message.`} />
      ) : null}
      {page.data === undefined || page.data.letters.length === 0 ? null : (
        <div className={styles.listOnly}>
          <ul className={styles.rows} aria-label="Dead letters">
            {page.data.letters.map((letter) => (
              <DeadLetterItem key={letter.messageId} letter={letter} />
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
