import { serveCalls } from '../workers/serve-calls.ts';
import { evaluateValue } from './evaluate-value.ts';

serveCalls({ evaluateValue });
