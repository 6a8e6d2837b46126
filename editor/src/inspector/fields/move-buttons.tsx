import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';

interface MoveButtonsProps {
  /** What the buttons act on, e.g. `case 2`. */
  readonly name: string;
  /** Null: it cannot go further, or the order means nothing. */
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  readonly onRemove: () => void;
  readonly hasOrder?: boolean;
}

/** Up, down and remove for a row of a list. */
export function MoveButtons({ name, onUp, onDown, onRemove, hasOrder = true }: MoveButtonsProps) {
  return (
    <>
      {hasOrder ? (
        <>
          <ActionIcon size={26} aria-label={`Move ${name} up`} disabled={onUp === null} onClick={() => onUp?.()}>
            <IconArrowUp size={14} stroke={1.75} />
          </ActionIcon>
          <ActionIcon size={26} aria-label={`Move ${name} down`} disabled={onDown === null} onClick={() => onDown?.()}>
            <IconArrowDown size={14} stroke={1.75} />
          </ActionIcon>
        </>
      ) : null}
      <Tooltip label={`Remove ${name}`}>
        <ActionIcon size={26} aria-label={`Remove ${name}`} onClick={onRemove}>
          <IconX size={14} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
