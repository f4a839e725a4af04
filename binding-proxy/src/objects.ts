import type { DurableObjectConfig } from "./config-bindings.js";
import { Refusal } from "./refusal.js";

/** Which Durable Object of a namespace the caller means. */
export type ObjectAddress =
  | { readonly by: "name"; readonly name: string }
  | { readonly by: "id"; readonly hex: string }
  | { readonly by: "unique" };

const LONGEST_NAME = 512;
const ID = /^[0-9a-fA-F]{64}$/;

export function parseObjectAddress(value: string | undefined): ObjectAddress | undefined | Refusal {
  if (value === undefined) return undefined;
  if (value === "unique") return { by: "unique" };
  if (value.startsWith("name:")) return parseName(value.slice("name:".length));
  if (value.startsWith("id:")) {
    const hex = value.slice("id:".length);
    return ID.test(hex) ? { by: "id", hex } : new Refusal("OBJECT_ID_INVALID");
  }
  return new Refusal("BAD_REQUEST", "Binding-Proxy-Object takes name:<percent-encoded>, id:<64 hex digits> or unique.");
}

function parseName(encoded: string): ObjectAddress | Refusal {
  let name: string;
  try {
    name = decodeURIComponent(encoded);
  } catch {
    return new Refusal("BAD_REQUEST", "The object's name is not valid percent-encoded UTF-8.");
  }
  if (name === "") return new Refusal("BAD_REQUEST", "The object's name is empty.");
  if (new TextEncoder().encode(name).length > LONGEST_NAME) {
    return new Refusal("BAD_REQUEST", `The object's name is longer than ${LONGEST_NAME} bytes.`);
  }
  return { by: "name", name };
}

/** The id of the object meant, where the configuration lets the caller reach it. Calls nothing but the id's makers. */
export function objectId(
  namespace: DurableObjectNamespace,
  config: DurableObjectConfig,
  address: ObjectAddress,
): DurableObjectId | Refusal {
  const { name: binding, namePrefix } = config;
  switch (address.by) {
    case "name":
      if (namePrefix !== undefined && !address.name.startsWith(namePrefix)) {
        return new Refusal("FORBIDDEN", `Names of objects of this binding must begin with its namePrefix.`, binding);
      }
      return namespace.idFromName(address.name);
    case "id":
      if (namePrefix !== undefined) {
        return new Refusal("FORBIDDEN", "Objects of this binding are reached by name: it has a namePrefix.", binding);
      }
      try {
        return namespace.idFromString(address.hex);
      } catch {
        return new Refusal("OBJECT_ID_INVALID", undefined, binding);
      }
    case "unique":
      return config.unique
        ? namespace.newUniqueId()
        : new Refusal("FORBIDDEN", 'New unique objects need "unique": true for this binding in BINDINGS.', binding);
  }
}
