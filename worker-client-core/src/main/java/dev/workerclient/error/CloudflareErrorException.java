package dev.workerclient.error;

import org.jspecify.annotations.Nullable;

/** An error of Cloudflare's that has no type of its own; {@link #cloudflareCode()} says which. */
public final class CloudflareErrorException extends WorkerException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String name;
  private final @Nullable String category;

  /** Makes the exception of that error; name, category and cause may be null. */
  public CloudflareErrorException(
      ServiceError serviceError,
      @Nullable String name,
      @Nullable String category,
      @Nullable Throwable cause) {
    super(serviceError, cause);
    this.name = name;
    this.category = category;
  }

  /** Cloudflare's {@code error_name}, or null where the format carried none. */
  public @Nullable String name() {
    return name;
  }

  /** Cloudflare's {@code error_category}, or null where the format carried none. */
  public @Nullable String category() {
    return category;
  }
}
