package dev.workerclient.config;

/** A setting that is refused, with its place in the file. */
final class RefusedSettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  RefusedSettingException(String place, String key, String reason) {
    super(place + ": " + key + ": " + reason);
  }
}
