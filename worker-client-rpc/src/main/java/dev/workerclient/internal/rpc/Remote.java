package dev.workerclient.internal.rpc;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/** Marks the proxies of interfaces, which stand for what a Worker will return. */
public interface Remote {
  /**
   * Whether a type of a method stands for a remote object: any interface but Java's own, and those
   * that Jackson reads, such as a sealed interface of records.
   */
  static boolean isStoodForBy(Class<?> type) {
    return type.isInterface()
        && !type.getName().startsWith("java.")
        && !type.isAnnotationPresent(JsonTypeInfo.class)
        && !type.isAnnotationPresent(JsonDeserialize.class);
  }
}
