const ISO_8601 = /^(\d{4})-(\d\d)-(\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Whether a text is an ISO 8601 date, or date and time, that names a real moment. */
export function isIsoDateTime(text: string): boolean {
  const [, year, month, day] = ISO_8601.exec(text) ?? [];
  // Date.parse alone takes 30 February for 2 March.
  return (
    Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate() &&
    !Number.isNaN(Date.parse(text))
  );
}
