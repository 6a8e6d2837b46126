import { Button, Skeleton, Tabs } from '@mantine/core';
import { IconActivity, IconRefresh } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useLocation, useSearchParams } from 'wouter';
import { DeadLettersView } from './dead-letters-view.tsx';
import { EmptyState } from './empty-state.tsx';
import { FailureState } from './failure-state.tsx';
import { PageHead } from './page-head.tsx';
import { PoisonDetailView } from './poison-detail-view.tsx';
import styles from './poison-page.module.css';
import { PoisonRow } from './poison-row.tsx';
import { useServices } from './services.tsx';
import { useEngine } from './use-engine.ts';

/** What lies aside: messages that could not be read, answered or run, and those that the broker gave up on. */
export function PoisonPage() {
  const [params] = useSearchParams();
  const [, go] = useLocation();
  const tab = params.get('tab') === 'dead-letters' ? 'dead-letters' : 'tray';
  return (
    <Tabs
      className={styles.page}
      value={tab}
      onChange={(next) => go(next === 'dead-letters' ? '/poison?tab=dead-letters' : '/poison')}
      keepMounted={false}
    >
      <Tabs.List className={styles.tabs ?? ''}>
        <Tabs.Tab value="tray">Poison tray</Tabs.Tab>
        <Tabs.Tab value="dead-letters">Dead letters</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="tray" className={styles.panel}>
        <TrayView />
      </Tabs.Panel>
      <Tabs.Panel value="dead-letters" className={styles.panel}>
        <DeadLettersView />
      </Tabs.Panel>
    </Tabs>
  );
}

/** Messages that could not be read, answered or run: why, and what may be done. */
function TrayView() {
  const { api } = useServices();
  const [params] = useSearchParams();
  const [, go] = useLocation();
  const openId = params.get('message');
  const count = useEngine().data?.poison ?? null;
  const tray = useInfiniteQuery({
    // A message that comes, or one that somebody else decides about, is another tray.
    queryKey: ['listPoison', count],
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam }) => api.call('listPoison', { query: pageParam === null ? {} : { before: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const messages = tray.data?.pages.flatMap((page) => page.messages) ?? [];
  const dropped = tray.data?.pages[0]?.dropped ?? 0;

  return (
    <div className={styles.page}>
      <PageHead title="Poison tray">
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} stroke={1.75} />}
          loading={tray.isRefetching}
          onClick={() => void tray.refetch()}
        >
          Refresh
        </Button>
      </PageHead>
      {dropped === 0 ? null : (
        <p className={styles.note}>
          {dropped === 1 ? '1 older message went' : `${dropped} older messages went`} because the tray was full. Raise poison_max_messages
          or poison_max_bytes of [wirebook] in app.config, or empty the tray.
        </p>
      )}
      {tray.isError ? <FailureState error={tray.error} onRetry={() => void tray.refetch()} /> : null}
      {tray.isPending ? <Skeleton height={180} m="lg" role="progressbar" aria-label="Loading the poison tray" /> : null}
      {tray.isSuccess && messages.length === 0 ? (
        <EmptyState help="poison" text="The tray is empty: every message could be read, run and answered.">
          <Button variant="default" component={Link} href="/runs" leftSection={<IconActivity size={16} stroke={1.75} />}>
            Show runs
          </Button>
        </EmptyState>
      ) : null}
      {messages.length === 0 ? null : (
        <div className={openId === null ? styles.listOnly : styles.split}>
          <div className={openId === null ? undefined : styles.list}>
            <ul className={styles.rows} aria-label="Messages in the poison tray">
              {messages.map((message) => (
                <PoisonRow key={message.id} message={message} isOpen={String(message.id) === openId} />
              ))}
            </ul>
            {tray.hasNextPage ? (
              <div className={styles.more}>
                <Button variant="subtle" loading={tray.isFetchingNextPage} onClick={() => void tray.fetchNextPage()}>
                  Load older messages
                </Button>
              </div>
            ) : null}
          </div>
          {openId === null ? null : (
            <div className={styles.view}>
              <PoisonDetailView key={openId} poisonId={openId} onClose={() => go('/poison')} />
            </div>
          )}
        </div>
      )}
    </div>
  );
}
