package dev.workerclient.benchmarks.growth;

import dev.workerclient.StreamingResponse;
import dev.workerclient.WorkerClient;
import dev.workerclient.benchmarks.loopback.AllocationMeter;
import dev.workerclient.error.WorkerException;
import java.io.IOException;
import java.io.InputStream;

/** Bodies that are large, or become so. */
public final class LargeBodies implements AutoCloseable {
  private final byte[] buffer = new byte[64 << 10];
  private final WorkerClient client;

  public LargeBodies(String origin) {
    client =
        WorkerClient.builder().service("APIMOM", service -> service.customDomain(origin)).build();
  }

  /** What a body cost. */
  public record Cost(String outcome, double millis, long bytes) {}

  /** Reads so many bytes as they come. */
  public Cost stream(long length) throws IOException {
    AllocationMeter meter = AllocationMeter.start();
    long start = System.nanoTime();
    long read = 0;
    try (StreamingResponse response =
            client.service("APIMOM").get("/bytes/{n}", length).executeStreaming();
        InputStream stream = response.stream()) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        read += n;
      }
    }
    return new Cost(read + " bytes", (System.nanoTime() - start) / 1e6, meter.bytes());
  }

  /** Receives 1 GiB of zeros as gzip, in an answer of that status. */
  public Cost bomb(int status) {
    AllocationMeter meter = AllocationMeter.start();
    long start = System.nanoTime();
    String outcome;
    try {
      outcome = client.service("APIMOM").get("/bomb/{status}", status).execute().toString();
    } catch (WorkerException e) {
      outcome = e.getClass().getSimpleName();
    }
    return new Cost(outcome, (System.nanoTime() - start) / 1e6, meter.bytes());
  }

  @Override
  public void close() {
    client.close();
  }
}
