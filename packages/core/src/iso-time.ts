const ISO_8601 = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Whether a text is an ISO 8601 date, or date and time, that names a real moment. */
export function isIsoDateTime(text: string): boolean {
  const day = text.slice(0, 10);
  return (
    ISO_8601.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    // Date.parse alone takes 30 February for 2 March.
    new Date(day).toJSON().startsWith(day)
  );
}
