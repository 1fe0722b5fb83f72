/** Between two lines of one kind where the host gave neither `onError` nor `logger`, in milliseconds. */
export const PRINT_INTERVAL_MS = 60_000;
/** Between two reports of trouble that is counted, such as events that do not fit, in milliseconds. */
export const COUNT_INTERVAL_MS = 1_000;
/** How deep reports may be nested: a handler may make the very trouble it is told of. */
export const MAX_REPORT_DEPTH = 3;
