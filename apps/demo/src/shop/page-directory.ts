/** Beside this module both in the sources and in the build, which copies the folder to dist. */
export const pageDirectory = new URL("./page/", import.meta.url);
