import { IconCircleCheck, IconCircleX, IconHelpCircle, IconLoader } from '@tabler/icons-react';
import type { LinkState } from '@wirebook/api';
import { StateMark } from './state-mark.tsx';

/** One side of a connection: usable or not, by icon and word. */
export function LinkMark({ name, link }: { readonly name: string; readonly link: LinkState }) {
  switch (link.status) {
    case 'up':
      return (
        <StateMark tone="good" icon={<IconCircleCheck size={16} stroke={1.75} />}>
          {name} connected
        </StateMark>
      );
    case 'connecting':
      return (
        <StateMark tone="warn" icon={<IconLoader size={16} stroke={1.75} />}>
          {name} connecting
        </StateMark>
      );
    case 'down':
      return (
        <StateMark tone="bad" icon={<IconCircleX size={16} stroke={1.75} />}>
          {name} not connected
        </StateMark>
      );
    case 'unknown':
      return (
        <StateMark tone="muted" icon={<IconHelpCircle size={16} stroke={1.75} />}>
          {name} not known yet
        </StateMark>
      );
    default:
      return link.status satisfies never;
  }
}
