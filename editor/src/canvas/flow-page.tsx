/** The page of one flow: palette, canvas, inspector and trace around its store. */
export function FlowPage({ flowId }: { readonly flowId: string }) {
  return <h1>{flowId}</h1>;
}
