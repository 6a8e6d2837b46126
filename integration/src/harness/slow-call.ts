import { chainFlow, functionSource } from './flow-chain.ts';

/** Reads the list of incidents and answers with its input: it takes as long as somebody holds that call. */
export const slowFlow = chainFlow({
  id: 'slow',
  nodes: [
    functionSource(),
    { id: 'read', type: 'soar.rest', config: { path: '/incidents' } },
    { id: 'result', type: 'soar.result', config: { results: { $expr: '$inputs.model_id' }, envelope: 'none' } },
  ],
});

export function slowCall(model: string) {
  return { function: 'lookup_model_by_id', inputs: { model_id: model } };
}
