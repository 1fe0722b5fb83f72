import { spawnSync } from "node:child_process";

/** Whether this user may run a program in Linux namespaces of its own, such as `--pid` or `--mount`. */
export function mayUnshare(...namespaces: readonly string[]): boolean {
  return process.platform === "linux" && spawnSync("unshare", [...namespaces, "true"]).status === 0;
}

/** The arguments of `unshare` that run a program where a small file system of its own is mounted. */
export function withFileSystem(folder: string, mountOptions: string): string[] {
  const script = 'mount -t tmpfs -o "$1" tmpfs "$2" && shift 2 && exec "$@"';
  return ["--mount", "sh", "-c", script, "sh", mountOptions, folder, process.execPath];
}
