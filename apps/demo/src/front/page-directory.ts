/** In the build, where Vite puts the pages beside this module. */
export const pageDirectory = new URL("./page/", import.meta.url);
