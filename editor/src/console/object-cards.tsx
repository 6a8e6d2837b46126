import type { ConsoleObject } from '@wirebook/api';
import { EmptyState } from '../app/empty-state.tsx';
import { TimeText } from '../app/time-text.tsx';
import { ActionMenu } from './action-menu.tsx';
import { FieldList } from './field-list.tsx';
import styles from './object-cards.module.css';

interface ObjectCardsProps {
  readonly objects: readonly ConsoleObject[];
  readonly incidentId: number;
  /** `artifact`, `note`, `task`, `milestone`, `attachment`. */
  readonly word: string;
}

/** Artifacts, notes, tasks or milestones, each with the menu items that apply to it. */
export function ObjectCards({ objects, incidentId, word }: ObjectCardsProps) {
  if (objects.length === 0) return <EmptyState text={`This incident has no ${word}.`} />;
  return (
    <ul className={styles.cards}>
      {objects.map(({ type, id, title, fields, actions, createdAtMs }) => (
        <li key={id} className={styles.card}>
          <header className={styles.head}>
            <h3 className={styles.title}>{title}</h3>
            <span className={styles.time}>
              <TimeText atMs={createdAtMs} />
            </span>
            <ActionMenu kind="dots" actions={actions} target={{ incidentId, object: { type, id } }} on={`${word} ${title.slice(0, 60)}`} />
          </header>
          <FieldList fields={fields.filter(({ text }) => text !== title)} />
        </li>
      ))}
    </ul>
  );
}
