import { SegOpsProvider } from "@segops/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { pageEvents } from "./events";
import { network } from "./live/network";
import { settings } from "./settings";
import { whoAmI } from "./shop/who-am-i";
import "./styles/base.css";
import "./styles/layout.css";
import "./styles/shop.css";
import "./styles/forms.css";
import "./styles/events.css";
import "./styles/backstage.css";

const place = document.getElementById("app");
if (place === null) throw new Error("The page has no place for the app");

createRoot(place).render(
  <StrictMode>
    <SegOpsProvider
      apiUrl={settings.apiUrl}
      apiKey={settings.apiKey}
      events={pageEvents}
      getUser={whoAmI}
      flushInterval={1_000}
      eventIds
      fetch={network.fetch}
      onError={() => {}}
    >
      <App />
    </SegOpsProvider>
  </StrictMode>,
);
