package dev.workerclient.benchmarks.idle;

import dev.workerclient.benchmarks.page.Table;
import dev.workerclient.benchmarks.peer.PeerClient;
import java.time.Duration;
import java.util.Arrays;

/** What a call takes longer than raw OkHttp's after a pause, and without one, in pairs. */
final class LookCost {
  private static final int WARM_UP = 2_000;
  private static final Duration PAUSE = Duration.ofMillis(1_100);

  private final PeerClient raw;
  private final PeerClient client;

  LookCost(PeerClient raw, PeerClient client) {
    this.raw = raw;
    this.client = client;
  }

  Table measure(int rounds) throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      raw.call("POST");
      client.call("POST");
    }
    Table table = new Table("", "raw OkHttp, µs", "worker-client, µs", "more in a pair, µs");
    row(table, "POST after 1.1 s", rounds, new Pauses(1, PAUSE));
    row(table, "POST at once", rounds * 100, new Pauses(1, Duration.ZERO));
    return table;
  }

  private void row(Table table, String title, int rounds, Pauses pauses) throws Exception {
    long[] first = new long[rounds];
    long[] second = new long[rounds];
    long[] more = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      pauses.pause();
      boolean rawFirst = i % 2 == 0;
      long one = micros(rawFirst ? raw : client);
      long other = micros(rawFirst ? client : raw);
      first[i] = rawFirst ? one : other;
      second[i] = rawFirst ? other : one;
      more[i] = second[i] - first[i];
    }
    table.row(title, median(first), median(second), median(more));
  }

  private static long micros(PeerClient client) throws Exception {
    long start = System.nanoTime();
    client.call("POST");
    return (System.nanoTime() - start) / 1_000;
  }

  private static String median(long[] values) {
    Arrays.sort(values);
    return Long.toString(values[values.length / 2]);
  }
}
