import { Group, SegmentedControl } from '@mantine/core';
import { type ReactNode, useMemo, useState } from 'react';
import styles from './bytes-view.module.css';
import { fromBase64, toHexText, toPlainText } from './hex-text.ts';

interface BytesViewProps {
  /** Base64. */
  readonly bytes: string;
  readonly isCut: boolean;
  /** At the right of the switch. */
  readonly children?: ReactNode;
}

/** Bytes from outside, as text or in hexadecimal. */
export function BytesView({ bytes, isCut, children }: BytesViewProps) {
  const [form, setForm] = useState<'text' | 'hex'>('text');
  const shown = useMemo(() => (form === 'hex' ? toHexText : toPlainText)(fromBase64(bytes)), [bytes, form]);
  return (
    <section aria-label="Body">
      <Group justify="space-between">
        <SegmentedControl
          aria-label="How the bytes are shown"
          size="xs"
          value={form}
          onChange={(next) => setForm(next === 'hex' ? 'hex' : 'text')}
          data={[
            { value: 'text', label: 'Text' },
            { value: 'hex', label: 'Hex' },
          ]}
        />
        {children}
      </Group>
      {/* It scrolls, so it can be reached by the keyboard. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable. */}
      <pre tabIndex={0} className={`${styles.bytes} ${form === 'hex' ? styles.hex : styles.text}`}>
        {shown === '' ? 'no bytes' : shown}
      </pre>
      {isCut ? <p className="wb-muted">The body goes on; the file has all of it.</p> : null}
    </section>
  );
}
