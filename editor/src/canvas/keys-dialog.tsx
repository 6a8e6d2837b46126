import { Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCanvasTools } from './canvas-control-context.tsx';
import { commands } from './commands.ts';
import { showChord } from './key-chord.ts';
import styles from './keys-dialog.module.css';

/** Every command with its keys. */
export function KeysDialog() {
  const { dialogs } = useCanvasTools();
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLowerCase();
  const shown = commands.filter(
    ({ label, keys }) => keys.length > 0 && `${label} ${keys.map(showChord).join(' ')}`.toLowerCase().includes(wanted),
  );
  return (
    <Modal opened onClose={dialogs.close} title="Keys" size="lg">
      <TextInput
        aria-label="Search keys"
        placeholder="Search keys"
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <dl className={styles.list}>
        {shown.map(({ id, label, keys }) => (
          <div key={id} className={styles.row}>
            <dt>{label}</dt>
            <dd className={styles.keys}>
              {keys.map((key) => (
                <kbd key={key}>{showChord(key)}</kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="wb-muted">Single letters act only while the canvas has the keyboard.</p>
    </Modal>
  );
}
