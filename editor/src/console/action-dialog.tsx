import { Button, Modal } from '@mantine/core';
import type { ConsoleAction } from '@wirebook/api';
import { type FormEvent, useState } from 'react';
import { useServices } from '../app/services.tsx';
import styles from './action-dialog.module.css';
import { ActivityField } from './activity-field.tsx';
import { type FormValues, findFormProblems, makeEmptyValues, toProperties } from './activity-form.ts';
import { type ActionTarget, useRunAction } from './use-run-action.tsx';

interface ActionDialogProps {
  readonly action: ConsoleAction;
  readonly target: ActionTarget;
  /** What it is run on, in words. */
  readonly on: string;
  readonly onClose: () => void;
}

/** The activity fields of a menu item. */
export function ActionDialog({ action, target, on, onClose }: ActionDialogProps) {
  const { session } = useServices();
  const [values, setValues] = useState<FormValues>(() => makeEmptyValues(action));
  const [isTried, setTried] = useState(false);
  const run = useRunAction(target);
  const problems = findFormProblems(action, values);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (Object.keys(problems).length > 0) return;
    run.mutate({ action, properties: toProperties(action, values, session.product.timeZone) }, { onSuccess: onClose });
  }

  return (
    <Modal opened onClose={onClose} title={action.name} size={460} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form onSubmit={onSubmit} className={styles.form} noValidate>
        <p className={styles.on}>On {on}</p>
        {action.form.map((row, index) =>
          row.kind === 'header' ? (
            <h3 key={index} className={styles.header}>
              {row.text}
            </h3>
          ) : (
            <ActivityField
              key={row.field.name}
              field={row.field}
              value={values[row.field.name] ?? ''}
              problem={isTried ? (problems[row.field.name] ?? null) : null}
              onChange={(value) => setValues({ ...values, [row.field.name]: value })}
            />
          ),
        )}
        <div className={styles.acts}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={run.isPending}>
            Execute
          </Button>
        </div>
      </form>
    </Modal>
  );
}
