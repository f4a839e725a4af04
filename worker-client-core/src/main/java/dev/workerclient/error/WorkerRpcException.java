package dev.workerclient.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An RPC method threw: an error of the application's own, not of a route. Everything here is what
 * the remote said, as data; a type that it names is text and never a class to load.
 */
public final class WorkerRpcException extends WorkerException {
  private static final long serialVersionUID = 1L;

  private final String remoteType;
  private final String remoteMessage;
  private final transient Map<String, @Nullable Object> properties;

  /**
   * Makes the exception.
   *
   * @param serviceError what happened
   * @param remoteType the remote error's name, such as {@code TypeError}
   * @param remoteMessage the remote error's message
   * @param properties the remote error's own properties, as plain data
   */
  public WorkerRpcException(
      ServiceError serviceError,
      String remoteType,
      String remoteMessage,
      Map<String, ? extends @Nullable Object> properties) {
    super(serviceError, null);
    this.remoteType = remoteType;
    this.remoteMessage = remoteMessage;
    this.properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /** The remote error's name, such as {@code TypeError}. */
  public String remoteType() {
    return remoteType;
  }

  /** The remote error's message. */
  public String remoteMessage() {
    return remoteMessage;
  }

  /** The remote error's own properties, unmodifiable; empty after Java serialization. */
  @SuppressWarnings("NullAway") // A transient field is null after Java serialization.
  public Map<String, @Nullable Object> properties() {
    return properties == null ? Map.of() : properties;
  }
}
