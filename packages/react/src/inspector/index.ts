export function SegOpsInspector(_: { readonly defaultOpen?: boolean }): null {
  return null;
}
