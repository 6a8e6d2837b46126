import { Button } from '@mantine/core';
import { useLocation } from 'wouter';

/** Leaves what is shown of the past. */
export function BackToDraftButton() {
  const [address, navigate] = useLocation();
  return (
    <Button variant="default" onClick={() => navigate(address)}>
      Back to the draft
    </Button>
  );
}
