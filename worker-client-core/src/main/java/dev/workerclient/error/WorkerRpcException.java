package dev.workerclient.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An RPC method threw: an application error, not a route failure. Everything here is data from the
 * remote; {@link #remoteType} is a string and never loaded as a class. The exception's message and
 * {@link #serviceError()} contain the remote message as one line of at most 300 characters, with
 * line breaks, control characters and bidi marks escaped.
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
    Objects.requireNonNull(remoteType, "remoteType");
    Objects.requireNonNull(remoteMessage, "remoteMessage");
    Objects.requireNonNull(properties, "properties");
    this.remoteType = remoteType;
    this.remoteMessage = remoteMessage;
    this.properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }

  /**
   * Returns the remote error's name, such as {@code TypeError}, as one line of at most 100
   * characters; empty if a value was thrown that is not an error.
   */
  public String remoteType() {
    return remoteType;
  }

  /**
   * Returns the remote error's message as it was sent, up to 10,000 characters and then {@code …},
   * with the call's credentials hidden if it echoes them. It may contain line breaks and control
   * characters: clean it before you log it.
   */
  public String remoteMessage() {
    return remoteMessage;
  }

  /**
   * Returns the remote error's own properties as they were sent, unmodifiable; those that are not
   * data are skipped. Empty after Java serialization.
   */
  @SuppressWarnings("NullAway") // A transient field is null after Java serialization.
  public Map<String, @Nullable Object> properties() {
    return properties == null ? Map.of() : properties;
  }
}
