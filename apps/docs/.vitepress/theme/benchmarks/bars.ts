import { type BySdk, label } from "./figures";

export interface Bar {
  name: string;
  isOurs: boolean;
  /** Absent where the run could not measure it. */
  value?: number | undefined;
  shown: string;
}

export interface Chart {
  title: string;
  /** What is counted, and whether more is better. */
  unit: string;
  bars: Bar[];
}

export const digits = (value: number, decimals: number) =>
  value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });

export function bars<T>(
  figures: BySdk<T>,
  value: (figure: T) => number | undefined,
  shown: (value: number) => string,
): Bar[] {
  return Object.entries(figures).map(([name, figure]) => {
    const measured = value(figure);
    return {
      name: label(name),
      isOurs: name.startsWith("segops"),
      value: measured,
      shown: measured === undefined ? "not measured in this run" : shown(measured),
    };
  });
}

export const arrived = (of: number) => (value: number) => `${digits(value, 0)} of ${digits(of, 0)}`;
