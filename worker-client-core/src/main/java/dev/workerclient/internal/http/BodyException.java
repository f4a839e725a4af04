package dev.workerclient.internal.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The request's own body failed, and not the connection. */
final class BodyException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String fix;

  /**
   * Makes the exception.
   *
   * @param what what is wrong with the body, as the end of a sentence
   * @param fix what to write instead
   */
  BodyException(String what, String fix, @Nullable Throwable cause) {
    super("the request's body could not be read: " + what, cause);
    this.fix = fix;
  }

  /**
   * What the application's stream or supplier threw; its type is named, its message is not.
   *
   * @param what whose failure it was, such as {@code its supplier threw}
   */
  static BodyException of(String what, Throwable thrown) {
    String type = UserCode.threw(thrown).getClass().getName();
    return new BodyException(what + " " + type, "see the exception's cause", thrown);
  }

  String what() {
    return String.valueOf(getMessage());
  }

  String fix() {
    return fix;
  }
}
