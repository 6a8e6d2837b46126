import { Table, VisuallyHidden } from '@mantine/core';
import type { ConsoleTable } from '@wirebook/api';
import { EmptyState } from '../app/empty-state.tsx';
import { useServices } from '../app/services.tsx';
import { ActionMenu } from './action-menu.tsx';
import styles from './data-tables.module.css';
import { toShownText } from './shown-text.ts';

/** The data tables of an incident; each row has its menu. */
export function DataTables({ tables, incidentId }: { readonly tables: readonly ConsoleTable[]; readonly incidentId: number }) {
  const { session } = useServices();
  if (tables.length === 0) return <EmptyState text="This organisation has no data table." />;
  return tables.map((table) => (
    <section key={table.name} className={styles.section} aria-label={table.label}>
      <h3 className={styles.title}>{table.label}</h3>
      {table.rows.length === 0 ? (
        <p className={styles.none}>No rows yet.</p>
      ) : (
        <div className={styles.scroller}>
          <Table highlightOnHover horizontalSpacing="md" verticalSpacing={4} className={styles.table}>
            <Table.Thead>
              <Table.Tr>
                {table.columns.map(({ name, label }) => (
                  <Table.Th key={name}>{label}</Table.Th>
                ))}
                <Table.Th>
                  <VisuallyHidden>Actions</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {table.rows.map((row) => (
                <Table.Tr key={row.id}>
                  {row.fields.map((field) => (
                    <Table.Td key={field.name}>{toShownText(field, session.product.timeZone)}</Table.Td>
                  ))}
                  <Table.Td className={styles.acts}>
                    <ActionMenu
                      kind="dots"
                      actions={row.actions}
                      target={{ incidentId, object: { type: 'row', id: row.id } }}
                      on={`row ${row.title.slice(0, 60)}`}
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </section>
  ));
}
