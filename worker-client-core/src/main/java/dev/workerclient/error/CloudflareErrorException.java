package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/** A Cloudflare error without an exception type of its own; see {@link #cloudflareCode()}. */
public final class CloudflareErrorException extends WorkerException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String name;
  private final @Nullable String category;

  /** Makes the exception for that error; name, category and cause may be null. */
  public CloudflareErrorException(
      ServiceError serviceError,
      @Nullable String name,
      @Nullable String category,
      @Nullable Throwable cause) {
    super(serviceError, cause);
    this.name = name;
    this.category = category;
  }

  /** Returns Cloudflare's {@code error_name}, or null if the response had none. */
  public @Nullable String name() {
    return name;
  }

  /** Returns Cloudflare's {@code error_category}, or null if the response had none. */
  public @Nullable String category() {
    return category;
  }
}
