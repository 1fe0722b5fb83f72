/** @returns {import("@segops/browser").SegOpsClient} The client, or the snippet that stands for it. */
const segops = () => /** @type {any} */ (window).segops;
const client = crypto.randomUUID();
const run = document.querySelector('meta[name="demo-run"]')?.getAttribute("content");
let version = 0;
let claps = 0;

/** @param {string} id @param {unknown} text */
function show(id, text) {
  const place = document.getElementById(id);
  if (place !== null) place.textContent = String(text);
}

/** Shows the page's totals, and reports them to the demo's books. */
function report() {
  const { accepted, recovered, delivered, refused, pending, dropped } = segops().totals;
  // What waits in the browser for the next page is not lost.
  const { left_stored: left = 0, ...lost } = dropped;
  const given = Object.values(lost).reduce((sum, count) => sum + count, 0);
  const totals = { accepted, recovered, delivered, refused, dropped: given, left, pending };
  show("accepted", accepted + recovered);
  show("pending", pending);
  show("delivered", delivered);
  version += 1;
  const body = JSON.stringify({ name: "@segops/browser", version, totals });
  navigator.sendBeacon(`/books/${client}?run=${run}`, new Blob([body], { type: "application/json" }));
}

segops().trackPageView();
document.getElementById("clap")?.addEventListener("click", () => {
  claps += 1;
  segops().track({ eventType: "flyer_clapped", payload: { claps } });
  show("said", claps === 1 ? "Clapped once." : `Clapped ${claps} times.`);
});

window.addEventListener("load", () => {
  // The page is in the books for as long as this stream is open.
  new EventSource(`/books/stream?client=${client}`);
  segops().subscribe(() => setTimeout(report));
  window.addEventListener("pagehide", report);
  report();
});
