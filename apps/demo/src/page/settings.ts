/** What the front server has written into the page. */
export const settings = {
  apiUrl: read("segops-api-url"),
  apiKey: read("segops-api-key"),
  run: read("demo-run"),
};

function read(name: string): string {
  const content = document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content;
  if (!content) throw new Error(`The page has no ${name}`);
  return content;
}
