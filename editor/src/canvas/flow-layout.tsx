import { type ReactNode, useEffect } from 'react';
import { Group, Panel, Separator, useDefaultLayout, usePanelRef } from 'react-resizable-panels';
import { useStore } from 'zustand';
import { useServices } from '../app/services.tsx';
import styles from './flow-layout.module.css';
import { togglePanel, useLayoutParts } from './flow-layout-context.tsx';

interface FlowLayoutProps {
  readonly left: ReactNode;
  readonly centre: ReactNode;
  readonly right: ReactNode;
  readonly bottom: ReactNode;
}

const foldedPx = 36;
/** Height of the tab bar of the bottom panel. */
const tabBarPx = 36;

/** Palette, canvas, inspector, and below them the trace: resizable, foldable, remembered by this browser. */
export function FlowLayout({ left, centre, right, bottom }: FlowLayoutProps) {
  const columns = useDefaultLayout({ id: 'wirebook-flow-columns', storage: localStorage });
  const rows = useDefaultLayout({ id: 'wirebook-flow-rows', storage: localStorage });
  const bottomRef = usePanelRef();
  const { left: leftRef, right: rightRef, setLeftFolded, setRightFolded } = useLayoutParts();
  const { bottomPanel } = useServices();
  const isBottomFolded = useStore(bottomPanel, ({ isCollapsed }) => isCollapsed);

  useEffect(() => {
    const panel = bottomRef.current;
    if (panel === null || panel.isCollapsed() === isBottomFolded) return;
    togglePanel(panel);
  }, [bottomRef, isBottomFolded]);

  return (
    <Group
      orientation="vertical"
      className={styles.rows ?? ''}
      defaultLayout={rows.defaultLayout}
      onLayoutChanged={rows.onLayoutChanged}
      id="wirebook-flow-rows"
    >
      <Panel id="upper" minSize={200}>
        <Group
          orientation="horizontal"
          className={styles.columns ?? ''}
          defaultLayout={columns.defaultLayout}
          onLayoutChanged={columns.onLayoutChanged}
          id="wirebook-flow-columns"
        >
          <Panel
            id="left"
            panelRef={leftRef}
            defaultSize={240}
            minSize={180}
            maxSize={420}
            collapsible
            collapsedSize={foldedPx}
            groupResizeBehavior="preserve-pixel-size"
            onResize={({ inPixels }) => setLeftFolded(inPixels <= foldedPx + 1)}
          >
            {left}
          </Panel>
          <Separator className={styles.upright ?? ''} aria-label="Width of the palette" />
          <Panel id="centre" minSize={280}>
            {centre}
          </Panel>
          <Separator className={styles.upright ?? ''} aria-label="Width of the inspector" />
          <Panel
            id="right"
            panelRef={rightRef}
            defaultSize={360}
            minSize={280}
            maxSize={900}
            collapsible
            collapsedSize={0}
            groupResizeBehavior="preserve-pixel-size"
            onResize={({ inPixels }) => setRightFolded(inPixels <= 1)}
          >
            {right}
          </Panel>
        </Group>
      </Panel>
      <Separator className={styles.level ?? ''} aria-label="Height of the trace" />
      <Panel
        id="bottom"
        panelRef={bottomRef}
        defaultSize={240}
        minSize={140}
        collapsible
        collapsedSize={tabBarPx}
        groupResizeBehavior="preserve-pixel-size"
        onResize={({ inPixels }) => bottomPanel.setCollapsed(inPixels <= tabBarPx + 1)}
      >
        {bottom}
      </Panel>
    </Group>
  );
}
