import type { FlowValidator } from './validate-flow.js';

export declare const nodesAdded: FlowValidator;
export declare const nodesRemoved: FlowValidator;
export declare const nodesMoved: FlowValidator;
export declare const nodeConfigured: FlowValidator;
export declare const nodeGuarded: FlowValidator;
export declare const nodeRenamed: FlowValidator;
export declare const nodesDisabled: FlowValidator;
export declare const nodeNoted: FlowValidator;
export declare const wiresAdded: FlowValidator;
export declare const wiresRemoved: FlowValidator;
export declare const flowDescribed: FlowValidator;
export declare const flowReplaced: FlowValidator;
export declare const batch: FlowValidator;
