import { Badge, Skeleton, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ConsoleIncidentView } from '@wirebook/api';
import { useSearchParams } from 'wouter';
import { FailureState } from '../app/failure-state.tsx';
import { useServices } from '../app/services.tsx';
import { TimeText } from '../app/time-text.tsx';
import { ActionMenu } from './action-menu.tsx';
import { ActionStatus } from './action-status.tsx';
import { DataTables } from './data-tables.tsx';
import { FieldList } from './field-list.tsx';
import styles from './incident-view.module.css';
import { ObjectCards } from './object-cards.tsx';
import { RichText } from './rich-text.tsx';

/** One incident as an analyst sees it. */
export function IncidentView({ incidentId }: { readonly incidentId: number }) {
  const { api } = useServices();
  const incident = useQuery({
    queryKey: ['getConsoleIncident', incidentId],
    queryFn: ({ signal }) => api.call('getConsoleIncident', { params: { incidentId: String(incidentId) }, signal }),
  });
  if (incident.data !== undefined) return <LoadedIncident incident={incident.data} />;
  if (incident.isError) return <FailureState error={incident.error} onRetry={() => void incident.refetch()} />;
  return <Skeleton height={160} role="progressbar" aria-label="Loading the incident" />;
}

function LoadedIncident({ incident }: { readonly incident: ConsoleIncidentView }) {
  const [params, setParams] = useSearchParams();
  const view = params.get('view') ?? 'details';
  const { id, name, severity, status, owner, createdAtMs, artifacts, notes, tables, tasks, milestones, attachments } = incident;
  const rowCount = tables.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <article aria-label={`Incident ${id}`}>
      <header className={styles.head}>
        <div className={styles.names}>
          <h2 className={styles.name}>{name}</h2>
          <p className={styles.facts}>
            <span className={styles.id}>{id}</span>
            {severity === null ? null : <span>Severity {severity}</span>}
            <span>{status}</span>
            <span>{owner ?? 'No owner'}</span>
            <span>
              Created <TimeText atMs={createdAtMs} />
            </span>
          </p>
        </div>
        <ActionMenu kind="button" actions={incident.actions} target={{ incidentId: id, object: null }} on={`incident ${id} ${name}`} />
      </header>
      <Tabs
        value={view}
        onChange={(next) => setParams(next === null || next === 'details' ? {} : { view: next }, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List className={styles.tabs ?? ''}>
          <Tabs.Tab value="details">Details</Tabs.Tab>
          <CountedTab value="tasks" name="Tasks" count={tasks.length} />
          <CountedTab value="artifacts" name="Artifacts" count={artifacts.length} />
          <CountedTab value="notes" name="Notes" count={notes.length} />
          <CountedTab value="attachments" name="Attachments" count={attachments.length} />
          <CountedTab value="milestones" name="Milestones" count={milestones.length} />
          <CountedTab value="tables" name="Data tables" count={rowCount} />
          <Tabs.Tab value="status">Action Status</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="details">
          <section className={styles.card} aria-label="Description">
            <h3 className={styles.title}>Description</h3>
            <RichText html={incident.descriptionHtml} label="Description" />
          </section>
          <section className={styles.card} aria-label="Fields">
            <h3 className={styles.title}>Fields</h3>
            <FieldList fields={incident.fields} />
          </section>
        </Tabs.Panel>
        <Tabs.Panel value="tasks">
          <ObjectCards objects={tasks} incidentId={id} word="task" />
        </Tabs.Panel>
        <Tabs.Panel value="artifacts">
          <ObjectCards objects={artifacts} incidentId={id} word="artifact" />
        </Tabs.Panel>
        <Tabs.Panel value="notes">
          <ObjectCards objects={notes} incidentId={id} word="note" />
        </Tabs.Panel>
        <Tabs.Panel value="attachments">
          <ObjectCards objects={attachments} incidentId={id} word="attachment" />
        </Tabs.Panel>
        <Tabs.Panel value="milestones">
          <ObjectCards objects={milestones} incidentId={id} word="milestone" />
        </Tabs.Panel>
        <Tabs.Panel value="tables">
          <DataTables tables={tables} incidentId={id} />
        </Tabs.Panel>
        <Tabs.Panel value="status">
          <ActionStatus incidentId={id} />
        </Tabs.Panel>
      </Tabs>
    </article>
  );
}

function CountedTab({ value, name, count }: { readonly value: string; readonly name: string; readonly count: number }) {
  return (
    <Tabs.Tab
      value={value}
      rightSection={
        count === 0 ? null : (
          <Badge variant="light" color="gray" size="sm">
            {count}
          </Badge>
        )
      }
    >
      {name}
    </Tabs.Tab>
  );
}
