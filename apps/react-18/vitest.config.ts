import { mergeConfig } from "vitest/config";
// @boundaries-ignore: settings shared by the whole workspace
import shared from "../../vitest.shared.ts";

export default mergeConfig(shared, {
  // One React: this package's.
  resolve: { dedupe: ["react", "react-dom", "@testing-library/react"] },
  test: {
    dir: "../../packages/react/test",
    exclude: ["**/package/**"],
    environment: "happy-dom",
    setupFiles: ["./test/react-18.ts"],
  },
});
