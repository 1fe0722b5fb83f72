"use client";
import { usePageViews } from "@segops/react";
import { usePathname } from "next/navigation";

export function PageViews() {
  usePageViews(usePathname());
  return null;
}
