import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ValueAddress } from '@wirebook/api';
import type { TracedValue } from '@wirebook/trace';
import { useState } from 'react';
import { useServices } from '../app/services.tsx';
import { describeFailure } from '../transport/api-error.ts';
import { JsonTree } from './json-tree.tsx';
import styles from './step-panel.module.css';

interface TracedValueViewProps {
  readonly runId: string;
  readonly address: ValueAddress;
  /** Null: it did not come with the run, and is asked for. */
  readonly traced: TracedValue | null;
  readonly rootPath: string;
  readonly label: string;
}

/** A value of a trace; what did not come with the run, or was cut, is loaded from the store. */
export function TracedValueView({ runId, address, traced, rootPath, label }: TracedValueViewProps) {
  const { api } = useServices();
  const [isAllAsked, setAllAsked] = useState(false);
  const isAbsent = traced?.value === undefined;
  const whole = useQuery({
    queryKey: ['getRunValue', runId, address],
    queryFn: ({ signal }) => api.call('getRunValue', { params: { runId }, query: address, signal }),
    enabled: isAbsent || isAllAsked,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (whole.data !== undefined) {
    const { value, sizeBytes, isTruncated } = whole.data;
    return <JsonTree value={value} rootPath={rootPath} label={label} truncation={isTruncated ? { sizeBytes, onLoadAll: null } : null} />;
  }
  if (whole.isError) {
    return (
      <p className={styles.quiet}>
        {describeFailure(whole.error)}{' '}
        <Button variant="subtle" size="compact-xs" onClick={() => void whole.refetch()}>
          Try again
        </Button>
      </p>
    );
  }
  if (traced?.value === undefined) return <Skeleton height={40} role="progressbar" aria-label="Loading the value" />;
  const truncation = traced.truncated
    ? { sizeBytes: traced.sizeBytes, onLoadAll: () => setAllAsked(true), isLoading: whole.isFetching }
    : null;
  return <JsonTree value={traced.value} rootPath={rootPath} label={label} truncation={truncation} />;
}
