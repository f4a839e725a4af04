import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const JAVA_HOME = process.env["JAVA_HOME"];
const JAVAC =
  JAVA_HOME !== undefined && existsSync(join(JAVA_HOME, "bin/javac")) ? join(JAVA_HOME, "bin/javac") : "javac";
const JACKSON = "com.fasterxml.jackson.annotation";
const RPC = "dev.workerclient.rpc";

/** The annotations and types that generated code has, without the libraries. */
const LIBRARIES: Record<string, string> = {
  [`${JACKSON}.JsonInclude`]: "public @interface JsonInclude { Include value(); enum Include { NON_NULL } }",
  [`${JACKSON}.JsonProperty`]: "public @interface JsonProperty { String value(); }",
  [`${JACKSON}.JsonSubTypes`]:
    "public @interface JsonSubTypes { Type[] value(); @interface Type { Class<?> value(); } }",
  [`${JACKSON}.JsonTypeInfo`]:
    "public @interface JsonTypeInfo { Id use(); As include(); String property(); enum Id { NAME } enum As { EXISTING_PROPERTY } }",
  [`${JACKSON}.JsonTypeName`]: "public @interface JsonTypeName { String value(); }",
  [`${JACKSON}.JsonValue`]: "public @interface JsonValue {}",
  [`${RPC}.Idempotent`]: "public @interface Idempotent {}",
  [`${RPC}.RpcBlob`]: "public record RpcBlob(String type, java.io.InputStream content) {}",
  [`${RPC}.RpcName`]: "public @interface RpcName { String value(); }",
  [`${RPC}.RpcProperty`]: "public @interface RpcProperty {}",
  [`${RPC}.RpcRequest`]: "public record RpcRequest(String method, String url, java.io.InputStream body) {}",
  [`${RPC}.RpcResponse`]: "public record RpcResponse(int status, java.io.InputStream body) {}",
  "org.jspecify.annotations.NullMarked": "public @interface NullMarked {}",
  "org.jspecify.annotations.Nullable":
    "@java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE_USE) public @interface Nullable {}",
};

/** Compiles Java sources, with all warnings as errors. Returns what javac prints: "" if they compile. */
export async function javac(folder: string, sources: Record<string, string>): Promise<string> {
  const libraries = Object.entries(LIBRARIES).map(([name, text]) => {
    const javaPackage = name.slice(0, name.lastIndexOf("."));
    return [`${name.replaceAll(".", "/")}.java`, `package ${javaPackage};\n${text}\n`];
  });
  const all = { ...sources, ...(Object.fromEntries(libraries) as Record<string, string>) };
  for (const [name, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const quickly = ["-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"];
  const options = [
    ...quickly,
    "--release",
    "17",
    "-Xlint:all",
    "-Werror",
    "-Xdoclint:all,-missing",
    "-proc:none",
    "-d",
    "classes",
  ];
  return new Promise((resolve, reject) => {
    execFile(JAVAC, ["-encoding", "UTF-8", ...options, ...Object.keys(all)], { cwd: folder }, (failure, out, err) => {
      if (failure !== null && typeof failure.code !== "number") reject(failure);
      else resolve(out + err);
    });
  });
}
