import { version } from "react";

if (!version.startsWith("18.")) throw new Error(`These tests are for React 18, but this is ${version}.`);
