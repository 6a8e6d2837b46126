import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useFlowSession } from './flow-session-context.tsx';

/** Shows for a moment what the session tells. */
export function FlowMessages() {
  const { notices } = useFlowSession();
  const message = useStore(notices, (state) => state.message);
  useEffect(() => {
    // One at a time: a server that is away must not fill the window.
    if (message !== null) notifications.show({ id: 'flow-session', message: message.text });
  }, [message]);
  return null;
}
