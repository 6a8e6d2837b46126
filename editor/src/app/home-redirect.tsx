import { useQuery } from '@tanstack/react-query';
import { Redirect } from 'wouter';
import { useServices } from './services.tsx';

const seenKey = 'wirebook.has-seen-a-flow';
/** The sample that explains itself best. */
const firstSample = 'lookup-model';

/** Where the bare address leads: at the first time to a sample flow, later to the list. */
export function HomeRedirect() {
  const { api } = useServices();
  const flows = useQuery({ queryKey: ['listFlows'], queryFn: () => api.call('listFlows', {}) });
  if (window.localStorage.getItem(seenKey) !== null || flows.isError) return <Redirect to="/flows" replace />;
  if (flows.data === undefined) return null;
  const { flows: list } = flows.data;
  const sample = list.find(({ id }) => id === firstSample) ?? list[0];
  window.localStorage.setItem(seenKey, 'yes');
  return <Redirect to={sample === undefined ? '/flows' : `/flows/${sample.id}`} replace />;
}
