import type { NodeTypeView } from '@wirebook/api';
import type { NodeTypeCatalogue } from '@wirebook/flow';
import type { NodeDescriptor } from '@wirebook/node-kit';

/** The node types that the server serves, by name: all that the editor knows of nodes. */
export interface NodeTypeIndex extends NodeTypeCatalogue {
  readonly all: readonly NodeTypeView[];
  findView(type: string): NodeTypeView | undefined;
  findDescriptor(type: string): NodeDescriptor | undefined;
}

export function createNodeTypeIndex(views: readonly NodeTypeView[]): NodeTypeIndex {
  const byType = new Map(views.map((view) => [view.descriptor.type, view]));
  return {
    all: views,
    find: (type) => byType.get(type)?.descriptor,
    findView: (type) => byType.get(type),
    findDescriptor: (type) => byType.get(type)?.descriptor,
  };
}
