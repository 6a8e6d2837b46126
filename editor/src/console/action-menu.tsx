import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDots } from '@tabler/icons-react';
import type { ConsoleAction } from '@wirebook/api';
import { useState } from 'react';
import { ActionDialog } from './action-dialog.tsx';
import { type ActionTarget, useRunAction } from './use-run-action.tsx';

interface ActionMenuProps {
  readonly actions: readonly ConsoleAction[];
  readonly target: ActionTarget;
  readonly on: string;
  /** button: the menu Actions of an incident. dots: the menu of a note, an artifact, a row. */
  readonly kind: 'button' | 'dots';
}

/** The menu items that apply; one with activity fields asks for them first. */
export function ActionMenu({ actions, target, on, kind }: ActionMenuProps) {
  const [asked, setAsked] = useState<ConsoleAction | null>(null);
  const run = useRunAction(target);
  // A button that does nothing on each of many rows only draws the eye.
  if (kind === 'dots' && actions.length === 0) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          {kind === 'button' ? (
            <Button rightSection={<IconChevronDown size={14} stroke={1.75} />}>Actions</Button>
          ) : (
            <ActionIcon aria-label={`Actions on ${on}`}>
              <IconDots size={16} stroke={1.75} />
            </ActionIcon>
          )}
        </Menu.Target>
        <Menu.Dropdown>
          {actions.length === 0 ? <Menu.Label>No menu item rule applies here</Menu.Label> : null}
          {actions.map((action) => (
            <Menu.Item
              key={action.ruleId}
              onClick={() => (action.form.length > 0 ? setAsked(action) : run.mutate({ action, properties: {} }))}
            >
              {action.name}
              {action.form.length > 0 ? '…' : ''}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asked === null ? null : <ActionDialog action={asked} target={target} on={on} onClose={() => setAsked(null)} />}
    </>
  );
}
