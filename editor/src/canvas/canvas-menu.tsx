import { Menu } from '@mantine/core';
import type { ScreenPoint } from '../state/canvas-dialog-store.ts';
import { useCanvasTools } from './canvas-control-context.tsx';
import styles from './canvas-menu.module.css';
import { canRun } from './command.ts';
import { commands } from './commands.ts';
import { showChord } from './key-chord.ts';

/** The commands that fit where the menu was asked for, each with its key. */
export function CanvasMenu({ of, screen }: { readonly of: 'node' | 'wire' | 'canvas'; readonly screen: ScreenPoint }) {
  const { context, dialogs } = useCanvasTools();
  const close = () => {
    if (dialogs.getState().dialog?.kind === 'menu') dialogs.close();
  };
  return (
    <Menu opened position="bottom-start" width={236} onClose={close} offset={2} trapFocus returnFocus={false} withinPortal>
      <Menu.Target>
        <span className={styles.anchor} style={{ left: screen.x, top: screen.y }} />
      </Menu.Target>
      <Menu.Dropdown>
        {commands
          .filter(({ menus }) => menus.includes(of))
          .map((command) => (
            <Menu.Item
              key={command.id}
              disabled={!canRun(command, context)}
              rightSection={<kbd className={styles.key}>{showChord(command.keys[0] ?? '')}</kbd>}
              onClick={() => {
                dialogs.close();
                context.canvas.focus();
                command.run(context);
              }}
            >
              {command.label}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
