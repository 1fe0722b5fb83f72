const testFile = "\\.(test|test-d)\\.tsx?$";
const source = "^packages/[^/]+/src/";
const engine = "^packages/core/src/";
const engineSchema = "^packages/core/src/schema/";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "resolves",
      comment: "A workspace import that package.json does not declare does not resolve.",
      severity: "error",
      from: { path: "^(packages|apps|scripts)/" },
      to: { couldNotResolve: true },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "packages-import-each-other-by-name",
      comment: "A relative path into another package escapes its exports and its manifest.",
      severity: "error",
      from: { path: "^((?:packages|apps)/[^/]+)/" },
      to: { path: "^(packages|apps)/", pathNot: "^$1/", dependencyTypes: ["local"] },
    },
    {
      name: "engine-imports-only-itself",
      comment: "No node builtin, no undici, no package: what the engine needs arrives in its Runtime.",
      severity: "error",
      from: { path: engine, pathNot: [testFile, engineSchema] },
      to: { pathNot: engine },
    },
    {
      name: "engine-schema-imports-zod-alone",
      severity: "error",
      from: { path: engineSchema, pathNot: testFile },
      to: { pathNot: [engine, "node_modules/zod/"] },
    },
    {
      name: "engine-is-free-of-zod",
      comment: "zod is optional: only @segops/core/schema may bring it in, for types as well.",
      severity: "error",
      from: { path: engine, pathNot: [testFile, engineSchema] },
      to: { path: engineSchema },
    },
    {
      name: "no-test-in-product-code",
      severity: "error",
      from: { path: "^(packages|apps)/[^/]+/src/", pathNot: testFile },
      to: { path: [testFile, "^(packages|apps)/[^/]+/test/"] },
    },
    {
      name: "published-code-imports-no-development-dependency",
      severity: "error",
      from: { path: source, pathNot: testFile },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm-peer", "type-only"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(packages|apps)/[^/]+/(dist|reports)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@segops/source", "import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
      extensions: [".ts", ".tsx", ".mts", ".d.ts", ".mjs", ".js", ".cjs", ".json"],
    },
  },
};
