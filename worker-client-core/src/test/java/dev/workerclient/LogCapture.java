package dev.workerclient;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.StringWriter;
import org.slf4j.LoggerFactory;

/** Collects what the library and OkHttp log at every level. */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final StringWriter text = new StringWriter();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();

  static LogCapture begin() {
    LogCapture capture = new LogCapture();
    capture.setContext(capture.root.getLoggerContext());
    capture.start();
    capture.root.setLevel(Level.TRACE);
    capture.root.addAppender(capture);
    return capture;
  }

  String text() {
    return text.toString();
  }

  @Override
  protected void append(ILoggingEvent event) {
    text.append(event.getLevel().toString())
        .append(' ')
        .append(event.getFormattedMessage())
        .append('\n');
  }

  @Override
  public void close() {
    root.detachAppender(this);
    root.setLevel(before);
  }
}
