import { javadoc } from "./docs.ts";

const WIDTH = 100;

/** A header and its members, with an empty line between them. */
export function block(header: string, members: readonly (readonly string[])[]): string[] {
  if (members.length === 0) return [`${header}{}`];
  return [`${header}{`, ...members.flatMap((member, i) => [...(i > 0 ? [""] : []), ...indented(member)]), "}"];
}

/** The lines of a block without its end. */
export function opened(lines: readonly string[]): string[] {
  const last = lines.at(-1)!;
  return last.endsWith("{}") ? [...lines.slice(0, -1), last.slice(0, -1)] : lines.slice(0, -1);
}

export function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === "" ? "" : `  ${line}`));
}

/** A list in parentheses on one line, or on one for each. */
export function call(start: string, items: readonly string[], end: string): string[] {
  const line = start + items.join(", ") + end;
  if (line.length <= WIDTH - 4 || items.length === 0) return [line];
  return [start, ...items.map((item, i) => `    ${item}${i < items.length - 1 ? "," : end}`)];
}

/** A javadoc comment; none if there is nothing to say. Tags alone get the summary. */
export function doc(
  text: string,
  tags: readonly (readonly [tag: string, name: string, text: string])[] = [],
  summary = "",
): string[] {
  const told = tags
    .filter(([, , each]) => each !== "")
    .flatMap(([tag, name, each]) => {
      const [first, ...rest] = javadoc(each);
      return [
        `@${tag} ${name === "" ? "" : `${name} `}${first!}`,
        ...rest.map((line) => (line === "" ? "" : `    ${line}`)),
      ];
    });
  const shown = text === "" && told.length > 0 ? summary : text;
  if (shown === "") return [];
  const lines = [...javadoc(shown), ...(told.length > 0 ? ["", ...told] : [])];
  if (lines.length === 1) return [`/** ${lines[0]!} */`];
  return ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"];
}

/** One line of a comment. A backslash might begin a Unicode escape. */
export function comment(text: string): string {
  return text.replaceAll("\\", "/").replace(/\s+/g, " ");
}

/** A Java literal. A control character is an octal escape, since a Unicode escape is read before the literal is. */
export function literal(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = value.replace(/["\\\p{Cc}\p{Cs}]/gu, (character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    const code = character.charCodeAt(0);
    return code < 256 ? `\\${code.toString(8).padStart(3, "0")}` : `\\u${code.toString(16)}`;
  });
  return `"${text}"`;
}
