import { readProgramStart } from "../program";

const { adapter, rest } = readProgramStart(process.argv);
const [events, end] = [Number(rest[0]), rest[1]];

for (let number = 0; number < events; number += 1) adapter.track(number);
switch (end) {
  case "exit":
    process.exit(0);
    break;
  case "throw":
    throw new Error("the host has a bug");
  case "signal":
    process.send?.("ready");
    setInterval(() => {}, 1e6);
    break;
  case "close":
    await adapter.close();
    process.exit(0);
    break;
  // The event loop runs dry.
  default:
}
