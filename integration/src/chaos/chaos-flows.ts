import type { FlowDocumentInput } from '@wirebook/flow';
import { chainFlow, functionSource } from '../harness/flow-chain.ts';

/** Some milliseconds of work, so that a kill hits runs that are under way. */
const busyScript = 'let sum = 0; for (let turn = 0; turn < 100000; turn += 1) sum += turn; return { ...message, sum };';

/** Answers lookup_model_by_id: status, a script, an expression, result. */
export const lookUpFlow: FlowDocumentInput = chainFlow({
  id: 'look-up',
  nodes: [
    functionSource('lookup_model_by_id'),
    { id: 'status', type: 'soar.status', config: { text: { $template: 'Looking up {{ $inputs.model_id }}' } } },
    { id: 'work', type: 'script.javascript', config: { source: busyScript, timeoutMs: 10_000 } },
    { id: 'find', type: 'core.set', config: { keep: false, fields: [{ path: 'model', value: { $expr: '$inputs.model_id' } }] } },
    { id: 'result', type: 'soar.result' },
  ],
});

/** Answers triage_report: status, a note with the title on the incident, result. */
export function reportFlow(incidentId: number): FlowDocumentInput {
  return chainFlow({
    id: 'report',
    nodes: [
      functionSource('triage_report'),
      { id: 'status', type: 'soar.status', config: { text: 'Writing' } },
      { id: 'write', type: 'soar.note-add', config: { incidentId, text: { $expr: '$inputs.report_title' } } },
      { id: 'result', type: 'soar.result' },
    ],
  });
}
