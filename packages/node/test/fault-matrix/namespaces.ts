import { spawnSync } from "node:child_process";

/** The Linux command that runs a program in namespaces of its own. */
export const UNSHARE = "unshare";

/** Whether this user may run a program in such namespaces, as with `--pid` or `--mount`. */
export function mayUnshare(...namespaces: readonly string[]): boolean {
  return process.platform === "linux" && spawnSync(UNSHARE, [...namespaces, "true"]).status === 0;
}

/** Arguments of `unshare` that run a program where a small file system of its own is mounted. */
export function withFileSystem(folder: string, mountOptions: string): string[] {
  const script = 'mount -t tmpfs -o "$1" tmpfs "$2" && shift 2 && exec "$@"';
  return ["--mount", "sh", "-c", script, "sh", mountOptions, folder, process.execPath];
}
