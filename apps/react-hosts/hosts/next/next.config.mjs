/** @type {import("next").NextConfig} */
export default {
  reactStrictMode: true,
  // The workspace checks the types.
  typescript: { ignoreBuildErrors: true },
};
