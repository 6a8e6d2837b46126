import { Skeleton, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import { startTimer } from './system-clock.ts';

const lateMs = 8000;

/** In place of a page whose code is still on its way. */
export function PageSkeleton() {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => startTimer(lateMs, () => setIsLate(true)), []);
  return (
    <Stack gap={16} p="lg" role="progressbar" aria-label="Loading the page">
      <Skeleton height={28} width={220} />
      {isLate ? (
        <p role="status" className="wb-muted">
          The server has not sent this page yet. It opens when the server answers; changes are kept in this window.
        </p>
      ) : null}
      <Skeleton height={180} />
    </Stack>
  );
}
