import { SegOpsProvider, usePageViews } from "@segops/react";
import type { AppProps } from "next/app";
import Head from "next/head";
import { useRouter } from "next/router";

function PageViews() {
  usePageViews(useRouter().asPath);
  return null;
}

export default function App({ Component, pageProps }: AppProps) {
  return (
    <SegOpsProvider
      apiUrl={process.env.NEXT_PUBLIC_SEGOPS_API_URL as string}
      apiKey="pk_test_local"
      flushInterval={200}
    >
      <Head>
        <link rel="icon" href="data:," />
      </Head>
      <PageViews />
      <Component {...pageProps} />
    </SegOpsProvider>
  );
}
