import { needs, type Declared, type TargetType } from "./model.ts";
import { typeName, unique } from "./names.ts";

/** One Java file: a type, and the types that it alone needs, nested in it. */
export interface JavaFile {
  readonly type: Declared;
  readonly nested: readonly Declared[];
}

/** Names all types and says where each stands. What two of the interfaces need has a file of its own. */
export function place(mains: readonly TargetType[], session: boolean): JavaFile[] {
  const users = new Map<Declared, Set<TargetType>>();
  for (const main of mains) reach(main, main, mains, users);
  const shared = [...users].filter(([, by]) => by.size > 1).map(([type]) => type);
  const outer = new Set<string>();
  const files = [...mains, ...shared].map((type) => {
    type.name = unique(typeName(type.wanted, session), outer);
    return type;
  });
  return files.map((type) => {
    const nested = [...users].filter(([, by]) => by.size === 1 && by.has(type as TargetType)).map(([each]) => each);
    const taken = new Set(outer);
    for (const each of nested) each.name = unique(typeName(each.wanted, session), taken);
    return { type, nested };
  });
}

function reach(
  from: Declared,
  by: TargetType,
  mains: readonly TargetType[],
  users: Map<Declared, Set<TargetType>>,
): void {
  for (const type of needs(from)) {
    const known = users.get(type);
    if (mains.includes(type as TargetType) || known?.has(by)) continue;
    users.set(type, new Set([...(known ?? []), by]));
    reach(type, by, mains, users);
  }
}
