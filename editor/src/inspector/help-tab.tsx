import { Button, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { NodeTypeView } from '@wirebook/api';
import { lazy, Suspense } from 'react';
import { EmptyState } from '../app/empty-state.tsx';
import { useServices } from '../app/services.tsx';
import { useCommandContext } from '../canvas/canvas-control-context.tsx';
import { useFlowStore } from '../canvas/flow-context.tsx';
import { describeFailure } from '../transport/api-error.ts';
import styles from './help-tab.module.css';
import { makeExampleInsertion } from './insert-example.ts';

const Markdown = lazy(() => import('./markdown-text.tsx').then(({ MarkdownText }) => ({ default: MarkdownText })));

/** The help page of a node type, and its examples to insert. */
export function HelpTab({ view, isReadOnly }: { readonly view: NodeTypeView | undefined; readonly isReadOnly: boolean }) {
  const store = useFlowStore();
  const { newId } = useServices();
  const { canvas } = useCommandContext();
  if (view === undefined) return <EmptyState text="This node type is not installed, so its help is not here." />;

  function insert(example: NodeTypeView['examples'][number]): void {
    try {
      const change = makeExampleInsertion(store.getState().document, example, newId);
      store.change(change, { label: `Insert ${example.name}` });
      const ids = change.nodes.map(({ id }) => id);
      store.select(ids);
      canvas.reveal(ids);
    } catch (thrown) {
      notifications.show({ color: 'red', title: 'The example was not inserted', message: describeFailure(thrown) });
    }
  }

  return (
    <div className={styles.help}>
      {view.examples.length === 0 ? null : (
        <section>
          <h3 className={styles.title}>Examples</h3>
          <ul className={styles.examples}>
            {view.examples.map((example) => (
              <li key={example.id} className={styles.example}>
                <div className={styles.words}>
                  <span className={styles.name}>{example.name}</span>
                  <span className={styles.what}>{example.description}</span>
                </div>
                {isReadOnly ? null : (
                  <Button variant="default" onClick={() => insert(example)} aria-label={`Insert "${example.name}" here`}>
                    Insert here
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Suspense fallback={<Skeleton height={200} />}>
        <Markdown text={view.help} />
      </Suspense>
    </div>
  );
}
