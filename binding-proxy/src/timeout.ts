import { Refusal } from "./refusal.js";

export interface Timeout {
  readonly millis: number;
  /** The limit ends with the answer's headers, for bodies that stream on. */
  readonly headersOnly: boolean;
}

const FORM = /^([1-9][0-9]{0,5})(;headers)?$/;
const LONGEST = 600_000;

export function parseTimeout(value: string | undefined): Timeout | undefined | Refusal {
  if (value === undefined) return undefined;
  const match = FORM.exec(value);
  const millis = Number(match?.[1]);
  if (match === null || millis > LONGEST) {
    return new Refusal("BAD_REQUEST", `Binding-Proxy-Timeout-Ms takes 1 to ${LONGEST}, alone or followed by ;headers.`);
  }
  return { millis, headersOnly: match[2] !== undefined };
}
