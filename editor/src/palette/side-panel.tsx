import { ActionIcon, Tabs, Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { useFlowLayout } from '../canvas/flow-layout-context.tsx';
import { Outline } from './outline.tsx';
import { Palette } from './palette.tsx';
import styles from './side-panel.module.css';

/** The panel at the left: node types to add, and the outline of the flow. */
export function SidePanel() {
  const { isLeftFolded, toggleLeft } = useFlowLayout();
  const label = isLeftFolded ? 'Unfold the palette (Ctrl+Space)' : 'Fold the palette (Ctrl+Space)';
  const Icon = isLeftFolded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const fold = (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} size={28} onClick={toggleLeft}>
        <Icon size={16} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  );
  if (isLeftFolded) return <div className={styles.folded}>{fold}</div>;
  return (
    <section className={styles.panel} aria-label="Palette and outline">
      <Tabs defaultValue="palette" className={styles.tabs ?? ''} keepMounted={false}>
        <Tabs.List className={styles.bar ?? ''}>
          <Tabs.Tab value="palette">Palette</Tabs.Tab>
          <Tabs.Tab value="outline">Outline</Tabs.Tab>
        </Tabs.List>
        <span className={styles.fold}>{fold}</span>
        <Tabs.Panel value="palette" className={styles.content ?? ''}>
          <Palette />
        </Tabs.Panel>
        <Tabs.Panel value="outline" className={styles.content ?? ''}>
          <Outline />
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}
