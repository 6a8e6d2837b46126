import { Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { RunStatus } from '@wirebook/api';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { startTimer } from '../app/system-clock.ts';
import type { RunFilter } from './run-filter.ts';
import styles from './run-filter-bar.module.css';
import { describeState, RunStatusMark, runStatuses } from './run-status.tsx';

interface RunFilterBarProps {
  readonly filter: RunFilter;
  readonly onChange: (filter: RunFilter) => void;
  /** Left out where the list is not about nodes. */
  readonly nodes?: readonly { readonly id: string; readonly name: string }[] | undefined;
  /** In the bar of tabs: without a row of its own. */
  readonly isCompact?: boolean;
  /** Before the filters. */
  readonly start?: ReactNode;
  /** At the far right. */
  readonly children?: ReactNode;
}

const typingMs = 250;

/** Narrows a list of runs: states as chips, a node, words. */
export function RunFilterBar({ filter, onChange, nodes, isCompact = false, start, children }: RunFilterBarProps) {
  return (
    <div className={isCompact ? styles.compact : styles.bar} role="toolbar" aria-label="Filters">
      {start}
      <fieldset className={styles.chips} aria-label="State">
        {runStatuses.map((status) => (
          <StatusChip
            key={status}
            status={status}
            isOn={filter.status === status}
            onToggle={() => onChange({ ...filter, status: filter.status === status ? null : status })}
          />
        ))}
      </fieldset>
      {nodes === undefined ? null : (
        <Select
          aria-label="Node"
          placeholder="Any node"
          data={nodes.map(({ id, name }) => ({ value: id, label: name }))}
          value={filter.nodeId}
          onChange={(nodeId) => onChange({ ...filter, nodeId })}
          clearable
          searchable
          className={styles.node ?? ''}
        />
      )}
      <WordsInput text={filter.text} onChange={(text) => onChange({ ...filter, text })} />
      <span className={styles.spring} />
      {children}
    </div>
  );
}

interface StatusChipProps {
  readonly status: RunStatus;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

function StatusChip({ status, isOn, onToggle }: StatusChipProps) {
  return (
    <button type="button" aria-pressed={isOn} className={styles.chip} title={describeState(status)} onClick={onToggle}>
      <RunStatusMark state={status} />
    </button>
  );
}

/** Asks only when somebody pauses typing. */
function WordsInput({ text, onChange }: { readonly text: string; readonly onChange: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  // The list around is drawn ten times a second: that must not begin the pause anew.
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => setTyped(text), [text]);
  useEffect(() => (typed === text ? undefined : startTimer(typingMs, () => tell.current(typed))), [typed, text]);
  return (
    <TextInput
      aria-label="Words in the run"
      placeholder="Words in the run"
      leftSection={<IconSearch size={14} stroke={1.75} />}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      className={styles.words ?? ''}
    />
  );
}
