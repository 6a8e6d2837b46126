/** What a node type is called while it is dragged from the palette onto the canvas. */
export const nodeTypeMime = 'application/x-wirebook-node-type';
