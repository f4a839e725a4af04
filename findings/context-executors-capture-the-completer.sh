#!/bin/sh
# Executors that carry a caller's context (OpenTelemetry's Context.taskWrapping, Spring Security's
# DelegatingSecurityContextExecutor, Micrometer's ContextExecutorService) capture it in execute(). A CompletableFuture
# calls execute() on the thread that completes it. So the function that Alice's code gives to
# thenApplyAsync(function, executor) runs as Bob, if Bob's thread completes the future; and as Alice, if it is complete
# already. The same code takes either identity, as the timing goes.
# opentelemetry-context 1.67.0, spring-security-core 7.1.2, micrometer context-propagation 1.2.1, JDK 17. Needs mvn and
# java. Exits 1 if this has changed.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>findings</groupId><artifactId>finding</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>io.opentelemetry</groupId><artifactId>opentelemetry-context</artifactId><version>1.67.0</version></dependency>
    <dependency><groupId>org.springframework.security</groupId><artifactId>spring-security-core</artifactId><version>7.1.2</version></dependency>
    <dependency><groupId>io.micrometer</groupId><artifactId>context-propagation</artifactId><version>1.2.1</version></dependency>
  </dependencies>
</project>
POM
cat > Main.java <<'JAVA'
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutor;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

public class Main {
  private static final ContextKey<String> USER = ContextKey.named("user");
  private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();

  public static void main(String[] args) {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    ContextRegistry registry = new ContextRegistry().registerThreadLocalAccessor("user", LOCAL);
    ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().contextRegistry(registry).build();
    Executor otel = Context.taskWrapping((Executor) pool);
    Executor security = new DelegatingSecurityContextExecutor(pool);
    Executor micrometer = ContextExecutorService.wrap(pool, snapshots::captureAll);
    show("Context.taskWrapping", otel, Main::asOtel, () -> Context.current().get(USER));
    show("DelegatingSecurityContextExecutor", security, Main::asSecurity, () -> SecurityContextHolder.getContext().getAuthentication().getName());
    show("ContextExecutorService", micrometer, Main::asLocal, LOCAL::get);
    pool.shutdown();
  }

  private interface As {
    void run(String user, Runnable code);
  }

  private static void show(String name, Executor executor, As as, Supplier<String> user) {
    System.out.println(name + ": direct " + direct(executor, as, user)
        + ", completed later by bob " + given(false, executor, as, user)
        + ", complete already " + given(true, executor, as, user));
  }

  private static String direct(Executor executor, As as, Supplier<String> user) {
    CompletableFuture<String> seen = new CompletableFuture<>();
    as.run("alice", () -> executor.execute(() -> seen.complete(user.get())));
    return seen.join();
  }

  /** Alice says what is to be done with the answer; Bob's thread brings it. */
  private static String given(boolean already, Executor executor, As as, Supplier<String> user) {
    CompletableFuture<String> answer = new CompletableFuture<>();
    CompletableFuture<CompletableFuture<String>> seen = new CompletableFuture<>();
    Runnable bob = () -> as.run("bob", () -> answer.complete("x"));
    if (already) {
      bob.run();
    }
    as.run("alice", () -> seen.complete(answer.thenApplyAsync(x -> user.get(), executor)));
    bob.run();
    return seen.join().join();
  }

  private static void asOtel(String user, Runnable code) {
    try (Scope scope = Context.current().with(USER, user).makeCurrent()) {
      code.run();
    }
  }

  private static void asSecurity(String user, Runnable code) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(new TestingAuthenticationToken(user, ""));
    SecurityContextHolder.setContext(context);
    try {
      code.run();
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  private static void asLocal(String user, Runnable code) {
    LOCAL.set(user);
    try {
      code.run();
    } finally {
      LOCAL.remove();
    }
  }
}
JAVA
mvn -q -B -Dstyle.color=never dependency:build-classpath -Dmdep.outputFile=cp >/dev/null
java -cp "$(cat cp)" Main.java 2>/dev/null > seen
cat seen
cat > recorded <<'TEXT'
Context.taskWrapping: direct alice, completed later by bob bob, complete already alice
DelegatingSecurityContextExecutor: direct alice, completed later by bob bob, complete already alice
ContextExecutorService: direct alice, completed later by bob bob, complete already alice
TEXT
cmp -s seen recorded || { echo "CHANGED: this was recorded:"; cat recorded; exit 1; }
echo "as recorded"
