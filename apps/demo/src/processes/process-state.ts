/** How it goes with a process of the demo's. */
export type ProcessState = "starting" | "running" | "down";
