import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ConsoleAction, RunConsoleActionBody } from '@wirebook/api';
import type { JsonObject } from '@wirebook/errors';
import { Link } from 'wouter';
import { useServices } from '../app/services.tsx';
import { describeFailure } from '../transport/api-error.ts';
import styles from './action-dialog.module.css';

/** What an action is run on: an incident, or something in it. */
export interface ActionTarget {
  readonly incidentId: number;
  readonly object: NonNullable<RunConsoleActionBody['object']> | null;
}

/** Runs a menu item; what came of it is told in a corner and leads to Action Status. */
export function useRunAction({ incidentId, object }: ActionTarget) {
  const { api } = useServices();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ action, properties }: { readonly action: ConsoleAction; readonly properties: JsonObject }) =>
      api.call('runConsoleAction', {
        body: { rule: action.name, incidentId, properties, ...(object === null ? {} : { object }) },
      }),
    onSuccess: (_answer, { action }) => {
      void queries.invalidateQueries({ queryKey: ['getActionStatus'] });
      notifications.show({
        color: 'green',
        title: `"${action.name}" was started`,
        message: (
          <Link href={`/console/${incidentId}?view=status`} className={styles.link}>
            Show Action Status
          </Link>
        ),
      });
    },
    onError: (error, { action }) => {
      notifications.show({ color: 'red', title: `"${action.name}" was not started`, message: describeFailure(error) });
    },
  });
}
