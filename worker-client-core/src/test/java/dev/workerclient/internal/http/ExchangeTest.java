package dev.workerclient.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.junit.jupiter.api.Test;

class ExchangeTest {
  @Test
  void whatHasArrivedIsNotWorkedOnAfterACancel() {
    Buffer arrived = new Buffer().write(new byte[1 << 20]);
    AtomicBoolean cancelled = new AtomicBoolean();

    assertThatThrownBy(
            () ->
                Exchange.read(
                    ResponseBody.create(arrived, null, -1),
                    1 << 20,
                    () -> cancelled.getAndSet(true)))
        .isInstanceOf(IOException.class);
    assertThat(arrived.size()).isEqualTo((1 << 20) - 2 * 8192);
  }
}
