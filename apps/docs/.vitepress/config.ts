import { defineConfig } from "vitepress";
import { extendMarkdown } from "./markdown";
import { repositoryAddress } from "./repository";

const start = [
  { text: "Which package", link: "/start/" },
  { text: "Node", link: "/start/node" },
  { text: "A page", link: "/start/browser" },
  { text: "React", link: "/start/react" },
  { text: "Next.js", link: "/start/next" },
  { text: "Cloudflare Workers and edge", link: "/start/edge" },
  { text: "Bun and Deno", link: "/start/bun-deno" },
];

const guides = [
  { text: "Identity and visitors", link: "/guides/identity" },
  { text: "Typed events", link: "/guides/typed-events" },
  { text: "Delivery guarantees", link: "/guides/delivery" },
  { text: "Offline", link: "/guides/offline" },
  { text: "Serverless", link: "/guides/serverless" },
  { text: "Next.js in depth", link: "/guides/next" },
  { text: "Testing", link: "/guides/testing" },
  { text: "Consent", link: "/guides/consent" },
  { text: "Content Security Policy", link: "/guides/csp" },
  { text: "Self-hosting local-api", link: "/guides/local-api" },
  { text: "Custom runtimes", link: "/guides/custom-runtimes" },
  { text: "Migrating", link: "/guides/migrating" },
];

const reference = [
  { text: "@segops/node", link: "/reference/node" },
  { text: "@segops/node/edge", link: "/reference/node/edge" },
  { text: "@segops/browser", link: "/reference/browser" },
  { text: "@segops/react", link: "/reference/react" },
  { text: "@segops/react/inspector", link: "/reference/react/inspector" },
  { text: "@segops/sdk/server", link: "/reference/sdk/server" },
  { text: "@segops/testing", link: "/reference/testing" },
  { text: "@segops/testing/msw", link: "/reference/testing/msw" },
  { text: "@segops/testing/local-api", link: "/reference/testing/local-api" },
  { text: "@segops/core", link: "/reference/core" },
  { text: "@segops/core/schema", link: "/reference/core/schema" },
  { text: "@segops/core/testing", link: "/reference/core/testing" },
];

const pages = [
  { text: "Getting started", items: start },
  { text: "Guides", items: guides },
  {
    text: "More",
    items: [
      { text: "Benchmarks", link: "/benchmarks" },
      { text: "API reference", link: "/reference/" },
    ],
  },
];

export default defineConfig({
  srcDir: "site",
  srcExclude: ["parts/**"],
  outDir: "dist",
  cacheDir: "node_modules/.vitepress",
  lang: "en",
  title: "SegOps SDK",
  description: "track and identify from servers, pages and React, without losing an event.",
  head: [["link", { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" }]],
  ignoreDeadLinks: "localhostLinks",
  markdown: {
    config: extendMarkdown,
    // The plain themes have too little contrast on the ground of a block.
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  transformPageData(page) {
    if (page.relativePath.startsWith("reference/"))
      page.description = `Every class, function and type of ${page.title}, generated from the code.`;
  },
  themeConfig: {
    logo: { src: "/favicon.svg", alt: "" },
    search: {
      provider: "local",
      options: {
        miniSearch: {
          searchOptions: {
            // Who searches for a word wants it explained first, and its signature next.
            boostDocument: (id: string) => (id.startsWith("/reference/") ? 0.3 : 1),
          },
        },
      },
    },
    nav: [
      { text: "Getting started", link: "/start/", activeMatch: "/start/" },
      { text: "Guides", link: "/guides/identity", activeMatch: "/guides/" },
      { text: "API", link: "/reference/", activeMatch: "/reference/" },
      { text: "Benchmarks", link: "/benchmarks" },
    ],
    sidebar: {
      "/": pages,
      "/reference/": [{ text: "API reference", link: "/reference/", items: reference }],
    },
    outline: { level: [2, 3] },
    socialLinks: [{ icon: "github", link: repositoryAddress, ariaLabel: "The repository" }],
    footer: { message: "MIT licence." },
  },
});
