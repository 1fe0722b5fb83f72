import { SegOpsProvider } from "@segops/react";
import type { ReactNode } from "react";
import { PageViews } from "./page-views";

export const metadata = { title: "Next.js shop", icons: { icon: "data:," } };

// A server component: the package says itself that it is for clients.
export default function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <SegOpsProvider
          apiUrl={process.env.NEXT_PUBLIC_SEGOPS_API_URL as string}
          apiKey="pk_test_local"
          flushInterval={200}
        >
          <PageViews />
          {children}
        </SegOpsProvider>
      </body>
    </html>
  );
}
