import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link, useParams } from 'wouter';
import { FailureState } from './failure-state.tsx';
import styles from './help-page.module.css';
import { type HelpPageName, helpPages } from './help-topics.ts';
import { PageHead } from './page-head.tsx';

const HelpText = lazy(() => import('./help-text.tsx').then(({ HelpText: text }) => ({ default: text })));

/** Each page is fetched when somebody reads it. */
const texts: Readonly<Record<HelpPageName, () => Promise<{ readonly default: string }>>> = {
  'first-run': () => import('../../../docs/first-run.md?raw'),
  editor: () => import('../../../docs/editor.md?raw'),
  flows: () => import('../../../docs/flows.md?raw'),
  running: () => import('../../../docs/running.md?raw'),
  simulator: () => import('../../../docs/simulator.md?raw'),
  parity: () => import('../../../docs/parity.md?raw'),
  patterns: () => import('../../../docs/patterns.md?raw'),
};

/** The documents, as they are beside the source. */
export function HelpPage() {
  const { page: asked = '' } = useParams<{ page?: string }>();
  const page = Object.hasOwn(helpPages, asked) ? (asked as HelpPageName) : 'editor';
  const text = useQuery({
    queryKey: ['help', page],
    queryFn: async () => (await texts[page]()).default,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className={styles.page}>
      <PageHead title="Help" />
      <div className={styles.columns}>
        <nav aria-label="Help pages" className={styles.list}>
          {Object.entries(helpPages).map(([name, title]) => (
            <Link key={name} href={`/help/${name}`} className={styles.link} aria-current={name === page ? 'page' : undefined}>
              {title}
            </Link>
          ))}
        </nav>
        <div className={styles.body}>
          {text.isError ? <FailureState error={text.error} onRetry={() => void text.refetch()} /> : null}
          {text.data === undefined ? null : (
            <Suspense fallback={<Skeleton height={300} />}>
              <HelpText key={page} page={page} text={text.data} />
            </Suspense>
          )}
        </div>
      </div>
    </div>
  );
}
