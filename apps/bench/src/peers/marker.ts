/**
 * What each event carries to be counted by, whatever its SDK wraps around it. Neither JSON nor percent-encoding
 * changes these characters.
 */
export const markerOf = (number: number): string => `~e${number}~`;

/** The numbers of the events in a body's text, in order. */
export function markersIn(text: string): number[] {
  return Array.from(text.matchAll(/~e(\d+)~/g), ([, number]) => Number(number));
}
