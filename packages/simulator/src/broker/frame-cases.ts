import { deliveryFrameCases } from './delivery-frame-cases.ts';
import type { FrameCase } from './frame-case.ts';
import { olderVersionFrameCases } from './older-version-frame-cases.ts';
import { settlingFrameCases } from './settling-frame-cases.ts';
import { transactionFrameCases } from './transaction-frame-cases.ts';
import { wireFrameCases } from './wire-frame-cases.ts';

/**
 * What the embedded broker and ActiveMQ 5.17 both do, frame by frame: plain data, played by `runFrameCase` or by any
 * other client. Nothing in it depends on the ids that a broker gives.
 */
export const frameCases: readonly FrameCase[] = [
  ...deliveryFrameCases,
  ...settlingFrameCases,
  ...transactionFrameCases,
  ...wireFrameCases,
  ...olderVersionFrameCases,
];
