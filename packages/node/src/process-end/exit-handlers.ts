import { monotonicNow } from "../node-clock";
import { deliverNow } from "./deliver-now";
import { OWN_HANDLER } from "./host-signal-listeners";
import { drain, endAll, hasUntried, members, takenIn } from "./members";

/** How often a process with nothing left to do is held up. */
const MAX_DRAINS_AT_END = 2;
/** How often the last handler goes behind another one: it may meet one that wants to be the last as well. */
const MAX_MOVES = 100;

let moves = 0;
/** When the process began to exit: all that is done then has one `shutdownTimeout`. */
let exitedAt: number | undefined;

/**
 * Nothing is left to do. Node says so again after what a listener started is done: a host that tracks in its own
 * listener could go on for ever, so the rest is left to the exit.
 */
const onBeforeExit = (): void => {
  for (const member of members) {
    if (member.drains >= MAX_DRAINS_AT_END || !hasUntried(member)) continue;
    const upTo = takenIn(member.engine());
    member.drains++;
    void drain(member).then(() => {
      member.triedUpTo = upTo;
    });
  }
};

/** `process.exit()`, an uncaught exception, or the natural end: nothing but exit handlers runs any more. */
const deliverAtExit = (): void => {
  exitedAt ??= monotonicNow();
  const leaving = [...members].filter((member) => member.exitFlush && hasUntried(member));
  for (const [index, member] of leaving.entries()) {
    const engine = member.engine();
    // All share the time: one whose server hangs must not use up that of the others.
    const now = monotonicNow();
    const remainingMs = exitedAt + engine.options.shutdownTimeout - now;
    deliverNow(engine, now + remainingMs / (leaving.length - index));
    member.triedUpTo = takenIn(engine);
  }
};

/** What the host's exit handlers have tracked is sent too. */
const endAtExit = Object.assign(
  (): void => {
    deliverAtExit();
    endAll();
  },
  { [OWN_HANDLER]: true as const },
);

/** Goes behind an exit handler that the host adds. */
const keepLast = (event: string | symbol, listener: object): void => {
  if (event !== "exit" || OWN_HANDLER in listener || moves >= MAX_MOVES) return;
  moves++;
  // It is added when this returns.
  void Promise.resolve().then(() => {
    if (!process.listeners("exit").includes(endAtExit)) return;
    process.off("exit", endAtExit);
    process.on("exit", endAtExit);
  });
};

export function listenToExit(method: "on" | "off"): void {
  process[method]("beforeExit", onBeforeExit);
  // First, as a handler of the host's may throw, and then no other is called; and last.
  process[method]("exit", deliverAtExit);
  process[method]("exit", endAtExit);
  process[method]("newListener", keepLast);
}
