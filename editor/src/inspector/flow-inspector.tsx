import { Skeleton, Tabs } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { EmptyState } from '../app/empty-state.tsx';
import { useFlowState } from '../canvas/flow-context.tsx';
import styles from './flow-inspector.module.css';
import { FlowSettingsForm } from './flow-settings-form.tsx';
import { focusField } from './focus-field.ts';
import tabStyles from './node-inspector.module.css';

const Markdown = lazy(() => import('./markdown-text.tsx').then(({ MarkdownText }) => ({ default: MarkdownText })));

/** The flow itself: its settings, and its description as it reads. */
export function FlowInspector() {
  const name = useFlowState((state) => state.document.name);
  const description = useFlowState((state) => state.document.description);
  const inspected = useFlowState((state) => state.inspected);
  const [tab, setTab] = useState<string | null>('flow');
  const host = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (inspected?.nodeId !== null || inspected.field === undefined || host.current === null) return;
    setTab('flow');
    focusField(host.current, inspected.field);
  }, [inspected]);

  return (
    <div className={tabStyles.node} ref={host}>
      <header className={styles.head}>
        <h2 className={styles.title}>{name}</h2>
        <p className={styles.kind}>Flow</p>
      </header>
      <Tabs value={tab} onChange={setTab} className={tabStyles.tabs ?? ''}>
        <Tabs.List className={tabStyles.bar ?? ''}>
          <Tabs.Tab value="flow">Flow</Tabs.Tab>
          <Tabs.Tab value="description">Description</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="flow" className={tabStyles.content ?? ''}>
          <FlowSettingsForm />
        </Tabs.Panel>
        <Tabs.Panel value="description" keepMounted={false} className={tabStyles.content ?? ''}>
          {description.trim() === '' ? (
            <EmptyState text="There is no description yet. Write in the tab Flow what the flow is for." help="inspector" />
          ) : (
            <Suspense fallback={<Skeleton height={120} />}>
              <Markdown text={description} />
            </Suspense>
          )}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
