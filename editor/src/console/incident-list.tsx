import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ConsoleIncidentSummary } from '@wirebook/api';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { TimeText } from '../app/time-text.tsx';
import styles from './incident-list.module.css';

interface IncidentListProps {
  readonly incidents: readonly ConsoleIncidentSummary[];
  readonly openId: number | null;
}

/** All incidents of the organisation, newest first as the platform gives them. */
export function IncidentList({ incidents, openId }: IncidentListProps) {
  const [words, setWords] = useState('');
  const shown = useMemo(() => findIncidents(incidents, words), [incidents, words]);
  return (
    <nav aria-label="Incidents" className={styles.frame}>
      <TextInput
        aria-label="Search incidents"
        placeholder="Name or number"
        leftSection={<IconSearch size={14} stroke={1.75} />}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        className={styles.search ?? ''}
      />
      <ul className={styles.list}>
        {shown.map(({ id, name, severity, status, createdAtMs }) => (
          <li key={id}>
            <Link href={`/console/${id}`} className={styles.incident} aria-current={id === openId ? 'page' : undefined}>
              <span className={styles.name}>{name}</span>
              <span className={styles.facts}>
                <span className={styles.id}>{id}</span>
                {severity === null ? null : <span>{severity}</span>}
                <span>{status}</span>
                <TimeText atMs={createdAtMs} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {shown.length === 0 ? <p className={styles.none}>No incident fits.</p> : null}
    </nav>
  );
}

function findIncidents(incidents: readonly ConsoleIncidentSummary[], words: string): readonly ConsoleIncidentSummary[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return incidents.filter(({ id, name, status, severity }) => {
    const text = `${id} ${name} ${status} ${severity ?? ''}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
