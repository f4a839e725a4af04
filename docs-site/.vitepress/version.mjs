import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { root } from "./pages.mjs";

/** The project's, as in the POM. */
export const version = /^  <version>(.+)<\/version>$/m.exec(readFileSync(resolve(root, "pom.xml"), "utf8"))[1];

const released = !version.endsWith("-SNAPSHOT");

/** The branch or tag that links to the repository lead to. */
export const ref = released ? `v${version}` : "main";

/** The folder of the published site: one for each minor release, and one for what is not released yet. */
export const folder = released ? version.split(".").slice(0, 2).join(".") : "next";
