/**
 * A panel for development: what becomes of each event.
 *
 * @module
 */
export { SegOpsInspector, type SegOpsInspectorProps } from "./inspector";
