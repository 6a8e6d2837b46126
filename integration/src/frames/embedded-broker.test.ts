import { brokerExceptions } from './broker-exceptions.ts';
import { openEmbeddedFrameBroker } from './embedded-frame-broker.ts';
import { describeFrameTable } from './frame-table.ts';

describeFrameTable('the embedded broker', openEmbeddedFrameBroker, brokerExceptions.embedded);
