import { Button, Table, VisuallyHidden } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ActionStatusRow } from '@wirebook/api';
import { Fragment, useState } from 'react';
import { Link } from 'wouter';
import { useServices } from '../app/services.tsx';
import { formatTime } from '../app/time-text.tsx';
import { ActionResult } from './action-result.tsx';
import { ActionStateMark } from './action-state-mark.tsx';
import styles from './action-status.module.css';

interface ActionStatusTableProps {
  readonly rows: readonly ActionStatusRow[];
  readonly hasIncident: boolean;
}

const pageRows = 100;
const columnCount = 7;

/** One row an action, newest first; a row opens its result and messages. */
export function ActionStatusTable({ rows, hasIncident }: ActionStatusTableProps) {
  const { session } = useServices();
  const [openIds, setOpenIds] = useState<ReadonlySet<number>>(new Set());
  const [shownCount, setShownCount] = useState(pageRows);
  function toggle(id: number): void {
    const next = new Set(openIds);
    if (!next.delete(id)) next.add(id);
    setOpenIds(next);
  }
  return (
    <>
      <div className={styles.scroller}>
        <Table className={styles.table} horizontalSpacing="sm" verticalSpacing={6} highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th className={styles.toggle}>
                <VisuallyHidden>Details</VisuallyHidden>
              </Table.Th>
              <Table.Th className={styles.status}>Status</Table.Th>
              <Table.Th className={styles.type}>Type</Table.Th>
              <Table.Th className={styles.user}>User</Table.Th>
              <Table.Th className={styles.name}>Rule/Workflow</Table.Th>
              <Table.Th>Information</Table.Th>
              <Table.Th className={styles.date}>Date</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.slice(0, shownCount).map((row) => {
              const isOpen = openIds.has(row.id);
              return (
                <Fragment key={row.id}>
                  <Table.Tr onClick={() => toggle(row.id)} className={styles.row}>
                    <Table.Td>
                      <button
                        type="button"
                        className={styles.chevron}
                        aria-expanded={isOpen}
                        aria-label={`Details of ${row.name}`}
                        onClick={(event) => {
                          event.stopPropagation();
                          toggle(row.id);
                        }}
                      >
                        {isOpen ? <IconChevronDown size={16} stroke={1.75} /> : <IconChevronRight size={16} stroke={1.75} />}
                      </button>
                    </Table.Td>
                    <Table.Td>
                      <ActionStateMark state={row.status} />
                    </Table.Td>
                    <Table.Td className={styles.ofType}>{row.type}</Table.Td>
                    <Table.Td className={styles.cut} title={row.user}>
                      {row.user}
                    </Table.Td>
                    <Table.Td>
                      {row.name}
                      {row.functionName === null ? null : <div className={styles.function}>{row.functionName}</div>}
                      {hasIncident && row.incidentId !== null ? (
                        <Link
                          href={`/console/${row.incidentId}?view=status`}
                          className={styles.link}
                          onClick={(event) => event.stopPropagation()}
                        >
                          Incident {row.incidentId}
                        </Link>
                      ) : null}
                    </Table.Td>
                    <Table.Td className={styles.words}>{row.information}</Table.Td>
                    <Table.Td className={styles.quiet}>{formatTime(row.atMs, session.product.timeZone)}</Table.Td>
                  </Table.Tr>
                  {isOpen ? (
                    <Table.Tr className={styles.detailRow}>
                      <Table.Td colSpan={columnCount}>
                        <ActionResult row={row} />
                      </Table.Td>
                    </Table.Tr>
                  ) : null}
                </Fragment>
              );
            })}
          </Table.Tbody>
        </Table>
      </div>
      {rows.length > shownCount ? (
        <Button variant="subtle" onClick={() => setShownCount(shownCount + pageRows)}>
          Show {Math.min(pageRows, rows.length - shownCount)} more of {rows.length}
        </Button>
      ) : null}
    </>
  );
}
