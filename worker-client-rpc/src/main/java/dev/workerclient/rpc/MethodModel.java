package dev.workerclient.rpc;

import com.fasterxml.jackson.databind.JavaType;
import dev.workerclient.internal.rpc.Remote;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One method of an interface.
 *
 * @param name the Worker's
 * @param type what is returned, or promised
 * @param isVariable whether the last parameter takes any number of arguments
 * @param parameters their types
 * @param streams whether it takes or returns a stream, as sessions alone can
 */
record MethodModel(
    String name,
    boolean isProperty,
    boolean isIdempotent,
    Returns returns,
    JavaType type,
    boolean isVariable,
    List<JavaType> parameters,
    boolean streams) {

  /** What the method gives back. */
  enum Returns {
    VALUE,
    NOTHING,
    FUTURE,
    PROMISE,
    /** An interface for what the Worker returns. */
    STUB
  }

  boolean isAnnotatedAs(MethodModel other) {
    return name.equals(other.name)
        && isProperty == other.isProperty
        && isIdempotent == other.isIdempotent;
  }

  /** The arguments as JavaScript gets them. */
  List<@Nullable Object> spread(@Nullable Object @Nullable [] arguments) {
    if (arguments == null) {
      return List.of();
    }
    List<@Nullable Object> all = new ArrayList<>(arguments.length);
    for (int i = 0; i < arguments.length; i++) {
      all.add(exported(arguments[i], parameters.get(i).getRawClass()));
    }
    if (isVariable) {
      Object rest = all.remove(all.size() - 1);
      for (int i = 0; rest != null && i < Array.getLength(rest); i++) {
        all.add(Array.get(rest, i));
      }
    }
    return all;
  }

  /** An application object that the Worker can call. */
  static @Nullable Object exported(@Nullable Object argument, Class<?> declared) {
    return argument != null && !(argument instanceof Remote) && Remote.isStoodForBy(declared)
        ? new LocalObject(InterfaceModel.of(declared), argument)
        : argument;
  }
}
