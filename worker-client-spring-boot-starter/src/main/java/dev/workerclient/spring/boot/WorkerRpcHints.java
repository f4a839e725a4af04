package dev.workerclient.spring.boot;

import dev.workerclient.internal.rpc.Remote;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.core.ResolvableType;

/**
 * Registers RPC interfaces for a native image: their proxies and methods, and the records and other
 * types that these take and return. Interfaces of {@link ImportWorkerRpc} are registered without
 * it; use it for those that you pass to {@code Rpc.of}, {@code Rpc.batch} or {@code Rpc.session}
 * yourself.
 *
 * <pre>{@code
 * class OrdersHints implements RuntimeHintsRegistrar {
 *   public void registerHints(RuntimeHints hints, ClassLoader loader) {
 *     WorkerRpcHints.register(hints, Orders.class);
 *   }
 * }
 * }</pre>
 */
public final class WorkerRpcHints {
  private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();
  private final RuntimeHints hints;
  private final Set<Class<?>> seen = new HashSet<>();

  private WorkerRpcHints(RuntimeHints hints) {
    this.hints = hints;
  }

  /** Registers an RPC interface, and all that its methods take and return. */
  public static void register(RuntimeHints hints, Class<?> type) {
    Objects.requireNonNull(hints, "hints");
    Objects.requireNonNull(type, "type");
    new WorkerRpcHints(hints).add(type);
  }

  private void add(Type type) {
    ResolvableType resolvable = ResolvableType.forType(type);
    for (ResolvableType argument : resolvable.getGenerics()) {
      add(argument.getType());
    }
    Class<?> plain = resolvable.resolve();
    if (plain == null || !seen.add(plain)) {
      return;
    }
    if (plain.isArray()) {
      add(resolvable.getComponentType().getType());
    } else if (Remote.isStoodForBy(plain)) {
      addInterface(plain);
    } else if (!plain.isPrimitive() && !plain.getName().startsWith("java.")) {
      addData(plain);
    }
  }

  private void addInterface(Class<?> type) {
    hints.proxies().registerJdkProxy(type, Remote.class);
    hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
    for (Method method : type.getMethods()) {
      add(method.getGenericReturnType());
      Stream.of(method.getGenericParameterTypes()).forEach(this::add);
    }
  }

  private void addData(Class<?> type) {
    binding.registerReflectionHints(hints.reflection(), type);
    if (type.isSealed()) {
      Stream.of(type.getPermittedSubclasses()).forEach(this::add);
    }
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        add(component.getGenericType());
      }
    }
  }
}
