import { Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useServices } from '../app/services.tsx';
import type { RunFilter } from '../trace/run-filter.ts';
import { RunFilterBar } from '../trace/run-filter-bar.tsx';

interface RunFiltersProps {
  readonly filter: RunFilter;
  readonly onChange: (filter: RunFilter) => void;
}

/** Flow, state, incident and words. */
export function RunFilters({ filter, onChange }: RunFiltersProps) {
  const { api } = useServices();
  const flows = useQuery({ queryKey: ['listFlows'], queryFn: () => api.call('listFlows', {}) });
  const known = (flows.data?.flows ?? []).map(({ id, name }) => ({ value: id, label: name }));
  // A flow that was deleted still has runs.
  const isUnknown = filter.flowId !== null && known.every(({ value }) => value !== filter.flowId);
  const options = isUnknown ? [...known, { value: filter.flowId ?? '', label: filter.flowId ?? '' }] : known;
  return (
    <RunFilterBar
      filter={filter}
      onChange={onChange}
      start={
        <>
          <Select
            aria-label="Flow"
            placeholder="Any flow"
            data={options}
            value={filter.flowId}
            onChange={(flowId) => onChange({ ...filter, flowId, nodeId: null })}
            clearable
            searchable
            w={200}
          />
          <TextInput
            aria-label="Incident"
            placeholder="Incident"
            inputMode="numeric"
            value={filter.incidentId}
            onChange={(event) => onChange({ ...filter, incidentId: event.currentTarget.value.replace(/\D/g, '') })}
            w={100}
          />
        </>
      }
    />
  );
}
