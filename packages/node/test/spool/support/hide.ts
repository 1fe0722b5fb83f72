import { mkdirSync, renameSync, rmdirSync } from "node:fs";

/** Puts something in the way of a file that cannot be read. */
export function hide(file: string): (movedTo?: string) => void {
  renameSync(file, `${file}.away`);
  mkdirSync(file);
  return (movedTo = file) => {
    rmdirSync(movedTo);
    renameSync(`${movedTo}.away`, movedTo);
  };
}
