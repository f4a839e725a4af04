import type { Rule } from "./finding.ts";
import { unexportedTarget } from "./rules/unexported-target.ts";

/** All rules, in the order in which docs/fleet.md lists them. */
export const RULES: readonly Rule[] = [unexportedTarget];
