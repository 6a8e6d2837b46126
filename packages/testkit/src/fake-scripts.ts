import { WirebookError } from '@wirebook/errors';
import type { ScriptCall, ScriptResult, ScriptService } from '@wirebook/node-kit';

/** A script service that runs nothing: a test writes down what the script would have given. */
export interface FakeScripts extends ScriptService {
  answer(answer: (call: ScriptCall) => ScriptResult | Promise<ScriptResult>): void;
  readonly calls: readonly ScriptCall[];
}

export function createFakeScripts(): FakeScripts {
  const calls: ScriptCall[] = [];
  let answerer: (call: ScriptCall) => ScriptResult | Promise<ScriptResult> = () => {
    throw new WirebookError('SCRIPT_THREW', 'the test wrote no answer for a script');
  };
  return {
    calls,
    answer(answer) {
      answerer = answer;
    },
    async run(call) {
      calls.push(call);
      return answerer(call);
    },
  };
}
