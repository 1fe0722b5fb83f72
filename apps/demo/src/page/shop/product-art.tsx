import type { ReactNode } from "react";

const DRAWINGS: Readonly<Record<string, ReactNode>> = {
  mug: (
    <>
      <path d="M30 36h36v34a8 8 0 0 1-8 8H38a8 8 0 0 1-8-8z" className="fill" />
      <path d="M66 44h6a9 9 0 0 1 0 18h-6M40 28c0-5 4-5 4-10M52 28c0-5 4-5 4-10" />
    </>
  ),
  notebook: (
    <>
      <rect x="30" y="20" width="40" height="56" rx="4" className="fill" />
      <path d="M38 20v56M25 32h9M25 48h9M25 64h9M48 34h14M48 44h14" />
    </>
  ),
  lamp: (
    <>
      <path d="M44 20l24 12-6 14-26-12z" className="fill" />
      <path d="M40 34L28 54l22 20M36 78h30M50 74v4M56 46l4 12M50 43l-1 12" />
    </>
  ),
  tote: (
    <>
      <path d="M26 38h44l5 40H21z" className="fill" />
      <path d="M36 46V32a12 12 0 0 1 24 0v14M40 60h16" />
    </>
  ),
  plant: (
    <>
      <path d="M34 58h28l-4 20H38z" className="fill" />
      <path d="M48 58V34M48 46c-14 0-18-8-18-18 12 0 18 6 18 18zM48 40c0-12 6-18 18-18 0 12-6 18-18 18z" />
    </>
  ),
  clock: (
    <>
      <circle cx="48" cy="48" r="29" className="fill" />
      <path d="M48 30v18l12 8M48 23v3M48 70v3M23 48h3M70 48h3" />
    </>
  ),
};

/** A line drawing of a product; its name stands beside it. */
export function ProductArt({ sku }: { sku: string }) {
  return (
    <svg className="art" viewBox="0 0 96 96" aria-hidden="true">
      {DRAWINGS[sku]}
    </svg>
  );
}
